package hostprocess

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

var ways = []string{"exit", "_exit", "quick_exit", "return", "error", "abort", "SIGINT", "SIGTERM", "SIGPIPE",
	"fault", "fault thread", "fault handled before", "fault handled after", "fault thread handled before",
	"fault thread handled after"}

// A process that uses the library ends as one that does not: with the same status, and
// the same handlers run on the way.
func TestLeaving(t *testing.T) {
	host := usingHost(t, "leaving")
	for _, use := range waysOfUse(t) {
		for _, way := range ways {
			t.Run(use.name+", "+way, func(t *testing.T) {
				t.Parallel()
				options := testkit.Options{Dir: t.TempDir()} // for a core
				without := testkit.Run(t, options, host, "none", way)
				with := testkit.Run(t, options, host, use.path, way)
				if with.Status != without.Status || with.Signal != without.Signal || with.Stdout != without.Stdout {
					t.Errorf("with the library %+v, without %+v", with, without)
				}
			})
		}
	}
}
