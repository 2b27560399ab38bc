package napi

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// installForProcessor has npm install the packages for Linux on another processor in a directory, from a registry: of
// files it would install only what is for this machine.
func installForProcessor(t *testing.T, directory string) {
	t.Helper()
	system, processor, _ := strings.Cut(target.Name(), "-")
	making := exec.Command("make", "-s", "npm", "TARGET="+target.Name())
	making.Dir = testkit.Root(t)
	if output, err := making.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	var packs []*pack
	for _, pattern := range []string{"zmqjs-[0-9]*.tgz", "zmqjs-" + target.Name() + "-*.tgz"} {
		found, err := packed(filepath.Join(target.Build(), "npm", pattern))
		if err != nil {
			t.Fatal(err)
		}
		packs = append(packs, found)
	}
	registry := serve(packs...)
	defer registry.Close()
	const script = `cd "$1" && npm init -y >/dev/null && npm install --registry "$2" --cache "$1"/cache \
		--no-audit --no-fund --silent --os="$3" --cpu="$4" zmqjs`
	if output, err := exec.Command("sh", "-ec", script, "sh", directory, registry.URL, system, processor).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
}

// TestProcessor runs the groups of the conformance suite, and scripts with promises, in Node for Linux on another
// processor.
func TestProcessor(t *testing.T) {
	if target.Sysroot() == "" {
		t.Skip("the target is no Linux on another processor")
	}
	directory, root := t.TempDir(), testkit.Root(t)
	installForProcessor(t, directory)
	unpacked := filepath.Join(root, "build/cross/node-"+target.Name())
	if output, err := exec.Command(filepath.Join(root, "scripts/target-node"), target.Name(), unpacked).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	command := []string{filepath.Join(unpacked, "node"), "--no-warnings", "--import", testdata(t, "register.mjs")}
	environment := []string{"ZMQJS_NPM_ROOT=" + directory}
	t.Run("conformance", func(t *testing.T) {
		suite := conformance.Standard(filepath.Join(root, "cgo_tests/conformance"), command)
		suite.Env = environment
		conformance.CheckGroups(t, suite)
	})
	for _, way := range []string{"loop", "thread"} {
		for _, script := range []string{"misuse.mjs", "self.mjs", "collections.mjs", "waits.mjs"} {
			t.Run(way+"/"+script, func(t *testing.T) {
				options := testkit.Options{Env: append([]string{"ZMQJS_WATCH_BY=" + way}, environment...), Limit: 4 * testkit.Limit}
				result := testkit.Run(t, options, command[0], append(command[1:], testdata(t, script))...)
				if result.Status != 0 || !strings.HasSuffix(result.Stdout, "ok\n") {
					t.Errorf("%+v", result)
				}
			})
		}
	}
}
