package duktape

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/conformance"
	"github.com/zmqjs/zmqjs/cgo_tests/lowering"
	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

var hosts = []host{
	{name: "values", arguments: []string{"values.js"}},
	{name: "memory"},
	{name: "sockets", real: true},
}

type language struct{ compiler, name, standard string }

var languages = []language{
	{"gcc", "c", "c99"}, {"gcc", "c", "c17"}, {"clang", "c", "c99"}, {"clang", "c", "c17"},
	{"g++", "c++", "c++11"}, {"g++", "c++", "c++20"}, {"clang++", "c++", "c++11"},
}

// object compiles include.c in a language.
func object(l language, flags ...string) testkit.Host {
	return testkit.Host{
		Name:     "include.o",
		Compiler: l.compiler,
		Standard: l.standard,
		Flags:    append([]string{"-x", l.name, "-c"}, flags...),
		Sources:  []string{"include.c"},
	}
}

// checks are settings for the sanitizers in hosts.
func checks(t *testing.T) []string {
	t.Helper()
	return []string{
		"ASAN_OPTIONS=detect_leaks=1",
		"UBSAN_OPTIONS=print_stacktrace=1",
		"LSAN_OPTIONS=print_suppressions=0:suppressions=" + testkit.Suppressions(t, "lsan"),
	}
}

// The header compiles without a warning, its declarations also as C++, and defines only the
// functions that it declares.
func TestCompiles(t *testing.T) {
	needsEngine(t)
	for _, l := range languages {
		t.Run(l.compiler+" "+l.standard, func(t *testing.T) {
			if _, err := exec.LookPath(l.compiler); err != nil {
				t.Skipf("skipped: %v", err)
			}
			options := []string{"-DNONE"}
			if l.name == "c" {
				options = append(options, "-DZMQJS_DUKTAPE_IMPLEMENTATION",
					"-DZMQJS_DUKTAPE_IMPLEMENTATION -DZMQJS_DUKTAPE_STATIC")
			}
			for _, option := range options {
				object(l, strings.Fields(option)...).Compile(t)
			}
		})
	}
	for option, want := range map[string]string{
		"-DNONE":                 "zmqjs_duktape_open zmqjs_duktape_runtime zmqjs_duktape_set_interrupted",
		"-DZMQJS_DUKTAPE_STATIC": "",
	} {
		file := object(languages[0], "-DZMQJS_DUKTAPE_IMPLEMENTATION", option).Compile(t)
		output, err := exec.Command("nm", "--defined-only", "--extern-only", "--format=just-symbols", file).Output()
		if got := strings.Join(strings.Fields(string(output)), " "); err != nil || got != want {
			t.Errorf("%s defines %q, want %q (%v)", option, got, want, err)
		}
	}
}

// skips joins the suite's list of skips with the engine's.
func skips(t *testing.T) (engine []conformance.Skip, path string) {
	t.Helper()
	var all []conformance.Skip
	for _, list := range []string{"../conformance/skips.json", "skips.json"} {
		read, err := (&conformance.Suite{Skips: list}).ReadSkips()
		if err != nil {
			t.Fatal(err)
		}
		all, engine = append(all, read...), read
	}
	content, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "skips.json")
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return engine, path
}

func suite(t *testing.T, scripts host, flags []string) *conformance.Suite {
	t.Helper()
	prelude, err := filepath.Abs("testdata/prelude.js")
	if err != nil {
		t.Fatal(err)
	}
	dir := lowering.Suite(t, "ES5")
	s := conformance.Standard(filepath.Dir(dir), []string{scripts.build(t, flags), prelude})
	_, s.Skips = skips(t)
	s.Env = checks(t)
	return s
}

func TestConformance(t *testing.T) {
	needsEngine(t)
	s := suite(t, scripts, plain)
	if target.Name() != "" {
		conformance.CheckGroups(t, s)
		return
	}
	conformance.Check(t, s, 1500)
}

// The groups in which the most is made and kept.
func TestConformanceSanitized(t *testing.T) {
	needsEngine(t)
	s := suite(t, scripts, target.Sanitized)
	s.TimeLimit = testkit.Limit
	for _, s.Only = range []string{"context/", "errors/", "input/", "lifetime/", "multipart/", "poller/", "receive/", "send/"} {
		conformance.Check(t, s, 1)
	}
}

// Objects of the library are collected in any order, and the finalizers of scripts, which Duktape runs at
// once, call the module.
func TestLibrarySanitized(t *testing.T) {
	needsEngine(t)
	h := scripts
	h.library = sanitizedLibrary(t)
	s := suite(t, h, target.Sanitized)
	s.TimeLimit = testkit.Limit
	s.Env = checks(t)
	for _, s.Only = range []string{"lifetime/", "monitor/", "multipart/", "poller/"} {
		conformance.Check(t, s, 1)
	}
}

// Every entry of skips.json concerns a file, and a feature that the engine lacks.
func TestSkips(t *testing.T) {
	needsEngine(t)
	s := suite(t, scripts, plain)
	features, err := s.Detect()
	if err != nil {
		t.Fatal(err)
	}
	files, err := s.Files()
	if err != nil {
		t.Fatal(err)
	}
	engine, _ := skips(t)
	for _, skip := range engine {
		found := false
		for _, file := range files {
			found = found || skip.Matches(file)
		}
		if has, known := features.Has(skip.Requires); !found || has || !known {
			t.Errorf("%+v: matches a file: %v; the engine has that: %v", skip, found, has)
		}
	}
}

// The hosts check properties that scripts cannot see.
func TestHosts(t *testing.T) {
	for _, h := range hosts {
		for kind, flags := range map[string][]string{"plain": plain, "sanitized": target.Sanitized} {
			t.Run(h.name+" "+kind, func(t *testing.T) {
				options := testkit.Options{Dir: "testdata", Env: checks(t), Limit: 4 * testkit.Limit}
				result := testkit.Run(t, options, h.build(t, flags), h.arguments...)
				if result.Status != 0 {
					t.Fatalf("ended with %d, signal %v\n%s%s", result.Status, result.Signal, result.Stdout, result.Stderr)
				}
				t.Log(result.Stdout)
			})
		}
	}
}
