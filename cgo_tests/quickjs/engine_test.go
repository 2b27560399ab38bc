// Package quickjs tests include/zmqjs_quickjs.h in QuickJS 2021-03-27, whose sources come
// with the npm package that cgo_tests/package.json names. Nothing of the engine is changed.
package quickjs

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

// An engine is what is built of it once, in build/quickjs.
type engine struct {
	source  string   // the directory of quickjs.h
	objects []string // the engine without its library and programs
	qjs     string   // the unmodified interpreter
}

var (
	core     = []string{"quickjs", "libregexp", "libunicode", "cutils", "libbf"}
	system   = []string{"-lm", "-ldl", "-lpthread"}
	building = []string{"-O2", "-g", "-w", "-fwrapv", "-fPIC", "-D_GNU_SOURCE",
		"-DCONFIG_BIGNUM", `-DCONFIG_VERSION="2021-03-27"`}
)

var theEngine = sync.OnceValues(buildEngine)

func quickjs(t *testing.T) engine {
	t.Helper()
	e, err := theEngine()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// buildEngine builds what is not there, while other processes wait.
func buildEngine() (engine, error) {
	tests, err := filepath.Abs("..")
	if err != nil {
		return engine{}, err
	}
	dir := filepath.Join(filepath.Dir(tests), "build", "quickjs")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return engine{}, err
	}
	lock, err := os.Create(filepath.Join(dir, "lock"))
	if err != nil {
		return engine{}, err
	}
	defer func() { _ = lock.Close() }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return engine{}, err
	}
	e := engine{
		source: filepath.Join(tests, "node_modules/qjsc/deps/quickjs_2021_03_27"),
		qjs:    filepath.Join(dir, "qjs"),
	}
	for _, name := range core {
		e.objects = append(e.objects, filepath.Join(dir, name+".o"))
	}
	if _, err := os.Stat(e.source); err != nil {
		if err := command(tests, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
			return engine{}, err
		}
	}
	return e, e.build(dir)
}

// build compiles the engine and links the two programs, unless the stamp says that this
// has been done.
func (e engine) build(dir string) error {
	version, err := exec.Command("gcc", "--version").Output()
	if err != nil {
		return err
	}
	lock, err := os.ReadFile("../package-lock.json")
	if err != nil {
		return err
	}
	want := fmt.Sprintf("%x\n", sha256.Sum256(fmt.Append(version, building, lock)))
	stamp := filepath.Join(dir, "stamp")
	if got, err := os.ReadFile(stamp); err == nil && string(got) == want {
		return nil
	}
	for _, name := range append([]string{"quickjs-libc", "qjsc", "qjs"}, core...) {
		if err := e.compile(dir, filepath.Join(e.source, name+".c")); err != nil {
			return err
		}
	}
	library := append([]string{filepath.Join(dir, "quickjs-libc.o")}, e.objects...)
	library = append(library, system...)
	link := func(program string, objects ...string) error {
		arguments := append([]string{"-rdynamic", "-o", program}, objects...)
		return command(dir, "gcc", append(arguments, library...)...)
	}
	// The interpreter contains two scripts, which the compiler turns into C.
	if err := link("qjsc", "qjsc.o"); err != nil {
		return err
	}
	for name, flags := range map[string][]string{"repl": {"-m"}, "qjscalc": {"-fbignum"}} {
		arguments := append([]string{"-c", "-o", filepath.Join(dir, name+".c")}, flags...)
		arguments = append(arguments, name+".js")
		if err := command(e.source, filepath.Join(dir, "qjsc"), arguments...); err != nil {
			return err
		}
		if err := e.compile(dir, filepath.Join(dir, name+".c")); err != nil {
			return err
		}
	}
	if err := link("qjs", "qjs.o", "repl.o", "qjscalc.o"); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o666)
}

func (e engine) compile(dir, source string) error {
	return command(dir, "gcc", append(building, "-I"+e.source, "-c", source)...)
}

// command runs a program and gives what it prints if it fails.
func command(dir, program string, arguments ...string) error {
	c := exec.Command(program, arguments...)
	c.Dir = dir
	if output, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, output)
	}
	return nil
}

// compile runs a C or C++ compiler, with our headers and, as a system header, the engine's.
func compile(t *testing.T, compiler string, arguments ...string) {
	t.Helper()
	if err := command("testdata", compiler, append(includes(t), arguments...)...); err != nil {
		t.Fatal(err)
	}
}

func includes(t *testing.T) []string {
	t.Helper()
	return []string{"-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g",
		"-isystem", quickjs(t).source, "-I" + filepath.Join(runner.Root(t), "include"), "-I."}
}

// linking is what follows the sources of a host that runs in the real library.
func linking(t *testing.T) []string {
	t.Helper()
	library := runner.LibraryDir(t)
	arguments := append([]string{}, quickjs(t).objects...)
	return append(append(arguments, "-L"+library, "-lzmqjs", "-Wl,-rpath,"+library), system...)
}
