package tsan

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
)

// The hosts of cgo_tests/quickjs that have engines on several threads find no race in the
// library or in the adapter. The engine itself is not looked at: each is one thread's.
func TestQuickJS(t *testing.T) {
	requireSanitizer(t)
	library := checkedLibrary(t)
	e, err := engine.Get()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"sockets", "endings"} {
		t.Run(name, func(t *testing.T) {
			arguments := append([]string{"-std=c11", "-D_GNU_SOURCE", "-isystem", e.Source, name + ".c"}, e.Objects...)
			arguments = append(arguments, "-L"+library, "-lzmqjs", "-Wl,-rpath,"+library)
			program := compile(t, "../quickjs/testdata", append(arguments, engine.System...)...)
			mustRun(t, library, program)
		})
	}
}
