package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The operations of scripts for every message, ROUNDS times.
const hotScript = `
import * as zmq from "zmq";
const context = new zmq.Context();
const a = context.socket(zmq.PAIR), b = context.socket(zmq.PAIR);
a.bind("inproc://entries");
b.connect("inproc://entries");
const poller = new zmq.Poller(), bytes = new Uint8Array(10), large = new Uint8Array(100000);
poller.add(b, zmq.POLLIN, bytes);
for (let i = 0; i < ROUNDS; i++) {
  a.send("text"); b.recv_str();
  a.send("\u00e9\u20ac"); b.recv_str();
  a.send(7); b.recv_int();
  a.send(bytes); b.recv();
  a.send(large); b.recv();
  a.send(bytes); b.recv_into(large, 5);
  a.send_multipart(["one", bytes, 3]); b.recv_multipart();
  a.send("one", zmq.SNDMORE); a.send("two"); b.recv(); b.recv_uint8ffarray();
  a.send("text"); b.recv_message();
  b.recv(zmq.DONTWAIT);
  poller.poll(); poller.wait(0); poller.poll_all(3); poller.wait_all(3, 0);
  a.send(1); poller.wait(-1); poller.wait_all(9, -1); b.recv_int();
  poller.add(a, zmq.POLLIN, bytes); poller.modify(a, zmq.POLLOUT); poller.remove(a);
  b.getsockopt_int(zmq.LINGER);
  b.events; b.type; b.closed; b.messages_received; poller.size();
}
`

// The same with a call that enters Go.
const coldScript = hotScript + `
for (let i = 0; i < ROUNDS; i++) zmq.version();
`

// CheckEntries makes the test fail if operations of scripts for every message enter Go. command
// runs a script; lower, if it is not nil, translates the scripts in a directory for it, and returns
// the directory of the results.
func CheckEntries(t *testing.T, environment, command []string, lower func(directory string) string) {
	t.Helper()
	directory := t.TempDir()
	counter := filepath.Join(directory, "entries.so")
	source := filepath.Join(Root(t), "cgo_tests/testkit/testdata/entries.c")
	if output, err := exec.Command("cc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", counter, source).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	scripts := filepath.Join(directory, "scripts")
	if err := os.Mkdir(scripts, 0o777); err != nil {
		t.Fatal(err)
	}
	const few, many = 10, 1010
	for name, script := range map[string]string{"hot": hotScript, "cold": coldScript} {
		for _, rounds := range []int{few, many} {
			file := filepath.Join(scripts, fmt.Sprint(name, rounds, ".js"))
			if err := os.WriteFile(file, []byte(strings.ReplaceAll(script, "ROUNDS", strconv.Itoa(rounds))), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	if lower != nil {
		scripts = lower(scripts)
	}
	// The difference of the rounds; entries at the beginning, at the end and by collections are
	// fewer.
	more := func(name string) int {
		var entries [2]int
		for i, rounds := range []int{few, many} {
			count := filepath.Join(directory, "entries")
			environment := append([]string{"LD_PRELOAD=" + counter, "ENTRIES=" + count}, environment...)
			arguments := append(append([]string{}, command[1:]...), filepath.Join(scripts, fmt.Sprint(name, rounds, ".js")))
			result := Run(t, Options{Env: environment}, command[0], arguments...)
			text, err := os.ReadFile(count)
			if result.Status != 0 || err != nil {
				t.Fatalf("%v, %+v", err, result)
			}
			if entries[i], err = strconv.Atoi(strings.TrimSpace(string(text))); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(count); err != nil {
				t.Fatal(err)
			}
		}
		return entries[1] - entries[0]
	}
	if entries := more("hot"); entries > (many-few)/2 {
		t.Errorf("%d entries into Go in %d rounds", entries, many-few)
	}
	if entries := more("cold"); entries < (many-few)/2 {
		t.Errorf("%d entries are counted in %d rounds, in each of which there is one", entries, many-few)
	}
}
