package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
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
func start(t *testing.T, options testkit.Options, code string, arguments ...string) *testkit.Child {
	t.Helper()
	return testkit.Start(t, options, testkit.Program(t), append([]string{"-e", code}, arguments...)...)
}

// run runs zmqjs with these arguments.
func run(t *testing.T, options testkit.Options, arguments ...string) testkit.Result {
	t.Helper()
	return testkit.Run(t, options, testkit.Program(t), arguments...)
}

func lines(text ...string) string { return strings.Join(text, "\n") + "\n" }
