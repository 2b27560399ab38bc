package cmd

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestDroppedSockets: a script that drops its sockets without closing them continues beyond the
// limits of descriptors and of the context's sockets.
func TestDroppedSockets(t *testing.T) {
	t.Parallel()
	const head = `import * as zmq from "zmq";
const context = new zmq.Context();
`
	for name, test := range map[string]struct{ limit, code string }{
		"sockets":          {"100", `for (let i = 0; i < 500; i++) context.socket(zmq.PUSH);`},
		"sockets allowed":  {"8000", `for (let i = 0; i < 1500; i++) context.socket(zmq.PUSH);`}, // MAX_SOCKETS
		"a few allowed":    {"100", `context.set(zmq.MAX_SOCKETS, 3); for (let i = 0; i < 100; i++) context.socket(zmq.PUSH);`},
		"bound sockets":    {"100", `for (let i = 0; i < 200; i++) context.socket(zmq.PULL).bind("tcp://127.0.0.1:*");`},
		"connected":        {"100", `for (let i = 0; i < 200; i++) { const s = context.socket(zmq.PUSH); s.setsockopt(zmq.LINGER, 0); s.connect("tcp://127.0.0.1:1"); }`},
		"contexts":         {"100", `for (let i = 0; i < 50; i++) new zmq.Context().socket(zmq.PAIR);`},
		"monitors":         {"100", `for (let i = 0; i < 100; i++) context.socket(zmq.PAIR).monitor();`},
		"authenticators":   {"100", `for (let i = 0; i < 30; i++) new zmq.Authenticator(new zmq.Context());`},
		"in cycles":        {"100", `for (let i = 0; i < 200; i++) { const s = context.socket(zmq.PAIR), p = new zmq.Poller(); p.add(s, zmq.POLLIN, { p, s }); s.p = p; }`},
		"within functions": {"100", `(function f(n) { for (let i = 0; i < 20; i++) context.socket(zmq.PUSH); if (n) f(n - 1); })(20);`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const command = `ulimit -n "$1" && exec "$2" -e "$3"`
			testkit.Run(t, testkit.Options{}, "sh", "-c", command, "sh", test.limit, testkit.Program(t), head+test.code+` console.log("done");`).Check(t, 0, "done\n", "")
		})
	}
}

// TestTooManySockets: a script that keeps them gets an error.
func TestTooManySockets(t *testing.T) {
	t.Parallel()
	const code = `import * as zmq from "zmq";
const context = new zmq.Context(), sockets = [];
let codes = "";
for (let again = 0; again < 3; again++) {
  try {
    for (;;) sockets.push(context.socket(zmq.PUSH));
  } catch (e) {
    codes += e.code + " ";
  }
}
console.log(codes, sockets.length > 20 && sockets.every((s) => !s.closed && s.fd > 0));
sockets.length = 10;
for (let i = 0; i < 300; i++) context.socket(zmq.PUSH);
console.log(sockets.every((s) => !s.closed && s.fd > 0));
`
	const command = `ulimit -n 100 && exec "$1" -e "$2"`
	testkit.Run(t, testkit.Options{}, "sh", "-c", command, "sh", testkit.Program(t), code).Check(t, 0, "EMFILE EMFILE EMFILE  true\ntrue\n", "")
}
