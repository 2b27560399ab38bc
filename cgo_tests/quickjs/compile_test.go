package quickjs

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
)

var languages = []struct{ compiler, language, standard string }{
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
				arguments := append([]string{"-std=" + l.standard, "-O1", "-x", l.language, "-c",
					"-o", os.DevNull}, option...)
				compile(t, e, l.compiler, append(arguments, "include.c")...)
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
		object := filepath.Join(t.TempDir(), "include.o")
		compile(t, quickjs(t), "gcc", "-std=c99", "-DZMQJS_QUICKJS_IMPLEMENTATION", option, "-c", "-o", object, "include.c")
		if got := strings.Join(symbols(t, object), " "); got != want {
			t.Errorf("%s defines %q, want %q", option, got, want)
		}
	}
}

// The implementation in one file, the declarations in another one, of either language.
func TestTwoFiles(t *testing.T) {
	for _, caller := range []struct{ compiler, language, standard string }{
		{"gcc", "c", "c99"}, {"g++", "c++", "c++11"},
	} {
		for _, implementer := range []struct{ compiler, language, standard string }{
			{"gcc", "c", "c99"}, {"g++", "c++", "c++11"},
		} {
			dir := t.TempDir()
			object, program := filepath.Join(dir, "include.o"), filepath.Join(dir, "host")
			compile(t, quickjs(t), implementer.compiler, "-std="+implementer.standard, "-x", implementer.language,
				"-DZMQJS_QUICKJS_IMPLEMENTATION", "-c", "-o", object, "include.c")
			arguments := []string{"-std=" + caller.standard, "-o", program, "-x", caller.language,
				"caller.c", "-x", "none", object}
			compile(t, quickjs(t), caller.compiler, append(arguments, linking(quickjs(t), theLibrary(t)...)...)...)
			runHost(t, program)
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
		arguments := append(includes(t, quickjs(t)), "-DZMQJS_QUICKJS_IMPLEMENTATION", "-fsyntax-only")
		err := engine.Command("testdata", "gcc", append(append(arguments, flags...), "include.c")...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("with %v: %v, want %q", flags, err, want)
		}
	}
}
