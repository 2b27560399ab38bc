package napi

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// Node cannot write to a pipe under wine, so what it writes goes by files.
const byFiles = `files=$(mktemp -d)
	status=0
	"$@" >"$files/out" 2>"$files/err" </dev/null || status=$?
	cat "$files/out"
	cat "$files/err" >&2
	rm -r "$files"
	exit $status`

func windowsCommand(node string, arguments ...string) []string {
	return append([]string{"sh", "-c", byFiles, "sh"}, target.Command(node, arguments...)...)
}

// windowsPackage lays out in a directory what npm installs of the packages on Windows, and returns node.exe.
func windowsPackage(t *testing.T, dir string) (node string) {
	t.Helper()
	script := `"$2/scripts/npm" "$3" "$3/npm" windows-x64
		mkdir -p "$1/node_modules"
		cp -r "$3/npm/package" "$1/node_modules/zmqjs"
		cp -r "$3/npm/node_modules/@zmqjs" "$1/node_modules"
		"$2/scripts/windows-node" "$2/build/cross/node-windows"`
	must(t, "sh", "-ec", script, "sh", dir, testkit.Root(t), target.Build())
	return filepath.Join(testkit.Root(t), "build/cross/node-windows/node.exe")
}

func must(t *testing.T, program string, arguments ...string) {
	t.Helper()
	if output, err := exec.Command(program, arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
}

// TestWindows runs the groups of the conformance suite in Node for Windows.
func TestWindows(t *testing.T) {
	if !target.IsWindows() {
		t.Skip("the target is another system")
	}
	// Letters that are not ASCII, and a space, in the paths of what Windows loads.
	dir := filepath.Join(t.TempDir(), "zmqjs für Node")
	node := windowsPackage(t, dir)
	groups, err := os.ReadDir(filepath.Join(testkit.Root(t), "cgo_tests/conformance/suite"))
	if err != nil {
		t.Fatal(err)
	}
	// The path is a URL: a drive and so on would be a scheme otherwise.
	register := "file:///Z:" + strings.ReplaceAll(testdata(t, "register.mjs"), " ", "%20")
	for _, group := range groups {
		if !group.IsDir() {
			continue
		}
		t.Run(group.Name(), func(t *testing.T) {
			suite := conformance.Standard(filepath.Join(testkit.Root(t), "cgo_tests/conformance"), windowsCommand(node, "--no-warnings", "--import", register))
			suite.Env = []string{"ZMQJS_NPM_ROOT=" + dir}
			suite.Only, suite.TimeLimit = group.Name()+"/", 10*time.Minute // an emulator takes its time
			conformance.Check(t, suite, 1)
		})
	}
}
