package hostprocess

import (
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// What scripts do for every message does not enter Go; the host's last line reports that the count rises where a call
// does.
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
