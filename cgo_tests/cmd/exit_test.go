package cmd

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func TestExit(t *testing.T) {
	t.Parallel()
	const openSockets = `import * as zmq from "zmq";
const context = new zmq.Context();
const bound = context.socket(zmq.PULL); bound.bind("tcp://127.0.0.1:*");
const connected = context.socket(zmq.PUSH); connected.connect("inproc://nobody");
`
	for name, test := range map[string]struct {
		code   string
		status int
	}{
		"zero":          {`std.exit(0)`, 0},
		"seven":         {`std.exit(7)`, 7},
		"eight bits":    {`std.exit(256 + 9)`, 9},
		"negative":      {`std.exit(-1)`, 255},
		"try":           {`try { std.exit(3) } catch (e) { console.log("caught") } finally { console.log("finally") }`, 3},
		"function":      {`const f = () => { try { std.exit(4) } finally { console.log("finally") } }; for (const x of [1, 2]) f();`, 4},
		"timer":         {`setTimeout(() => std.exit(5), 1); setTimeout(() => console.log("late"), 2);`, 5},
		"promise":       {`await null; try { std.exit(6) } finally { console.log("finally") }`, 6},
		"open sockets":  {openSockets + `std.exit(8)`, 8},
		"blocked later": {openSockets + `setTimeout(() => std.exit(10), 1); setTimeout(() => bound.recv(), 1);`, 10},
		"poller": {openSockets + `const poller = new zmq.Poller(); poller.add(bound, zmq.POLLIN); poller.poll();
try { std.exit(11) } finally { console.log("finally") }`, 11},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, testkit.Options{}, "-e", test.code).Check(t, test.status, "", "")
		})
	}
}

// TestExitFlushes: output that was written before the exit appears.
func TestExitFlushes(t *testing.T) {
	t.Parallel()
	run(t, testkit.Options{}, "-e", `std.out.puts("no line end"); std.err.puts("error"); std.exit(1)`).Check(t, 1, "no line end", "error")
}
