package cmd

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestLostParts: of a message whose rest libzmq has forgotten nothing is received, nor of a message that lacks its
// beginning for that reason.
func TestLostParts(t *testing.T) {
	t.Parallel()
	loaded := preload(t, "lost_parts")
	const common = `import * as zmq from "zmq";
const context = new zmq.Context();
function connected(type, ...peers) {
	const socket = context.socket(zmq[type]);
	socket.bind("inproc://" + type);
	return [socket, ...peers.map((peer) => {
		const made = context.socket(zmq[peer]);
		made.connect("inproc://" + type);
		return made;
	})];
}
const text = (parts) => parts && parts.map((part) => String.fromCharCode(...part)).join();
`
	for name, test := range map[string]struct{ code, want string }{
		"pull": {`const [pull, push] = connected("PULL", "PUSH");
push.send_multipart(["begin", "lost", "rest"]);
console.log(pull.recv_multipart(zmq.DONTWAIT));
push.send_multipart(["whole", "message"]);
console.log(text(pull.recv_multipart()), pull.recv_multipart(zmq.DONTWAIT));`, "undefined\nwhole,message undefined\n"},
		"timeout": {`const [pull, push] = connected("PULL", "PUSH");
pull.setsockopt(zmq.RCVTIMEO, 1);
push.send_multipart(["lost", "rest"]);
console.log(pull.recv_multipart());`, "undefined\n"},
		"router": {`const [router, one, other] = connected("ROUTER", "DEALER", "DEALER");
one.send_multipart(["lost", "rest"]);
console.log(router.recv_multipart(zmq.DONTWAIT));
other.send_multipart(["without", "routing id"]);
other.send_multipart(["whole", "message"]);
console.log(text(router.recv_multipart().slice(1)), router.recv_multipart(zmq.DONTWAIT));`, "undefined\nwhole,message undefined\n"},
		"proxy": {`const [router, source] = connected("ROUTER", "DEALER"), [back, sink] = connected("PUSH", "PULL");
const [control, steering] = connected("PAIR", "PAIR");
source.send_multipart(["lost", "rest"]);
steering.send("TERMINATE");
zmq.proxy(router, back, undefined, control);
source.send_multipart(["without", "routing id"]);
source.send_multipart(["whole", "message"]);
steering.send("TERMINATE");
zmq.proxy(router, back, undefined, control);
console.log(text(sink.recv_multipart().slice(1)), sink.recv_multipart(zmq.DONTWAIT));`, "whole,message undefined\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := testkit.Run(t, testkit.Options{Env: []string{loaded}}, testkit.Program(t), "-e", common+test.code)
			result.Check(t, 0, test.want, "")
		})
	}
}
