package jsc

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/lowering"
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

const waiting = `
import * as zmq from "zmq";
const socket = new zmq.Context().socket(zmq.PULL);
socket.setsockopt(zmq.RCVTIMEO, 3);
let kept = [];
for (let i = 0; i < 500; i++) {
  kept = i % 10 === 0 ? [] : kept;
  for (let j = 0; j < 5000; j++) kept.push({ i, j, text: "x" + j });
  gc();
  if (socket.recv() !== undefined) throw new Error("a message");
}
print("ok");
`

// The engine's collector stops the script's thread by signals, also while it waits: that ends
// no wait.
func TestWaitingWhileCollecting(t *testing.T) {
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "script.js"), []byte(waiting), 0o666); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(lowering.Lower(t, directory, "ES2022"), "script.js")
	result := runner.Run(t, runner.Options{}, Compile(t), script)
	if result.Status != 0 || result.Stdout != "ok\n" {
		t.Errorf("%+v", result)
	}
}
