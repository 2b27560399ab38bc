package hostprocess

import (
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// difference lists the lines that only one of two texts has, with "-" or "+".
func difference(before, after string) []string {
	var lines []string
	old, now := strings.Split(before, "\n"), strings.Split(after, "\n")
	for _, line := range old {
		if !slices.Contains(now, line) {
			lines = append(lines, "-"+line)
		}
	}
	for _, line := range now {
		if !slices.Contains(old, line) {
			lines = append(lines, "+"+line)
		}
	}
	return lines
}

// expected reports whether loading may change a line: handlers of faults, and descriptors
// that no other program inherits.
func expected(line string) bool {
	for _, fault := range []string{"signal 7: open, handler", "signal 8: open, handler", "signal 11: open, handler"} {
		if strings.HasPrefix(line[1:], fault) {
			return true
		}
	}
	return strings.HasPrefix(line, "+open: ") && strings.Contains(line, " anon_inode:[event") &&
		strings.HasSuffix(line, ", closed on exec")
}

// TestState: neither loading nor use changes the process, also if the library has a libzmq inside, whose
// threads are then started by the library.
func TestState(t *testing.T) {
	host := programWith(t, target.AtStart(testkit.LibraryDir(t)), "state", plain, "-rdynamic", "state.c")
	t.Run("shared", func(t *testing.T) { checkState(t, host, plugin(t, plain)) })
	t.Run("static", func(t *testing.T) {
		if target.LoadsAtStart() {
			t.Skip("a host that is linked with the library under test cannot load another")
		}
		checkState(t, host, pluginWith(t, plain, static(t)))
	})
}

func checkState(t *testing.T, host, plugin string) {
	t.Helper()
	result := testkit.Run(t, testkit.Options{}, host, plugin)
	states := strings.Split(result.Stdout, "--\n")
	if result.Status != 0 || len(states) != 4 || result.Stderr != "" {
		t.Fatalf("%+v", result)
	}
	for i, most := range []int{2, 2} { // Go's are opened on first use
		descriptors := 0
		for _, line := range difference(states[i], states[i+1]) {
			switch {
			case strings.HasPrefix(line, "+open: ") && expected(line):
				descriptors++
			case i > 0 || !expected(line):
				t.Errorf("%s changes %s", []string{"loading", "use"}[i], line)
			}
		}
		if descriptors > most {
			t.Errorf("%d descriptors are opened, not %d:\n%s", descriptors, most, states[i+1])
		}
	}
}
