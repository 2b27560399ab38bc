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
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

const scripts = "testdata/script"

// buildHost links testdata/script/host.c with an engine that is checked for errors of
// memory; the adapter is checked for undefined behaviour too.
func buildHost(t *testing.T, e engine.Engine) string {
	t.Helper()
	program, library := filepath.Join(t.TempDir(), "host"), runner.LibraryDir(t)
	arguments := append([]string{"-std=c11", "-D_GNU_SOURCE", "-g", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
		"-isystem", e.Source, "-I" + filepath.Join(runner.Root(t), "include"), "-o", program, "host.c"},
		engine.Sanitized...)
	arguments = append(append(arguments, e.Objects...), "-L"+library, "-lzmqjs", "-Wl,-rpath,"+library)
	if err := engine.Command(scripts, "gcc", append(arguments, engine.System...)...); err != nil {
		t.Fatal(err)
	}
	return program
}

// environment makes the sanitizers find what they can.
func environment(t *testing.T) []string {
	t.Helper()
	suppressions, err := filepath.Abs(filepath.Join(scripts, "lsan.supp"))
	if err != nil {
		t.Fatal(err)
	}
	return []string{"ASAN_OPTIONS=detect_leaks=1", "UBSAN_OPTIONS=print_stacktrace=1",
		"LSAN_OPTIONS=print_suppressions=0:suppressions=" + suppressions}
}

var callsMade = regexp.MustCompile(`(?m)^calls (\d+) threw (\d+)$`)

// callAtRandom runs testdata/script/main.js, and gives how many calls it has made.
func callAtRandom(t *testing.T, program string, seed uint32, worlds int) int {
	t.Helper()
	script, err := filepath.Abs(filepath.Join(scripts, "main.js"))
	if err != nil {
		t.Fatal(err)
	}
	options := runner.Options{Dir: t.TempDir(), Env: environment(t), Limit: 2 * time.Minute}
	arguments := []string{script, fmt.Sprint(seed), fmt.Sprint(worlds)}
	child := runner.Start(t, options, program, arguments...)
	result := child.Wait()
	if made := callsMade.FindStringSubmatch(result.Stdout); result.Status == 0 && made != nil {
		calls, _ := strconv.Atoi(made[1])
		return calls
	}
	if result.Signal == syscall.SIGABRT && isKnown(t, result.Stderr) {
		return 0
	}
	t.Errorf("%s %q verbose: status %d, signal %v\n%s%s", program, arguments, result.Status, result.Signal,
		result.Stdout, result.Stderr)
	return 0
}

func callMany(t *testing.T, program string, short, worlds int) {
	t.Helper()
	calls := 0
	rounds(t, short, func(seed uint32) { calls += callAtRandom(t, program, seed, worlds) })
	t.Logf("%d calls of scripts", calls)
}

func TestScriptsInQuickJS(t *testing.T) {
	e, err := engine.GetMemoryChecked()
	if err != nil {
		t.Fatal(err)
	}
	callMany(t, buildHost(t, e), 3, 40)
}

// With a collection before every object that is made.
func TestScriptsWithCollectionsAtAnyTime(t *testing.T) {
	e, err := engine.GetChecked()
	if err != nil {
		t.Fatal(err)
	}
	callMany(t, buildHost(t, e), 1, 25)
}

func TestScriptsInTheRunner(t *testing.T) {
	callMany(t, runner.Program(t), 3, 40)
}
