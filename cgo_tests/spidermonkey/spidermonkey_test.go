package spidermonkey

import (
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func suite(t *testing.T) *conformance.Suite {
	t.Helper()
	return conformance.Standard(filepath.Join(testkit.Root(t), "cgo_tests/conformance"), []string{build(t, "runner")})
}

func TestConformance(t *testing.T) {
	conformance.Check(t, suite(t), 2000)
}

// The adapter's runner collects garbage before everything that may do so, and with "compact" moves
// everything movable: no value that the adapter still needs is lost.
func TestConformanceWhileCollecting(t *testing.T) {
	for _, mode := range []string{"each", "compact"} {
		s := suite(t)
		s.Env = []string{"COLLECT=" + mode}
		s.TimeLimit = 10 * testkit.Limit
		conformance.Check(t, s, 2000)
	}
}

// The collections of the test above do happen.
func TestCollections(t *testing.T) {
	script := filepath.Join(testkit.Root(t), "cgo_tests/conformance/suite/send/string.js")
	options := testkit.Options{Env: []string{"COLLECT=compact", "COUNT_COLLECTIONS=1"}}
	result := testkit.Run(t, options, build(t, "runner"), script)
	match := regexp.MustCompile(`(?m)^(\d+) collections$`).FindStringSubmatch(result.Stderr)
	if result.Status != 0 || match == nil {
		t.Fatalf("%+v", result)
	}
	if count, _ := strconv.Atoi(match[1]); count < 1000 {
		t.Errorf("%d collections", count)
	}
}

// The hosts check properties that scripts cannot see; the second time with the compiler's checks.
// The engine is the system's and not instrumented.
func TestHosts(t *testing.T) {
	environment := []string{"LSAN_OPTIONS=print_suppressions=0:suppressions=" + testkit.Suppressions(t, "lsan"), "UBSAN_OPTIONS=print_stacktrace=1"}
	for kind, program := range map[string]string{
		"plain":     build(t, "hosts"),
		"sanitized": build(t, "hosts", "-fsanitize=address,undefined", "-fno-sanitize=vptr", "-fno-sanitize-recover=undefined"),
	} {
		for _, name := range []string{"realms", "compartments", "dropped", "adopted", "interrupted", "end", "threads", "refused"} {
			t.Run(name+" "+kind, func(t *testing.T) {
				options := testkit.Options{Limit: 4 * testkit.Limit, Env: environment}
				result := testkit.Run(t, options, program, name)
				if result.Status != 0 {
					t.Errorf("ended with %d, signal %v\n%s%s", result.Status, result.Signal, result.Stdout, result.Stderr)
				}
			})
		}
	}
}

// Several files of a program may include the header.
func TestIncludedTwice(t *testing.T) {
	build(t, "hosts", filepath.Join(testkit.Root(t), "cgo_tests/spidermonkey/testdata/include.cc"))
}
