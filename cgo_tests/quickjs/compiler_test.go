package quickjs

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func quickjs(t *testing.T) engine.Engine {
	t.Helper()
	e, err := engine.Get()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// of completes a host with the engine, which is compiled in; its header is a system header.
func of(e engine.Engine, h testkit.Host) testkit.Host {
	h.Flags = append([]string{"-D_GNU_SOURCE", "-g", "-isystem", e.Source, "-I."}, h.Flags...)
	h.Objects = append(h.Objects, e.Objects...)
	h.Libraries = engine.System
	return h
}

// object compiles a source file with the engine's header, by a compiler for a language and standard.
func object(e engine.Engine, l language, source string, flags ...string) testkit.Host {
	return testkit.Host{
		Name:     "object.o",
		Compiler: l.compiler,
		Standard: l.standard,
		Flags:    append([]string{"-D_GNU_SOURCE", "-g", "-isystem", e.Source, "-I.", "-x", l.name, "-c"}, flags...),
		Sources:  []string{source},
	}
}
