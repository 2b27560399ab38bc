package cmd

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const observedEndpoint = "inproc://obs\u00e9rv\u00e9"

const observed = `
import * as zmq from "zmq";
const context = new zmq.Context();
const [push, pull] = [context.socket(zmq.PUSH), context.socket(zmq.PULL)];
pull.bind("` + observedEndpoint + `");
push.connect("` + observedEndpoint + `");
push.send_multipart(["a \"b\" \\", new Uint8Array([0, 255])]);
pull.recv_multipart();
push.send("x".repeat(1000));
pull.recv();
push.close();
print("done");
`

func observe(t *testing.T, options ...string) testkit.Result {
	t.Helper()
	script := filepath.Join(t.TempDir(), "observed.js")
	if err := os.WriteFile(script, []byte(observed), 0o666); err != nil {
		t.Fatal(err)
	}
	result := testkit.Run(t, testkit.Options{}, testkit.Program(t), append(options, script)...)
	if result.Status != 0 || result.Stdout != "done\n" {
		t.Fatalf("%+v", result)
	}
	return result
}

func TestTrace(t *testing.T) {
	lines := strings.Split(observe(t, "--trace").Stderr, "\n")
	wanted := []string{
		`PUSH   socket`,
		`PULL   socket`,
		`PULL   bind inproc://obsérvé`,
		`PUSH   connect inproc://obsérvé`,
		`PUSH   send -> inproc://obsérvé  7 B +  "a \"b\" \\"`,
		`PUSH   send -> inproc://obsérvé  2 B  "\x00\xff"`,
		`PULL   recv <- inproc://obsérvé  7 B +  "a \"b\" \\"`,
		`PULL   recv <- inproc://obsérvé  2 B  "\x00\xff"`,
		`PUSH   send -> inproc://obsérvé  1000 B  "` + strings.Repeat("x", 32) + `"...`,
		`PULL   recv <- inproc://obsérvé  1000 B  "` + strings.Repeat("x", 32) + `"...`,
		`PUSH   close inproc://obsérvé`,
		``,
	}
	if len(lines) != len(wanted) {
		t.Fatalf("%d lines, not %d:\n%s", len(lines), len(wanted), strings.Join(lines, "\n"))
	}
	begin := regexp.MustCompile(`^ +\d+\.\d{6} #\d+ `)
	for i, line := range lines {
		if rest := begin.ReplaceAllString(line, ""); rest != wanted[i] {
			t.Errorf("line %d: %q, not %q", i, rest, wanted[i])
		}
	}
}

func TestStat(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(observe(t, "--stat").Stderr), "\n")
	if len(lines) < 3 {
		t.Fatalf("%q", lines)
	}
	wanted := []string{
		`^ +\d+ PUSH +- +0 +0 +0 +\S+( [kM])? +\S+( [kM])? +3 +inproc://obsérvé \(closed\)$`,
		`^ +\d+ PULL +- +\S+( [kM])? +\S+( [kM])? +3 +0 +0 +0 +inproc://obsérvé$`,
	}
	for i, pattern := range wanted {
		if line := lines[len(lines)-2+i]; !regexp.MustCompile(pattern).MatchString(line) {
			t.Errorf("%q does not match %s", line, pattern)
		}
	}
}

