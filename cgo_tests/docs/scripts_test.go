package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// fenced is the content of a document's block in a language, the only one.
func fenced(t *testing.T, document, language string) string {
	t.Helper()
	found := regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(document, -1)
	if len(found) != 1 {
		t.Fatalf("%d blocks of %s", len(found), language)
	}
	return found[0][1]
}

func save(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestRunAScript: the commands of docs/scripts.md pass the arguments to scripts that their comments
// state.
func TestRunAScript(t *testing.T) {
	t.Parallel()
	commands := fenced(t, testkit.Read(t, filepath.Join(testkit.Root(t), "docs/scripts.md")), "sh")
	dir := t.TempDir()
	save(t, filepath.Join(dir, "script.js"), "print(JSON.stringify(scriptArgs))")
	save(t, filepath.Join(dir, "script.ts"), "print(scriptArgs.length satisfies number)")
	options := testkit.Options{Dir: dir, Env: []string{"PATH=" + filepath.Dir(testkit.Program(t)) + ":" + os.Getenv("PATH")}}
	result := testkit.Run(t, options, "sh", "-euc", commands)
	if want := "[\"script.js\",\"one\",\"two\"]\n1\n2\n[\"-\"]\n"; result.Status != 0 || result.Stdout != want || result.Stderr != "" {
		t.Errorf("%+v;\nwant the output %q", result, want)
	}
}

// TestTypeScriptConfiguration: tsc takes tsconfig.json as docs/scripts.md shows it, and checks by it.
func TestTypeScriptConfiguration(t *testing.T) {
	t.Parallel()
	root := testkit.Root(t)
	configuration := fenced(t, testkit.Read(t, filepath.Join(root, "docs/scripts.md")), "json")
	const installed = "/usr/local/share/zmqjs"
	if strings.Count(configuration, installed) != 2 {
		t.Fatal(configuration)
	}
	dir := t.TempDir()
	save(t, filepath.Join(dir, "tsconfig.json"), strings.ReplaceAll(configuration, installed, filepath.Join(root, "types")))
	check := func(script string) testkit.Result {
		save(t, filepath.Join(dir, "script.ts"), script)
		return testkit.Run(t, testkit.Options{Dir: dir, Limit: 4 * testkit.Limit}, "node",
			filepath.Join(root, "cgo_tests/node_modules/typescript/lib/tsc.js"), "--pretty", "false")
	}
	script := testkit.Read(t, testdata(t, "engine.ts"))
	if result := check(script); result.Status != 0 || result.Stdout != "" {
		t.Errorf("%+v", result)
	}
	if result := check(script + "a.sned(1);\n"); result.Status == 0 || !strings.Contains(result.Stdout, "sned") {
		t.Errorf("%+v", result)
	}
}
