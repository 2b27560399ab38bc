package docs

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// unprovoked are the functions whose errors a script cannot provoke alone: they need a signal, a
// process without descriptors, or another build of libzmq.
var unprovoked = []string{"Context", "Context.shared", "Context.term", "Poller", "Poller.fd", "curve_keypair"}

// TestErrors: the section of a function in the reference has each error that testdata/errors.js
// makes it throw, and the script makes every function throw whose section has errors of its own.
func TestErrors(t *testing.T) {
	t.Parallel()
	reference := testkit.Read(t, filepath.Join(testkit.Root(t), "docs/reference.md"))
	result := testkit.Run(t, testkit.Options{}, testkit.Program(t), testdata(t, "errors.js"))
	lines := strings.Split(strings.TrimSpace(result.Stdout), "\n")
	if result.Status != 0 || result.Stderr != "" || len(lines) < 100 {
		t.Fatalf("%d lines, %+v", len(lines), result)
	}
	provoked := map[string]bool{}
	for _, line := range lines {
		key, code, _ := strings.Cut(line, " ")
		provoked[key] = true
		_, section, found := strings.Cut(reference, "<!-- generated: "+key+" -->\n")
		section, _, _ = strings.Cut(section, "<!-- end: ")
		if !found || !throws(section, code) {
			t.Errorf("%s throws %s, which its section does not say", key, code)
		}
	}
	for _, section := range strings.Split(reference, "<!-- generated: ")[1:] {
		key, section, _ := strings.Cut(section, " -->\n")
		section, _, _ = strings.Cut(section, "<!-- end: ")
		if hasErrors(section) && !provoked[key] && !slices.Contains(unprovoked, key) {
			t.Errorf("testdata/errors.js provokes no error of %s", key)
		}
	}
}

var asAnother = regexp.MustCompile(` as \S+\(\)$`)

// hasErrors reports whether a section lists errors, other than those of another function.
func hasErrors(section string) bool {
	return slices.ContainsFunc(strings.Split(section, "\n"), func(line string) bool {
		return strings.HasPrefix(line, "- Throws ") && !asAnother.MatchString(line)
	})
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
