package cmd

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestReadHandler: a script that receives in a read handler for a socket's descriptor, and sends on
// the same socket in timers, gets every message.
func TestReadHandler(t *testing.T) {
	t.Parallel()
	run(t, testkit.Options{}, "-e", `import * as zmq from "zmq";
import * as os from "os";
const context = new zmq.Context();
const inbox = context.socket(zmq.DEALER), peer = context.socket(zmq.DEALER);
inbox.bind("tcp://127.0.0.1:*");
peer.connect(inbox.last_endpoint);

let received = 0, sent = 0;
function receive() {
  while (inbox.events & zmq.POLLIN) {
    inbox.recv();
    if (++received === 600) os.setReadHandler(inbox.fd, null);
  }
}
os.setReadHandler(inbox.fd, receive);
receive();

(function tick() {
  peer.send_multipart(["one"]);
  inbox.send("from a timer");
  peer.send("two");
  receive(); // after a send
  if (++sent < 300) setTimeout(tick, 0);
})();
setTimeout(function end() {
  if (received < 600) return setTimeout(end, 1);
  console.log(received);
}, 0);
`).Check(t, 0, "600\n", "")
}
