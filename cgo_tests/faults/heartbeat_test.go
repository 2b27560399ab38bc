package faults

import (
	"testing"
	"time"
)

// Ways to make a connection half-open: each returns the endpoint to connect to, and a function that
// breaks the connection.
var halfOpen = map[string]func(t *testing.T, other *peer) (endpoint string, open func()){
	"silent": func(t *testing.T, other *peer) (string, func()) {
		t.Helper()
		relay := newRelay(t, other.bound[0], func(int) fault { return fault{} })
		return relay.endpoint(), relay.hush
	},
	"stopped": func(t *testing.T, other *peer) (string, func()) {
		t.Helper()
		return other.bound[0], func() { other.Stop() }
	},
}

// TestHeartbeats: heartbeats detect a connection whose other side is silent; without them it is not
// detected.
func TestHeartbeats(t *testing.T) {
	t.Parallel()
	for name, start := range halfOpen {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			other := newPeer(t, nil, script(t, "accept.js"), "tcp://127.0.0.1:*")
			endpoint, open := start(t, other)
			beating := newPeer(t, nil, script(t, "beat.js"), endpoint, "100")
			quiet := newPeer(t, nil, script(t, "beat.js"), endpoint, "0")
			beating.Expect("connected")
			quiet.Expect("connected")
			open()
			beating.Expect("disconnected")
			time.Sleep(500 * time.Millisecond)
			quiet.kill()
			if len(quiet.printed) != 2 {
				t.Errorf("without heartbeats: %q", quiet.printed)
			}
			beating.kill()
			other.kill()
		})
	}
}
