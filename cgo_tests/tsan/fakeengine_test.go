package tsan

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/fakeengine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// The exit status of a case of the fake engine that does not apply.
const skipped = 77

// threaded are the cases of the fake engine with several threads, or in which the library's own
// threads end objects; without those that only measure times.
var threaded = regexp.MustCompile(`^(storm|shared|thread|interrupt-(from|loses|handler|engine-ends|while)|` +
	`leaving-(term|drop|delivers|exit)|message-adopted-ends|frame-(released|adopted)-late|frame-poller|slot-old|trace-(numbers|exchanged)|` +
	`process-(loaded|fork)|vm-(busy|many|one|interrupt-from|signal-(reaches|ends)))`)

// buildFakeEngine compiles the program of cgo_tests/fakeengine, with further arguments.
func buildFakeEngine(t *testing.T, more ...string) string {
	t.Helper()
	return compile(t, fakeengine.Host(t, more, "*.c"))
}

// cases are the fake engine's cases that are run, as its arguments: those that run in every style
// of engine in one.
func cases(t *testing.T, program string) [][]string {
	t.Helper()
	var list [][]string
	for line := range strings.Lines(run(t, "", program, "--list").Stdout) {
		arguments := strings.Fields(line)
		name := arguments[len(arguments)-1]
		if threaded.MatchString(name) && (len(arguments) == 1 || arguments[0] == "--style=full") {
			list = append(list, arguments)
		}
	}
	if len(list) < 40 {
		t.Fatalf("the fake engine has only %d cases: %q", len(list), list)
	}
	return list
}

// There is no race in the library's C code, with any number of threads, and in any use.
func TestFakeEngine(t *testing.T) {
	requireSanitizer(t)
	library, program := checkedLibrary(t), buildFakeEngine(t)
	for _, arguments := range cases(t, program) {
		t.Run(arguments[len(arguments)-1], func(t *testing.T) { mustRun(t, library, program, arguments...) })
	}
}

// acrossGo are cases in which only Go orders accesses of several threads.
var acrossGo = []string{"storm-on-one-runtime", "storm-of-collected-sockets", "storm-of-ending-contexts",
	"thread-call-while-it-is-freed", "thread-finalize-elsewhere", "leaving-delivers-when-collected"}

// cgo's reports to the sanitizer hide no race between calls that run Go code.
func TestAcrossGo(t *testing.T) {
	requireSanitizer(t)
	ignoring := filepath.Join(testkit.Root(t), "cgo_tests/tsan/testdata/cgo.c")
	library, program := checkedLibrary(t), buildFakeEngine(t, "-rdynamic", ignoring)
	for _, name := range acrossGo {
		t.Run(name, func(t *testing.T) {
			if result := mustRun(t, library, program, name); !strings.Contains(result.Stdout, "\ncgo is ignored\n") {
				t.Fatalf("cgo is not ignored: %+v", result)
			}
		})
	}
}
