// Package examples runs what is in the directory examples.
package examples

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

func TestDemo(t *testing.T) {
	result := runner.Demo(t, runner.Program(t))
	if result.Status != 0 || result.Stdout != runner.DemoOutput || result.Stderr != "" {
		t.Errorf("%+v;\nwant the output %q", result, runner.DemoOutput)
	}
}

// build runs a compiler, which must have nothing to say, and returns the program.
func build(t *testing.T, compiler []string, sources ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program")
	command := append(append(compiler, "-o", program), sources...)
	result := runner.Run(t, runner.Options{Dir: runner.Root(t), Limit: 8 * runner.Limit}, command[0], command[1:]...)
	if result.Status != 0 || result.Stderr != "" {
		t.Fatalf("%q: %+v", command, result)
	}
	return program
}

func expect(t *testing.T, program, want string) {
	t.Helper()
	result := runner.Run(t, runner.Options{}, program)
	if result.Status != 0 || result.Stdout != want || result.Stderr != "" {
		t.Errorf("%+v;\nwant the output %q", result, want)
	}
}

func TestHost(t *testing.T) {
	library := runner.LibraryDir(t)
	program := build(t, []string{"gcc", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"},
		"-Iinclude", "examples/host.c", "-L"+library, "-lzmqjs", "-Wl,-rpath,"+library)
	version := strings.Fields(runner.Run(t, runner.Options{}, runner.Program(t), "--version").Stdout)[1]
	expect(t, program, "zmqjs "+version+"\nreceived: hello world\n")
}

func TestGoHost(t *testing.T) {
	program := build(t, []string{"go", "build"}, "./examples/gohost")
	expect(t, program, "received: hello world\n")
}
