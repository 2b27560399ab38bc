package fakeengine

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// Host is a program with the fake engine, for tests of other packages too: the engine, the part for
// the platform's system, and the files of tests that the patterns name.
func Host(t testing.TB, flags []string, patterns ...string) testkit.Host {
	t.Helper()
	dir := filepath.Join(testkit.Root(t), "cgo_tests/fakeengine")
	system, libraries := "posix", []string{"-ldl", "-lm"}
	if target.IsWindows() {
		system, libraries = "windows", []string{"-lws2_32", "-lpsapi"}
		flags = append(slices.Clone(flags), "-include", "windows/posix.h", "-Iwindows")
	}
	all := []string{"engine/*.c", system + "/*.c"}
	for _, pattern := range patterns {
		all = append(all, "tests/"+pattern)
	}
	var sources []string
	for _, pattern := range all {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("no sources %s (%v)", pattern, err)
		}
		sources = append(sources, found...)
	}
	return testkit.Host{
		Dir:       dir,
		Name:      target.Program("fakeengine"),
		Standard:  "c99",
		Flags:     append([]string{"-pthread", "-Iengine", "-Itests"}, flags...),
		Sources:   sources,
		Libraries: libraries,
	}
}
