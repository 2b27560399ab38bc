// Package duktape runs the conformance suite under Duktape with its adapter, lowered to
// the language that the engine knows.
package duktape

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/lowering"
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

func compile(t *testing.T, flags ...string) string {
	t.Helper()
	return lowering.Compile(t, "testdata/runner.c", append(flags, "-lduktape", "-lm")...)
}

func suite(t *testing.T) *conformance.Suite {
	t.Helper()
	suite := lowering.Suite(t, compile(t), "ES5")
	suite.Skips = "testdata/skips.json"
	return suite
}

func TestConformance(t *testing.T) {
	lowering.Check(t, suite(t), 1500)
}

// Every skip is of a file that there is, and that does not pass without it.
func TestSkips(t *testing.T) {
	suite := suite(t)
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
	script := filepath.Join(lowering.Lower(t, directory, "ES5"), "script.js")
	result := runner.Run(t, runner.Options{Env: []string{"ASAN_OPTIONS=detect_leaks=0"}}, program, script)
	if result.Status != 0 || !strings.HasSuffix(result.Stdout, "ok\n") {
		t.Errorf("%+v", result)
	}
}
