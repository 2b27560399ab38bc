// Package docs runs what is in the directory examples.
package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func TestDemo(t *testing.T) {
	result := testkit.Demo(t, testkit.Program(t))
	if result.Status != 0 || result.Stdout != testkit.DemoOutput || result.Stderr != "" {
		t.Errorf("%+v;\nwant the output %q", result, testkit.DemoOutput)
	}
}

// build runs a compiler, which must have nothing to say, and returns the program.
func build(t *testing.T, compiler []string, sources ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program")
	command := append(append(compiler, "-o", program), sources...)
	result := testkit.Run(t, testkit.Options{Dir: testkit.Root(t), Limit: 8 * testkit.Limit}, command[0], command[1:]...)
	if result.Status != 0 || result.Stderr != "" {
		t.Fatalf("%q: %+v", command, result)
	}
	return program
}

func expect(t *testing.T, program, want string) {
	t.Helper()
	result := testkit.Run(t, testkit.Options{}, program)
	if result.Status != 0 || result.Stdout != want || result.Stderr != "" {
		t.Errorf("%+v;\nwant the output %q", result, want)
	}
}

func TestHost(t *testing.T) {
	library := testkit.LibraryDir(t)
	program := build(t, append([]string{target.Compiler(), "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"}, target.LinkFlags()...),
		"-Iinclude", "examples/host.c", "-L"+library, "-lzmqjs", "-Wl,-rpath,"+library)
	version := strings.Fields(testkit.Run(t, testkit.Options{}, testkit.Program(t), "--version").Stdout)[1]
	expect(t, program, "zmqjs "+version+"\nreceived: hello world\n")
}

// The host's frames reach the script, in order; its end, or its failure, ends the host.
func TestFrames(t *testing.T) {
	library, script := testkit.LibraryDir(t), filepath.Join(testkit.Root(t), "examples/frames/consume.js")
	program := build(t, []string{"gcc", "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic", "-Werror"},
		"-Iinclude", "examples/frames/frames.c", "-L"+library, "-lzmqjs", "-lzmq", "-pthread", "-Wl,-rpath,"+library)
	for _, size := range []string{"4", "1000", "6220800"} {
		result := testkit.Run(t, testkit.Options{}, program, script, "50", size)
		want := regexp.MustCompile("^50 frames of " + size + ` bytes\ninproc \d+ MB/s, memcpy \d+ MB/s\n$`)
		if result.Status != 0 || !want.MatchString(result.Stdout) || result.Stderr != "" {
			t.Errorf("%+v", result)
		}
	}
	failing := filepath.Join(t.TempDir(), "failing.js")
	text := strings.Replace(testkit.Read(t, script), "count++;", `if (count++ === 3) throw new Error("enough");`, 1)
	if err := os.WriteFile(failing, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	result := testkit.Run(t, testkit.Options{}, program, failing, "50", "1000")
	if result.Status != 1 || !strings.Contains(result.Stderr, "Error: enough") {
		t.Errorf("%+v", result)
	}
}

func TestGoHost(t *testing.T) {
	program := build(t, []string{"go", "build"}, "./examples/gohost")
	expect(t, program, "received: hello world\n")
}
