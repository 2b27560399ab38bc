package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// core are the files that engines of the family consist of; none has all of them.
var core = []string{"quickjs", "libregexp", "libunicode", "cutils", "libbf", "dtoa", "xsum"}

// compileAll makes object files of the sources whose names they have, as many at a time as
// there are processors.
func (e Engine) compileAll(dir string, objects, flags []string) error {
	var waiting sync.WaitGroup
	slots := make(chan struct{}, runtime.NumCPU())
	errs := make([]error, len(objects))
	for i, object := range objects {
		waiting.Add(1)
		go func() {
			defer waiting.Done()
			slots <- struct{}{}
			name := strings.TrimSuffix(filepath.Base(object), ".o") + ".c"
			errs[i] = e.compile(dir, filepath.Join(e.Source, name), flags)
			<-slots
		}()
	}
	waiting.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (e Engine) compile(dir, source string, flags []string) error {
	all := append(append(append([]string{}, building...), flags...), target.CompileFlags()...)
	if target.IsWindows() && filepath.Base(source) == "qjs.c" {
		all = append(all, "-Djs_init_module_os=init_modules") // see modules_windows.c
	}
	return Command(dir, target.Compiler(), append(all, "-I"+e.Source, "-c", source)...)
}

// interpreter are the objects of the interpreter, without those of the engine.
var interpreter = []string{"qjs.o", "repl.o", "qjscalc.o"}

// link links a program from objects in a directory and the engine.
func (e Engine) link(dir, program string, objects []string, more ...string) error {
	system, options := System, []string{"-rdynamic"}
	if target.IsWindows() {
		system, options = windowsSystem, target.LinkFlags()
	}
	return Command(dir, target.Compiler(), slices.Concat(options, []string{"-o", target.Program(program)}, e.Flags,
		objects, []string{"quickjs-libc.o"}, e.Objects, system, more)...)
}

// linkPrograms makes the compiler and, with the two scripts that it turns into C, the
// interpreter.
func (e Engine) linkPrograms(dir string, flags []string) error {
	if err := e.link(dir, "qjsc", []string{"qjsc.o"}); err != nil {
		return err
	}
	for name, options := range map[string][]string{"repl": {"-m"}, "qjscalc": {"-fbignum"}} {
		arguments := append(append([]string{"-c", "-o", filepath.Join(dir, name+".c")}, options...), name+".js")
		compiler := target.Command(filepath.Join(dir, target.Program("qjsc")), arguments...)
		if err := Command(e.Source, "env", append([]string{"ASAN_OPTIONS=detect_leaks=0"}, compiler...)...); err != nil {
			return err
		}
		if err := e.compile(dir, filepath.Join(dir, name+".c"), flags); err != nil {
			return err
		}
	}
	if target.IsWindows() {
		return nil // its interpreter is linked with the module
	}
	return e.link(dir, "qjs", interpreter)
}

// Interpreter makes the files in a directory from which the interpreter loads the module, and
// returns the command line of the interpreter with it; library is the directory of the library.
func (e Engine) Interpreter(dir, library string) ([]string, error) {
	if target.IsWindows() {
		return e.windowsInterpreter(dir, library)
	}
	qjs := e.QJS
	if target.LoadsAtStart() {
		qjs = filepath.Join(dir, "qjs")
		if err := e.link(filepath.Dir(e.QJS), qjs, interpreter, target.Linking(library)...); err != nil {
			return nil, err
		}
	}
	return []string{qjs, "--std", "-I", filepath.Join(dir, "preload.js")}, e.BuildModule(dir, library)
}

// BuildModule makes zmq.so of the example in a directory, and puts the example's preload.js
// beside it; library is the directory of libzmqjs.so.
func (e Engine) BuildModule(dir, library string) error {
	example, err := filepath.Abs("../../examples/quickjs")
	if err != nil {
		return err
	}
	module := testkit.Host{
		Dir:      example,
		Standard: "c99",
		Flags:    append([]string{"-O2", "-D_GNU_SOURCE", "-shared", "-fPIC", "-isystem", e.Source}, e.Flags...),
		Sources:  []string{"zmq.c"},
		Library:  library,
	}
	if output, err := module.Build(target.Root(), filepath.Join(dir, "zmq.so")); err != nil {
		return fmt.Errorf("%w\n%s", err, output)
	}
	preload, err := os.ReadFile(filepath.Join(example, "preload.js"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "preload.js"), preload, 0o666)
}
