package engine

import (
	"os"
	"path/filepath"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
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
	arguments := append([]string{"-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-isystem", e.Source,
		"-I" + filepath.Join(here, "../../../include"), "-c", "-o", modules, filepath.Join(here, "modules_windows.c")},
		target.CompileFlags()...)
	if err := Command(".", target.Compiler(), arguments...); err != nil {
		return nil, err
	}
	arguments = append(target.LinkFlags(), "-o", qjs, modules)
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
