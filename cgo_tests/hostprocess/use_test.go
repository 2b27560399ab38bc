package hostprocess

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A way is one in which a host uses the library: what use_load() of testdata/use.c gets.
type way struct{ name, path string }

// waysOfUse are a host with an engine of its own, of the full and of the lean library, and one that
// has the bundled engine.
func waysOfUse(t *testing.T) []way {
	t.Helper()
	ways := []way{
		{"bundled", filepath.Join(testkit.LibraryDir(t), "libzmqjs.so")},
		{"engine", plugin(t, plain)},
	}
	// Another library under test may come without a lean one.
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
