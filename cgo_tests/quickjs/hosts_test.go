package quickjs

import (
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

// How a host is compiled. The engine itself is never instrumented, but what it allocates
// goes through the same checked allocator.
var (
	plain     = []string{"-O2"}
	sanitized = []string{"-O1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined",
		"-fno-sanitize-recover=undefined"}
	raced = []string{"-O1", "-fsanitize=thread"}
)

// buildHost compiles hosts from C sources and links them with the engine.
func buildHost(t *testing.T, flags []string, sources []string, libraries ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "host")
	arguments := append([]string{"-std=c11", "-o", program}, flags...)
	compile(t, "gcc", append(append(arguments, sources...), libraries...)...)
	return program
}

// probeLibraries is what follows the sources of a host that runs in the probe library.
func probeLibraries(t *testing.T) []string {
	t.Helper()
	return append(append([]string{"probe_library.c"}, quickjs(t).Objects...), engine.System...)
}

func runHost(t *testing.T, program string, arguments ...string) {
	t.Helper()
	suppressions, err := filepath.Abs("testdata/lsan.supp")
	if err != nil {
		t.Fatal(err)
	}
	options := runner.Options{Dir: "testdata", Env: []string{
		"ASAN_OPTIONS=detect_leaks=1",
		"UBSAN_OPTIONS=print_stacktrace=1",
		"LSAN_OPTIONS=print_suppressions=0:suppressions=" + suppressions,
	}}
	result := runner.Run(t, options, program, arguments...)
	if result.Status != 0 {
		t.Fatalf("%s ended with %d, signal %v\n%s%s", program, result.Status, result.Signal,
			result.Stdout, result.Stderr)
	}
	t.Log(result.Stdout)
}

// both runs a test with a plain and with a checked host.
func both(t *testing.T, test func(t *testing.T, flags []string)) {
	t.Run("plain", func(t *testing.T) { test(t, plain) })
	t.Run("sanitized", func(t *testing.T) { test(t, sanitized) })
}

func TestValuesClassesAndErrors(t *testing.T) {
	both(t, func(t *testing.T, flags []string) {
		host := buildHost(t, flags, []string{"probe_host.c"}, probeLibraries(t)...)
		runHost(t, host, "adapter.js")
	})
}

func TestLifetimes(t *testing.T) {
	both(t, func(t *testing.T, flags []string) {
		runHost(t, buildHost(t, flags, []string{"lifetimes.c"}, probeLibraries(t)...))
	})
	t.Run("raced", func(t *testing.T) {
		runHost(t, buildHost(t, raced, []string{"lifetimes.c"}, probeLibraries(t)...))
	})
}

func TestOutOfMemory(t *testing.T) {
	both(t, func(t *testing.T, flags []string) {
		runHost(t, buildHost(t, flags, []string{"memory.c"}, probeLibraries(t)...))
	})
}

func TestSockets(t *testing.T) {
	both(t, func(t *testing.T, flags []string) {
		runHost(t, buildHost(t, flags, []string{"sockets.c"}, linking(t)...))
	})
}
