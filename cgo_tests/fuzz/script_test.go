package fuzz

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const scripts = "testdata/script"

// buildHost links testdata/script/host.c with an engine that is checked for errors of
// memory; the adapter is checked for undefined behaviour too, and so is the library in long runs.
func buildHost(t *testing.T, e engine.Engine) string {
	t.Helper()
	library := testkit.LibraryDir(t)
	if duration(t) > 0 {
		library = checkedLibrary(t)
	}
	return testkit.Host{
		Dir:       scripts,
		Name:      "host",
		Flags:     append([]string{"-isystem", e.Source}, target.Sanitized...),
		Sources:   append([]string{"host.c"}, e.Objects...),
		Library:   library,
		Libraries: engine.System,
	}.Compile(t)
}

// environment configures the sanitizers.
func environment(t *testing.T) []string {
	t.Helper()
	return []string{"ASAN_OPTIONS=detect_leaks=1:malloc_context_size=4", "UBSAN_OPTIONS=print_stacktrace=1",
		"LSAN_OPTIONS=print_suppressions=0:suppressions=" + testkit.Suppressions(t, "lsan")}
}

var callsMade = regexp.MustCompile(`(?m)^calls (\d+) threw (\d+)$`)

// made is the number of calls that a child reports repeatedly.
func made(output string) int {
	calls := 0
	for _, told := range callsMade.FindAllStringSubmatch(output, -1) {
		calls, _ = strconv.Atoi(told[1])
	}
	return calls
}

// callAtRandom runs testdata/script/main.js, and gives how many calls it has made.
func callAtRandom(t *testing.T, program string, seed uint32, calls int) int {
	t.Helper()
	script, err := filepath.Abs(filepath.Join(scripts, "main.js"))
	if err != nil {
		t.Fatal(err)
	}
	options := testkit.Options{Dir: t.TempDir(), Env: environment(t), Limit: duration(t) + 2*time.Minute}
	arguments := []string{script, fmt.Sprint(seed), fmt.Sprint(calls)}
	result := testkit.Run(t, options, program, arguments...)
	told := made(result.Stdout)
	if result.Status == 0 && told > 0 || result.Signal == syscall.SIGABRT && isKnown(t, result.Stderr) {
		return told
	}
	t.Errorf("%s %q verbose: status %d, signal %v\n%s%s", program, arguments, result.Status, result.Signal,
		result.Stdout, result.Stderr)
	return told
}

// callMany runs programs with a number of calls, each with a seed of its own.
func callMany(t *testing.T, program string, short, long int) {
	t.Helper()
	calls, each := 0, short
	if duration(t) > 0 {
		each = long
	}
	rounds(t, 1, func(seed uint32) { calls += callAtRandom(t, program, seed, each) })
	fuzzed(t, "calls of scripts", calls)
}

func TestScriptsInQuickJS(t *testing.T) {
	e, err := engine.GetMemoryChecked()
	if err != nil {
		t.Fatal(err)
	}
	callMany(t, buildHost(t, e), 20000, 500000)
}

// With a collection before every object that is made.
func TestScriptsWithCollectionsAtAnyTime(t *testing.T) {
	e, err := engine.GetChecked()
	if err != nil {
		t.Fatal(err)
	}
	callMany(t, buildHost(t, e), 500, 20000)
}

func TestScriptsInTheRunner(t *testing.T) {
	callMany(t, testkit.Program(t), 20000, 500000)
}
