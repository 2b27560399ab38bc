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
	return testkit.Host{
		Dir:       filepath.Join(testkit.Root(t), "cgo_tests/jsc/testdata"),
		Name:      "runner",
		Standard:  "c99",
		Flags:     []string{"-D_GNU_SOURCE", "-g", "-O1"},
		Sources:   []string{"runner.c"},
		Library:   testkit.LibraryDir(t),
		Libraries: append(strings.Fields(string(flags)), "-lm"),
	}.Compile(t)
}
