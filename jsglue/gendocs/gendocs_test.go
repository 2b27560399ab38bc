package gendocs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/jsglue"
)

const root = "../.."

// TestFilesAreCurrent: what is committed is what would be written.
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

// TestReferenceIsComplete: the reference has a heading, or a row, for each function.
func TestReferenceIsComplete(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, ReferenceFile))
	if err != nil {
		t.Fatal(err)
	}
	headings, rows := "", ""
	for _, line := range strings.Split(string(content), "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
			headings += line + "\n"
		case strings.HasPrefix(line, "|"):
			rows += line + "\n"
		}
	}
	for _, class := range jsglue.Zmq.Classes {
		for _, static := range class.Statics {
			if !strings.Contains(headings, static.Title()) {
				t.Errorf("no heading for %s", static.Title())
			}
		}
		for _, method := range class.Methods {
			title := memberName(method.Name) + strings.TrimPrefix(method.Title(), class.Name+"."+method.Name)
			if !strings.Contains(headings, title) {
				t.Errorf("no heading for %s.%s", class.Name, title)
			}
		}
		for _, accessor := range class.Accessors {
			if !strings.Contains(headings, accessor.Name) {
				t.Errorf("nothing about %s.%s", class.Name, accessor.Name)
			}
		}
	}
	for _, function := range jsglue.Zmq.Functions {
		if !strings.Contains(headings, function.Title()) {
			t.Errorf("no heading for %s", function.Title())
		}
	}
	for _, constant := range jsglue.Zmq.Constants {
		if !strings.Contains(rows, "`"+constant.Name+"`") {
			t.Errorf("no row for %s", constant.Name)
		}
	}
}
