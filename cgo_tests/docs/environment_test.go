package docs

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

var (
	// A variable that the code reads, and its default, if the call has one.
	reading     = regexp.MustCompile(`(?:environment|getenv|Getenv|LookupEnv)\("([A-Z_]+)"(?:, \w+, (\w+))?\)|process\.env\.([A-Z_]+)`)
	variableRow = regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| (\\d+) \\|.*\\|$")
	product     = regexp.MustCompile(`(?m)^#define (\w+) \(\(int64_t\)(\d+) \* (\d+) \* (\d+)\)$`)
)

// variables are those that the code below some directories reads, tests left out, with their defaults.
func variables(t *testing.T, root string, directories ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, directory := range directories {
		err := filepath.WalkDir(filepath.Join(root, directory), func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "testdata"):
				return filepath.SkipDir
			case !regexp.MustCompile(`\.(go|c|h|m?js)$`).MatchString(path) || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			text := testkit.Read(t, path)
			for _, match := range product.FindAllStringSubmatch(text, -1) {
				constant := 1
				for _, factor := range match[2:] {
					number, _ := strconv.Atoi(factor)
					constant *= number
				}
				text = strings.ReplaceAll(text, ", "+match[1]+")", ", "+strconv.Itoa(constant)+")")
			}
			for _, match := range reading.FindAllStringSubmatch(text, -1) {
				if name := match[1] + match[3]; found[name] == "" {
					found[name] = match[2]
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// TestEnvironment: the table of the reference has the variables that the product reads, with their
// defaults; the manual page has them too.
func TestEnvironment(t *testing.T) {
	root := testkit.Root(t)
	_, section, _ := strings.Cut(testkit.Read(t, filepath.Join(root, "docs/reference.md")), "\n## Environment\n")
	page := testkit.Read(t, filepath.Join(root, "cmd/zmqjs/zmqjs.1"))
	read := variables(t, root, "jsglue", "capi", "include", "cmd", "npm")
	rows := variableRow.FindAllStringSubmatch(section, -1)
	if len(rows) == 0 {
		t.Fatal("no rows")
	}
	for _, row := range rows {
		name, usual := row[1], row[2]
		inCode, ok := read[name]
		if !ok {
			t.Errorf("nothing reads %s", name)
		}
		if inCode != usual {
			t.Errorf("%s: the default is %s, not %s", name, inCode, usual)
		}
		if !regexp.MustCompile(`\.It Ev ` + name + `\n[^\n]*(\n[^.][^\n]*|\n\.Fn[^\n]*)*\nDefault: ` + usual + `\.\n`).MatchString(page) {
			t.Errorf("the manual page does not have %s with the default %s", name, usual)
		}
		delete(read, name)
	}
	for name := range read {
		if !strings.Contains(section, "`"+name+"`") {
			t.Errorf("the section does not have %s", name)
		}
	}
}
