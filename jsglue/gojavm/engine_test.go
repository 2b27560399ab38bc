package gojavm

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

var (
	tableRow   = regexp.MustCompile(`(?m)^\| (.*) \| (.*) \|$`)
	tableNames = regexp.MustCompile("`(\\w+)[^`]*`")
)

// documented returns the names in the tables of docs/engine.md, by heading, and whether they exist.
func documented(t *testing.T) map[string]map[string]bool {
	t.Helper()
	tables := map[string]map[string]bool{}
	for _, section := range regexp.MustCompile(`(?m)^##+ `).Split(readFile(t, "../../docs/engine.md"), -1) {
		heading, text, _ := strings.Cut(section, "\n")
		names := map[string]bool{}
		for _, row := range tableRow.FindAllStringSubmatch(text, -1) {
			verdict := regexp.MustCompile(`^(as (documented|in)|differs:|absent:|added|the modules|.log. as)`)
			for _, name := range tableNames.FindAllStringSubmatch(row[1], -1) {
				if _, twice := names[name[1]]; twice || !verdict.MatchString(row[2]) {
					t.Errorf("%s: %s occurs twice, or %q is not a verdict", heading, name[1], row[2])
				}
				names[name[1]] = !strings.HasPrefix(row[2], "absent")
			}
		}
		tables[heading] = names
	}
	return tables
}

// TestDocumentedNames compares the tables with the engine.
func TestDocumentedNames(t *testing.T) {
	var there map[string][]string
	text := eval(t, Options{}, `print(JSON.stringify({std: Object.getOwnPropertyNames(std), os: Object.getOwnPropertyNames(os),
FILE: Object.getOwnPropertyNames(Object.getPrototypeOf(std.in)), Globals: Object.getOwnPropertyNames(globalThis)}))`)
	if err := json.Unmarshal([]byte(text), &there); err != nil {
		t.Fatal(err)
	}
	tables := documented(t)
	for heading, names := range there {
		for _, name := range names {
			if heading == "Globals" && (isLanguage(name) || strings.HasPrefix(name, "__gojavm_")) { // lowered code calls these
				continue
			}
			if !tables[heading][name] {
				t.Errorf("%s: %s is not in the table of docs/engine.md, or is absent there", heading, name)
			}
		}
		for name, present := range tables[heading] {
			if present != slices.Contains(names, name) {
				t.Errorf("%s: %s: the table of docs/engine.md says %v", heading, name, present)
			}
		}
		if len(tables[heading]) < 10 {
			t.Errorf("docs/engine.md has %d rows on %s", len(tables[heading]), heading)
		}
	}
}

// isLanguage reports whether a global is ECMAScript's.
func isLanguage(name string) bool {
	return goja.New().Get(name) != nil || slices.Contains([]string{"AggregateError", "Atomics", "FinalizationRegistry", "InternalError",
		"Iterator", "SharedArrayBuffer", "SuppressedError", "DisposableStack", "AsyncDisposableStack", "WeakRef"}, name)
}
