// Package spidermonkey runs the conformance suite, and hosts in C++, under SpiderMonkey with the
// adapter of include/zmqjs_spidermonkey.h.
package spidermonkey

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// build compiles a program of testdata against the built library.
func build(t *testing.T, name string, options ...string) (program string) {
	t.Helper()
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "mozjs-102").Output()
	if err != nil {
		t.Skip("skipped: there is no SpiderMonkey; install the package libmozjs-102-dev")
	}
	root, library := testkit.Root(t), testkit.LibraryDir(t)
	program = filepath.Join(t.TempDir(), name)
	// gcc takes every Rooted of the engine for a dangling pointer.
	arguments := append([]string{"-std=c++17", "-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror",
		"-Wno-dangling-pointer", "-I" + filepath.Join(root, "include"),
		filepath.Join(root, "cgo_tests/spidermonkey/testdata", name+".cc"), "-o", program,
		"-L" + library, "-lzmqjs", "-Wl,-rpath," + library}, strings.Fields(string(flags))...)
	if output, err := exec.Command("g++", append(arguments, options...)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return program
}
