package hostprocess

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A way is one in which a host uses the library: the argument of use_load() of testdata/use.c.
type way struct{ name, path string }

// waysOfUse are a host with an engine of its own, with the full and the lean library, and one with
// the bundled engine.
func waysOfUse(t *testing.T) []way {
	t.Helper()
	ways := []way{
		{"bundled", filepath.Join(testkit.LibraryDir(t), "libzmqjs.so")},
		{"engine", plugin(t, plain)},
	}
	// Another library under test may have no lean one beside it.
	lean := filepath.Join(testkit.LibraryDir(t), "lean")
	if _, err := os.Stat(lean); err == nil || os.Getenv("ZMQJS_LIBRARY_DIR") == "" {
		ways = append(ways, way{"lean", pluginWith(t, plain, lean)})
	}
	return ways
}

// usingHost builds a host that uses the library in one of these ways.
func usingHost(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	return compile(t, name, plain, append([]string{"-rdynamic", name + ".c", "use.c"}, arguments...)...)
}
