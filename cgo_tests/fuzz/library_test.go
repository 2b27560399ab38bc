package fuzz

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const checking = "-g -O2 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined"

// observedLibrary is a libzmqjs.so of which libFuzzer sees which C code runs, and that is
// checked.
func observedLibrary(t *testing.T) string {
	t.Helper()
	return buildLibrary(t, "observed", "CC=clang", "CGO_LDFLAGS=",
		"CGO_CFLAGS="+checking+" -fsanitize-coverage=inline-8bit-counters,pc-table")
}

// checkedLibrary is one that is checked, for hosts that gcc has compiled.
func checkedLibrary(t *testing.T) string {
	t.Helper()
	return buildLibrary(t, "checked", "CC=gcc", "CGO_LDFLAGS=-fsanitize=address,undefined", "CGO_CFLAGS="+checking)
}

// buildLibrary builds libzmqjs.so with a special environment, which may take longer than a short
// run, and returns the directory.
func buildLibrary(t *testing.T, name string, environment ...string) string {
	t.Helper()
	root := testkit.Root(t)
	dir := filepath.Join(root, "build/fuzz", name)
	library := filepath.Join(dir, "libzmqjs.so.1")
	linking := "-Wl,--version-script=" + filepath.Join(root, "capi/zmqjs.map") + " -Wl,-soname,libzmqjs.so.1"
	build := exec.Command("go", "build", "-trimpath", "-buildmode=c-shared", "-o", library, "-ldflags",
		`-X runtime.godebugDefault=asyncpreemptoff=1,containermaxprocs=0,updatemaxprocs=0 -extldflags "`+linking+`"`, "./capi")
	build.Dir = root
	build.Env = append(os.Environ(), environment...)
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	_ = os.Remove(filepath.Join(dir, "libzmqjs.so"))
	if err := os.Symlink("libzmqjs.so.1", filepath.Join(dir, "libzmqjs.so")); err != nil {
		t.Fatal(err)
	}
	return dir
}
