package guest

import (
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/runner"
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

// expected tells whether loading may change a line: handlers of faults, and descriptors
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

func TestState(t *testing.T) {
	host, plugin := pair(t, "state", plain)
	result := runner.Run(t, runner.Options{}, host, plugin)
	states := strings.Split(result.Stdout, "--\n")
	if result.Status != 0 || len(states) != 4 || result.Stderr != "" {
		t.Fatalf("%+v", result)
	}
	descriptors := 0
	for _, line := range difference(states[0], states[1]) {
		if !expected(line) {
			t.Errorf("loading changes %s", line)
		}
		if strings.HasPrefix(line, "+open: ") {
			descriptors++
		}
	}
	if descriptors > 4 {
		t.Errorf("loading opens %d descriptors:\n%s", descriptors, states[1])
	}
	for _, line := range difference(states[1], states[2]) {
		t.Errorf("use changes %s", line)
	}
}
