// Package engine builds QuickJS 2021-03-27, whose sources come with the npm package that
// cgo_tests/package.json names, for the tests. Nothing of the engine is changed.
package engine

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// An Engine is what is built of it once, in build/quickjs.
type Engine struct {
	Source  string   // the directory of quickjs.h
	Objects []string // the engine without its library and programs
	QJS     string   // the unmodified interpreter
}

var (
	core     = []string{"quickjs", "libregexp", "libunicode", "cutils", "libbf"}
	System   = []string{"-lm", "-ldl", "-lpthread"}
	building = []string{"-O2", "-g", "-w", "-fwrapv", "-fPIC", "-D_GNU_SOURCE",
		"-DCONFIG_BIGNUM", `-DCONFIG_VERSION="2021-03-27"`}
)

// Get builds the engine, if that has not been done. The working directory is that of a
// package in cgo_tests.
var Get = sync.OnceValues(build)

// build builds what is not there, while other processes wait.
func build() (Engine, error) {
	tests, err := filepath.Abs("..")
	if err != nil {
		return Engine{}, err
	}
	dir := filepath.Join(filepath.Dir(tests), "build", "quickjs")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return Engine{}, err
	}
	lock, err := os.Create(filepath.Join(dir, "lock"))
	if err != nil {
		return Engine{}, err
	}
	defer func() { _ = lock.Close() }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return Engine{}, err
	}
	e := Engine{
		Source: filepath.Join(tests, "node_modules/qjsc/deps/quickjs_2021_03_27"),
		QJS:    filepath.Join(dir, "qjs"),
	}
	for _, name := range core {
		e.Objects = append(e.Objects, filepath.Join(dir, name+".o"))
	}
	if _, err := os.Stat(e.Source); err != nil {
		if err := Command(tests, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
			return Engine{}, err
		}
	}
	return e, e.build(dir)
}

// build compiles the engine and links the two programs, unless the stamp says that this
// has been done.
func (e Engine) build(dir string) error {
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
		if err := e.compile(dir, filepath.Join(e.Source, name+".c")); err != nil {
			return err
		}
	}
	library := append([]string{filepath.Join(dir, "quickjs-libc.o")}, e.Objects...)
	library = append(library, System...)
	link := func(program string, objects ...string) error {
		arguments := append([]string{"-rdynamic", "-o", program}, objects...)
		return Command(dir, "gcc", append(arguments, library...)...)
	}
	// The interpreter contains two scripts, which the compiler turns into C.
	if err := link("qjsc", "qjsc.o"); err != nil {
		return err
	}
	for name, flags := range map[string][]string{"repl": {"-m"}, "qjscalc": {"-fbignum"}} {
		arguments := append([]string{"-c", "-o", filepath.Join(dir, name+".c")}, flags...)
		arguments = append(arguments, name+".js")
		if err := Command(e.Source, filepath.Join(dir, "qjsc"), arguments...); err != nil {
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

func (e Engine) compile(dir, source string) error {
	return Command(dir, "gcc", append(building, "-I"+e.Source, "-c", source)...)
}

// Command runs a program and gives what it prints if it fails.
func Command(dir, program string, arguments ...string) error {
	c := exec.Command(program, arguments...)
	c.Dir = dir
	if output, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, output)
	}
	return nil
}

// BuildModule makes zmq.so of the example in a directory, and puts the example's preload.js
// beside it; library is the directory of libzmqjs.so.
func (e Engine) BuildModule(dir, library string) error {
	example, err := filepath.Abs("../../examples/quickjs")
	if err != nil {
		return err
	}
	if err := Command(".", "gcc", "-std=c99", "-O2", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
		"-shared", "-fPIC", "-isystem", e.Source, "-I../../include", "-o", filepath.Join(dir, "zmq.so"),
		filepath.Join(example, "zmq.c"), "-L"+library, "-lzmqjs", "-Wl,-rpath,"+library); err != nil {
		return err
	}
	preload, err := os.ReadFile(filepath.Join(example, "preload.js"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "preload.js"), preload, 0o666)
}
