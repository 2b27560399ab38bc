package lifetimes

import (
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/duktape"
	"github.com/zmqjs/zmqjs/cgo_tests/jsc"
	"github.com/zmqjs/zmqjs/cgo_tests/lowering"
	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A host runs the scripts in one engine.
type host struct {
	name    string
	edition string // to which scripts are lowered; "": they are run as they are
	steps   int    // in a usual run
	command func(*testing.T) []string
	env     []string
	// The number of descriptors that may still be open after a collection: the collector may take
	// values on the stack for references.
	kept int
	// How many bytes more the last quarter of the rounds may need than the second.
	tolerance int64
	// Memory is not compared, for its checks keep it.
	checked bool
}

var hosts = []host{
	{name: "goja", steps: 3600, command: func(t *testing.T) []string { return []string{testkit.Program(t)} }, kept: 100, tolerance: 16 << 20},
	{name: "QuickJS", steps: 8000, command: quickjs(engine.Get), tolerance: 16 << 20},
	{name: "QuickJS checked", steps: 400, command: quickjs(engine.GetChecked), env: sanitizers(), checked: true},
	{name: "JavaScriptCore", edition: "ES2022", steps: 6000, command: func(t *testing.T) []string { return []string{jsc.Compile(t)} }, kept: 100, tolerance: 64 << 20},
	{name: "Duktape", edition: "ES5", steps: 4000, command: duktape.Runner, tolerance: 16 << 20},
}

func quickjs(get func() (engine.Engine, error)) func(*testing.T) []string {
	return func(t *testing.T) []string {
		t.Helper()
		e, err := get()
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := e.BuildModule(dir, testkit.LibraryDir(t)); err != nil {
			t.Fatal(err)
		}
		return []string{e.QJS, "--std", "-I", filepath.Join(dir, "preload.js")}
	}
}

func sanitizers() []string {
	suppressions, err := filepath.Abs("../../cmd/suppressions/lsan.supp")
	if err != nil {
		panic(err)
	}
	return []string{
		"ASAN_OPTIONS=detect_leaks=1:fast_unwind_on_malloc=0",
		"UBSAN_OPTIONS=print_stacktrace=1",
		"LSAN_OPTIONS=print_suppressions=0:suppressions=" + suppressions,
	}
}

// start runs lifetimes.js with the settings.
func (h host) start(t *testing.T, command []string, s settings, options testkit.Options) *testkit.Child {
	t.Helper()
	directory := s.install(t)
	if h.edition != "" {
		directory = lowering.Lower(t, directory, h.edition)
	}
	options.Env = append(append(options.Env, "MALLOC_ARENA_MAX=2"), h.env...)
	arguments := append(command[1:len(command):len(command)], filepath.Join(directory, "lifetimes.js"))
	return testkit.Start(t, options, command[0], arguments...)
}
