package jsc

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/lowering"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func TestConformance(t *testing.T) {
	dir := lowering.Suite(t, "ES2022")
	suite := conformance.Standard(filepath.Dir(dir), []string{Compile(t)})
	suite.Skips = filepath.Join(testkit.Root(t), "cgo_tests/conformance/skips.json")
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

// Thousands of sockets, in cycles and with large messages that the engine has adopted, are made and
// collected: their descriptors are closed, and the process ends normally.
func TestCollected(t *testing.T) {
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "script.js"), []byte(collected), 0o666); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(lowering.Lower(t, directory, "ES2022"), "script.js")
	result := testkit.Run(t, testkit.Options{}, Compile(t), script)
	if result.Status != 0 || result.Stdout != "ok\n" {
		t.Errorf("%+v", result)
	}
}

const dropped = `
import * as zmq from "zmq";
const context = new zmq.Context();
for (let i = 0; i < 5000; i++) context.socket(zmq.PAIR).itself = [context];
const [a, b] = [context.socket(zmq.PAIR), context.socket(zmq.PAIR)];
a.bind("inproc://last");
b.connect("inproc://last");
a.send("x");
print(b.recv_str());
`

// Sockets without references are collected when a context has no more of them: its MAX_SOCKETS is
// 1023.
func TestDropped(t *testing.T) {
	result := testkit.Run(t, testkit.Options{}, Compile(t), lowered(t, dropped))
	if result.Status != 0 || result.Stdout != "x\n" {
		t.Errorf("%+v", result)
	}
}

// The header compiles without a warning in both languages.
func TestCompiles(t *testing.T) {
	flags, err := exec.Command("pkg-config", "--cflags", "javascriptcoregtk-4.1").Output()
	if err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(t.TempDir(), "include.c")
	content := "#include <JavaScriptCore/JavaScript.h>\n#define ZMQJS_JSC_IMPLEMENTATION\n#include \"zmqjs_jsc.h\"\n#include \"zmqjs_jsc.h\"\n"
	if err := os.WriteFile(source, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, l := range []struct{ compiler, language, standard string }{
		{"gcc", "c", "c99"}, {"clang", "c", "c17"}, {"g++", "c++", "c++11"}, {"clang++", "c++", "c++20"},
	} {
		testkit.Host{
			Compiler: l.compiler,
			Standard: l.standard,
			Flags:    append(strings.Fields(string(flags)), "-x", l.language, "-c"),
			Sources:  []string{source},
		}.Compile(t)
	}
}
