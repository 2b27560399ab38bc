package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/fakeengine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestContributing: the commands of CONTRIBUTING.md exist, and its test of a host passes.
func TestContributing(t *testing.T) {
	root := testkit.Root(t)
	all, err := blocks(strings.ReplaceAll(testkit.Read(t, filepath.Join(root, "CONTRIBUTING.md")), "\n\t", "\n  "))
	if err != nil {
		t.Fatal(err)
	}
	var languages []string
	for _, block := range all {
		languages = append(languages, block.language)
	}
	if !slices.Equal(languages, []string{"sh", "c", "sh", "go"}) {
		t.Fatalf("blocks in %q", languages)
	}
	// A command and its comment: `make check`.
	lines := regexp.MustCompile(`(?m)^make +(\w+) *#.*$`).ReplaceAllString(all[0].code, "`make $1`")
	checkTargets(t, lines, 6)

	checkCase(t, all[1].code)

	command := strings.Replace(all[2].code, "NAME", "engine-tour", 1)
	result := testkit.Run(t, testkit.Options{Dir: root, Limit: commandLimit, Group: true}, "sh", "-euc", command)
	if result.Status != 0 || !strings.HasPrefix(result.Stdout, "ok ") || strings.Contains(result.Stdout, "no tests") {
		t.Errorf("%s%+v", command, result)
	}

	// The test is compiled as a part of this package, which has its host.
	overlay := testkit.Overlay(t, map[string]string{
		"cgo_tests/docs/my_host_test.go": "package docs\nimport (\n\"testing\"\n\"github.com/zmqjs/zmqjs/cgo_tests/testkit\"\n)\n" + all[3].code,
	})
	program := filepath.Join(t.TempDir(), "docs.test")
	options := testkit.Options{Limit: commandLimit, Group: true}
	if result := testkit.Run(t, options, "go", "test", "-c", "-overlay", overlay, "-o", program, "."); result.Status != 0 {
		t.Fatalf("%+v", result)
	}
	options.Env = []string{"ZMQJS_LIBRARY_DIR=" + testkit.LibraryDir(t)}
	if result := testkit.Run(t, options, program, "-test.run=^TestMyHost$", "-test.v"); result.Status != 0 || !strings.Contains(result.Stdout, "--- PASS: TestMyHost") {
		t.Errorf("%+v", result)
	}
}

// checkCase compiles a file of cases with the fake engine, and runs them.
func checkCase(t *testing.T, code string) {
	t.Helper()
	const main = "\n#include <stdio.h>\nint main(void) { for (const test_case *c = meeting_cases; c->name; c++) c->run(); puts(\"ok\"); }\n"
	source := filepath.Join(t.TempDir(), "meeting.c")
	if err := os.WriteFile(source, []byte(code+main), 0o666); err != nil {
		t.Fatal(err)
	}
	host := fakeengine.Host(t, nil, "[^mt]*.c") // without main.c and the other cases
	host.Sources = append(host.Sources, source)
	options := testkit.Options{Env: []string{"ZMQJS_LIBRARY_DIR=" + testkit.LibraryDir(t)}}
	testkit.Run(t, options, host.Compile(t)).Check(t, 0, "ok\n", "")
}
