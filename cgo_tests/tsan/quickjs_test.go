package tsan

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
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
			mustRun(t, library, compile(t, testkit.Host{
				Dir:       "../quickjs/testdata",
				Flags:     []string{"-isystem", e.Source},
				Sources:   []string{name + ".c"},
				Objects:   e.Objects,
				Library:   library,
				Libraries: engine.System,
			}))
		})
	}
}
