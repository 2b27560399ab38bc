package quickjs

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestDocumentedNames: docs/engine.md has all members of std and os in qjs.
func TestDocumentedNames(t *testing.T) {
	document := testkit.Read(t, filepath.Join(testkit.Root(t), "docs/engine.md"))
	result := testkit.Run(t, testkit.Options{}, quickjs(t).QJS, "--std", "-e",
		`for (const [name, object] of [["std", std], ["FILE", Object.getPrototypeOf(std.in)], ["os", os]])
			print(name, Object.getOwnPropertyNames(object).join(" "));`)
	if result.Status != 0 || result.Stderr != "" {
		t.Fatalf("%+v", result)
	}
	names := 0
	for line := range strings.Lines(result.Stdout) {
		fields := strings.Fields(line)
		_, section, _ := strings.Cut(document, "# "+fields[0]+"\n")
		section, _, _ = strings.Cut(section, "\n#")
		for _, name := range fields[1:] {
			names++
			if !strings.Contains(section, "`"+name+"(") && !strings.Contains(section, "`"+name+"`") {
				t.Errorf("docs/engine.md does not contain %s.%s", fields[0], name)
			}
		}
	}
	if names < 100 {
		t.Errorf("qjs has %d names:\n%s", names, result.Stdout)
	}
}
