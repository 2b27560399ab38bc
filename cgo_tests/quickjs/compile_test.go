package quickjs

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A language is a way to compile the header.
type language struct{ compiler, name, standard string }

var languages = []language{
	{"gcc", "c", "c99"}, {"gcc", "c", "c11"}, {"gcc", "c", "c17"},
	{"clang", "c", "c99"}, {"clang", "c", "c11"}, {"clang", "c", "c17"},
	{"g++", "c++", "c++11"}, {"g++", "c++", "c++14"}, {"g++", "c++", "c++17"}, {"g++", "c++", "c++20"},
	{"clang++", "c++", "c++11"}, {"clang++", "c++", "c++14"}, {"clang++", "c++", "c++17"},
	{"clang++", "c++", "c++20"},
}

// What may be defined before the header.
var options = [][]string{
	{},
	{"-DZMQJS_QUICKJS_IMPLEMENTATION"},
	{"-DZMQJS_QUICKJS_IMPLEMENTATION", "-DZMQJS_QUICKJS_STATIC"},
	{"-DZMQJS_QUICKJS_IMPLEMENTATION", "-DZMQJS_QUICKJS_SHARED_LIBRARY"},
}

// compilesEverywhere compiles the header without a warning in every language, with every
// option.
func compilesEverywhere(t *testing.T, e engine.Engine, options [][]string) {
	t.Helper()
	for _, l := range languages {
		t.Run(l.compiler+" "+l.standard, func(t *testing.T) {
			if _, err := exec.LookPath(l.compiler); err != nil {
				t.Skipf("skipped: %v", err)
			}
			for _, option := range options {
				object(e, l, "include.c", append([]string{"-O1"}, option...)...).Compile(t)
			}
		})
	}
}

func TestCompiles(t *testing.T) {
	override := []string{"-DZMQJS_QUICKJS_IMPLEMENTATION", "-DZMQJS_QJS_FORK_BELLARD_2021"}
	compilesEverywhere(t, quickjs(t), append(options, override))
}

// symbols lists what an object file defines for others.
func symbols(t *testing.T, object string) []string {
	t.Helper()
	output, err := exec.Command("nm", "--defined-only", "--extern-only", "--format=just-symbols",
		object).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(output))
}

func TestDefinesOnlyWhatItDeclares(t *testing.T) {
	for option, want := range map[string]string{
		"-DNONE":                         "js_init_module_zmq zmqjs_quickjs_runtime zmqjs_quickjs_set_interrupted",
		"-DZMQJS_QUICKJS_STATIC":         "",
		"-DZMQJS_QUICKJS_SHARED_LIBRARY": "js_init_module js_init_module_zmq zmqjs_quickjs_runtime zmqjs_quickjs_set_interrupted",
	} {
		file := object(quickjs(t), languages[0], "include.c", "-DZMQJS_QUICKJS_IMPLEMENTATION", option).Compile(t)
		if got := strings.Join(symbols(t, file), " "); got != want {
			t.Errorf("%s defines %q, want %q", option, got, want)
		}
	}
}

// The implementation in one file, the declarations in another one, of either language.
func TestTwoFiles(t *testing.T) {
	e := quickjs(t)
	both := []language{{"gcc", "c", "c99"}, {"g++", "c++", "c++11"}}
	for _, caller := range both {
		for _, implementer := range both {
			program := of(e, testkit.Host{
				Compiler: caller.compiler,
				Standard: caller.standard,
				Sources: []string{
					object(e, implementer, "include.c", "-DZMQJS_QUICKJS_IMPLEMENTATION").Compile(t),
					object(e, caller, "caller.c").Compile(t),
				},
				Library: testkit.LibraryDir(t),
			})
			runHost(t, program.Compile(t))
		}
	}
}

// What cannot work is refused with a sentence.
func TestRefusals(t *testing.T) {
	for want, flags := range map[string][]string{
		"include the engine's quickjs.h first":  {"-DWITHOUT_ENGINE"},
		"this quickjs.h is of no known fork":    {"-Istrange", "-DSTRANGE_ENGINE"},
		"engines with NaN boxing (32-bit ones)": {"-DJS_NAN_BOXING"},
		"quickjs-ng before 0.7":                 {"-DQJS_VERSION_MAJOR=0", "-DQJS_VERSION_MINOR=6"},
	} {
		flags = append([]string{"-DZMQJS_QUICKJS_IMPLEMENTATION"}, flags...)
		output, err := object(quickjs(t), languages[0], "include.c", flags...).TryCompile(t, os.DevNull)
		if err == nil || !strings.Contains(output, want) {
			t.Errorf("with %v: %v, %q, want %q", flags, err, output, want)
		}
	}
}
