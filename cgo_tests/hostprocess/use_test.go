package hostprocess

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
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
	if target.LoadsAtStart() {
		return ways // with the library that hosts are linked with
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
	return usingHostWith(t, target.AtStart(testkit.LibraryDir(t)), name, arguments...)
}

// bareHost builds a host that is not linked with the library, which it can use only if it is able to load it.
func bareHost(t *testing.T, name string) string {
	t.Helper()
	return usingHostWith(t, "", name)
}

func usingHostWith(t *testing.T, library, name string, arguments ...string) string {
	t.Helper()
	return programWith(t, library, name, plain, append([]string{"-rdynamic", name + ".c", "use.c"}, arguments...)...)
}
