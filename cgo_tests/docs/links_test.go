package docs

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestLinks: every relative link of a document leads to a file, and to a heading of it.
func TestLinks(t *testing.T) {
	root := testkit.Root(t)
	for _, file := range markdownFiles(t, root) {
		for _, target := range links(testkit.Read(t, file)) {
			name, anchor, _ := strings.Cut(target, "#")
			if strings.Contains(name, "://") {
				continue
			}
			path := file
			if name != "" {
				path = filepath.Join(filepath.Dir(file), name)
			}
			if _, err := os.Stat(path); err != nil {
				t.Errorf("%s: %s: %v", file, target, err)
			} else if anchor != "" && !anchors(testkit.Read(t, path))[anchor] {
				t.Errorf("%s: %s: no such heading", file, target)
			}
		}
	}
}

func markdownFiles(t *testing.T, root string) (files []string) {
	t.Helper()
	command := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md")
	command.Dir = root
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(output)) {
		files = append(files, filepath.Join(root, name))
	}
	if len(files) < 2 {
		t.Fatalf("only %q", files)
	}
	return files
}
