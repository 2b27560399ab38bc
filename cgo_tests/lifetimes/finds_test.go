package lifetimes

import (
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestFinds: deviations from the model are found. Here the scripts are wrong.
func TestFinds(t *testing.T) {
	for name, test := range map[string]struct {
		spoil [3]string
		want  string
	}{
		"a lost message":       {[3]string{"links.js", "    queue.push(message);", "    message.number % 3 !== 2 && queue.push(message);"}, "not allowed: "},
		"a message too many":   {[3]string{"links.js", "    queue.push(message);", "    queue.push(message, message);"}, "not allowed: "},
		"a torn message":       {[3]string{"links.js", "  const sent = attempt(() => end.socket.send_multipart(parts", "  parts.length > 1 && parts.pop();\n  const sent = attempt(() => end.socket.send_multipart(parts"}, "not allowed: "},
		"other contents":       {[3]string{"content.js", "array[i] = begin.charCodeAt(i);", "array[i] = 64;"}, "not allowed: "},
		"a socket not closed":  {[3]string{"world.js", "record.socket.close() : record", "0 : record"}, "closed after close()"},
		"another error":        {[3]string{"world.js", `"ENOTSOCK", name + "()`, `"EINVAL", name + "()`}, "of a closed socket throws Error ENOTSOCK"},
		"a socket in a poller": {[3]string{"pollers.js", `!== "closed"`, `!== "open"`}, "size()"},
		"input not found":      {[3]string{"pollers.js", "before[i] === true && !readable", "before[i] === false && !readable"}, "does not find input"},
		"kept contexts":        {[3]string{"world.js", "world.contexts.push(made);", "world.contexts.push(made);\n  (Array.kept = Array.kept || []).push(new zmq.Context());"}, "after round"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if found := spoilt(t, test.spoil); !strings.Contains(found, test.want) {
				t.Errorf("found %q", found)
			}
		})
	}
}

// spoilt returns the findings of a run of such scripts.
func spoilt(t *testing.T, spoil [3]string) string {
	t.Helper()
	h := hosts[1]
	directory := t.TempDir()
	watch, control := newWatch(t, directory)
	watch.patience = time.Second
	s := settings{seed: 1, rounds: 40, steps: perRound, control: control, directory: directory, spoil: spoil}
	child := h.start(t, h.command(t), s, testkit.Options{})
	grown := watch.follow(t, h, child)
	return grown + child.Wait().Stdout
}
