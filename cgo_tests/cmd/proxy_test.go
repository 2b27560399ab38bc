package cmd

import (
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const proxy = `
import * as zmq from "zmq";
const context = new zmq.Context();
const [frontend, backend, control] = [zmq.PULL, zmq.PUSH, zmq.REP].map((type) => context.socket(type));
for (const socket of [frontend, backend, control]) {
  socket.setsockopt(zmq.LINGER, 0);
  socket.setsockopt(zmq.RCVHWM, 10);
  socket.setsockopt(zmq.SNDHWM, 10);
  socket.bind("tcp://127.0.0.1:*");
}
console.log([frontend, backend, control].map((socket) => socket.last_endpoint).join());
console.log(zmq.proxy(frontend, backend, null, control));
console.log(frontend.messages_received, backend.messages_sent);
`

// Drives the proxy whose endpoints are ENDPOINTS. The messages are too large for the buffers
// of the system to hold many of them.
const driver = `
import * as zmq from "zmq";
import * as os from "os";
const context = new zmq.Context();
const [source, sink, control] = [zmq.PUSH, zmq.PULL, zmq.REQ].map((type) => context.socket(type));
"ENDPOINTS".split(",").forEach((endpoint, i) => {
  const socket = [source, sink, control][i];
  socket.setsockopt(zmq.LINGER, 0);
  socket.setsockopt(zmq.RCVTIMEO, 20000);
  socket.setsockopt(zmq.SNDTIMEO, 20000);
  socket.setsockopt(zmq.RCVHWM, 10);
  socket.connect(endpoint);
});
function tell(command) {
  control.send(command);
  return control.recv_multipart().map((part) => part.length ? new DataView(Uint8Array.from(part).buffer).getBigUint64(0, true) : "");
}
source.send("first");
console.log(sink.recv_str());
tell("PAUSE");
source.send("second");
sink.setsockopt(zmq.RCVTIMEO, 200);
console.log(sink.recv_str());
tell("RESUME");
sink.setsockopt(zmq.RCVTIMEO, 20000);
console.log(sink.recv_str());
console.log(tell("STATISTICS").join());
tell("nonsense");
const large = new Uint8Array(1 << 20);
let sent = 0;
while (sent < 1000 && source.send(large, zmq.DONTWAIT) !== undefined) sent++;
for (let i = 0; i < 20; i++) { os.sleep(20); while (sent < 1000 && source.send(large, zmq.DONTWAIT) !== undefined) sent++; }
console.log(sent < 1000 ? "nobody takes them" : "there is no end");
for (let i = 0; i < sent; i++) if (sink.recv().length !== large.length) throw new Error("torn");
console.log("all have come");
tell("TERMINATE");
`

// A proxy in a process of its own passes on messages, pauses, reports its statistics, takes no more
// messages than the other side has room for, and ends.
func TestProxy(t *testing.T) {
	child := start(t, testkit.Options{}, proxy)
	driving := testkit.Run(t, testkit.Options{}, testkit.Program(t), "-e", strings.Replace(driver, "ENDPOINTS", child.Line(), 1))
	want := "first\nundefined\nsecond\n2,11,0,0,0,0,2,11\nnobody takes them\nall have come\n"
	if driving.Status != 0 || driving.Stdout != want {
		t.Errorf("%+v", driving)
	}
	child.Expect("0")
	counts := strings.Fields(child.Line())
	if counts[0] != counts[1] {
		t.Errorf("received and sent: %s", counts)
	}
}
