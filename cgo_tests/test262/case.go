// Package test262 runs a sample of ECMAScript's test suite, tc39/test262, under the script
// runner. The suite is not part of this repository: TEST262 names a checkout.
package test262

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A testCase is a file of the suite.
type testCase struct {
	path     string // below test/
	source   string
	includes []string // files of harness/
	features []string
	flags    []string
	negative string // the class of the error that it has to end with
}

func (c *testCase) has(flag string) bool { return slices.Contains(c.flags, flag) }

// find lists the tests of a suite, as paths below test/.
func find(suite string) ([]string, error) {
	root := filepath.Join(suite, "test")
	var paths []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".js") && !strings.HasSuffix(path, "_FIXTURE.js") {
			relative, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			paths = append(paths, filepath.ToSlash(relative))
		}
		return err
	})
	return paths, err
}

func load(suite, path string) (*testCase, error) {
	text, err := os.ReadFile(filepath.Join(suite, "test", path))
	if err != nil {
		return nil, err
	}
	c := &testCase{path: path, source: string(text)}
	_, rest, ok := strings.Cut(c.source, "/*---")
	matter, _, ended := strings.Cut(rest, "---*/")
	if !ok || !ended {
		return nil, fmt.Errorf("%s: no front matter", path)
	}
	c.parse(strings.ReplaceAll(matter, "\r", "\n"))
	return c, nil
}

// parse reads the necessary parts of the front matter, which is YAML: lists in one line or with an
// entry on each, and the type of a negative test.
func (c *testCase) parse(matter string) {
	lists := map[string]*[]string{"includes": &c.includes, "features": &c.features, "flags": &c.flags}
	var list *[]string
	negative := false
	for line := range strings.SplitSeq(matter, "\n") {
		trimmed := strings.TrimSpace(line)
		key, value, isKey := strings.Cut(trimmed, ":")
		if entry, ok := strings.CutPrefix(trimmed, "- "); ok && list != nil {
			*list = append(*list, entry)
			continue
		}
		if !isKey {
			continue
		}
		if line == strings.TrimLeft(line, " ") {
			negative = key == "negative"
			list = lists[key]
		}
		value = strings.TrimSpace(value)
		switch {
		case negative && key == "type":
			c.negative = value
		case list != nil && strings.HasPrefix(value, "["):
			for entry := range strings.SplitSeq(strings.Trim(value, "[]"), ",") {
				*list = append(*list, strings.TrimSpace(entry))
			}
		}
	}
}

// script is the runner's input: the harness, and the test, or its import if it is a module, which
// has to stay in its directory.
func (c *testCase) script(suite string, strict bool) (string, error) {
	if c.has("raw") {
		return c.source, nil
	}
	var text strings.Builder
	if strict {
		text.WriteString("\"use strict\";\n")
	}
	text.WriteString(host)
	files := append([]string{"assert.js", "sta.js"}, c.includes...)
	if c.has("async") {
		files = append(files, "doneprintHandle.js")
	}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(suite, "harness", file))
		if err != nil {
			return "", err
		}
		text.Write(content)
		text.WriteByte('\n')
	}
	if c.has("module") {
		fmt.Fprintf(&text, "import(%q).catch((e) => { setTimeout(() => { throw e; }, 0); });\n", filepath.Join(suite, "test", c.path))
	} else {
		text.WriteString(c.source)
	}
	return text.String(), nil
}

// linkFixtures puts the files that a script of the suite imports into a directory.
func (c *testCase) linkFixtures(suite, dir string) error {
	if !strings.Contains(c.source, "_FIXTURE") {
		return nil
	}
	fixtures, err := filepath.Glob(filepath.Join(suite, "test", filepath.Dir(c.path), "*_FIXTURE*"))
	for _, fixture := range fixtures {
		if err == nil {
			err = os.Symlink(fixture, filepath.Join(dir, filepath.Base(fixture)))
		}
	}
	return err
}

// host is the suite's interface to an engine's host. Missing functions throw.
const host = `var setTimeout = globalThis.setTimeout ?? os.setTimeout;
var $262 = {
	global: globalThis,
	gc() { std.gc(); },
	evalScript(source) { return std.evalScript(source); },
	detachArrayBuffer(buffer) { structuredClone(buffer, { transfer: [buffer] }); },
};
`
