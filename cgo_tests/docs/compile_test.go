package docs

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// compile checks files by tsc --strict, with the module's declarations; it returns the output of tsc.
func compile(t *testing.T, options []string, files ...string) string {
	t.Helper()
	root := testkit.Root(t)
	arguments := []string{
		filepath.Join(root, "cgo_tests/node_modules/typescript/lib/tsc.js"),
		"--noEmit", "--strict", "--allowJs", "--checkJs", "--pretty", "false",
		"--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--moduleDetection", "force",
	}
	arguments = append(append(arguments, options...), filepath.Join(root, "types/zmq.d.ts"))
	result := testkit.Run(t, testkit.Options{Dir: root, Limit: 4 * testkit.Limit}, "node", append(arguments, files...)...)
	if result.Status != 0 && result.Stdout == "" {
		t.Fatalf("%+v", result)
	}
	return result.Stdout
}

// bundledEngine is for scripts of the bundled engine, with its declarations.
var bundledEngine = []string{"--lib", "esnext", "types/engine.d.ts"}

// loose disables checks that scripts in JavaScript cannot satisfy without annotations.
func loose(checks ...string) []string {
	options := bundledEngine
	for _, check := range append(checks, "--useUnknownInCatchVariables") {
		options = append(options[:len(options):len(options)], check, "false")
	}
	return options
}

func clean(t *testing.T, options []string, files ...string) {
	t.Helper()
	if errors := compile(t, options, files...); errors != "" {
		t.Error(errors)
	}
}

func testdata(t *testing.T, name string) string {
	return filepath.Join(testkit.Root(t), "cgo_tests/docs/testdata", name)
}

// TestDeclarations: they compile alone, with the oldest library that is sufficient.
func TestDeclarations(t *testing.T) {
	t.Parallel()
	clean(t, []string{"--lib", "es2020"})
}

// TestTypes: correct code compiles, and incorrect code does not: every line of wrong.ts that
// expects an error has one.
func TestTypes(t *testing.T) {
	t.Parallel()
	clean(t, []string{"--lib", "es2022"}, testdata(t, "right.ts"), testdata(t, "wrong.ts"))
}

func TestDocumentedExamplesCompile(t *testing.T) {
	t.Parallel()
	files := []string{testdata(t, "host.d.ts")}
	for file := range writeExamples(t, t.TempDir()) {
		files = append(files, file)
	}
	clean(t, loose(), files...)
}

func TestScriptsCompile(t *testing.T) {
	t.Parallel()
	var scripts []string
	for _, pattern := range []string{"examples/*.js", "examples/patterns/*.js"} {
		found, err := filepath.Glob(filepath.Join(testkit.Root(t), pattern))
		if err != nil || len(found) == 0 {
			t.Fatal(pattern, found, err)
		}
		scripts = append(scripts, found...)
	}
	for _, line := range strings.Split(compile(t, loose("--noImplicitAny", "--strictNullChecks"),
		append(scripts, testdata(t, "host.d.ts"))...), "\n") {
		// Examples mark a loop without end by while (42).
		if line != "" && !strings.Contains(line, "error TS2872") {
			t.Error(line)
		}
	}
}

// TestConformanceScriptsCompile: so do those of the conformance suite that do not misuse
// the module on purpose; those are in unchecked.json, each with the reason.
func TestConformanceScriptsCompile(t *testing.T) {
	t.Parallel()
	suite := filepath.Join(testkit.Root(t), "cgo_tests/conformance/suite")
	content, err := os.ReadFile(testdata(t, "unchecked.json"))
	if err != nil {
		t.Fatal(err)
	}
	var unchecked map[string]string // pattern of files: reason
	if err := json.Unmarshal(content, &unchecked); err != nil {
		t.Fatal(err)
	}
	scripts, err := filepath.Glob(filepath.Join(suite, "*/*.js"))
	if err != nil || len(scripts) == 0 {
		t.Skip("there is no conformance suite")
	}
	failed := map[string]string{} // file: its first error
	output := compile(t, loose("--noImplicitAny", "--strictNullChecks"),
		append(scripts, testdata(t, "host.d.ts"))...)
	for _, line := range strings.Split(output, "\n") {
		if _, after, ok := strings.Cut(line, "conformance/suite/"); ok {
			name, _, _ := strings.Cut(after, "(")
			if failed[name] == "" {
				failed[name] = line
			}
		} else if line != "" && line[0] != ' ' {
			t.Error(line)
		}
	}
	used := map[string]bool{}
	for name, line := range failed {
		expected := false
		for pattern := range unchecked {
			if match, err := filepath.Match(pattern, name); err != nil {
				t.Fatal(err)
			} else if match {
				expected, used[pattern] = true, true
			}
		}
		if !expected {
			t.Error(line)
		}
	}
	for pattern := range unchecked {
		if !used[pattern] {
			t.Errorf("%s is not to be checked, but has no error", pattern)
		}
	}
}

// TestUsing: a socket is closed where its block ends.
func TestUsing(t *testing.T) {
	t.Parallel()
	file := testdata(t, "using.ts")
	clean(t, bundledEngine, file, testdata(t, "host.d.ts"))
	result := testkit.Run(t, testkit.Options{}, testkit.Program(t), file)
	if want := "false\ntrue true 0\n"; result.Status != 0 || result.Stdout != want || result.Stderr != "" {
		t.Errorf("%+v;\nwant the output %q", result, want)
	}
}
