package interop

import (
	"strings"
	"testing"
)

// greeting is the whole first message of ZMTP 3.
func greeting(mechanism string) string {
	return "\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03" + "\x00" +
		mechanism + strings.Repeat("\x00", 20-len(mechanism)) + "\x00" + strings.Repeat("\x00", 31)
}

// ready is the command that ends NULL's handshake.
func ready(socketType string) string {
	body := "\x05READY\x0bSocket-Type\x00\x00\x00" + string([]byte{byte(len(socketType))}) + socketType
	return command(body)
}

func command(body string) string { return "\x04" + string([]byte{byte(len(body))}) + body }

// greet exchanges greetings, and checks the signature's ends, the version, the mechanism,
// and that nothing follows.
func (w wire) greet() {
	w.t.Helper()
	w.write(greeting("NULL"))
	got := w.take(64)
	if got[0] != 0xff || got[9] != 0x7f || got[10] != 3 || got[11] > 1 {
		w.t.Fatalf("greeting %q", got)
	}
	if mechanism := strings.TrimRight(got[12:32], "\x00"); mechanism != "NULL" {
		w.t.Fatalf("mechanism %q", mechanism)
	}
	if strings.Trim(got[32:], "\x00") != "" {
		w.t.Fatalf("greeting ends in %q", got[32:])
	}
}

// handshake makes a connection of the two types, ours being the second.
func (w wire) handshake(theirs, ours string) {
	w.t.Helper()
	w.greet()
	w.write(ready(theirs))
	header := w.take(2)
	if header[0] != 4 {
		w.t.Fatalf("flags %#x instead of a command's", header[0])
	}
	metadata := w.take(int(header[1]))
	if !strings.HasPrefix(metadata, "\x05READY") || !strings.Contains(metadata, ready(ours)[8:]) {
		w.t.Fatalf("metadata %q", metadata)
	}
}

// TestFrames: messages as ZMTP 3 has them on the wire, in both directions.
func TestFrames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 256)
	script := start(t, ours, side{socket: "PAIR", steps: []step{
		recv("in", ""), recv(long), send("out", "", "end"), send(long),
	}}, "bind:tcp://127.0.0.1:*")
	w := dial(t, script.Line())
	w.handshake("PAIR", "PAIR")
	w.write("\x01\x02in\x00\x00")
	w.write("\x02\x00\x00\x00\x00\x00\x00\x01\x00" + long)
	w.expect("\x01\x03out\x01\x00\x00\x03end")
	w.expect("\x02\x00\x00\x00\x00\x00\x00\x01\x00" + long)
	script.finish(t)
}

// TestBadGreetings: peers that do not speak ZMTP, or use another mechanism, are refused, and
// disturb nobody.
func TestBadGreetings(t *testing.T) {
	t.Parallel()
	script := start(t, ours, side{socket: "PULL", steps: []step{recv("good")}}, "bind:tcp://127.0.0.1:*")
	endpoint := script.Line()
	// libzmq takes this for the oldest ZMTP, and waits for the rest.
	dial(t, endpoint).write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	for _, mechanism := range []string{"PLAIN", "NONE"} {
		w := dial(t, endpoint)
		w.write(greeting(mechanism))
		w.expectEnd()
	}
	unlike := dial(t, endpoint) // PULL does not talk to SUB
	unlike.greet()
	unlike.write(ready("SUB"))
	unlike.expectEnd()

	w := dial(t, endpoint)
	w.handshake("PUSH", "PULL")
	w.write("\x00\x04good")
	script.finish(t)
}
