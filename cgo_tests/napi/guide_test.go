package napi

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/docs"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestGuide: the package has its README and the guide, and each example prints the output in its
// comments.
func TestGuide(t *testing.T) {
	directory := zeromq(t)
	for _, guide := range []struct {
		source, shipped string
		examples        int
	}{
		{"docs/node.md", "docs/node.md", 8},
		{"npm/README.md", "README.md", 3},
	} {
		text := testkit.Read(t, filepath.Join(testkit.Root(t), guide.source))
		if shipped := testkit.Read(t, filepath.Join(directory, "node_modules/zmqjs", guide.shipped)); shipped != text {
			t.Errorf("the package has another %s", guide.shipped)
		}
		examples := docs.Examples(text)
		if len(examples) < guide.examples {
			t.Fatalf("only %d examples in %s", len(examples), guide.source)
		}
		for _, example := range examples {
			t.Run(fmt.Sprintf("%s:%d", filepath.Base(guide.source), example.Line), func(t *testing.T) {
				checkExample(t, directory, example)
			})
		}
	}
}

func checkExample(t *testing.T, directory string, example docs.Example) {
	t.Helper()
	name := fmt.Sprintf("line-%d.mjs", example.Line)
	if err := os.WriteFile(filepath.Join(directory, name), []byte(example.Code), 0o666); err != nil {
		t.Fatal(err)
	}
	result := runNode(t, testkit.Options{Dir: directory}, name)
	if result.Status != 0 || result.Stdout != example.Prints || result.Stderr != "" || example.Prints == "" {
		t.Errorf("%+v;\nwant the output %q", result, example.Prints)
	}
}