// A program can read the same: one line of JSON for an event, or for a table.
func TestJSON(t *testing.T) {
	decode := func(line string, value any) {
		t.Helper()
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(value); err != nil {
			t.Fatalf("%v: %q", err, line)
		}
	}
	type event struct {
		Time                  *float64
		Socket                uint64
		Type, Event, Endpoint string
		Size, Peers           int
		More                  bool
		Data                  string
	}
	wanted := []event{
		{Type: "PUSH", Event: "socket"},
		{Type: "PULL", Event: "socket"},
		{Type: "PULL", Event: "bind", Endpoint: observedEndpoint},
		{Type: "PUSH", Event: "connect", Endpoint: observedEndpoint},
		{Type: "PUSH", Event: "send", Endpoint: observedEndpoint, Size: 7, More: true, Data: "6120226222205c"},
		{Type: "PUSH", Event: "send", Endpoint: observedEndpoint, Size: 2, Data: "00ff"},
		{Type: "PULL", Event: "receive", Endpoint: observedEndpoint, Size: 7, More: true, Data: "6120226222205c"},
		{Type: "PULL", Event: "receive", Endpoint: observedEndpoint, Size: 2, Data: "00ff"},
		{Type: "PUSH", Event: "send", Endpoint: observedEndpoint, Size: 1000, Data: strings.Repeat("78", 64)},
		{Type: "PULL", Event: "receive", Endpoint: observedEndpoint, Size: 1000, Data: strings.Repeat("78", 64)},
		{Type: "PUSH", Event: "close", Endpoint: observedEndpoint},
	}
	lines := strings.Split(strings.TrimSpace(observe(t, "--trace", "--json").Stderr), "\n")
	if len(lines) != len(wanted) {
		t.Fatalf("%d lines, not %d: %q", len(lines), len(wanted), lines)
	}
	for i, line := range lines {
		var got event
		decode(line, &got)
		if got.Time == nil || got.Socket == 0 {
			t.Errorf("%q", line)
		}
		got.Time, got.Socket = nil, 0
		if got != wanted[i] {
			t.Errorf("line %d: %+v, not %+v", i, got, wanted[i])
		}
	}

	type row struct {
		Socket           uint64
		Type, Endpoint   string
		Closed           bool
		Peers            *int
		MessagesReceived uint64 `json:"messages_received"`
		BytesReceived    uint64 `json:"bytes_received"`
		MessagesSent     uint64 `json:"messages_sent"`
		BytesSent        uint64 `json:"bytes_sent"`
		Full             uint64
	}
	var table struct {
		Time    *float64
		Sockets []row
	}
	lines = strings.Split(strings.TrimSpace(observe(t, "--json", "--stat").Stderr), "\n")
	decode(lines[len(lines)-1], &table)
	if table.Time == nil || len(table.Sockets) != 2 {
		t.Fatalf("%q", lines)
	}
	for i, want := range []row{
		{Type: "PUSH", Endpoint: observedEndpoint, Closed: true, MessagesSent: 3, BytesSent: 1009},
		{Type: "PULL", Endpoint: observedEndpoint, MessagesReceived: 3, BytesReceived: 1009},
	} {
		want.Socket = table.Sockets[i].Socket
		if table.Sockets[i] != want {
			t.Errorf("%+v, not %+v", table.Sockets[i], want)
		}
	}
}

const full = `
import * as zmq from "zmq";
import * as os from "os";
const context = new zmq.Context();
const [push, pull, lone] = [zmq.PUSH, zmq.PULL, zmq.PUSH].map((type) => context.socket(type));
pull.bind("tcp://127.0.0.1:*");
const endpoint = pull.last_endpoint;
push.connect(endpoint);
push.send("hello");
pull.recv();
lone.send("nowhere to go", zmq.DONTWAIT);
lone.setsockopt(zmq.SNDTIMEO, 10);
lone.send_multipart(["nowhere", "to go"]);
function until(file) {
  while (os.stat(file)[1] !== 0) {
    os.sleep(10);
    push.events; // libzmq processes pending commands in a call
  }
}
until("connected");
push.disconnect(endpoint);
until("disconnected");
for (const socket of [push, pull, lone]) socket.close();
context.term();
print("over");
`

