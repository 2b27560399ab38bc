package napi

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// tools is the directory with the bundlers, and with what checks packages.
func tools(t *testing.T) string {
	t.Helper()
	directory := filepath.Join(testkit.Root(t), "cgo_tests", "napi", "tools")
	command := exec.Command(filepath.Join(testkit.Root(t), "scripts", "npm-ci"), directory)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return directory
}

// TestBundlers: what esbuild, webpack, rollup and vite make of a program runs where the package is installed, and
// where the package with the addon lies beside the bundle.
func TestBundlers(t *testing.T) {
	hostOnly(t)
	directory := workspace(t, "bundling/entry.mjs")
	run(t, directory, "node", testdata(t, "bundling/build.mjs"), tools(t), directory)
	bundles, err := filepath.Glob(filepath.Join(directory, "out", "*js"))
	if err != nil || len(bundles) != 7 {
		t.Fatal(bundles, err)
	}
	apart := t.TempDir()
	const script = `cp "$1"/out/*js "$2" && mkdir "$2"/node_modules && cp -r "$1"/node_modules/@zmqjs "$2"/node_modules`
	if output, err := exec.Command("sh", "-ec", script, "sh", directory, apart).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	for _, bundle := range bundles {
		for _, place := range []string{filepath.Dir(bundle), apart} {
			if output := run(t, place, "node", filepath.Base(bundle)); output != "bundled\nzeromq\n" {
				t.Errorf("%s: %s", bundle, output)
			}
		}
	}
}

// TestPackage: publint and arethetypeswrong find nothing in the package; and they do look.
func TestPackage(t *testing.T) {
	hostOnly(t)
	check := testdata(t, "package.mjs")
	directory := filepath.Join(workspace(t), "node_modules", "zmqjs")
	if output := run(t, directory, "node", check, tools(t), directory); output != "ok\n" {
		t.Error(output)
	}
	if err := os.Remove(filepath.Join(directory, "index.d.mts")); err != nil {
		t.Fatal(err)
	}
	if output := run(t, directory, "node", check, tools(t), directory); output == "ok\n" {
		t.Error("they do not find that a file is missing")
	}
}
