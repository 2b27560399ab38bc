package gendocs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/jsglue"
)

const root = "../.."

// TestFilesAreCurrent: the committed files are those that would be written.
func TestFilesAreCurrent(t *testing.T) {
	files, err := Files(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is not current; run make generate", name)
		}
	}
}

// TestNotes: every function has a note, with each of its parameters, and no note is left
// over.
func TestNotes(t *testing.T) {
	seen := map[string]bool{"Context": true, "Poller": true, "Authenticator": true, "Monitor": true}
	check := func(title string, function *jsglue.Function) {
		seen[title] = true
		note, ok := notes[title]
		if !ok {
			t.Errorf("%s has no note", title)
		}
		text := strings.Join(note, "\n")
		for _, parameter := range function.Parameters {
			if !strings.Contains(text, "@param "+parameter.Name+" - ") {
				t.Errorf("%s says nothing of %s", title, parameter.Name)
			}
		}
		if want := len(function.Parameters); strings.Count(text, "@param") != want {
			t.Errorf("%s speaks of other parameters than its %d", title, want)
		}
	}
	for _, function := range jsglue.Zmq.Functions {
		check(function.Name, function)
	}
	for _, class := range jsglue.Zmq.Classes {
		for _, static := range class.Statics {
			check(class.Name+"."+static.Name, static)
		}
		for _, method := range class.Methods {
			check(class.Name+"."+memberName(method.Name), method)
		}
		for _, accessor := range class.Accessors {
			check(class.Name+"."+accessor.Name, accessor.Get)
		}
	}
	for title := range notes {
		if !seen[title] {
			t.Errorf("there is no %s", title)
		}
	}
}

// TestGroups: every constant is in one group, and none is there that the module lacks.
func TestGroups(t *testing.T) {
	values := map[string]int64{}
	for _, constant := range jsglue.Zmq.Constants {
		values[constant.Name] = constant.Value
	}
	count := 0
	for _, group := range Groups() {
		for _, constant := range group.Constants {
			count++
			if value, ok := values[constant.Name]; !ok || value != constant.Value {
				t.Errorf("%s: %+v is not the module's", group.Title, constant)
			}
		}
	}
	if count != len(values) {
		t.Errorf("%d constants in groups, %d in the module", count, len(values))
	}
}

// TestReference: each section of the reference has an example, each error code of the notes a row
// that explains it, and each constant a row.
func TestReference(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, ReferenceFile))
	if err != nil {
		t.Fatal(err)
	}
	reference := string(content)
	for _, m := range members() {
		_, rest, _ := strings.Cut(reference, "<!-- end: "+m.key+" -->\n")
		own := nextSection.Split(rest, 2)[0]
		if !strings.Contains(own, "\n```js\n") && !strings.Contains(own, "\n```ts\n") {
			t.Errorf("%s has no example", m.key)
		}
		for _, code := range errorCode.FindAllString(strings.Join(notes[m.key], "\n"), -1) {
			if !strings.Contains(reference, "\n| "+code+" | ") {
				t.Errorf("%s throws %s, which the table of errors does not explain", m.key, code)
			}
		}
	}
	for _, constant := range jsglue.Zmq.Constants {
		if !strings.Contains(reference, "\n| `"+constant.Name+"` | ") {
			t.Errorf("no row for %s", constant.Name)
		}
	}
}

var (
	nextSection = regexp.MustCompile(`(?m)^(<!-- generated: |## )`)
	errorCode   = regexp.MustCompile("`E[A-Z]+`")
)
