// Package engine builds QuickJS 2021-03-27, whose sources are in the npm package in
// cgo_tests/package.json, for the tests. The engine is unchanged.
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

	"github.com/zmqjs/zmqjs/cgo_tests/target"
)

// An Engine is a build, made once, in build/quickjs, or build/TARGET/quickjs for another platform.
type Engine struct {
	Source  string   // the directory of quickjs.h
	Objects []string // the engine without its library and programs
	QJS     string   // the unmodified interpreter
	Flags   []string // flags for everything that is linked with it
}

var (
	System   = []string{"-lm", "-ldl", "-lpthread"}
	building = []string{"-g", "-w", "-fwrapv", "-fPIC", "-D_GNU_SOURCE", "-DCONFIG_BIGNUM",
		`-DCONFIG_VERSION="2021-03-27"`}
	// The engine is checked for errors of memory only: of undefined behaviour it has some.
	memory = []string{"-O1", "-fno-omit-frame-pointer", "-fsanitize=address"}
)

// Get builds the engine, if that has not been done. The working directory is that of a
// package in cgo_tests.
var Get = sync.OnceValues(func() (Engine, error) {
	return build("", nil, "-O2")
})

// GetChecked builds it with checks of memory. It collects garbage before every object that it
// makes.
var GetChecked = sync.OnceValues(func() (Engine, error) {
	return build("checked", target.Sanitized, append(memory, "-DFORCE_GC_AT_MALLOC")...)
})

// GetMemoryChecked builds it with checks of memory only.
var GetMemoryChecked = sync.OnceValues(func() (Engine, error) {
	return build("memory", target.Sanitized, memory...)
})

// Of gives another engine of the family, of which nothing but its objects is built, with
// checks of memory, in a directory: those of the usual source files that it has.
func Of(source, dir string) (Engine, error) {
	e := Engine{Source: source, Flags: target.Sanitized}
	for _, name := range core {
		if _, err := os.Stat(filepath.Join(source, name+".c")); err == nil {
			e.Objects = append(e.Objects, filepath.Join(dir, name+".o"))
		}
	}
	return e, e.compileAll(dir, e.Objects, memory)
}

// build builds missing files in a directory of build/quickjs; other processes wait.
func build(name string, with []string, flags ...string) (Engine, error) {
	tests, err := filepath.Abs("..")
	if err != nil {
		return Engine{}, err
	}
	dir := filepath.Join(target.Build(), "quickjs", name)
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
		Flags:  with,
	}
	for _, name := range []string{"quickjs", "libregexp", "libunicode", "cutils", "libbf"} {
		e.Objects = append(e.Objects, filepath.Join(dir, name+".o"))
	}
	if _, err := os.Stat(e.Source); err != nil {
		if err := Command(tests, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
			return Engine{}, err
		}
	}
	return e, e.build(dir, flags)
}

// build compiles the engine and links the two programs, unless the stamp says that they are up to
// date.
func (e Engine) build(dir string, flags []string) error {
	version, err := exec.Command(target.Compiler(), "--version").Output()
	if err != nil {
		return err
	}
	lock, err := os.ReadFile("../package-lock.json")
	if err != nil {
		return err
	}
	want := fmt.Sprintf("%x\n", sha256.Sum256(fmt.Append(version, building, flags, lock)))
	stamp := filepath.Join(dir, "stamp")
	if got, err := os.ReadFile(stamp); err == nil && string(got) == want {
		return nil
	}
	programs := []string{"quickjs-libc.o", "qjsc.o", "qjs.o"}
	if err := e.compileAll(dir, append(programs, e.Objects...), flags); err != nil {
		return err
	}
	if err := e.linkPrograms(dir, flags); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o666)
}

// Command runs a program and returns its output in the error if it fails.
func Command(dir, program string, arguments ...string) error {
	c := exec.Command(program, arguments...)
	c.Dir = dir
	if output, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, output)
	}
	return nil
}
