package guest

import (
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

// What scripts do for every message does not enter Go.
func TestEntries(t *testing.T) {
	host, plugin := pair(t, "entries", plain)
	result := runner.Run(t, runner.Options{}, host, plugin)
	lines := strings.Split(strings.TrimSpace(result.Stdout), "\n")
	if result.Status != 0 || len(lines) < 17 || lines[len(lines)-1] != "counted: true" {
		t.Fatalf("%+v", result)
	}
	for _, line := range lines[:len(lines)-1] {
		if !strings.HasSuffix(line, ": 0 entries") {
			t.Error(line)
		}
	}
	// The count does rise where they do.
	result = runner.Run(t, runner.Options{Env: []string{"ZMQJS_TWINS=0"}}, host, plugin)
	if strings.Contains(result.Stdout, ": 0 entries") {
		t.Errorf("without twins: %s", result.Stdout)
	}
}
