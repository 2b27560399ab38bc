package runner

import (
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
)

// startJoined starts a script whose standard error goes where its output goes.
func startJoined(t *testing.T, environment []string, code string) *Child {
	return Start(t, Options{Env: environment}, "sh", "-c", `exec "$0" -e "$1" 2>&1`, Program(t), code)
}

// TestTermReport: a term() that waits for long tells what it waits for, once, and goes on.
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
		Run(t, Options{}, Program(t), "-e", `import * as zmq from "zmq";
const socket = new zmq.Context().socket(zmq.PULL);
socket.bind("`+endpoint+`");
socket.recv();`).check(t, 0, "", "")
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
		Run(t, Options{Env: []string{"ZMQJS_TERM_REPORT=0"}}, Program(t), "-e", code).check(t, 0, "", "")
		Run(t, Options{Env: []string{"ZMQJS_TERM_REPORT=3600000"}}, Program(t), "-e", code).check(t, 0, "", "")
	})
}
