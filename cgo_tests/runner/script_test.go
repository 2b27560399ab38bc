package runner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// files writes files into a new directory.
func files(t *testing.T, contents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range contents {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// start starts zmqjs with a script, by -e.
func start(t *testing.T, options Options, code string, arguments ...string) *Child {
	t.Helper()
	return Start(t, options, Program(t), append([]string{"-e", code}, arguments...)...)
}

// run runs zmqjs with these arguments.
func run(t *testing.T, options Options, arguments ...string) Result {
	t.Helper()
	return Run(t, options, Program(t), arguments...)
}

func (r Result) check(t *testing.T, status int, stdout, stderr string) {
	t.Helper()
	if r.Status != status || r.Stdout != stdout || r.Stderr != stderr {
		t.Errorf("status %d, stdout %q, stderr %q;\nwant status %d, stdout %q, stderr %q\n(signal: %v)",
			r.Status, r.Stdout, r.Stderr, status, stdout, stderr, r.Signal)
	}
}

func lines(text ...string) string { return strings.Join(text, "\n") + "\n" }
