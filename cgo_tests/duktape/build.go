// Package duktape runs the conformance suite, and hosts in C, under Duktape with the adapter
// of include/zmqjs_duktape.h.
package duktape

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// plain are the flags of hosts if not target.Sanitized. The engine is the system's and not
// instrumented.
var plain = []string{"-O2"}

// needsEngine skips a test where the engine's development package is missing.
func needsEngine(t *testing.T) {
	t.Helper()
	find, _ := target.SystemLibrary("duktape")
	if err := exec.Command(target.Compiler(), append(find, "-E", "-include", "duktape.h", "-x", "c", os.DevNull)...).Run(); err != nil {
		t.Skip("skipped: there is no duktape.h; install the package duktape-dev")
	}
}

// A host is a program in C with the engine, the adapter, and the real library or, without
// one, the probe library.
type host struct {
	name      string
	real      bool
	library   string // the directory of the real library, if it is not the usual one
	arguments []string
}

var scripts = host{name: "runner", real: true}

// build makes the program.
func (h host) build(t *testing.T, flags []string) string {
	t.Helper()
	needsEngine(t)
	const probe = "../../quickjs/testdata"
	find, link := target.SystemLibrary("duktape")
	program := testkit.Host{
		Dir:       filepath.Join(testkit.Root(t), "cgo_tests/duktape/testdata"), // for other packages' tests too
		Name:      h.name,
		Flags:     slices.Concat([]string{"-I" + probe}, find, flags),
		Sources:   []string{h.name + ".c"},
		Libraries: append(link, "-lpthread"),
	}
	switch {
	case !h.real:
		program.Sources = append(program.Sources, probe+"/probe_library.c")
	case h.library != "":
		program.Library = h.library
	default:
		program.Library = testkit.LibraryDir(t)
	}
	return program.Compile(t)
}

// sanitizedLibrary builds the library with the address sanitizer, and gives its directory.
func sanitizedLibrary(t *testing.T) string {
	t.Helper()
	const dir = "build/duktape-sanitized"
	c := exec.Command("make", "--no-print-directory", "lean", "BUILD="+dir, "STRIP=", "SANITIZE=address")
	c.Dir = testkit.Root(t)
	if output, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(c.Args, " "), err, output)
	}
	return filepath.Join(testkit.Root(t), dir, "lean")
}

// Runner compiles the runner, and gives the command that runs a script lowered to ES5.
func Runner(t *testing.T) []string {
	t.Helper()
	return []string{scripts.build(t, plain), filepath.Join(testkit.Root(t), "cgo_tests/duktape/testdata/prelude.js")}
}
