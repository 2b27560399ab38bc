package fakeengine

import (
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// Sources are the C files of a program with the fake engine, for tests of other packages too: the
// engine, the part for the platform's system, and the files of tests that the patterns name.
func Sources(t testing.TB, patterns ...string) (sources []string) {
	t.Helper()
	system := "posix/*.c"
	if target.IsWindows() {
		system = "windows/*.c"
	}
	all := []string{"engine/*.c", system}
	for _, pattern := range patterns {
		all = append(all, "tests/"+pattern)
	}
	for _, pattern := range all {
		found, err := filepath.Glob(filepath.Join(testkit.Root(t), "cgo_tests/fakeengine", pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("no sources %s (%v)", pattern, err)
		}
		sources = append(sources, found...)
	}
	return sources
}
