// Package fakeengine runs a C host without a real engine against the built library: engine/ is the
// fake engine with its adapter, tests/ the cases. Each case is a subtest, in a process of its own.
package fakeengine

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// timeLimit is that of a case. None takes a tenth of it on an idle machine.
func timeLimit() time.Duration {
	if target.Emulated() {
		return 10 * time.Minute
	}
	return 2 * time.Minute
}

// The exit status of a case that does not apply to this build of the library.
const skipped = 77

// build compiles the program, with the strictest flags and those in FAKEENGINE_CFLAGS (such as
// -fsanitize=address). It is for the library in a directory.
func build(t *testing.T, directory string) string {
	t.Helper()
	flags := []string{"-Wstrict-prototypes", "-Wmissing-prototypes", "-O1", "-g"}
	host := Host(t, append(flags, strings.Fields(os.Getenv("FAKEENGINE_CFLAGS"))...), "*.c")
	host.Library = target.AtStart(directory)
	return host.Compile(t)
}

// cases lists the cases, as the arguments of the program.
func cases(t *testing.T, program string) [][]string {
	t.Helper()
	line := target.Command(program, "--list")
	output, err := exec.Command(line[0], line[1:]...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var list [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(output)), "\n") {
		list = append(list, strings.Fields(line))
	}
	return list
}

// nameOf is "case", or "case/style" for one that runs in several styles.
func nameOf(arguments []string) string {
	if len(arguments) == 1 {
		return arguments[0]
	}
	return arguments[1] + "/" + strings.TrimPrefix(arguments[0], "--style=")
}

func run(t *testing.T, program, directory string, arguments []string) {
	ctx, cancel := context.WithTimeout(context.Background(), timeLimit())
	defer cancel()
	line := target.Command(program, arguments...)
	command := exec.CommandContext(ctx, line[0], line[1:]...)
	command.Env = append(os.Environ(),
		"ZMQJS_LIBRARY_DIR="+directory,
		"MALLOC_PERTURB_=165") // freed memory does not look as it did
	stuck := ""
	command.Cancel = func() error {
		stuck = testkit.Threads(command.Process.Pid)
		return command.Process.Kill()
	}
	command.WaitDelay = 5 * time.Second // a child of the case may hold its output open
	output, err := command.CombinedOutput()

	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Fatalf("still running after %v; its threads:\n%s%s", timeLimit(), stuck, output)
	case errors.As(err, &exit) && exit.ExitCode() == skipped:
		t.Skipf("%s", output)
	case err != nil:
		t.Fatalf("%v\n%s", err, output)
	case !slices.Contains(strings.Split(string(output), "\n"), "ok"): // reports of unsent messages may follow it
		t.Fatalf("did not print \"ok\":\n%s", output)
	}
}

// Cases that measure the memory of their process, most of which is an emulator's where there is one.
var measuring = []string{"frame-forgotten", "runtime-memory-does-not-grow"}

// Cases that do something before they load the library.
var untilLoaded = map[string]string{
	"process-fork-and-load":              "forks",
	"leaving-exit-is-bounded":            "forks",
	"leaving-exit-delivers":              "forks",
	"leaving-exit-while-a-thread-waits":  "forks",
	"shared-exit-delivers":               "forks",
	"shared-exit-leaves-it-to-the-host":  "forks",
	"leaving-timeout-of-environment":     "sets the environment",
	"leaving-timeout-of-bad-environment": "sets the environment",
}

func TestFakeEngine(t *testing.T) {
	directory := testkit.LibraryDir(t)
	program := build(t, directory)
	for _, arguments := range cases(t, program) {
		t.Run(nameOf(arguments), func(t *testing.T) {
			if target.Emulated() && slices.Contains(measuring, nameOf(arguments)) {
				t.Skip("an emulator's memory grows")
			}
			if reason, listed := untilLoaded[nameOf(arguments)]; listed && target.LoadsAtStart() {
				t.Skip("the library is loaded when the program starts, before it " + reason)
			}
			run(t, program, directory, arguments)
		})
	}
}

// TestEveryFileIsListed: main.c runs the cases of every file.
func TestEveryFileIsListed(t *testing.T) {
	names := regexp.MustCompile(`\b\w+_cases\b`)
	listed := map[string]int{}
	for _, name := range names.FindAllString(testkit.Read(t, "tests/main.c"), -1) {
		listed[name]++
	}
	files, err := filepath.Glob("tests/test_*.c")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	for _, file := range files {
		defined := regexp.MustCompile(`(?m)^const test_case (\w+)\[\]`).FindStringSubmatch(testkit.Read(t, file))
		if defined == nil || listed[defined[1]] != 2 { // the declaration, and the element of all
			t.Errorf("main.c does not list the cases of %s: %q", file, defined)
		}
	}
}

// A lean build differs in nothing but the bundled engine.
func TestLeanBuild(t *testing.T) {
	directory := filepath.Join(target.Build(), "lean")
	if _, err := os.Stat(filepath.Join(directory, target.Library())); err != nil {
		t.Skip("there is no lean build (make lean)")
	}
	program := build(t, directory)
	for _, name := range []string{"vm-in-a-lean-build", "engine-tour", "process-fork-and-use"} {
		t.Run(name, func(t *testing.T) { run(t, program, directory, []string{name}) })
	}
}
