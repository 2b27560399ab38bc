package faults

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// script is the path of a script of testdata or, if there is none of this name, of
// examples/patterns. Edits are pairs of a text in the script and its replacement: tests do not wait
// as long as a user would.
func script(t testing.TB, name string, edits ...string) string {
	t.Helper()
	path := filepath.Join("testdata", name)
	if _, err := os.Stat(path); err != nil {
		path = filepath.Join(testkit.Root(t), "examples/patterns", name)
	}
	if len(edits) == 0 {
		return path
	}
	text := testkit.Read(t, path)
	for i := 0; i < len(edits); i += 2 {
		if !strings.Contains(text, edits[i]) {
			t.Fatalf("%s does not have the text %q", name, edits[i])
		}
		text = strings.Replace(text, edits[i], edits[i+1], 1)
	}
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
