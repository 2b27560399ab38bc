package jsc

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/lowering"
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

func TestConformance(t *testing.T) {
	dir := lowering.Suite(t, "ES2022")
	suite := conformance.Standard(filepath.Dir(dir), []string{Compile(t)})
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
	result := runner.Run(t, runner.Options{}, Compile(t), script)
	if result.Status != 0 || result.Stdout != "ok\n" {
		t.Errorf("%+v", result)
	}
}
