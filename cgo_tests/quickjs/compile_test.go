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

func compilerThere(t *testing.T, compiler string) {
	t.Helper()
	if _, err := exec.LookPath(compiler); err != nil {
		t.Skipf("skipped: %v", err)
	}
}

// The header compiles without a warning in every language, with every option.
func TestCompiles(t *testing.T) {
	for _, l := range languages {
		t.Run(l.compiler+" "+l.standard, func(t *testing.T) {
			compilerThere(t, l.compiler)
			for _, options := range [][]string{
				{},
				{"-DZMQJS_QUICKJS_IMPLEMENTATION"},
				{"-DZMQJS_QUICKJS_IMPLEMENTATION", "-DZMQJS_QUICKJS_STATIC"},
				{"-DZMQJS_QUICKJS_IMPLEMENTATION", "-DZMQJS_QUICKJS_SHARED_LIBRARY"},
				{"-DZMQJS_QUICKJS_IMPLEMENTATION", "-DZMQJS_QJS_FORK_BELLARD_2021"},
			} {
				arguments := append([]string{"-std=" + l.standard, "-O1", "-x", l.language, "-c",
					"-o", os.DevNull}, options...)
				compile(t, l.compiler, append(arguments, "include.c")...)
			}
		})
	}
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
		compile(t, "gcc", "-std=c99", "-DZMQJS_QUICKJS_IMPLEMENTATION", option, "-c", "-o", object, "include.c")
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
			compile(t, implementer.compiler, "-std="+implementer.standard, "-x", implementer.language,
				"-DZMQJS_QUICKJS_IMPLEMENTATION", "-c", "-o", object, "include.c")
			arguments := []string{"-std=" + caller.standard, "-o", program, "-x", caller.language,
				"caller.c", "-x", "none", object}
			compile(t, caller.compiler, append(arguments, linking(t)...)...)
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
	} {
		arguments := append(includes(t), "-DZMQJS_QUICKJS_IMPLEMENTATION", "-fsyntax-only")
		err := engine.Command("testdata", "gcc", append(append(arguments, flags...), "include.c")...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("with %v: %v, want %q", flags, err, want)
		}
	}
}
