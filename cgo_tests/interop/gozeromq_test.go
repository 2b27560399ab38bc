package interop

import (
	"slices"
	"strings"
	"testing"
)

func TestGozeromq(t *testing.T) {
	t.Parallel()
	with(t, gozeromq, slices.Concat(simple, values))
	withHeartbeats(t, gozeromq, "CONNECTION")
}

// In go-zeromq the listener is PLAIN's server, and accepts everybody.
func TestGozeromqPlain(t *testing.T) {
	t.Parallel()
	const anywhere = "bind:tcp://127.0.0.1:*"
	client := side{"REQ", plainClient("right"), []step{send("in"), recv("out")}}
	t.Run("our-server", func(t *testing.T) {
		t.Parallel()
		server := side{"REP", plainServer, []step{zap(200, "PLAIN", "user", "right"), recv("in"), send("out")}}
		talk(t, start(t, ours, server, anywhere), gozeromq, client)
	})
	t.Run("their-server", func(t *testing.T) {
		t.Parallel()
		server := side{"REP", []step{set("PLAIN_SERVER", 1)}, []step{recv("in"), send("out")}}
		talk(t, start(t, gozeromq, server, anywhere), ours, client)
	})
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		server := start(t, ours, side{"REP", plainServer, []step{zap(400, "PLAIN", "user", "right"), failed(), none(0)}}, anywhere)
		result := start(t, gozeromq, client, "connect:"+server.Line()).Wait()
		if result.Status == 0 || !strings.Contains(result.Stderr, "security/plain") {
			t.Errorf("the client: %+v", result)
		}
		server.finish(t)
	})
}
