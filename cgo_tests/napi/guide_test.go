package napi

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/docs"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestGuide: the package has the guide, and each of its examples prints what its comments say.
func TestGuide(t *testing.T) {
	directory := zeromq(t)
	text := testkit.Read(t, filepath.Join(testkit.Root(t), "docs", "node.md"))
	if shipped := testkit.Read(t, filepath.Join(directory, "node_modules/zmqjs/docs/node.md")); shipped != text {
		t.Error("the package has another text")
	}
	examples := docs.Examples(text)
	if len(examples) < 8 {
		t.Fatalf("only %d examples", len(examples))
	}
	for _, example := range examples {
		name := fmt.Sprintf("line-%d.mjs", example.Line)
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(filepath.Join(directory, name), []byte(example.Code), 0o666); err != nil {
				t.Fatal(err)
			}
			result := testkit.Run(t, testkit.Options{Dir: directory}, "node", name)
			if result.Status != 0 || result.Stdout != example.Prints || result.Stderr != "" || example.Prints == "" {
				t.Errorf("%+v;\nwant the output %q", result, example.Prints)
			}
		})
	}
}
