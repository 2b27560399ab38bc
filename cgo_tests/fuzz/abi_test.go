package fuzz

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

// instrumentedLibrary builds libzmqjs.so such that libFuzzer sees which C code runs, and
// that this is checked. It takes longer than a short run may.
func instrumentedLibrary(t *testing.T) string {
	t.Helper()
	root := runner.Root(t)
	dir := filepath.Join(root, "build/fuzz")
	library := filepath.Join(dir, "libzmqjs.so.1")
	linking := "-Wl,--version-script=" + filepath.Join(root, "capi/zmqjs.map") + " -Wl,-soname,libzmqjs.so.1"
	build := exec.Command("go", "build", "-trimpath", "-buildmode=c-shared", "-o", library, "-ldflags",
		`-X runtime.godebugDefault=asyncpreemptoff=1,containermaxprocs=0,updatemaxprocs=0 -extldflags "`+linking+`"`, "./capi")
	build.Dir = root
	build.Env = append(os.Environ(), "CC=clang", "CGO_LDFLAGS=",
		"CGO_CFLAGS=-g -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	_ = os.Remove(filepath.Join(dir, "libzmqjs.so"))
	if err := os.Symlink("libzmqjs.so.1", filepath.Join(dir, "libzmqjs.so")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// buildFuzzer links testdata/abi and the engine double with libFuzzer.
func buildFuzzer(t *testing.T, library string, flags ...string) string {
	t.Helper()
	double := filepath.Join(runner.Root(t), "cgo_tests/double")
	program := filepath.Join(t.TempDir(), "abi")
	arguments := append([]string{"-std=c99", "-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
		"-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=undefined", "-pthread", "-o", program,
		"-I../../../../include", "-I" + filepath.Join(double, "engine"), "-I" + filepath.Join(double, "tests")}, flags...)
	for _, pattern := range []string{"testdata/abi/*.c", double + "/engine/*.c", double + "/tests/host.c",
		double + "/tests/contract.c", double + "/tests/check.c", double + "/tests/fence.c", double + "/tests/utf8.c"} {
		sources, err := filepath.Glob(pattern)
		if err != nil || len(sources) == 0 {
			t.Fatalf("no sources %s (%v)", pattern, err)
		}
		for _, source := range sources {
			absolute, err := filepath.Abs(source)
			if err != nil {
				t.Fatal(err)
			}
			arguments = append(arguments, absolute)
		}
	}
	arguments = append(arguments, "-L"+library, "-lzmqjs", "-Wl,-rpath,"+library, "-lm")
	if err := engine.Command("testdata/abi", "clang", arguments...); err != nil {
		t.Fatal(err)
	}
	return program
}

var callsOfABI = regexp.MustCompile(`(?m)^calls (\d+)$`)

// runFuzzer runs libFuzzer on the corpus and on what it makes of it.
func runFuzzer(t *testing.T, program string, arguments ...string) runner.Result {
	t.Helper()
	corpus, err := filepath.Abs("testdata/corpus/abi")
	if err != nil {
		t.Fatal(err)
	}
	found := filepath.Join(runner.Root(t), "build/fuzz/corpus")
	if err := os.MkdirAll(found, 0o777); err != nil {
		t.Fatal(err)
	}
	directories := []string{t.TempDir(), corpus}
	if duration(t) > 0 { // what long runs find is kept for the next one
		directories = []string{found, corpus}
	}
	arguments = append(arguments, "-max_len=256", "-len_control=0", "-detect_leaks=0",
		"-artifact_prefix="+filepath.Join(runner.Root(t), "build/fuzz/"))
	options := runner.Options{Env: []string{"ASAN_OPTIONS=detect_leaks=0"}, Limit: duration(t) + 2*time.Minute}
	return runner.Run(t, options, program, append(arguments, directories...)...)
}

// Whatever a host does with zmqjs.h, short of what it forbids, ends well: nothing crashes,
// nothing leaks, and no callback is called in a way that zmqjs.h does not say.
func TestABI(t *testing.T) {
	library, amount := runner.LibraryDir(t), "-runs=150"
	if long := duration(t); long > 0 {
		library, amount = instrumentedLibrary(t), fmt.Sprintf("-max_total_time=%d", int(long.Seconds()))
	}
	program := buildFuzzer(t, library)
	result := runFuzzer(t, program, amount, fmt.Sprintf("-seed=%d", seed(t)))
	calls := callsOfABI.FindStringSubmatch(result.Stderr)
	if result.Status != 0 || calls == nil {
		if isKnown(t, result.Stderr) {
			return
		}
		t.Fatalf("status %d, signal %v\n%s", result.Status, result.Signal, result.Stderr)
	}
	t.Logf("%s calls of the C ABI", calls[1])
}

// A host that forgets to give back a value is found, so a library would be.
func TestABIFinds(t *testing.T) {
	program := buildFuzzer(t, runner.LibraryDir(t), "-DPLANTED")
	result := runFuzzer(t, program, "-runs=150", "-seed=1")
	if result.Status == 0 || !strings.Contains(result.Stderr, "values") {
		t.Fatalf("a leaked value is not found: %+v", result)
	}
}
