// Package quickjs tests include/zmqjs_quickjs.h in QuickJS 2021-03-27.
package quickjs

import (
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

func quickjs(t *testing.T) engine.Engine {
	t.Helper()
	e, err := engine.Get()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// compile runs a C or C++ compiler, with our headers and, as a system header, the engine's.
func compile(t *testing.T, compiler string, arguments ...string) {
	t.Helper()
	if err := engine.Command("testdata", compiler, append(includes(t), arguments...)...); err != nil {
		t.Fatal(err)
	}
}

func includes(t *testing.T) []string {
	t.Helper()
	return []string{"-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g",
		"-isystem", quickjs(t).Source, "-I" + filepath.Join(runner.Root(t), "include"), "-I."}
}

// linking is what follows the sources of a host that runs in the real library.
func linking(t *testing.T) []string {
	t.Helper()
	library := runner.LibraryDir(t)
	arguments := append([]string{}, quickjs(t).Objects...)
	return append(append(arguments, "-L"+library, "-lzmqjs", "-Wl,-rpath,"+library), engine.System...)
}
