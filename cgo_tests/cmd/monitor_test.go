package cmd

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestMonitorsLeaveNothing: monitors release their resources, in whichever way they end.
func TestMonitorsLeaveNothing(t *testing.T) {
	t.Parallel()
	testkit.Run(t, testkit.Options{}, testkit.Program(t), "-e", `import * as zmq from "zmq";
const context = new zmq.Context(), server = context.socket(zmq.REP);
server.bind("tcp://127.0.0.1:*");
const descriptors = () => os.readdir("/proc/self/fd")[0].length;
const before = descriptors();
const settle = () => { while (descriptors() > before) { std.gc(); os.sleep(1); } };
let names = 0;
const ways = [
  (socket, monitor) => { monitor.close(); socket.close(); },
  (socket, monitor) => { socket.close(); monitor.close(); },
  (socket, monitor) => { socket.close(); for (const event of monitor) ; },
  (socket, monitor) => { socket.monitor(null); monitor.recv(); socket.close(); },
  (socket, monitor) => { socket.monitor("inproc://nobody-" + ++names); monitor.close(); socket.close(); },
  (socket, monitor) => { for (let i = 0; i < 5; i++) monitor = socket.monitor(); monitor.close(); socket.close(); },
  () => {},
];
for (const end of ways) {
  for (let i = 0; i < 20; i++) {
    const socket = context.socket(zmq.REQ), monitor = socket.monitor();
    socket.connect(server.last_endpoint);
    end(socket, monitor);
  }
  settle();
  console.log("nothing left");
}
const unread = context.socket(zmq.REQ), monitors = [unread.monitor(), unread.monitor(), server.monitor()];
unread.close();
server.close();
console.log(context.term(), monitors.every(monitor => monitor.closed));`).Check(t, 0, "nothing left\nnothing left\nnothing left\nnothing left\nnothing left\nnothing left\nnothing left\n0 true\n", "")
}
