// Package jsc runs the conformance suite under JavaScriptCore with its adapter.
package jsc

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/lowering"
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

// compile compiles the runner against the built library.
func compile(t *testing.T) string {
	t.Helper()
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "javascriptcoregtk-4.1").Output()
	if err != nil {
		t.Fatal(err)
	}
	library, program := runner.LibraryDir(t), filepath.Join(t.TempDir(), "runner")
	arguments := append([]string{"-std=c99", "-D_GNU_SOURCE", "-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
		"-I" + filepath.Join(runner.Root(t), "include"), "testdata/runner.c", "-o", program,
		"-L" + library, "-lzmqjs", "-Wl,-rpath," + library}, strings.Fields(string(flags))...)
	if output, err := exec.Command("gcc", append(arguments, "-lm")...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return program
}

func TestConformance(t *testing.T) {
	dir := lowering.Suite(t, "ES2022")
	suite := conformance.Standard(filepath.Dir(dir), []string{compile(t)})
	suite.Skips = filepath.Join(runner.Root(t), "cgo_tests/conformance/skips.json")
	conformance.Check(t, suite, 2000)
}

const collected = `
import * as zmq from "zmq";
for (let i = 0; i < 2000; i++) {
  const context = new zmq.Context();
  const [a, b] = [context.socket(zmq.PAIR), context.socket(zmq.PAIR)];
  a.bind("inproc://" + i);
  b.connect("inproc://" + i);
  const poller = new zmq.Poller();
  poller.add(b, zmq.POLLIN, poller);
  a.send("x".repeat(100000) + "\0\u{1f600}\ud800");
  if (poller.wait(1000).user_data !== poller) throw new Error("user data");
  if (b.recv_str() !== "x".repeat(100000) + "\0\u{1f600}\ufffd") throw new Error("text");
  a.send(new Uint8Array(100000).fill(i));
  const message = b.recv();
  if (message.length !== 100000 || message[99999] !== i % 256) throw new Error("bytes");
  a.self = { a, poller };
}
print("ok");
`

// Thousands of sockets, in cycles and with large messages that the engine has adopted, come
// and go: their descriptors are given back, and the process ends well.
func TestCollected(t *testing.T) {
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "script.js"), []byte(collected), 0o666); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(lowering.Lower(t, directory, "ES2022"), "script.js")
	result := runner.Run(t, runner.Options{}, compile(t), script)
	if result.Status != 0 || result.Stdout != "ok\n" {
		t.Errorf("%+v", result)
	}
}
