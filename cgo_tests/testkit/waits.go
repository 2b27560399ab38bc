package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Waits are the timed waits of the library in a process that is started with Env. They show how
// long leaving takes on any machine.
type Waits struct {
	Env  []string
	file string
}

// NewWaits makes the recorder of a process's waits.
func NewWaits(t testing.TB) *Waits {
	t.Helper()
	directory := t.TempDir()
	library := filepath.Join(directory, "waits.so")
	source := filepath.Join(Root(t), "cgo_tests/testkit/testdata/waits.c")
	if output, err := exec.Command("cc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", library, source, "-ldl").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	file := filepath.Join(directory, "waits")
	return &Waits{Env: []string{"LD_PRELOAD=" + library, "WAITS=" + file}, file: file}
}

// Check has the test fail unless the process has waited for the given time so often: waits
// of one time have one deadline, and those with less than half of the time left do not count.
func (w *Waits) Check(t testing.TB, timeout time.Duration, times int) {
	t.Helper()
	text, err := os.ReadFile(w.file)
	if err != nil {
		t.Fatalf("no wait was recorded: %v", err)
	}
	const rounding = 2 * time.Millisecond // a time is kept in milliseconds
	var deadlines []time.Duration
	for line := range strings.Lines(string(text)) {
		var deadline, left time.Duration
		if _, err := fmt.Sscan(line, &deadline, &left); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		same := func(other time.Duration) bool { return (deadline - other).Abs() <= rounding }
		if left > timeout/2 && !slices.ContainsFunc(deadlines, same) {
			deadlines = append(deadlines, deadline)
		}
	}
	if len(deadlines) != times {
		t.Errorf("it waits until %d deadlines, not %d:\n%s", len(deadlines), times, text)
	}
}
