package hostprocess

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// notDenied are system calls in a trace that are in no denial: they begin the program; or the host makes them,
// to deny others; or TestNoReturnOfHandlers has them; or the C library cannot do without them, and then ends no
// thread (exit) or process (exit_group), or corrupts its heap (brk).
var notDenied = []string{"execve", "arch_prctl", "set_tid_address", "prctl", "seccomp", "rt_sigreturn",
	"exit", "exit_group", "brk"}

// noCall is the number of no system call.
const noCall = 4000

// TestDenialsAreComplete: every system call that the library makes is in the table of denials.
func TestDenialsAreComplete(t *testing.T) {
	skipUnless(t, "strace", "-f", "true")
	known := slices.Clone(notDenied)
	for _, denial := range denials {
		known = append(known, denial.name)
	}
	host, call := usingHost(t, "denied"), regexp.MustCompile(`(?m)^\d+ +(\w+)\(`)
	for _, way := range waysOfUse(t) {
		t.Run(way.name, func(t *testing.T) {
			trace := filepath.Join(t.TempDir(), "trace")
			testkit.Run(t, testkit.Options{Limit: toolLimit}, "strace", "-f", "-qq", "-o", trace, "-e", "signal=none",
				host, way.path, "before", strconv.Itoa(noCall)).Check(t, 0, "", "")
			seen := map[string]bool{}
			for _, match := range call.FindAllStringSubmatch(testkit.Read(t, trace), -1) {
				seen[match[1]] = true
			}
			if !seen["eventfd2"] {
				t.Errorf("no trace of the library: %v, %d bytes", seen, len(testkit.Read(t, trace)))
			}
			for name := range seen {
				if !slices.Contains(known, name) {
					t.Errorf("%s is made, and denied by no test", name)
				}
			}
		})
	}
}
