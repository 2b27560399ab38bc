package quickjs

import (
	"path/filepath"
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

// compile runs a C or C++ compiler, with our headers and, as a system header, the engine's.
func compile(t *testing.T, e engine.Engine, compiler string, arguments ...string) {
	t.Helper()
	if err := engine.Command("testdata", compiler, append(includes(t, e), arguments...)...); err != nil {
		t.Fatal(err)
	}
}

func includes(t *testing.T, e engine.Engine) []string {
	t.Helper()
	return []string{"-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g",
		"-isystem", e.Source, "-I" + filepath.Join(testkit.Root(t), "include"), "-I."}
}

// linking is what follows the sources of a host, and the library that it runs in.
func linking(e engine.Engine, library ...string) []string {
	return append(append(append([]string{}, library...), e.Objects...), engine.System...)
}

// theLibrary is the real one, for a linker.
func theLibrary(t *testing.T) []string {
	t.Helper()
	dir := testkit.LibraryDir(t)
	return []string{"-L" + dir, "-lzmqjs", "-Wl,-rpath," + dir}
}
