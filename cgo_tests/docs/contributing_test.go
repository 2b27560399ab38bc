package docs

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestContributing: the commands of CONTRIBUTING.md exist, and its test of a host passes.
func TestContributing(t *testing.T) {
	root := testkit.Root(t)
	all, err := blocks(strings.ReplaceAll(testkit.Read(t, filepath.Join(root, "CONTRIBUTING.md")), "\n\t", "\n  "))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 || all[0].language != "sh" || all[1].language != "sh" || all[2].language != "go" {
		t.Fatalf("%+v", all)
	}
	// A command and its comment: `make check`.
	lines := regexp.MustCompile(`(?m)^make +(\w+) *#.*$`).ReplaceAllString(all[0].code, "`make $1`")
	checkTargets(t, lines, 6)

	command := strings.Replace(all[1].code, "NAME", "engine-tour", 1)
	result := testkit.Run(t, testkit.Options{Dir: root, Limit: commandLimit, Group: true}, "sh", "-euc", command)
	if result.Status != 0 || !strings.HasPrefix(result.Stdout, "ok ") || strings.Contains(result.Stdout, "no tests") {
		t.Errorf("%s%+v", command, result)
	}

	// The test is compiled as a part of this package, which has its host.
	overlay := testkit.Overlay(t, map[string]string{
		"cgo_tests/docs/my_host_test.go": "package docs\nimport (\n\"testing\"\n\"github.com/zmqjs/zmqjs/cgo_tests/testkit\"\n)\n" + all[2].code,
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
