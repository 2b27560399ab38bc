package install

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestManual: the manual page renders without warnings, and has what --help has.
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
	for _, variable := range []string{"ZMQJS_LEAVE_TIMEOUT", "ZMQJS_POOL_LIMIT", "ZMQJS_TERM_REPORT"} {
		if !strings.Contains(text, strings.ToLower(variable)) {
			t.Error("the manual page does not have " + variable)
		}
	}
}
