package install

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestManual: the manual page renders without warnings, and has the options of --help.
func TestManual(t *testing.T) {
	if _, err := exec.LookPath("man"); err != nil {
		t.Skip("man is not installed: the manual page is not rendered")
	}
	page := filepath.Join(testkit.Root(t), "cmd/zmqjs/zmqjs.1")
	options := testkit.Options{Env: []string{"MANWIDTH=80", "MAN_KEEP_FORMATTING=", "LC_ALL=C.UTF-8"}}
	result := testkit.Run(t, options, "man", "--warnings", "-l", page)
	if result.Status != 0 || result.Stderr != "" || !strings.Contains(result.Stdout, "EXIT STATUS") {
		t.Fatalf("%+v", result)
	}
	text := strings.ToLower(result.Stdout)
	help := output(t, nil, filepath.Join(buildDir(t), "zmqjs"), "--help")
	for _, word := range regexp.MustCompile(`--[a-z]+|-e\b|\.[a-z]+js|\.ts|\b(FILE|CODE)\b|scriptArgs|130`).FindAllString(help, -1) {
		if !strings.Contains(text, strings.ToLower(word)) {
			t.Errorf("the manual page does not have %q, which --help has", word)
		}
	}
	// All three have the same options.
	pattern := regexp.MustCompile(`(?m)^  (-[-a-z]+)(?:, (--[a-z]+))?`)
	documented := names(regexp.MustCompile("(?m)^\\| `(-[-a-z]+)[^`]*`(?:, `(--[a-z]+)`)? \\|"), testkit.Read(t, filepath.Join(testkit.Root(t), "docs/scripts.md")))
	manual := names(regexp.MustCompile(`(?m)^\.It Fl (\S+)(?: , Fl (\S+))?`), strings.ReplaceAll(testkit.Read(t, page), `\-`, "-"))
	for i, option := range manual {
		manual[i] = "-" + option
	}
	if want := names(pattern, help); len(want) < 7 || !slices.Equal(documented, want) || !slices.Equal(manual, want) {
		t.Errorf("--help has %q,\ndocs/scripts.md %q,\nthe manual page %q", want, documented, manual)
	}
}

// names are the submatches of a pattern, sorted.
func names(pattern *regexp.Regexp, text string) (found []string) {
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		for _, name := range match[1:] {
			if name != "" {
				found = append(found, name)
			}
		}
	}
	slices.Sort(found)
	return found
}
