package jsc

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/lowering"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
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

const interrupted = `
import * as zmq from "zmq";
const context = new zmq.Context(), socket = context.socket(zmq.PULL);
print("waiting");
try { socket.recv(); } catch (e) { print(e.code); }
try { context.term(); } catch (e) { print(e.message); }
`

func lowered(t *testing.T, code string) (script string) {
	t.Helper()
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "script.js"), []byte(code), 0o666); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(lowering.Lower(t, directory, "ES2022"), "script.js")
}

// The host's function ends waits.
func TestInterrupted(t *testing.T) {
	child := testkit.Start(t, testkit.Options{}, Compile(t), lowered(t, interrupted))
	child.Expect("waiting")
	child.Signal(syscall.SIGINT)
	child.Expect("EINTR")
	time.Sleep(100 * time.Millisecond) // it waits in term() then, or will
	child.Signal(syscall.SIGINT)
	child.Expect("Interrupted system call: term() waits for open sockets: PULL")
	if result := child.Wait(); result.Status != 0 {
		t.Errorf("%+v", result)
	}
}

// The engine's collector stops the script's thread by signals, also while it waits: that ends
// no wait.
func TestWaitingWhileCollecting(t *testing.T) {
	result := testkit.Run(t, testkit.Options{}, Compile(t), lowered(t, waiting))
	if result.Status != 0 || result.Stdout != "ok\n" {
		t.Errorf("%+v", result)
	}
}
