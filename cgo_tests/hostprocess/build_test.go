package hostprocess

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// How hosts and the plugin are compiled, if not as target.Sanitized says. The engine itself
// is not instrumented.
var plain = []string{"-O2"}

// compile compiles a program or a shared library from sources of testdata and further arguments of the compiler.
func compile(t *testing.T, name string, flags []string, arguments ...string) string {
	t.Helper()
	return programWith(t, "", name, flags, arguments...)
}

// programWith compiles it and links it with the library in a directory, if that is not "".
func programWith(t *testing.T, library, name string, flags []string, arguments ...string) string {
	t.Helper()
	return testkit.Host{
		Name:      name,
		Library:   library,
		Flags:     append([]string{"-g"}, flags...),
		Sources:   arguments,
		Libraries: engine.System,
	}.Compile(t)
}

// plugin builds script.so, a JavaScript engine with the module, which a host loads late.
func plugin(t *testing.T, flags []string) string {
	t.Helper()
	return pluginWith(t, flags, testkit.LibraryDir(t))
}

// pluginWith builds it with the library in a directory.
func pluginWith(t *testing.T, flags []string, library string) string {
	t.Helper()
	quickjs, err := engine.Get()
	if err != nil {
		t.Fatal(err)
	}
	return testkit.Host{
		Name:      "script.so",
		Flags:     append([]string{"-g", "-shared", "-fPIC", "-isystem", quickjs.Source}, flags...),
		Sources:   []string{"script.c"},
		Objects:   quickjs.Objects,
		Library:   library,
		Libraries: engine.System,
	}.Compile(t)
}

// host builds a program that does not contain the library; what it defines stands before
// what the library would find elsewhere.
func host(t *testing.T, name string, flags []string) string {
	t.Helper()
	return compile(t, name, flags, "-rdynamic", name+".c")
}

// pair builds a host and the plugin.
func pair(t *testing.T, name string, flags []string) (program, library string) {
	t.Helper()
	return host(t, name, flags), plugin(t, flags)
}

// buildLimit suits a first build, which compiles the bundled engine, and for packages libzmq too.
const buildLimit = 40 * time.Minute

// buildLibraries builds the library otherwise than it is delivered, in a directory: with variables in the
// environment, and arguments of make.
func buildLibraries(t *testing.T, env []string, arguments ...string) string {
	t.Helper()
	dir := t.TempDir()
	options := testkit.Options{Dir: testkit.Root(t), Env: env, Limit: buildLimit, Group: true}
	// What a make around the tests hands down is not for this one.
	all := append([]string{"-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "MAKELEVEL", "make", "--no-print-directory",
		"BUILD=" + dir}, arguments...)
	if result := testkit.Run(t, options, "env", all...); result.Status != 0 {
		t.Fatalf("%+v", result)
	}
	return dir
}

// insert gives a source file of the library with a statement at the beginning of a function.
func insert(t *testing.T, file, function, statement string) string {
	t.Helper()
	text := testkit.Read(t, filepath.Join(testkit.Root(t), file))
	at := strings.Index(text, function)
	if at < 0 {
		t.Fatalf("%s has no %s", file, function)
	}
	body := at + strings.Index(text[at:], "{\n") + len("{\n")
	return text[:body] + "\t" + statement + "\n" + text[body:]
}

// write writes a file into a new directory.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// buildChanged builds the lean library with other texts of source files, in a directory.
func buildChanged(t *testing.T, texts map[string]string) string {
	t.Helper()
	return filepath.Join(buildLibraries(t, []string{"GOFLAGS=-overlay=" + testkit.Overlay(t, texts)}, "lean"), "lean")
}
