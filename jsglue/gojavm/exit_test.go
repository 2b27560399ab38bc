package gojavm

import (
	"errors"
	"os"
	"testing"

	"github.com/dop251/goja"
)

func TestExit(t *testing.T) {
	for name, source := range map[string]string{
		"plain":           `print("a"); std.exit(3); print("b")`,
		"try and finally": `print("a"); try { std.exit(3) } catch (e) { print("c") } finally { print("f") }`,
		"nested":          `print("a"); function f() { try { [1].map(() => { try { std.exit(3) } finally { print("f") } }) } catch { print("c") } } f()`,
		"generator":       `print("a"); function* g() { try { yield 1 } finally { print("f") } } for (const x of g()) std.exit(3)`,
		"iterator":        `print("a"); const it = {[Symbol.iterator]() { return {next() { return {value: 1} }, return() { print("r"); return {} }} }}; for (const x of it) std.exit(3)`,
		"promise":         `print("a"); Promise.resolve().then(() => { try { std.exit(3) } finally { print("f") } }).finally(() => print("p")); setTimeout(() => print("t"), 0)`,
		"async":           `print("a"); (async () => { try { await 1; std.exit(3) } catch { print("c") } finally { print("f") } })().catch(() => print("r"))`,
		"timer":           `print("a"); setTimeout(() => std.exit(3), 0); setTimeout(() => print("t"), 1)`,
		"getter":          `print("a"); const o = { get x() { std.exit(3) } }; try { JSON.stringify(o) } catch { print("c") }`,
		"toString":        `print("a"); try { print({toString() { std.exit(3) }}) } catch { print("c") }`,
		"using":           `import "std"; print("a"); { using r = {[Symbol.dispose]() { print("d") }}; std.exit(3) }`,
		"top-level await": `print("a"); try { await 1; std.exit(3) } finally { print("f") }`,
		"evalScript":      `print("a"); try { std.evalScript("try { std.exit(3) } finally { print('f') }") } catch { print("c") }`,
		"pending job":     `print("a"); Promise.resolve().then(() => print("j")); std.exit(3)`,
		"module":          `import {exit} from "std"; print("a"); exit(3); print("b")`,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, Options{})
			err := f.Eval("t.js", source)
			var exit *ExitError
			if !errors.As(err, &exit) || exit.Status != 3 {
				t.Errorf("error %v", err)
			}
			if got := f.out(); got != "a\n" {
				t.Errorf("printed %q", got)
			}
			if err := f.Eval("t.js", `print("more")`); !errors.As(err, &exit) || f.out() != "a\n" {
				t.Errorf("the VM runs on: %v, printed %q", err, f.out())
			}
		})
	}
}

func TestExitStatus(t *testing.T) {
	for arg, want := range map[string]int{"": 0, "0": 0, "1": 1, "255": 255, "-1": -1, "'7'": 7, "2.9": 2} {
		f := newFixture(t, Options{})
		err := f.Eval("t.js", "std.exit("+arg+")")
		var exit *ExitError
		if !errors.As(err, &exit) || exit.Status != want {
			t.Errorf("exit(%s): %v", arg, err)
		}
	}
}

// Output to a pipe without a reader ends the script, as SIGPIPE ends a C program.
func TestBrokenPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r.Close()
	f := newFixture(t, Options{Stdout: w})
	err = within(t, func() error { return f.Eval("t.js", "for (;;) try { print('x') } catch {}") })
	var exit *ExitError
	if !errors.As(err, &exit) || exit.Status != 141 {
		t.Errorf("error %v", err)
	}
}

// Files that the script leaves open are flushed.
func TestExitFlushes(t *testing.T) {
	dir := tree(t, nil)
	f := newFixture(t, Options{})
	err := f.Eval("t.js", `const f = std.open("out.txt", "w"); f.puts("buffered"); std.exit(0)`)
	var exit *ExitError
	if !errors.As(err, &exit) {
		t.Fatal(err)
	}
	checkFile(t, dir+"/out.txt", "buffered")
}

func TestRunWhileRunning(t *testing.T) {
	var inner, closing error
	f := newFixture(t, Options{Modules: hostModule(map[string]func(*VM, goja.FunctionCall) goja.Value{
		"again": func(vm *VM, _ goja.FunctionCall) goja.Value {
			inner = vm.Eval("i.js", "print('inner')")
			closing = vm.Close()
			return nil
		},
	})})
	if err := f.Eval("t.js", "import {again} from 'host'; again(); print('outer')"); err != nil {
		t.Error(err)
	}
	if !errors.Is(inner, ErrRunning) || !errors.Is(closing, ErrRunning) || f.out() != "outer\n" {
		t.Errorf("%v, %v, printed %q", inner, closing, f.out())
	}
}

func TestClosed(t *testing.T) {
	vm, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := vm.Close(); err != nil {
			t.Error(err)
		}
	}
	vm.Interrupt()
	vm.Signal(2)
	if err := vm.Eval("t.js", "1"); !errors.Is(err, ErrClosed) {
		t.Errorf("Eval: %v", err)
	}
	if err := vm.RunFile("t.js"); !errors.Is(err, ErrClosed) {
		t.Errorf("RunFile: %v", err)
	}
}
