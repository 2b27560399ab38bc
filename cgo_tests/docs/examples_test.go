// Package docs runs the examples.
package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func TestDemo(t *testing.T) {
	result := testkit.Demo(t, testkit.Program(t))
	if result.Status != 0 || result.Stdout != testkit.DemoOutput || result.Stderr != "" {
		t.Errorf("%+v;\nwant the output %q", result, testkit.DemoOutput)
	}
}

func expect(t *testing.T, program, want string) {
	t.Helper()
	result := testkit.Run(t, testkit.Options{}, program)
	if result.Status != 0 || result.Stdout != want || result.Stderr != "" {
		t.Errorf("%+v;\nwant the output %q", result, want)
	}
}

func TestHost(t *testing.T) {
	program := testkit.Host{
		Dir: testkit.Root(t), Standard: "c99", Sources: []string{"examples/host.c"}, Library: testkit.LibraryDir(t),
	}.Compile(t)
	version := strings.Fields(testkit.Run(t, testkit.Options{}, testkit.Program(t), "--version").Stdout)[1]
	expect(t, program, "zmqjs "+version+"\nreceived: hello world\n")
}

// The host's frames reach the script, in order; its end, or its failure, ends the host.
func TestFrames(t *testing.T) {
	script := filepath.Join(testkit.Root(t), "examples/frames/consume.js")
	program := testkit.Host{
		Dir:       testkit.Root(t),
		Standard:  "c11",
		Flags:     []string{"-O2", "-D_POSIX_C_SOURCE=200809L", "-pthread"},
		Sources:   []string{"examples/frames/frames.c"},
		Library:   testkit.LibraryDir(t),
		Libraries: []string{"-lzmq"},
	}.Compile(t)
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
	program := filepath.Join(t.TempDir(), "program")
	built := testkit.Run(t, testkit.Options{Dir: testkit.Root(t), Limit: 8 * testkit.Limit}, "go", "build", "-o", program, "./examples/gohost")
	if built.Status != 0 || built.Stderr != "" {
		t.Fatalf("%+v", built)
	}
	expect(t, program, "received: hello world\n")
}
