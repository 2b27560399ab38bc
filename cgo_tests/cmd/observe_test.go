package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const observed = `
import * as zmq from "zmq";
const context = new zmq.Context();
const [push, pull] = [context.socket(zmq.PUSH), context.socket(zmq.PULL)];
pull.bind("inproc://observed");
push.connect("inproc://observed");
push.send_multipart(["a \"b\" \\", new Uint8Array([0, 255])]);
pull.recv_multipart();
push.send("x".repeat(1000));
pull.recv();
push.close();
print("done");
`

func observe(t *testing.T, option string) testkit.Result {
	t.Helper()
	script := filepath.Join(t.TempDir(), "observed.js")
	if err := os.WriteFile(script, []byte(observed), 0o666); err != nil {
		t.Fatal(err)
	}
	result := testkit.Run(t, testkit.Options{}, testkit.Program(t), option, script)
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
		`PULL   bind inproc://observed`,
		`PUSH   connect inproc://observed`,
		`PUSH   send -> inproc://observed  7 B +  "a \"b\" \\"`,
		`PUSH   send -> inproc://observed  2 B  "\x00\xff"`,
		`PULL   recv <- inproc://observed  7 B +  "a \"b\" \\"`,
		`PULL   recv <- inproc://observed  2 B  "\x00\xff"`,
		`PUSH   send -> inproc://observed  1000 B  "` + strings.Repeat("x", 32) + `"...`,
		`PULL   recv <- inproc://observed  1000 B  "` + strings.Repeat("x", 32) + `"...`,
		`PUSH   close inproc://observed`,
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
		`^ +\d+ PUSH +- +0 +0 +0 +\S+( [kM])? +\S+( [kM])? +3 +inproc://observed \(closed\)$`,
		`^ +\d+ PULL +- +\S+( [kM])? +\S+( [kM])? +3 +0 +0 +0 +inproc://observed$`,
	}
	for i, pattern := range wanted {
		if line := lines[len(lines)-2+i]; !regexp.MustCompile(pattern).MatchString(line) {
			t.Errorf("%q does not match %s", line, pattern)
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
os.sleep(200);
push.disconnect(endpoint);
for (let i = 0; i < 20; i++) {
  os.sleep(10);
  push.events; // libzmq goes on with it in a call
}
for (const socket of [push, pull, lone]) socket.close();
context.term();
print("over");
`

// Peers come and go, and messages that find no room are told of.
func TestTraceOfPeers(t *testing.T) {
	script := filepath.Join(t.TempDir(), "full.js")
	if err := os.WriteFile(script, []byte(full), 0o666); err != nil {
		t.Fatal(err)
	}
	result := testkit.Run(t, testkit.Options{}, testkit.Program(t), "--trace", script)
	if result.Status != 0 || result.Stdout != "over\n" {
		t.Errorf("%+v", result)
	}
	for pattern, count := range map[string]int{
		`PUSH   peers 1`: 1, `PULL   peers 1`: 1, `PUSH   peers 0`: 1, `PULL   peers 0`: 1,
		`PUSH   full  13 B`: 1, `PUSH   full  7 B`: 1, `peers`: 4, `full`: 2,
	} {
		if found := strings.Count(result.Stderr, pattern); found != count {
			t.Errorf("%q: %d times, not %d", pattern, found, count)
		}
	}
	if t.Failed() {
		t.Log(result.Stderr)
	}
}

// On a terminal it is coloured, unless the user does not want that.
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
