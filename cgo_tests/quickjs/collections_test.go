package quickjs

import (
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// checked collects garbage before every object that it makes, and is checked itself.
func checked(t *testing.T) engine.Engine {
	t.Helper()
	e, err := engine.GetChecked()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestCollectionsAtAnyTime(t *testing.T) {
	e := checked(t)
	for _, h := range []host{values, lifetimes, sockets} {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			h.run(t, e, e.Flags)
		})
	}
}

// The groups of the conformance suite in which the most is made and kept.
func TestConformanceWithCollectionsAtAnyTime(t *testing.T) {
	t.Parallel()
	e, dir := checked(t), t.TempDir()
	if err := e.BuildModule(dir, testkit.LibraryDir(t)); err != nil {
		t.Fatal(err)
	}
	suite := conformance.Standard(filepath.Join(testkit.Root(t), "cgo_tests/conformance"),
		[]string{e.QJS, "--std", "-I", filepath.Join(dir, "preload.js")})
	suite.Env, suite.TimeLimit = checks(t), testkit.Limit
	for _, suite.Only = range []string{"lifetime/c", "lifetime/d", "multipart/", "poller/a-", "receive/"} {
		conformance.Check(t, suite, 1)
	}
}
