// Package jsc runs the conformance suite under JavaScriptCore with its adapter.
package jsc

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// Compile compiles the runner, which runs a CommonJS script, against the built library.
func Compile(t *testing.T) string {
	t.Helper()
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "javascriptcoregtk-4.1").Output()
	if err != nil {
		t.Fatal(err)
	}
	root, library, program := testkit.Root(t), testkit.LibraryDir(t), filepath.Join(t.TempDir(), "runner")
	arguments := append([]string{"-std=c99", "-D_GNU_SOURCE", "-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
		"-I" + filepath.Join(root, "include"), filepath.Join(root, "cgo_tests/jsc/testdata/runner.c"), "-o", program,
		"-L" + library, "-lzmqjs", "-Wl,-rpath," + library}, strings.Fields(string(flags))...)
	if output, err := exec.Command("gcc", append(arguments, "-lm")...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return program
}
