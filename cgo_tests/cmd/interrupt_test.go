package cmd

import (
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// prompt is how long a reaction may take on a busy machine.
const prompt = 10 * time.Second

// Each prints "ready" and then blocks for good.
var blocking = map[string]string{
	"recv": `import * as zmq from "zmq";
const socket = new zmq.Context().socket(zmq.PULL); socket.bind("tcp://127.0.0.1:*");
console.log("ready"); socket.recv();`,
	"send": `import * as zmq from "zmq";
const socket = new zmq.Context().socket(zmq.PUSH);
console.log("ready"); socket.send("nobody connected");`,
	"poller.wait": `import * as zmq from "zmq";
const socket = new zmq.Context().socket(zmq.PULL); socket.bind("inproc://x");
const poller = new zmq.Poller(); poller.add(socket, zmq.POLLIN);
console.log("ready"); poller.wait(-1);`,
	"ctx.term": `import * as zmq from "zmq";
const context = new zmq.Context(), socket = context.socket(zmq.PULL);
console.log("ready"); context.term(); socket.close();`,
	"proxy": `import * as zmq from "zmq";
const context = new zmq.Context(), [a, b] = [context.socket(zmq.PULL), context.socket(zmq.PUSH)];
console.log("ready"); zmq.proxy(a, b);`,
	"os.sleep":    `console.log("ready"); os.sleep(1e9);`,
	"endless":     `console.log("ready"); while (true) {}`,
	"stubborn":    `console.log("ready"); for (;;) { try { for (;;) os.sleep(1e9); } catch (e) {} finally { console.log("finally"); } }`,
	"setTimeout":  `const again = () => setTimeout(again, 1); again(); setTimeout(() => console.log("ready"), 1);`,
	"far timer":   `setTimeout(() => {}, 1e9); console.log("ready");`,
	"await":       `console.log("ready"); await new Promise(resolve => setTimeout(resolve, 1e9));`,
	"std.in":      `console.log("ready"); std.in.getline();`,
	"in handler":  `setTimeout(() => { console.log("ready"); while (true) {} }, 1);`,
	"microtasks":  `console.log("ready"); const again = () => Promise.resolve().then(again); again();`,
	"read handle": `os.setReadHandler(os.pipe()[0], () => {}); console.log("ready");`,
}

func eachBlocking(t *testing.T, check func(t *testing.T, child *testkit.Child)) {
	t.Parallel()
	for name, code := range blocking {
		t.Run(name, func(t *testing.T) {
			child := start(t, testkit.Options{Stdin: openPipe(t)}, code)
			child.Expect("ready")
			check(t, child)
		})
	}
}

func TestCtrlC(t *testing.T) {
	eachBlocking(t, func(t *testing.T, child *testkit.Child) {
		child.Signal(syscall.SIGINT)
		sent := time.Now()
		child.Wait().Check(t, 130, "ready\n", "")
		if took := time.Since(sent); took > prompt {
			t.Errorf("it took %v", took)
		}
	})
}

// TestTerminate: other signals have their default effect.
func TestTerminate(t *testing.T) {
	eachBlocking(t, func(t *testing.T, child *testkit.Child) {
		child.Signal(syscall.SIGTERM)
		if result := child.Wait(); result.Signal != syscall.SIGTERM {
			t.Errorf("%+v", result)
		}
	})
}

// TestCtrlCWhileLeaving: after the script, a further Ctrl-C ends the wait for unsent
// messages.
func TestCtrlCWhileLeaving(t *testing.T) {
	t.Parallel()
	child := start(t, testkit.Options{Env: []string{"ZMQJS_LEAVE_TIMEOUT=3600000"}}, unsent(t)+`console.log("ready"); while (true) {}`)
	child.Expect("ready")
	for child.Running() {
		_ = syscall.Kill(child.Process(), syscall.SIGINT) // it may have ended by now
		time.Sleep(50 * time.Millisecond)
	}
	if result := child.Wait(); result.Signal != syscall.SIGINT || result.Took > prompt {
		t.Errorf("%+v", result)
	}
}
