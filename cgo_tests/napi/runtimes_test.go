package napi

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// project makes a directory with the suite, in which the package is installed as "zmq".
func project(t *testing.T) string {
	t.Helper()
	directory := t.TempDir()
	const script = `cp -r "$1"/suite "$1"/skips.json "$3"
		mkdir "$3"/node_modules
		cp -r "$2"/node_modules/zmqjs "$3"/node_modules/zmq
		cp -r "$2"/node_modules/@zmqjs "$3"/node_modules
		sed -i 's/"name": "zmqjs"/"name": "zmq"/' "$3"/node_modules/zmq/package.json
		echo '{"type": "module", "dependencies": {"zmq": "*"}}' > "$3"/package.json`
	suite := filepath.Join(testkit.Root(t), "cgo_tests", "conformance")
	output, err := exec.Command("sh", "-ec", script, "sh", suite, installed(t), directory).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return directory
}

// Other runtimes with Node-API, if an environment variable names them: another Node, Bun, Deno.
func TestRuntimes(t *testing.T) {
	hostOnly(t)
	list := filepath.SplitList(os.Getenv("NODE_API_RUNTIMES"))
	if len(list) == 0 {
		t.Skip(`skipped: NODE_API_RUNTIMES names no commands, separated by colons, as in "bun run:deno run -A"`)
	}
	for _, command := range list {
		t.Run(command, func(t *testing.T) {
			conformance.Check(t, conformance.Standard(project(t), strings.Fields(command)), 2000)
		})
	}
}
