// Package testkit starts child processes for tests: the script runner build/zmqjs, and other
// programs that use the built library.
package testkit

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/jsglue/gostall"
)

// Go's world may stand still in a test's process too, and then a time limit would hit a child that
// is in time.
var _ = gostall.Hold()

// Root is the repository's directory. Tests run two levels below it.
func Root(t testing.TB) string {
	t.Helper()
	return target.Root()
}

// Suppressions is the installed file that has a tool (lsan, tsan, valgrind) leave out what it reports of Go and libzmq.
func Suppressions(t testing.TB, tool string) string {
	t.Helper()
	return filepath.Join(Root(t), "cmd/suppressions", tool+".supp")
}

// Read gives the content of a file.
func Read(t testing.TB, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// LibraryDir is the directory of the library under test: ZMQJS_LIBRARY_DIR, or build.
func LibraryDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("ZMQJS_LIBRARY_DIR")
	if dir == "" {
		dir = target.Build()
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, target.Library())); err != nil {
		t.Fatalf("%v; run make first", err)
	}
	return dir
}

// Program is the script runner under test.
func Program(t testing.TB) string {
	t.Helper()
	return filepath.Join(LibraryDir(t), target.Program("zmqjs"))
}
