package napi

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestReadme: the program for Node in README.md prints the output that is shown.
func TestReadme(t *testing.T) {
	directory := zeromq(t)
	text := testkit.Read(t, filepath.Join(testkit.Root(t), "README.md"))
	match := regexp.MustCompile("(?s)```js\n(// (\\w+\\.mjs) - .*?)```\n\n```sh\n(node \\w+\\.mjs\n)```\n\n```text\n(.*?)```").FindStringSubmatch(text)
	if match == nil || match[3] != "node "+match[2]+"\n" {
		t.Fatalf("%q", match)
	}
	if err := os.WriteFile(filepath.Join(directory, match[2]), []byte(match[1]), 0o666); err != nil {
		t.Fatal(err)
	}
	runNode(t, testkit.Options{Dir: directory}, match[2]).Check(t, 0, match[4], "")
}
