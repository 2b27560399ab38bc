package hostprocess

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// In rare situations too, a host does what it does without the library.
func TestSituations(t *testing.T) {
	bare, host := bareHost(t, "situations"), usingHost(t, "situations")
	names := strings.Split(strings.TrimSpace(testkit.Run(t, testkit.Options{}, host, "--list").Stdout), "\n")
	if len(names) < 20 {
		t.Fatalf("situations: %q", names)
	}
	other := copyOf(t, filepath.Join(testkit.LibraryDir(t), "libzmqjs.so"))
	for _, way := range waysOfUse(t) {
		for _, name := range names {
			t.Run(way.name+", "+name, func(t *testing.T) {
				t.Parallel()
				if target.LoadsAtStart() && name == "two libraries" {
					t.Skip("a host that is linked with the library cannot load another")
				}
				run := func(host, library string) testkit.Result {
					return testkit.Run(t, testkit.Options{Dir: t.TempDir()}, host, library, name, other)
				}
				without, with := run(bare, "none"), run(host, way.path)
				if cmp.Or(with.Status, without.Status) == notAllowed {
					t.Skip("SKIPPED: the system does not allow it")
				}
				with.Check(t, without.Status, without.Stdout, without.Stderr)
			})
		}
	}
}

// copyOf copies a file, into a new directory.
func copyOf(t *testing.T, path string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), filepath.Base(path))
	if err := os.WriteFile(copied, []byte(testkit.Read(t, path)), 0o755); err != nil {
		t.Fatal(err)
	}
	return copied
}
