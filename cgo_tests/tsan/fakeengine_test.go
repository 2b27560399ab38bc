package tsan

import (
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/fakeengine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// What a case of the double exits with that has nothing to test.
const skipped = 77

// threaded are the cases of the fake engine that have threads in them, or what the library's own
// threads end; without those that only measure how long that takes.
var threaded = regexp.MustCompile(`^(storm|shared|thread|interrupt-(from|loses|handler|engine-ends|while)|` +
	`leaving-(term|drop|delivers|exit)|message-adopted-ends|frame-(released|adopted)-late|frame-poller|slot-old|trace-(numbers|exchanged)|` +
	`process-(loaded|fork)|vm-(busy|many|one|interrupt-from|signal-(reaches|ends)))`)

// buildFakeEngine compiles the program of cgo_tests/fakeengine, with what else is given.
func buildFakeEngine(t *testing.T, more ...string) string {
	t.Helper()
	return compile(t, testkit.Host{
		Dir:       ".",
		Standard:  "c99",
		Flags:     append([]string{"-I../fakeengine/engine", "-I../fakeengine/tests"}, more...),
		Sources:   fakeengine.Sources(t, "*.c"),
		Libraries: []string{"-ldl", "-lm"},
	})
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

// However many threads use the library, and in whatever way, there is no race in its C code.
func TestFakeEngine(t *testing.T) {
	requireSanitizer(t)
	library, program := checkedLibrary(t), buildFakeEngine(t)
	for _, arguments := range cases(t, program) {
		t.Run(arguments[len(arguments)-1], func(t *testing.T) { mustRun(t, library, program, arguments...) })
	}
}

// acrossGo are cases in which nothing passes from thread to thread by what Go alone orders.
var acrossGo = []string{"storm-on-one-runtime", "storm-of-collected-sockets", "storm-of-ending-contexts",
	"thread-call-while-it-is-freed", "thread-finalize-elsewhere", "leaving-delivers-when-collected"}

// What cgo tells the sanitizer hides no race between calls that run Go code.
func TestAcrossGo(t *testing.T) {
	requireSanitizer(t)
	library, program := checkedLibrary(t), buildFakeEngine(t, "-rdynamic", "testdata/cgo.c")
	for _, name := range acrossGo {
		t.Run(name, func(t *testing.T) {
			if result := mustRun(t, library, program, name); !strings.Contains(result.Stdout, "\ncgo is ignored\n") {
				t.Fatalf("cgo is not ignored: %+v", result)
			}
		})
	}
}
