// Package duktape runs the conformance suite under Duktape with its adapter, lowered to
// the language that the engine knows.
package duktape

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

// compile builds the runner against the library.
func compile(t *testing.T, flags ...string) string {
	t.Helper()
	library := os.Getenv("ZMQJS_LIBRARY_DIR")
	if library == "" {
		library = filepath.Join(runner.Root(t), "build")
	}
	program := filepath.Join(t.TempDir(), "duktape")
	arguments := append([]string{"-std=c99", "-D_GNU_SOURCE", "-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
		"-I../../include", "testdata/runner.c", "-o", program, "-L" + library, "-Wl,-rpath," + library}, flags...)
	if output, err := exec.Command("gcc", append(arguments, "-lzmqjs", "-lduktape", "-lm")...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return program
}

// lower lowers the scripts below a directory.
func lower(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	command := exec.Command("node", "testdata/lower.js", from, to)
	command.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(runner.Root(t), "cgo_tests/node_modules"))
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return to
}

func suite(t *testing.T, program string) *conformance.Suite {
	t.Helper()
	lowered := lower(t, filepath.Join(runner.Root(t), "cgo_tests/conformance/suite"))
	suite := conformance.Standard(filepath.Join(runner.Root(t), "cgo_tests/conformance"), []string{program})
	suite.Dir = lowered
	suite.Features = filepath.Join(lowered, "features.js")
	suite.Skips = "testdata/skips.json"
	return suite
}

func TestConformance(t *testing.T) {
	suite := suite(t, compile(t))
	var tap bytes.Buffer
	results, err := suite.Run(&tap)
	if err != nil {
		t.Fatal(err)
	}
	summary, _ := conformance.Summary(results)
	t.Log(summary)
	assertions := 0
	for i, result := range results {
		assertions += result.Passed
		if !result.OK() {
			t.Error(result.TAP(i + 1))
		}
	}
	if assertions < 1500 {
		t.Errorf("%d assertions only", assertions)
	}
}

// Every skip is of a file that there is, and that does not pass without it.
func TestSkips(t *testing.T) {
	suite := suite(t, compile(t))
	skips, err := suite.ReadSkips()
	if err != nil {
		t.Fatal(err)
	}
	suite.Skips = ""
	results, err := suite.Run(&bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	needed := map[string]bool{}
	for _, result := range results {
		needed[result.Name] = !result.OK()
	}
	for _, skip := range skips {
		if !needed[skip.File] {
			t.Errorf("the skip of %s is not needed", skip.File)
		}
	}
}

// Objects of every kind come and go, errors are thrown from within arrays, and the heap
// ends with instances left: no error of memory.
func TestSanitized(t *testing.T) {
	program := compile(t, "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
	directory := t.TempDir()
	for name, content := range map[string]string{
		"script.js": `
import * as zmq from "zmq";
const context = new zmq.Context();
for (let i = 0; i < 300; i++) {
  const a = context.socket(zmq.PAIR), b = context.socket(zmq.PAIR), poller = new zmq.Poller();
  a.bind("inproc://" + i);
  b.connect("inproc://" + i);
  poller.add(b, zmq.POLLIN, poller);
  a.send_multipart(["\u{1f600}\0x", new Uint8Array(70000), i]);
  poller.wait(1000).user_data.size();
  if (b.recv_str() !== "\u{1f600}\0x" || b.recv_multipart().length !== 2) throw new Error("wrong");
  const parts = ["x", "y"];
  Object.defineProperty(parts, 1, { get: () => { a.send("nested"); throw new RangeError("mine"); } });
  try { a.send_multipart(parts); } catch (error) { if (error.message !== "mine") throw error; }
  if (b.recv_str() !== "nested") throw new Error("nested");
  try { a.send(Object.create(a)); } catch (error) { if (!(error instanceof TypeError)) throw error; }
  a.own = { poller, b };
  if (i % 2) { Object.freeze(a); Object.create(b); }
  if (i % 3) a.close();
  if (i % 50 === 0) Duktape.gc();
}
print("ok");
`} {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	script := filepath.Join(lower(t, directory), "script.js")
	result := runner.Run(t, runner.Options{Env: []string{"ASAN_OPTIONS=detect_leaks=0"}}, program, script)
	if result.Status != 0 || !strings.HasSuffix(result.Stdout, "ok\n") {
		t.Errorf("%+v", result)
	}
}
