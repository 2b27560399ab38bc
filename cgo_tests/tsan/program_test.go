package tsan

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// compile compiles a program with the sanitizer.
func compile(t *testing.T, program testkit.Host) string {
	t.Helper()
	program.Flags = append([]string{"-O1", "-g", "-fsanitize=thread", "-pthread"}, program.Flags...)
	return program.Compile(t)
}

// The beginning of every report of the sanitizer.
const finding = "WARNING: ThreadSanitizer: "

// settings make the sanitizer not wait at the end, and not report threads of libzmq that were not
// joined: leaving gives up contexts that still wait.
const settings = "atexit_sleep_ms=0:report_thread_leaks=0:history_size=5"

// run runs a program that uses a library, and returns its output. If the kernel places memory at
// random, the sanitizer may find no room for its own.
func run(t *testing.T, library, program string, arguments ...string) testkit.Result {
	t.Helper()
	suppressions, err := filepath.Abs("testdata/suppressions")
	if err != nil {
		t.Fatal(err)
	}
	options := testkit.Options{Dir: "testdata", Limit: 2 * testkit.Limit, Env: []string{
		"ZMQJS_LIBRARY_DIR=" + library,
		"TSAN_OPTIONS=" + settings + ":suppressions=" + suppressions,
	}}
	if exec.Command("setarch", "-R", "true").Run() == nil {
		program, arguments = "setarch", append([]string{"-R", program}, arguments...)
	}
	return testkit.Run(t, options, program, arguments...)
}

// mustRun is run; the test fails if the program does, or if the sanitizer finds something.
func mustRun(t *testing.T, library, program string, arguments ...string) testkit.Result {
	t.Helper()
	result := run(t, library, program, arguments...)
	if result.Status == skipped {
		t.Skip(result.Stdout)
	}
	if result.Status != 0 || strings.Contains(result.Stderr, finding) {
		t.Fatalf("status %d, signal %v\n%s%s", result.Status, result.Signal, result.Stdout, result.Stderr)
	}
	return result
}
