package cmd

import (
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestNoBarriers: a run and its end need no barrier of all threads, for which a process with several threads
// registers first, which takes milliseconds.
func TestNoBarriers(t *testing.T) {
	t.Parallel()
	loaded := preload(t, "barriers")
	const open = `import * as zmq from "zmq"; import * as os from "os"; import * as std from "std";
const context = new zmq.Context(), socket = context.socket(zmq.PAIR);
`
	for name, test := range map[string]struct {
		code   string
		status int
	}{
		"closed":    {open + "socket.close(); context.term();", 0},
		"left open": {open, 0},
		"exit":      {open + "std.exit(3);", 3},
		"timers":    {open + "os.setTimeout(() => socket.close(), 30);", 0},
		"sleep":     {open + "os.sleep(30); socket.close();", 0},
		"computing": {open + "for (const end = Date.now() + 100; Date.now() < end; ) socket.getsockopt(zmq.LINGER);", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "barriers")
			result := testkit.Run(t, testkit.Options{Env: []string{loaded, "BARRIERS=" + file}}, testkit.Program(t), "-e", test.code)
			result.Check(t, test.status, "", "")
			if got := testkit.Read(t, file); got != "0\n" { // it asks whether there are barriers (MEMBARRIER_CMD_QUERY)
				t.Errorf("commands of membarrier: %q", got)
			}
		})
	}
}
