package resolve

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// The order in which files, directories and fields are tried.
func TestResolve(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"exact": "", "exact.js": "", "both.ts": "", "both.js": "", "both.mjs": "", "output.ts": "", "module.mts": "", "dir.js": "", "dir/index.js": "",
		"space and %.js": "", "pkg/package.json": `{"main": "main", "module": "none"}`, "pkg/main/index.mjs": "", "pkg/index.js": "",
		"node_modules/a/index.json": "", "sub/node_modules/a/index.js": "", "sub/node_modules/b": "",
		"node_modules/e/package.json": `{"exports": "./e.js"}`, "node_modules/e/e.js": "", "node_modules/e/other.js": "",
		"node_modules/l/package.json": `{"exports": {"./*": "./short-*.js", "./long/*.js": "./long-*.js", "./x": {"default": "./x.js"}}}`,
		"node_modules/l/short-a.js":   "", "node_modules/l/long-a.js": "", "node_modules/l/x.js": "",
	})
	for specifier, want := range map[string]string{
		"./exact": "exact", "./exact.js": "exact.js", "./both": "both.ts", "./both.js": "both.js", "./output.js": "output.ts", "./module.mjs": "module.mts",
		"./dir": "dir.js", "./dir/": "dir/index.js", "./sub/../dir/.": "dir.js", "./pkg": "pkg/main/index.mjs", "./pkg/index": "pkg/index.js",
		"file://" + dir + "/space%20and%20%25.js": "space and %.js", dir + "/exact": "exact", "./space and %": "space and %.js",
		"a": "node_modules/a/index.json", "e": "node_modules/e/e.js", "l/x": "node_modules/l/x.js", "l/a": "node_modules/l/short-a.js", "l/long/a.js": "node_modules/l/long-a.js",
	} {
		got, err := Resolve(specifier, dir)
		if err != nil || got != filepath.Join(dir, want) {
			t.Errorf("%s: %s, %v; want %s", specifier, got, err, want)
		}
	}
	if got, err := Resolve("a", filepath.Join(dir, "sub")); err != nil || got != filepath.Join(dir, "sub/node_modules/a/index.js") {
		t.Errorf("nearest node_modules: %s, %v", got, err)
	}
	for specifier, want := range map[string]error{"./none": ErrNotFound, "b": ErrBare, "none": ErrBare, "./exact/x": ErrNotFound} {
		if got, err := Resolve(specifier, filepath.Join(dir, "sub", "..")); !errors.Is(err, want) {
			t.Errorf("%s: %s, %v", specifier, got, err)
		}
	}
	for _, specifier := range []string{"e/other.js", "l/none/x", "l", "", "#x", "file:relative", strings.Repeat("../", 100) + "x"} {
		if got, err := Resolve(specifier, dir); err == nil {
			t.Errorf("%q leads to %s", specifier, got)
		}
	}
}
