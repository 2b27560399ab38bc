package cmd

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const messages = 1000

// receiver receives messages, each of which begins with its number, and prints how many came in
// order. It gives up when none arrives for a while.
const receiver = `import * as zmq from "zmq";
const [endpoint, count] = scriptArgs.slice(1);
const socket = new zmq.Context().socket(zmq.PULL);
socket.setsockopt(zmq.RCVTIMEO, 20000);
socket.bind(endpoint);
console.log(socket.getsockopt(zmq.LAST_ENDPOINT));
let received = 0;
while (received < count) {
  const message = socket.recv_str();
  if (message === undefined || parseInt(message) !== received) break;
  received++;
}
console.log(received);`

// sender sends them: so many that most are still unsent when the script ends.
const sender = `import * as zmq from "zmq";
const [endpoint, count] = scriptArgs.slice(1);
function send() {
  const socket = new zmq.Context().socket(zmq.PUSH);
  socket.setsockopt(zmq.SNDHWM, 0);
  socket.connect(endpoint);
  const padding = " ".repeat(20000);
  for (let i = 0; i < count; i++) socket.send(i + padding);
}
send();
`

func startReceiver(t *testing.T, endpoint string) (*testkit.Child, string) {
	t.Helper()
	child := start(t, testkit.Options{}, receiver, endpoint, itoa(messages))
	return child, child.Line()
}

// TestLeavingDelivers: a script that ends without close and term loses nothing that a
// live peer takes, however it ends.
func TestLeavingDelivers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		code   string
		status int
		stderr string
	}{
		"end":      {"", 0, ""},
		"std.exit": {"std.exit(0);", 0, ""},
		"timer":    {"setTimeout(() => std.exit(3), 1);", 3, ""},
		"error":    {"undefined.property;", 1, "TypeError: Cannot read property 'property' of undefined"},
		"rejected": {"await Promise.reject(new Error('no'));", 1, "Error: no"},
	} {
		t.Run(name, func(t *testing.T) {
			peer, endpoint := startReceiver(t, "tcp://127.0.0.1:*")
			result := start(t, testkit.Options{Env: []string{"ZMQJS_LEAVE_TIMEOUT=30000"}}, sender+test.code, endpoint, itoa(messages)).Wait()
			if result.Status != test.status || !strings.HasPrefix(result.Stderr, test.stderr) || test.stderr == "" && result.Stderr != "" {
				t.Errorf("%+v", result)
			}
			peer.Expect(itoa(messages))
		})
	}
}

// TestLeavingDeliversByDefault: the default time suffices for a peer that is there.
func TestLeavingDeliversByDefault(t *testing.T) {
	t.Parallel()
	peer, endpoint := startReceiver(t, "tcp://127.0.0.1:*")
	start(t, testkit.Options{}, sender, endpoint, itoa(messages)).Wait().Check(t, 0, "", "")
	peer.Expect(itoa(messages))
}

// TestDroppedSocketDelivers: a socket found by the collector is closed, and its unsent messages are
// sent while the script continues.
func TestDroppedSocketDelivers(t *testing.T) {
	t.Parallel()
	endpoint := "ipc://" + filepath.Join(t.TempDir(), "late")
	dropping := start(t, testkit.Options{Stdin: openPipe(t)}, sender+`
for (let i = 0; i < 20; i++) { std.gc(); os.sleep(10); }
console.log("collected");
std.in.getline();`, endpoint, itoa(messages))
	dropping.Expect("collected")
	peer, _ := startReceiver(t, endpoint)
	peer.Expect(itoa(messages))
	if !dropping.Running() {
		t.Error("the sender ended, so that leaving may have delivered")
	}
}

// TestDroppedSocketCloses: term would wait for ever for a socket that is open.
func TestDroppedSocketCloses(t *testing.T) {
	t.Parallel()
	run(t, testkit.Options{}, "-e", `import * as zmq from "zmq";
const context = new zmq.Context(), receiver = context.socket(zmq.PULL), monitor = receiver.monitor(zmq.EVENT_DISCONNECTED);
receiver.bind("tcp://127.0.0.1:*");
(() => {
  const sender = context.socket(zmq.PUSH);
  sender.connect(receiver.getsockopt(zmq.LAST_ENDPOINT));
  for (let i = 0; i < 500; i++) sender.send(i + "");
})();
while (monitor.recv(zmq.DONTWAIT) === undefined) { std.gc(); os.sleep(1); }
let received = 0;
while (received < 500 && receiver.recv_str() === received + "") received++;
console.log(received);
receiver.close(); context.term();
console.log("terminated");`).Check(t, 0, lines("500", "terminated"), "")
}
