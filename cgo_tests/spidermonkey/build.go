// Package spidermonkey runs the conformance suite, and hosts in C++, under SpiderMonkey with the
// adapter of include/zmqjs_spidermonkey.h.
package spidermonkey

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// build compiles a program of testdata against the built library.
func build(t *testing.T, name string, options ...string) string {
	t.Helper()
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "mozjs-102").Output()
	if err != nil {
		t.Skip("skipped: there is no SpiderMonkey; install the package libmozjs-102-dev")
	}
	return testkit.Host{
		Name:     name,
		Compiler: "g++",
		Standard: "c++17",
		// gcc takes every Rooted of the engine for a dangling pointer.
		Flags:     append([]string{"-g", "-O1", "-Wno-dangling-pointer"}, options...),
		Sources:   []string{name + ".cc"},
		Library:   testkit.LibraryDir(t),
		Libraries: strings.Fields(string(flags)),
	}.Compile(t)
}
