package docs

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// commandLimit suits the whole conformance suite.
const commandLimit = 8 * time.Minute

// compiler replaces cc in the commands, so that every snippet compiles strictly. The header of an
// engine is a system header, to which this does not apply.
const compiler = "#!/bin/sh\nexec gcc -std=c99 -Wall -Wextra -Wpedantic -Werror -isystem quickjs \"$@\"\n"

// A reader follows the document: with the library installed, and the sources at hand.
type reader struct {
	dir         string // where files are saved, and commands run
	environment []string
}

func newReader(t *testing.T) *reader {
	t.Helper()
	prefix, bin, dir := t.TempDir(), t.TempDir(), t.TempDir()
	libdir := filepath.Join(prefix, "lib")
	r := &reader{dir, []string{
		"PATH=" + bin + ":" + filepath.Join(prefix, "bin") + ":" + os.Getenv("PATH"),
		"PKG_CONFIG_PATH=" + filepath.Join(libdir, "pkgconfig"),
		"LD_LIBRARY_PATH=" + libdir,
		// As if it were installed where compilers look.
		"CPATH=" + filepath.Join(prefix, "include"),
		"LIBRARY_PATH=" + libdir,
	}}
	r.addQuickJS(t, bin)
	r.save(t, filepath.Join(bin, "cc"), compiler)
	if err := os.Symlink(testkit.Root(t), filepath.Join(dir, "zmqjs")); err != nil {
		t.Fatal(err)
	}
	install := "make -C zmqjs BUILD='" + testkit.LibraryDir(t) + "' PREFIX='" + prefix + "' install"
	if result := r.run(t, install); result.Status != 0 {
		t.Fatalf("%s: %+v", install, result)
	}
	return r
}

// addQuickJS puts an engine into the directory quickjs, and its interpreter where commands
// are found.
func (r *reader) addQuickJS(t *testing.T, bin string) {
	t.Helper()
	e, err := engine.Get()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(r.dir, "quickjs")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	r.save(t, filepath.Join(dir, "quickjs.h"), testkit.Read(t, filepath.Join(e.Source, "quickjs.h")))
	if err := engine.Command(dir, "ar", append([]string{"rc", "libquickjs.a"}, e.Objects...)...); err != nil {
		t.Fatal(err)
	}
	r.save(t, filepath.Join(bin, "qjs"), "#!/bin/sh\nexec "+e.QJS+" --std \"$@\"\n")
}

func (r *reader) save(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
}

// run runs commands of a shell, each of which must succeed.
func (r *reader) run(t *testing.T, commands string) testkit.Result {
	t.Helper()
	options := testkit.Options{Dir: r.dir, Env: r.environment, Limit: commandLimit, Group: true}
	// Variables of a make that runs the tests must not reach one in the commands.
	return testkit.Run(t, options, "env", "-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "MAKELEVEL", "sh", "-euc", commands)
}
