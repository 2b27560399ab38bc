package interop

import "testing"

const ping = "\x04PING\x00\x0acontext"

func pairWire(t *testing.T, options []step, steps ...step) (wire, peer) {
	t.Helper()
	script := start(t, ours, side{"PAIR", options, steps}, "bind:tcp://127.0.0.1:*")
	w := dial(t, script.Line())
	w.handshake("PAIR", "PAIR")
	return w, script
}

// TestPong: a PING is answered, and its context comes back.
func TestPong(t *testing.T) {
	t.Parallel()
	w, script := pairWire(t, nil, recv("end"))
	w.write(command(ping))
	w.expect(command("\x04PONGcontext"))
	w.write("\x00\x03end")
	script.finish(t)
}

// TestPings: PING arrives without messages; a peer that answers stays, and one that does not is
// dropped.
func TestPings(t *testing.T) {
	t.Parallel()
	w, script := pairWire(t, []step{set("HEARTBEAT_IVL", 30), set("HEARTBEAT_TIMEOUT", 5000)}, recv("never"))
	for range 5 {
		w.expect(command("\x04PING\x00\x00"))
		w.write(command("\x04PONG"))
	}
	w.expectEnd()
	if !script.Running() {
		t.Error("the end came from the script's end")
	}
	script.Kill()
}
