package docs

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestEngineSurface: types/engine.d.ts declares the members that the bundled engine has, and no others.
func TestEngineSurface(t *testing.T) {
	t.Parallel()
	root := testkit.Root(t)
	names := func(program string, arguments ...string) (all map[string][]string) {
		result := testkit.Run(t, testkit.Options{Limit: 2 * testkit.Limit}, program, arguments...)
		if err := json.Unmarshal([]byte(result.Stdout), &all); err != nil || result.Status != 0 || len(all) != 9 {
			t.Fatalf("%v: %+v", err, result)
		}
		return all
	}
	declared := names("node", testdata(t, "engine.cjs"), filepath.Join(root, "types/engine.d.ts"), filepath.Join(root, "types/zmq.d.ts"))
	for group, want := range names(testkit.Program(t), testdata(t, "engine.mjs")) {
		if !reflect.DeepEqual(declared[group], want) {
			t.Errorf("%s: declared are %q,\nthe engine has %q", group, declared[group], want)
		}
	}
}

// TestEngineTypes: a script that engine.d.ts accepts runs, and prints the values in its comments.
func TestEngineTypes(t *testing.T) {
	t.Parallel()
	file := testdata(t, "engine.ts")
	clean(t, bundledEngine, file)
	var prints string
	for _, match := range printsComment.FindAllStringSubmatch(testkit.Read(t, file), -1) {
		prints += match[1] + "\n"
	}
	result := testkit.Run(t, testkit.Options{}, testkit.Program(t), file)
	if result.Status != 0 || result.Stdout != prints || result.Stderr != "micro\n" {
		t.Errorf("%+v;\nwant the output %q", result, prints)
	}
}

// TestEngineGaps: the document's statements about goja are true. If goja has mended something, the
// document has to change, and perhaps a workaround of package gojavm can be removed.
func TestEngineGaps(t *testing.T) {
	t.Parallel()
	found := examples(testkit.Read(t, filepath.Join(docs(t), "engine.md")))
	if len(found) != 1 || found[0].prints == "" {
		t.Fatalf("engine.md has %d examples", len(found))
	}
	file := filepath.Join(t.TempDir(), "gaps.js")
	if err := os.WriteFile(file, []byte(found[0].code), 0o644); err != nil {
		t.Fatal(err)
	}
	result := testkit.Run(t, testkit.Options{}, testkit.Program(t), file)
	if result.Status != 0 || result.Stdout != found[0].prints || result.Stderr != "" {
		t.Errorf("%+v;\nwant the output %q", result, found[0].prints)
	}
	// Node has none of them but the one of keys, which V8 shares.
	result = testkit.Run(t, testkit.Options{}, "node", file)
	if want := "false\ntrue\nnumber\n1\n2\ntrue\n"; result.Status != 0 || result.Stdout != want {
		t.Errorf("node: %+v;\nwant the output %q", result, want)
	}
}
