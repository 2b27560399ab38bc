package hostprocess

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// How hosts and the plugin are compiled, if not as target.Sanitized says. The engine itself
// is not instrumented.
var plain = []string{"-O2"}

func compile(t *testing.T, output string, flags []string, arguments ...string) string {
	t.Helper()
	all := append([]string{"-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g",
		"-o", output}, append(target.LinkFlags(), flags...)...)
	if err := engine.Command("testdata", target.Compiler(), append(all, arguments...)...); err != nil {
		t.Fatal(err)
	}
	return output
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
	arguments := append([]string{"-shared", "-fPIC", "-isystem", quickjs.Source,
		"-I" + filepath.Join(testkit.Root(t), "include"), "script.c"}, quickjs.Objects...)
	arguments = append(arguments, "-L"+library, "-lzmqjs", "-Wl,-rpath,"+library)
	return compile(t, filepath.Join(t.TempDir(), "script.so"), flags, append(arguments, engine.System...)...)
}

// host builds a program that does not contain the library; what it defines stands before
// what the library would find elsewhere.
func host(t *testing.T, name string, flags []string) string {
	t.Helper()
	return compile(t, filepath.Join(t.TempDir(), name), flags, "-rdynamic", name+".c", "-ldl", "-lm", "-lpthread")
}

// pair builds a host and the plugin.
func pair(t *testing.T, name string, flags []string) (program, library string) {
	t.Helper()
	return host(t, name, flags), plugin(t, flags)
}

// buildLibraries builds the library otherwise than it is delivered, in a directory: with variables in the
// environment, and arguments of make.
func buildLibraries(t *testing.T, env []string, arguments ...string) string {
	t.Helper()
	dir := t.TempDir()
	options := testkit.Options{Dir: testkit.Root(t), Env: env, Limit: 10 * time.Minute, Group: true}
	// What a make around the tests hands down is not for this one.
	all := append([]string{"-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "MAKELEVEL", "make", "--no-print-directory",
		"BUILD=" + dir}, arguments...)
	if result := testkit.Run(t, options, "env", all...); result.Status != 0 {
		t.Fatalf("%+v", result)
	}
	return dir
}
