package install

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestDebug: with the symbols installed, a debugger knows the library's functions and lines.
func TestDebug(t *testing.T) {
	if _, err := exec.LookPath("gdb"); err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	root := t.TempDir()
	arguments := []string{"BUILD=" + buildDir(t), "PREFIX=" + root}
	mustMake(t, nil, append(arguments, "install")...)
	frame := regexp.MustCompile(`(?m)^#0 .*definition_get \(\) at \S*definition\.c:\d+$`)
	debug := func(library string) string {
		libdir := filepath.Join(root, "lib")
		program := compile(t, "testdata/lean.c", "-I"+filepath.Join(root, "include"), "-L"+libdir, "-l"+library)
		options := testkit.Options{Env: []string{"LD_LIBRARY_PATH=" + libdir}}
		result := testkit.Run(t, options, "gdb", "-batch", "-ex", "set breakpoint pending on",
			"-ex", "break definition_get", "-ex", "run", "-ex", "backtrace", program)
		if !strings.Contains(result.Stdout, "definition_get") && !strings.Contains(result.Stdout, "\nmodule\n") {
			t.Fatalf("it did not run: %+v", result)
		}
		return result.Stdout
	}
	for _, library := range []string{"zmqjs", "zmqjs-lean"} {
		if text := debug(library); frame.MatchString(text) {
			t.Errorf("%s has its symbols without install-debug:\n%s", library, text)
		}
	}
	mustMake(t, nil, append(arguments, "install-debug")...)
	for _, library := range []string{"zmqjs", "zmqjs-lean"} {
		if text := debug(library); !frame.MatchString(text) || !strings.Contains(text, "zmqjs_functions") {
			t.Errorf("%s: no frame with a name:\n%s", library, text)
		}
	}
	mustMake(t, nil, append(arguments, "uninstall")...)
	checkTree(t, root, nil)
}
