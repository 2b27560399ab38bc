package quickjs

import (
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestLeavingTakesOneTime: a host that frees its runtimes, one after the other, and returns from
// main waits for their messages in the same time; but what a runtime sends while others have
// left already has a time of its own.
func TestLeavingTakesOneTime(t *testing.T) {
	e := quickjs(t)
	program := of(e, testkit.Host{Flags: plain, Sources: []string{"leaving.c"}, Library: testkit.LibraryDir(t)}).Compile(t)
	endpoint := "ipc://" + filepath.Join(t.TempDir(), "nobody")
	for _, runtimes := range []int{1, 4} {
		for end, times := range map[string]int{"free": 1, "keep": 1, "use": runtimes} {
			for _, left := range []string{"open", "closed", "garbage"} {
				t.Run(strconv.Itoa(runtimes)+" "+end+" "+left, func(t *testing.T) {
					t.Parallel()
					waits := testkit.NewWaits(t)
					options := testkit.Options{Env: append(waits.Env, "ZMQJS_LEAVE_REPORT=0", "ZMQJS_LEAVE_TIMEOUT=1000")}
					result := testkit.Run(t, options, program, strconv.Itoa(runtimes), end, left, endpoint)
					if result.Status != 0 || result.Stderr != "" {
						t.Errorf("%+v", result)
					}
					waits.Check(t, time.Second, times)
				})
			}
		}
	}
}
