package engine

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

var windowsSystem = []string{"-lm", "-lpthread"}

// windowsInterpreter links the interpreter with the module, which it cannot load on Windows, and puts the library's
// DLL beside it.
func (e Engine) windowsInterpreter(dir, library string) ([]string, error) {
	here, err := filepath.Abs("../quickjs/engine")
	if err != nil {
		return nil, err
	}
	built, qjs, modules := filepath.Dir(e.QJS), filepath.Join(dir, "qjs.exe"), filepath.Join(dir, "modules_windows.o")
	compiled := testkit.Host{Dir: here, Flags: []string{"-O2", "-isystem", e.Source, "-c"}, Sources: []string{"modules_windows.c"}}
	if output, err := compiled.Build(target.Root(), modules); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, output)
	}
	arguments := append(target.LinkFlags(), "-o", qjs, modules)
	for _, object := range []string{"qjs.o", "repl.o", "qjscalc.o", "quickjs-libc.o"} {
		arguments = append(arguments, filepath.Join(built, object))
	}
	arguments = append(append(arguments, e.Objects...), filepath.Join(library, "libzmqjs.dll.a"))
	if err := Command(".", target.Compiler(), append(arguments, windowsSystem...)...); err != nil {
		return nil, err
	}
	dll, err := os.ReadFile(filepath.Join(library, target.Library()))
	if err != nil {
		return nil, err
	}
	return []string{qjs, "--std"}, os.WriteFile(filepath.Join(dir, target.Library()), dll, 0o777)
}
