package conformance

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// staticLimit suits a first build, which compiles libzmq, libsodium and the bundled engine.
const staticLimit = 40 * time.Minute

// static builds the library and the runner with a libzmq inside that has the draft API, and returns
// where they are.
func static(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(testkit.Root(t), "build/draft")
	options := testkit.Options{Dir: testkit.Root(t), Limit: staticLimit, Group: true}
	// Variables of a make that runs the tests must not reach this one.
	result := testkit.Run(t, options, "env", "-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "MAKELEVEL",
		"make", "--no-print-directory", "lib", "runner", "ZMQ=static", "BUILD="+dir)
	if result.Status != 0 {
		t.Fatalf("%+v", result)
	}
	return dir
}

// With a libzmq that has the draft API every script passes, those about it too.
func TestWithDrafts(t *testing.T) {
	dir := static(t)
	script := `import * as zmq from "zmq"; print(zmq.has("curve"), zmq.has("draft"), zmq.has("WS"))`
	result := testkit.Run(t, testkit.Options{}, filepath.Join(dir, "zmqjs"), "-e", script)
	if result.Status != 0 || result.Stdout != "1 1 1\n" {
		t.Fatalf("%+v", result)
	}
	symbols, err := exec.Command("nm", "-D", "--defined-only", filepath.Join(dir, "libzmqjs.so")).Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(symbols)) {
		if !strings.Contains(line, "zmqjs_") && !strings.Contains(line, " A ZMQJS_") {
			t.Errorf("the library exports %s", line)
		}
	}
	suite := Standard(here(t), []string{filepath.Join(dir, "zmqjs")})
	Check(t, suite, 3000)
	t.Run("soak", func(t *testing.T) {
		options := testkit.Options{Dir: testkit.Root(t), Limit: staticLimit, Group: true}
		result := testkit.Run(t, options, "go", "run", "./cgo_tests/soak", "-time", "8s", "-runner", suite.Runner[0], "-output", t.TempDir())
		if result.Status != 0 {
			t.Errorf("%+v", result)
		}
	})
	for name, command := range map[string][]string{"zmqjs": suite.Runner, "quickjs": quickjs(t, dir)} {
		t.Run(name, func(t *testing.T) {
			suite := Standard(here(t), command)
			suite.Only = "drafts/"
			Check(t, suite, 200) // none where they are skipped
		})
	}
}
