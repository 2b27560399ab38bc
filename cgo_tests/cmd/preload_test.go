package cmd

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// preload compiles a library of testdata, and returns the variable of the environment that has it loaded before others.
func preload(t *testing.T, name string) string {
	t.Helper()
	if target.Emulated() {
		t.Skip("skipped, for no library can be loaded before others there")
	}
	return "LD_PRELOAD=" + testkit.Host{
		Sources: []string{name + ".c"}, Name: name + ".so",
		Flags: []string{"-shared", "-fPIC"}, Libraries: []string{"-ldl"},
	}.Compile(t)
}
