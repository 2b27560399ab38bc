package gojazmq

import (
	"fmt"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/jsglue"
)

// TestTraceFlags: a send shows SNDMORE, a receive MORE, whatever else the call was given.
func TestTraceFlags(t *testing.T) {
	var seen []string
	jsglue.SetTracer(func(event jsglue.TraceEvent) {
		switch event.Kind {
		case jsglue.TraceSend:
			seen = append(seen, fmt.Sprintf("s%d", event.Flags))
		case jsglue.TraceReceive:
			seen = append(seen, fmt.Sprintf("r%d", event.Flags))
		}
	})
	defer jsglue.SetTracer(nil)
	for _, flags := range []int{0, 1} { // ZMQ_DONTWAIT
		for _, test := range []struct{ script, want string }{
			{`a.send("x", F); b.recv(F)`, "s0 r0"},
			{`a.send("x", F | zmq.SNDMORE); a.send("y", F); b.recv(F); b.recv_str(F)`, "s2 s0 r1 r0"},
			{`a.send_multipart(["x"], F); b.recv_into(new Uint8Array(1), 0, F)`, "s0 r0"},
			{`a.send_multipart(["x", "y", "z"], F); b.recv_multipart(F)`, "s2 s2 s0 r1 r1 r0"},
			{`a.send_multipart(["x", "y"], F | zmq.SNDMORE); a.send("z", F); b.recv_multipart(F)`, "s2 s2 s0 r1 r1 r0"},
		} {
			seen = nil
			run(t, strings.ReplaceAll(test.script, "F", fmt.Sprint(flags)))
			if got := strings.Join(seen, " "); got != test.want {
				t.Errorf("%s with flags %d: %s, want %s", test.script, flags, got, test.want)
			}
		}
	}
}
