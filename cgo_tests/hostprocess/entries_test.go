package hostprocess

import (
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// The calls that scripts make for every message do not enter Go; the last line of the host shows
// that another call increases the count.
func TestEntries(t *testing.T) {
	host, plugin := pair(t, "entries", plain)
	result := testkit.Run(t, testkit.Options{}, host, plugin)
	lines := strings.Split(strings.TrimSpace(result.Stdout), "\n")
	if result.Status != 0 || len(lines) < 20 || lines[len(lines)-1] != "counted: true" {
		t.Fatalf("%+v", result)
	}
	for _, line := range lines[:len(lines)-1] {
		if !strings.HasSuffix(line, ": 0 entries") {
			t.Error(line)
		}
	}
}
