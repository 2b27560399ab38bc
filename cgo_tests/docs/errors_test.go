package docs

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestErrors: the section of a function in the reference has each error that testdata/errors.js
// makes it throw.
func TestErrors(t *testing.T) {
	t.Parallel()
	reference := testkit.Read(t, filepath.Join(testkit.Root(t), "docs/reference.md"))
	result := testkit.Run(t, testkit.Options{}, testkit.Program(t), testdata(t, "errors.js"))
	lines := strings.Split(strings.TrimSpace(result.Stdout), "\n")
	if result.Status != 0 || result.Stderr != "" || len(lines) < 100 {
		t.Fatalf("%d lines, %+v", len(lines), result)
	}
	for _, line := range lines {
		key, code, _ := strings.Cut(line, " ")
		_, section, found := strings.Cut(reference, "<!-- generated: "+key+" -->\n")
		section, _, _ = strings.Cut(section, "<!-- end: ")
		if !found || !throws(section, code) {
			t.Errorf("%s throws %s, which its section does not say", key, code)
		}
	}
}

// throws reports whether a section lists an error, itself or by the name of another function.
func throws(section, code string) bool {
	for line := range strings.Lines(section) {
		if strings.HasPrefix(line, "- Throws ") &&
			(strings.Contains(line, "`"+code+"`") || strings.HasPrefix(line, "- Throws [`Error`](#errors) as ") && code[0] == 'E') {
			return true
		}
	}
	return false
}
