package install

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestLedger: what a release has exported stays, and what is new is written down.
func TestLedger(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(testkit.Root(t), "capi/symbols"))
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(content)) {
		if fields := strings.Fields(line); len(fields) == 2 {
			listed = append(listed, fields[0])
		} else if !strings.HasPrefix(line, "#") {
			t.Errorf("capi/symbols: %q", line)
		}
	}
	if exported := declared(t); !slices.Equal(exported, listed) { // see TestSymbols
		t.Errorf("exported:\n%s\ncapi/symbols:\n%s", strings.Join(exported, "\n"), strings.Join(listed, "\n"))
	}
}
