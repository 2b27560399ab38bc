package cmd

import (
	"path/filepath"
	"regexp"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// startJoined starts a script whose standard error goes where its output goes.
func startJoined(t *testing.T, environment []string, code string) *testkit.Child {
	return testkit.Start(t, testkit.Options{Env: environment}, "sh", "-c", `exec "$0" -e "$1" 2>&1`, testkit.Program(t), code)
}

// TestTermReport: a term() that waits for long reports once what it waits for, and continues to
// wait.
func TestTermReport(t *testing.T) {
	t.Parallel()
	soon := []string{"ZMQJS_TERM_REPORT=50"}
	t.Run("open sockets", func(t *testing.T) {
		child := startJoined(t, soon, `import * as zmq from "zmq";
const context = new zmq.Context();
const [a, b] = [context.socket(zmq.PULL), context.socket(zmq.REP)];
a.monitor();
a.bind("inproc://here");
context.term();`)
		child.Expect("zmqjs: term() waits for open sockets: REP, PULL inproc://here")
		child.Signal(syscall.SIGINT)
		if result := child.Wait(); result.Status != 130 {
			t.Errorf("%+v", result)
		}
	})
	t.Run("unsent messages", func(t *testing.T) {
		endpoint := "ipc://" + filepath.Join(t.TempDir(), "late")
		child := startJoined(t, soon, `import * as zmq from "zmq";
const context = new zmq.Context(), socket = context.socket(zmq.PUSH);
socket.connect("`+endpoint+`");
socket.send("unsent");
socket.close();
console.log(context.term());`)
		line := regexp.MustCompile(`^zmqjs: term\(\) waits for messages of closed sockets, .*; sockets closed last: PUSH ipc://\S+ \(1 sent in all\)$`)
		if got := child.Line(); !line.MatchString(got) {
			t.Errorf("%q", got)
		}
		testkit.Run(t, testkit.Options{}, testkit.Program(t), "-e", `import * as zmq from "zmq";
const socket = new zmq.Context().socket(zmq.PULL);
socket.bind("`+endpoint+`");
socket.recv();`).Check(t, 0, "", "")
		child.Expect("0")
		if result := child.Wait(); result.Status != 0 {
			t.Errorf("%+v", result)
		}
	})
	t.Run("turned off", func(t *testing.T) {
		const code = `import * as zmq from "zmq";
const context = new zmq.Context(), socket = context.socket(zmq.PUSH);
socket.connect("ipc:///nobody/is/here");
socket.send("unsent");
socket.close(300);
context.term();`
		testkit.Run(t, testkit.Options{Env: []string{"ZMQJS_TERM_REPORT=0"}}, testkit.Program(t), "-e", code).Check(t, 0, "", "")
		testkit.Run(t, testkit.Options{Env: []string{"ZMQJS_TERM_REPORT=3600000"}}, testkit.Program(t), "-e", code).Check(t, 0, "", "")
	})
}
