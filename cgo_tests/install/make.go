// Package install tests the builds and installations of make.
package install

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// buildLimit suits a first build, which compiles the bundled engine.
const buildLimit = 40 * time.Minute

// runMake runs make in the repository, as a user would.
func runMake(t testing.TB, environment []string, arguments ...string) testkit.Result {
	t.Helper()
	// Variables of a make that runs the tests must not reach this one.
	arguments = append([]string{"-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "MAKELEVEL", "make", "--no-print-directory"}, arguments...)
	options := testkit.Options{Dir: testkit.Root(t), Env: environment, Limit: buildLimit, Group: true}
	return testkit.Run(t, options, "env", arguments...)
}

// mustMake is runMake; the test fails if make does.
func mustMake(t testing.TB, environment []string, arguments ...string) {
	t.Helper()
	if result := runMake(t, environment, arguments...); result.Status != 0 {
		t.Fatalf("make %q: %+v", arguments, result)
	}
}

var built struct {
	sync.Once
	dir string
}

// buildDir is where make has built everything, once for all tests, with its defaults.
func buildDir(t testing.TB) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "zmqjs-build")
		if err != nil {
			t.Fatal(err)
		}
		mustMake(t, nil, "all", "lean", "BUILD="+dir)
		built.dir = dir
	})
	if built.dir == "" {
		t.Fatal("the build has failed")
	}
	return built.dir
}

// removeBuild removes the directory of buildDir.
func removeBuild() {
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
}

// output runs a program that must succeed, and returns its output.
func output(t testing.TB, environment []string, program string, arguments ...string) string {
	t.Helper()
	result := testkit.Run(t, testkit.Options{Env: environment}, program, arguments...)
	if result.Status != 0 {
		t.Fatalf("%s %q: %+v", program, arguments, result)
	}
	return result.Stdout
}

// version is that of the built library: "1.0.0".
func version(t testing.TB) string {
	t.Helper()
	words := strings.Fields(output(t, nil, filepath.Join(buildDir(t), "zmqjs"), "--version"))
	return words[1]
}

// compile compiles a C program strictly with installed headers only, and returns where it is.
func compile(t testing.TB, source string, flags ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program")
	arguments := slices.Concat([]string{"-std=c99"}, target.Strict, []string{source, "-o", program}, flags)
	if result := testkit.Run(t, testkit.Options{}, target.Compiler(), arguments...); result.Status != 0 || result.Stderr != "" {
		t.Fatalf("%s %q: %+v", target.Compiler(), arguments, result)
	}
	return program
}
