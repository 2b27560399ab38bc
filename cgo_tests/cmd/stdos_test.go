package cmd

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestStdOS: std and os behave as in FFglitch's qjs.
func TestStdOS(t *testing.T) {
	t.Parallel()
	script, err := filepath.Abs("testdata/stdos.mjs")
	if err != nil {
		t.Fatal(err)
	}
	result := run(t, testkit.Options{Dir: t.TempDir()}, script)
	if result.Status != 0 || result.Stderr != "" {
		t.Fatalf("%+v", result)
	}
	got, want := strings.Split(result.Stdout, "\n"), strings.Split(testkit.Read(t, "testdata/stdos.txt"), "\n")
	if len(want) < 150 {
		t.Errorf("stdos.txt has %d lines", len(want))
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("line %d is not as in stdos.txt:\n%s", i+1, result.Stdout)
		}
	}
}
