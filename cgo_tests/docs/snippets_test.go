package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// The beginning of every example of the reference, as stated there.
const setup = "import * as zmq from \"zmq\";\nconst ctx = new zmq.Context();\n"

// writeExamples writes the examples of the documents into a directory, each as a file.
func writeExamples(t *testing.T, dir string) (files map[string]example) {
	t.Helper()
	files = map[string]example{}
	for _, document := range []string{"reference", "migration", "scripts", "security", "troubleshooting"} {
		for _, e := range examples(testkit.Read(t, filepath.Join(testkit.Root(t), "docs", document+".md"))) {
			code := e.code
			if !strings.Contains(code, "import ") {
				code = setup + code
			}
			file := filepath.Join(dir, fmt.Sprintf("%s-line-%d.%s", document, e.line, e.language))
			if err := os.WriteFile(file, []byte(code), 0o644); err != nil {
				t.Fatal(err)
			}
			files[file] = e
		}
	}
	if len(files) < 10 {
		t.Fatalf("only %d examples", len(files))
	}
	return files
}

// TestExamplesRun: each prints the output in its comments.
func TestExamplesRun(t *testing.T) {
	t.Parallel()
	for file, e := range writeExamples(t, t.TempDir()) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			result := testkit.Run(t, testkit.Options{}, testkit.Program(t), file)
			if result.Status != 0 || result.Stdout != e.prints || result.Stderr != "" {
				t.Errorf("%+v;\nwant the output %q", result, e.prints)
			}
		})
	}
}
