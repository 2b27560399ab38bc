package cmd

import (
	"net"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestSignalEndsWait: a wait throws EINTR, and the function runs in the event loop,
// after the script's own code.
func TestSignalEndsWait(t *testing.T) {
	t.Parallel()
	const head = `import * as zmq from "zmq";
const context = new zmq.Context(), socket = context.socket(zmq.PULL); socket.bind("inproc://x");
const poller = new zmq.Poller(); poller.add(socket, zmq.POLLIN);
os.signal(os.SIGINT, () => console.log("handler"));
const wait = (f) => { console.log("ready"); try { f(); console.log("no error"); } catch (e) { console.log(e instanceof Error, e.code, e.errno === std.Error.EINTR); } };
`
	for name, call := range map[string]string{
		"recv":        `socket.recv()`,
		"poller.wait": `poller.wait(-1)`,
		"ctx.term":    `context.term()`,
	} {
		t.Run(name, func(t *testing.T) {
			child := start(t, testkit.Options{}, head+`wait(() => `+call+`); console.log("end of script");`)
			child.Expect("ready")
			child.Signal(syscall.SIGINT)
			child.Wait().Check(t, 0, lines("ready", "true EINTR true", "end of script", "handler"), "")
		})
	}
}

// TestSignalAgain: the script continues, and can be signalled again.
func TestSignalAgain(t *testing.T) {
	t.Parallel()
	child := start(t, testkit.Options{}, `import * as zmq from "zmq";
const socket = new zmq.Context().socket(zmq.PULL); socket.bind("inproc://x");
let rounds = 0;
os.signal(os.SIGINT, () => { console.log("handler", ++rounds); if (rounds === 3) std.exit(40 + rounds); setTimeout(round, 0); });
function round() { console.log("ready"); try { socket.recv(); } catch (e) { console.log(e.code); } }
round();`)
	for range 3 {
		for child.Line() != "ready" {
		}
		child.Signal(syscall.SIGINT)
	}
	child.Wait().Check(t, 43, lines("ready", "EINTR", "handler 1", "ready", "EINTR", "handler 2", "ready", "EINTR", "handler 3"), "")
}

// TestSignalInEventLoop: a waiting event loop runs the function at once.
func TestSignalInEventLoop(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]syscall.Signal{
		"SIGINT":  syscall.SIGINT,
		"SIGTERM": syscall.SIGTERM,
		"SIGUSR1": syscall.SIGUSR1,
		"SIGHUP":  syscall.SIGHUP,
	} {
		t.Run(name, func(t *testing.T) {
			child := start(t, testkit.Options{}, `const timer = setTimeout(() => {}, 1e9);
os.signal(os.`+name+`, () => { console.log("handler"); clearTimeout(timer); }); console.log("ready");`)
			child.Expect("ready")
			child.Signal(signal)
			child.Wait().Check(t, 0, lines("ready", "handler"), "")
		})
	}
}

// TestSignalSleep: os.sleep ends early, without an error.
func TestSignalSleep(t *testing.T) {
	t.Parallel()
	child := start(t, testkit.Options{}, `os.signal(os.SIGINT, () => console.log("handler")); console.log("ready");
const result = os.sleep(1e9); console.log("slept", result < 0);`)
	child.Expect("ready")
	child.Signal(syscall.SIGINT)
	child.Wait().Check(t, 0, lines("ready", "slept true", "handler"), "")
}

// TestSignalIgnored: undefined ignores a signal, also where a call waits.
func TestSignalIgnored(t *testing.T) {
	t.Parallel()
	child := start(t, testkit.Options{Stdin: openPipe(t)}, `import * as zmq from "zmq";
const socket = new zmq.Context().socket(zmq.STREAM); socket.bind("tcp://127.0.0.1:*");
os.signal(os.SIGINT, undefined); os.signal(os.SIGTERM, undefined);
console.log(socket.last_endpoint.slice("tcp://".length)); console.log("received", socket.recv_multipart().length);`)
	address := child.Line()
	child.Signal(syscall.SIGINT)
	child.Signal(syscall.SIGTERM)
	connection, err := net.Dial("tcp", address) // which ends the wait
	if err != nil {
		t.Fatal(err)
	}
	child.Wait().Check(t, 0, lines(address, "received 2"), "")
	_ = connection.Close()
}

// TestSignalRestored: null gives Ctrl-C its usual meaning again, and SIGTERM its own.
func TestSignalRestored(t *testing.T) {
	t.Parallel()
	const code = `for (const signal of [os.SIGINT, os.SIGTERM]) { os.signal(signal, () => console.log("handler")); os.signal(signal, null); }
console.log("ready"); os.sleep(1e9);`
	child := start(t, testkit.Options{}, code)
	child.Expect("ready")
	child.Signal(syscall.SIGINT)
	child.Wait().Check(t, 130, "ready\n", "")

	child = start(t, testkit.Options{}, code)
	child.Expect("ready")
	child.Signal(syscall.SIGTERM)
	if result := child.Wait(); result.Signal != syscall.SIGTERM || result.Stdout != "ready\n" {
		t.Errorf("%+v", result)
	}
}

// TestSignalRefused: the system's refusal is the script's error.
func TestSignalRefused(t *testing.T) {
	t.Parallel()
	run(t, testkit.Options{}, "-e", `try { os.signal(os.SIGKILL, () => {}); } catch (e) { console.log(e instanceof Error, e.message); }`).Check(t, 0, lines("true os.signal: invalid argument"), "")
}
