package fuzz

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/fakeengine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// buildFuzzer links testdata/abi and the fake engine with libFuzzer.
func buildFuzzer(t *testing.T, library string) string {
	t.Helper()
	own, err := filepath.Glob(filepath.Join(testkit.Root(t), "cgo_tests/fuzz/testdata/abi/*.c"))
	if err != nil || len(own) == 0 {
		t.Fatalf("no sources of the fuzzer (%v)", err)
	}
	flags := []string{"-g", "-O1", "-fsanitize=fuzzer,address,undefined", "-fno-sanitize-coverage=trace-cmp",
		"-fno-sanitize-recover=undefined"}
	host := fakeengine.Host(t, flags, "host.c", "contract.c", "definition.c", "direct.c", "check.c", "fence.c", "system.c", "utf8.c")
	host.Compiler = "clang"
	host.Sources = append(host.Sources, own...)
	host.Library = library
	return host.Compile(t)
}

var callsOfABI = regexp.MustCompile(`(?m)^calls (\d+)$`)

// runFuzzer runs libFuzzer on the corpus and on inputs derived from it.
func runFuzzer(t *testing.T, program string, environment []string, arguments ...string) testkit.Result {
	t.Helper()
	corpus, err := filepath.Abs("testdata/corpus/abi")
	if err != nil {
		t.Fatal(err)
	}
	found := filepath.Join(testkit.Root(t), "build/fuzz/corpus")
	if err := os.MkdirAll(found, 0o777); err != nil {
		t.Fatal(err)
	}
	directories := []string{t.TempDir(), corpus}
	if duration(t) > 0 { // findings of long runs are kept for the next one
		directories = []string{found, corpus}
	}
	arguments = append(arguments, "-max_len=256", "-len_control=0", "-detect_leaks=0",
		"-artifact_prefix="+filepath.Join(testkit.Root(t), "build/fuzz/"))
	options := testkit.Options{Env: append(environment, "ASAN_OPTIONS=detect_leaks=0:malloc_context_size=4"), Dir: t.TempDir(), Limit: duration(t) + 2*time.Minute}
	return testkit.Run(t, options, program, append(arguments, directories...)...)
}

// callsOf is the number of calls that libFuzzer's program reports repeatedly.
func callsOf(output string) int {
	calls := 0
	for _, told := range callsOfABI.FindAllStringSubmatch(output, -1) {
		calls, _ = strconv.Atoi(told[1])
	}
	return calls
}

// Whatever a host does with zmqjs.h within the rules, the process does not crash, nothing leaks,
// and callbacks are called as zmqjs.h says.
func TestABI(t *testing.T) {
	library, amount := testkit.LibraryDir(t), "-runs=42"
	if long := duration(t); long > 0 {
		library, amount = observedLibrary(t), fmt.Sprintf("-max_total_time=%d", int(long.Seconds()))
	}
	program := buildFuzzer(t, library)
	checkFinds(t, program)
	var steps []string
	if duration(t) == 0 {
		steps = []string{"STEPS=400"}
	}
	calls := 0
	rounds(t, 1, func(seed uint32) {
		result := runFuzzer(t, program, steps, amount, fmt.Sprintf("-seed=%d", seed))
		told := callsOf(result.Stderr)
		calls += told
		if (result.Status != 0 || told == 0) && !isKnown(t, result.Stderr) {
			t.Errorf("status %d, signal %v\n%s", result.Status, result.Signal, result.Stderr)
		}
	})
	fuzzed(t, "calls of the C ABI", calls)
}

// A host that forgets to give back a value is found, so a library would be.
func checkFinds(t *testing.T, program string) {
	t.Helper()
	result := runFuzzer(t, program, []string{"PLANTED=1"}, "-runs=1", "-seed=1")
	if result.Status == 0 || !strings.Contains(result.Stderr, "values") {
		t.Fatalf("a leaked value is not found: %+v", result)
	}
}
