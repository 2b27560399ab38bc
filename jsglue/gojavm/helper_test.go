package gojavm

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// fixture is a VM whose output goes to files.
type fixture struct {
	*VM
	t              *testing.T
	stdout, stderr *os.File
}

func newFixture(t *testing.T, opts Options) *fixture {
	t.Helper()
	f := &fixture{t: t, stdout: tempFile(t), stderr: tempFile(t)}
	if opts.Stdout == nil {
		opts.Stdout = f.stdout
	}
	if opts.Stderr == nil {
		opts.Stderr = f.stderr
	}
	vm, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := vm.Close(); err != nil {
			t.Error(err)
		}
	})
	f.VM = vm
	return f
}

func tempFile(t *testing.T) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "stream"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func (f *fixture) out() string { return f.read(f.stdout) }
func (f *fixture) err() string { return f.read(f.stderr) }

func (f *fixture) read(file *os.File) string {
	f.t.Helper()
	b, err := os.ReadFile(file.Name())
	if err != nil {
		f.t.Fatal(err)
	}
	return string(b)
}

// eval runs a script that should succeed and returns its output.
func eval(t *testing.T, opts Options, source string) string {
	t.Helper()
	f := newFixture(t, opts)
	if err := f.Eval("test.js", source); err != nil {
		t.Fatalf("Eval: %v\nstderr: %s", err, f.err())
	}
	return f.out()
}

// expect runs a script and compares its output.
func expect(t *testing.T, source, want string) {
	t.Helper()
	if got := eval(t, Options{}, source); got != want {
		t.Errorf("script\n%s\nprinted %q, want %q", source, got, want)
	}
}

// failure runs a script that should fail, and returns its error.
func failure(t *testing.T, name, source string) *ScriptError {
	t.Helper()
	f := newFixture(t, Options{})
	return scriptError(t, f.Eval(name, source))
}

func scriptError(t *testing.T, err error) *ScriptError {
	t.Helper()
	var e *ScriptError
	if !errors.As(err, &e) {
		t.Fatalf("error is %v (%T), want a *ScriptError", err, err)
	}
	return e
}

// tree writes files into a new directory and makes that the working directory.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	return dir
}

// hostModule is a native module "host" with the given functions.
func hostModule(funcs map[string]func(vm *VM, call goja.FunctionCall) goja.Value) map[string]ModuleFunc {
	return map[string]ModuleFunc{"host": func(vm *VM) (*goja.Object, error) {
		obj := vm.Runtime().NewObject()
		for name, f := range funcs {
			if err := obj.Set(name, func(call goja.FunctionCall) goja.Value {
				if v := f(vm, call); v != nil {
					return v
				}
				return goja.Undefined()
			}); err != nil {
				return nil, err
			}
		}
		return obj, nil
	}}
}

func lines(s ...string) string { return strings.Join(s, "\n") + "\n" }

func checkFile(t *testing.T, path, want string) {
	t.Helper()
	if got := readFile(t, path); got != want {
		t.Errorf("%s has %q, want %q", path, got, want)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
