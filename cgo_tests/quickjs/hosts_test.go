package quickjs

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// How a host is compiled. The engine is not instrumented but where a test says so, but what
// it allocates goes through the same checked allocator.
var (
	plain = []string{"-O2"}
	raced = []string{"-O1", "-fsanitize=thread"}
)

// A host is a program in C with an engine, the adapter, and the real library or, without
// one, the probe library.
type host struct {
	name      string
	real      bool
	arguments []string
}

var (
	values     = host{name: "probe_host", arguments: []string{"adapter.js"}}
	lifetimes  = host{name: "lifetimes"}
	memory     = host{name: "memory"}
	sockets    = host{name: "sockets", real: true}
	endings    = host{name: "endings", real: true}
	oldLibrary = host{name: "old_library", real: true}
	twoEngines = host{name: "two_engines", real: true}
	twoScripts = host{name: "two_scripts", real: true}

	hosts = []host{values, lifetimes, memory, sockets, endings, oldLibrary, twoEngines, twoScripts}
)

// run compiles a host and runs it.
func (h host) run(t *testing.T, e engine.Engine, flags []string) {
	t.Helper()
	program := testkit.Host{Name: h.name, Flags: flags, Sources: []string{h.name + ".c"}}
	if h.real {
		program.Library = testkit.LibraryDir(t)
	} else {
		program.Sources = append(program.Sources, "probe_library.c")
	}
	runHost(t, of(e, program).Compile(t), h.arguments...)
}

// checks makes the tools by which hosts and engine are compiled find what they can.
func checks(t *testing.T) []string {
	t.Helper()
	return []string{
		"ASAN_OPTIONS=detect_leaks=1",
		"UBSAN_OPTIONS=print_stacktrace=1",
		"LSAN_OPTIONS=print_suppressions=0:suppressions=" + testkit.Suppressions(t, "lsan"),
	}
}

func runHost(t *testing.T, program string, arguments ...string) {
	t.Helper()
	options := testkit.Options{Dir: "testdata", Env: checks(t), Limit: 4 * testkit.Limit}
	result := testkit.Run(t, options, program, arguments...)
	if result.Status != 0 {
		t.Fatalf("%s ended with %d, signal %v\n%s%s", program, result.Status, result.Signal,
			result.Stdout, result.Stderr)
	}
	t.Log(result.Stdout)
}

func TestHosts(t *testing.T) {
	e := quickjs(t)
	for _, h := range hosts {
		t.Run(h.name+" plain", func(t *testing.T) { h.run(t, e, plain) })
		t.Run(h.name+" sanitized", func(t *testing.T) { h.run(t, e, target.Sanitized) })
	}
	t.Run("lifetimes raced", func(t *testing.T) { lifetimes.run(t, e, raced) })
}