// The number of peers, and messages that find no room, are in the trace.
func TestTraceOfPeers(t *testing.T) {
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "full.js"), []byte(full), 0o666); err != nil {
		t.Fatal(err)
	}
	child := testkit.Start(t, testkit.Options{Dir: directory}, "sh", "-c", `exec "$1" --trace full.js 2>&1`, "sh", testkit.Program(t))
	for _, step := range []struct{ peers, file string }{{"peers 1", "connected"}, {"peers 0", "disconnected"}} {
		for sockets := 0; sockets < 2; {
			if strings.HasSuffix(child.Line(), step.peers) {
				sockets++
			}
		}
		if err := os.WriteFile(filepath.Join(directory, step.file), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	result := child.Wait()
	if result.Status != 0 || !strings.Contains(result.Stdout, "\nover\n") {
		t.Errorf("%+v", result)
	}
	for pattern, count := range map[string]int{
		`PUSH   peers 1`: 1, `PULL   peers 1`: 1, `PUSH   peers 0`: 1, `PULL   peers 0`: 1,
		`PUSH   full  13 B`: 1, `PUSH   full  7 B`: 1, `peers`: 4, `full`: 2,
	} {
		if found := strings.Count(result.Stdout, pattern); found != count {
			t.Errorf("%q: %d times, not %d", pattern, found, count)
		}
	}
	if t.Failed() {
		t.Log(result.Stdout)
	}
}

const mistaken = `
import * as zmq from "zmq";
const context = new zmq.Context();
const [sub, server, client] = [zmq.SUB, zmq.PULL, zmq.PUSH].map((type) => context.socket(type));
sub.setsockopt(zmq.SUBSCRIBE, "t\u00f6pic\n");
sub.setsockopt(zmq.UNSUBSCRIBE, "t\u00f6pic\n");
sub.setsockopt(zmq.SUBSCRIBE, "");
try { sub.setsockopt(zmq.UNSUBSCRIBE, 1 / 2) } catch {}
try { sub.bind("tcp://127.0.0.1") } catch {}
try { sub.connect("nothing://there") } catch {}
server.setsockopt(zmq.CURVE_SERVER, 1);
server.setsockopt(zmq.CURVE_SECRETKEY, zmq.curve_keypair().secret_key);
server.bind("tcp://127.0.0.1:*");
client.connect(server.last_endpoint);
server.recv();
`

// Subscriptions, and the failures of binds, connects and handshakes, are in the trace.
func TestTraceOfMistakes(t *testing.T) {
	for _, json := range []bool{false, true} {
		options := "--trace"
		handshake := `PUSH   failed tcp://\S+  "handshake: ZMTP_MECHANISM_MISMATCH"$`
		wanted := []string{
			`SUB    subscribe  "t\xc3\xb6pic\x0a"`,
			`SUB    unsubscribe  "t\xc3\xb6pic\x0a"`,
			`SUB    subscribe  ""`,
			`SUB    failed tcp://127.0.0.1  "bind: Invalid argument"`,
			`SUB    failed nothing://there  "connect: Protocol not supported"`,
		}
		if json {
			options += " --json"
			handshake = `"PUSH","event":"failed","endpoint":"tcp://[^"]+","reason":"handshake: ZMTP_MECHANISM_MISMATCH"}$`
			wanted = []string{
				`"SUB","event":"subscribe","endpoint":"","size":7,"data":"74c3b67069630a"}`,
				`"SUB","event":"unsubscribe","endpoint":"","size":7,"data":"74c3b67069630a"}`,
				`"SUB","event":"subscribe","endpoint":"","size":0,"data":""}`,
				`"SUB","event":"failed","endpoint":"tcp://127.0.0.1","reason":"bind: Invalid argument"}`,
				`"SUB","event":"failed","endpoint":"nothing://there","reason":"connect: Protocol not supported"}`,
			}
		}
		// The script waits for ever; it is killed when the last event is in the trace.
		child := testkit.Start(t, testkit.Options{}, "sh", "-c", `exec "$1" `+options+` -e "$2" 2>&1`, "sh", testkit.Program(t), mistaken)
		failed := regexp.MustCompile(handshake)
		lines := []string{child.Line()}
		for !failed.MatchString(lines[len(lines)-1]) {
			lines = append(lines, child.Line())
		}
		child.Kill()
		trace := strings.Join(lines, "\n")
		for _, line := range wanted {
			if strings.Count(trace, line+"\n") != 1 {
				t.Errorf("not printed once: %s\n%s", line, trace)
			}
		}
		if count := len(regexp.MustCompile(`(?m)SUB[" ].*(subscribe|failed)\b`).FindAllString(trace, -1)); count != len(wanted) {
			t.Errorf("%d events of subscriptions and failures, not %d\n%s", count, len(wanted), trace)
		}
	}
}

// The trace is coloured on a terminal, unless the user has disabled that.
func TestTraceColour(t *testing.T) {
	for _, environment := range []string{"TERM=xterm", "TERM=dumb", "NO_COLOR=1"} {
		command := exec.Command("script", "-qec", testkit.Program(t)+` --trace -e 'import * as zmq from "zmq"; new zmq.Context().socket(0)'`, "/dev/null")
		command.Env = append(testkit.Environment("TERM=xterm"), environment)
		output, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		if coloured := strings.Contains(string(output), "\x1b["); coloured != (environment == "TERM=xterm") {
			t.Errorf("%s: %q", environment, output)
		}
	}
}
