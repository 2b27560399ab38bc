package quickjs

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
)

// trees are checkouts of engines of the family, if an environment variable names them.
func trees(t *testing.T) []string {
	t.Helper()
	list := filepath.SplitList(os.Getenv("QUICKJS_TREES"))
	if len(list) == 0 {
		t.Skip("skipped: QUICKJS_TREES names no directories with a quickjs.h, separated by colons")
	}
	return list
}

func TestTreesCompile(t *testing.T) {
	for _, tree := range trees(t) {
		t.Run(filepath.Base(tree), func(t *testing.T) {
			t.Parallel()
			compilesEverywhere(t, engine.Engine{Source: tree}, options)
		})
	}
}

// The hosts run in each, if its usual source files are all that it takes.
func TestTreesRun(t *testing.T) {
	for _, tree := range trees(t) {
		t.Run(filepath.Base(tree), func(t *testing.T) {
			e, err := engine.Of(tree, t.TempDir())
			if err != nil {
				t.Skipf("skipped: it takes more to build it: %v", err)
			}
			for _, h := range hosts {
				t.Run(h.name, func(t *testing.T) { h.run(t, e, e.Flags) })
			}
		})
	}
}
