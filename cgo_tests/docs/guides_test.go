package docs

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func docs(t *testing.T) string {
	return filepath.Join(testkit.Root(t), "docs")
}

// documents are the guides, by their names.
func documents(t *testing.T) map[string][]block {
	t.Helper()
	all := map[string][]block{}
	for _, name := range []string{"embedding.md", "quickjs.md", "ffglitch.md"} {
		found, err := blocks(testkit.Read(t, filepath.Join(docs(t), name)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(found) == 0 {
			t.Fatalf("%s has no blocks", name)
		}
		all[name] = found
	}
	return all
}

// TestEveryBlockIsChecked: by one of the tests below.
func TestEveryBlockIsChecked(t *testing.T) {
	for name, document := range documents(t) {
		for _, problem := range unchecked(document) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

// TestExcerpts: excerpts agree with their files.
func TestExcerpts(t *testing.T) {
	for name, document := range documents(t) {
		for _, b := range document {
			if b.source() == "" {
				continue
			}
			if part := missing(b.code, testkit.Read(t, filepath.Join(docs(t), b.source()))); part != "" {
				t.Errorf("%s, line %d: %s does not have, at this place:\n%s", name, b.line, b.source(), part)
			}
		}
	}
}

// TestCommands: they print the next block of text, or nothing.
func TestCommands(t *testing.T) {
	for name, document := range documents(t) {
		t.Run(name, func(t *testing.T) { runCommands(t, document) })
	}
}

func runCommands(t *testing.T, all []block) {
	r := newReader(t)
	for _, b := range all {
		if name := b.program(); name != "" {
			r.save(t, filepath.Join(r.dir, name), b.code)
		}
	}
	for i, b := range all {
		if b.language != "sh" {
			continue
		}
		want := ""
		if i+1 < len(all) && all[i+1].language == "text" {
			want = all[i+1].code
		}
		t.Run(fmt.Sprintf("line %d", b.line), func(t *testing.T) {
			if result := r.run(t, b.code); result.Status != 0 || result.Stdout != want || result.Stderr != "" {
				t.Errorf("%s%+v;\nwant the output %q", b.code, result, want)
			}
		})
	}
}
