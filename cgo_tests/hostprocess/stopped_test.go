package hostprocess

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// freezers is the directory of the control groups whose processes can be frozen.
const freezers = "/sys/fs/cgroup/freezer"

// A host may be stopped, traced or frozen: a call that waits goes on waiting.
func TestStopped(t *testing.T) {
	host := usingHost(t, "stopped")
	for _, how := range []string{"SIGSTOP", "ptrace", "freezer"} {
		for _, way := range append(waysOfUse(t), way{"none", "none"}) {
			t.Run(way.name+", "+how, func(t *testing.T) {
				t.Parallel()
				arguments := []string{way.path, how}
				if how == "freezer" {
					arguments = append(arguments, filepath.Join(newGroup(t), "freezer.state"))
				}
				result := testkit.Run(t, testkit.Options{Dir: t.TempDir()}, host, arguments...)
				result.Check(t, 0, "failed: 0, the other process has ended with 0\n", "")
			})
		}
	}
}

// newGroup makes a control group, and removes it when its processes have ended.
func newGroup(t *testing.T) string {
	t.Helper()
	group, err := os.MkdirTemp(freezers, "zmqjs-")
	if err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	t.Cleanup(func() {
		if err := os.Remove(group); err != nil {
			t.Error(err)
		}
	})
	return group
}
