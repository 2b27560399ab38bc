package gojavm

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/dop251/goja"
)

// readyModule gives scripts a function ready(), whose first call closes the channel.
func readyModule() (map[string]ModuleFunc, <-chan struct{}) {
	ch := make(chan struct{})
	var once sync.Once
	return hostModule(map[string]func(*VM, goja.FunctionCall) goja.Value{
		"ready": func(*VM, goja.FunctionCall) goja.Value {
			once.Do(func() { close(ch) })
			return nil
		},
	}), ch
}

// within fails the test if f takes so long that the interrupt cannot have ended it.
func within(t *testing.T, f func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-time.After(30 * time.Second):
		t.Fatal("the run does not end")
		return nil
	}
}

func TestInterrupt(t *testing.T) {
	stdin, stdinWriter, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	defer stdinWriter.Close()
	for name, body := range map[string]string{
		"loop":           `ready(); for (;;) {}`,
		"loop in try":    `ready(); for (;;) { try { for (;;) {} } catch {} finally { print("f") } }`,
		"sleep":          `ready(); os.sleep(1e12); print("after")`,
		"sleep in try":   `try { ready(); os.sleep(1e12) } catch (e) { print("c") } finally { print("f") }`,
		"promise loop":   `function f() { Promise.resolve().then(f) } ready(); f()`,
		"async loop":     `async function f() { ready(); for (;;) { try { await null } catch {} } } f().finally(() => print("f"))`,
		"microtask loop": `function f() { queueMicrotask(f) } ready(); f()`,
		"timer":          `setTimeout(() => print("no"), 1e12); ready()`,
		"timer loop":     `setInterval(() => ready(), 0)`,
		"await forever":  `setTimeout(() => 0, 1e12); ready(); await new Promise(() => {}); print("after")`,
		"read":           `ready(); std.in.getline(); print("after")`,
		"os.read":        `ready(); os.read(STDIN, new ArrayBuffer(8), 0, 8); print("after")`,
		"read handler":   `os.setReadHandler(STDIN, () => print("no")); ready()`,
		"exec":           `ready(); os.exec(["cat"], {stdin: STDIN}); print("after")`,
		"waitpid":        `const pid = os.exec(["cat"], {block: false, stdin: STDIN}); ready(); os.waitpid(pid, 0); print("after")`,
		"full pipe":      `const [r, w] = os.pipe(); const f = std.fdopen(w, "w"); ready(); for (;;) f.puts("x".repeat(1000))`,
		"os.write":       `const [r, w] = os.pipe(); ready(); const b = new ArrayBuffer(1e6); for (;;) os.write(w, b, 0, 1e6)`,
		"generator":      `function* g() { try { for (;;) yield 1 } finally { print("f") } } ready(); for (const x of g());`,
		"sort":           `ready(); for (;;) [3, 2, 1].sort((a, b) => { for (;;); })`,
		"popen":          `const f = std.popen("cat", "r"); ready(); f.close(); print("after")`,
	} {
		t.Run(name, func(t *testing.T) {
			modules, ready := readyModule()
			f := newFixture(t, Options{Stdin: stdin, Modules: modules})
			go func() {
				<-ready
				f.Interrupt()
			}()
			source := fmt.Sprintf("import {ready} from 'host'; import * as os from 'os'; import * as std from 'std'; const STDIN = %d; %s", stdin.Fd(), body)
			err := within(t, func() error { return f.Eval("t.js", source) })
			var interrupted *InterruptedError
			if !errors.As(err, &interrupted) {
				t.Errorf("error %v (%T)", err, err)
			}
			if f.out() != "" || f.err() != "" {
				t.Errorf("printed %q, %q", f.out(), f.err())
			}
			if err := f.Eval("t.js", "print('usable')"); err != nil || f.out() != "usable\n" {
				t.Errorf("next run: %v, %q", err, f.out())
			}
		})
	}
}

// An interrupt between two runs ends the next one, and only that.
func TestInterruptIsSticky(t *testing.T) {
	f := newFixture(t, Options{})
	f.Interrupt()
	f.Interrupt()
	var interrupted *InterruptedError
	if err := f.Eval("t.js", "print(1)"); !errors.As(err, &interrupted) {
		t.Errorf("first run: %v", err)
	}
	if f.Interrupted() {
		t.Error("still interrupted")
	}
	if err := f.Eval("t.js", "print(2)"); err != nil {
		t.Errorf("second run: %v", err)
	}
	if got := f.out(); got != "2\n" {
		t.Errorf("printed %q", got)
	}
}

func TestInterruptFromScript(t *testing.T) {
	f := newFixture(t, Options{Modules: hostModule(map[string]func(*VM, goja.FunctionCall) goja.Value{
		"interrupt": func(vm *VM, _ goja.FunctionCall) goja.Value {
			vm.Interrupt()
			return nil
		},
		"wait": func(vm *VM, _ goja.FunctionCall) goja.Value {
			vm.CheckInterrupt()
			return nil
		},
	})})
	var interrupted *InterruptedError
	for _, source := range []string{
		"import {interrupt} from 'host'; try { interrupt(); print(1) } finally { print(2) }",
		"import {interrupt, wait} from 'host'; try { wait(interrupt()); print(1) } finally { print(2) }",
		"import {interrupt} from 'host'; setTimeout(() => print(3), 0); setTimeout(interrupt, 0); setTimeout(() => print(4), 0)",
	} {
		if err := f.Eval("t.js", source); !errors.As(err, &interrupted) {
			t.Errorf("%s: %v", source, err)
		}
	}
	if got := f.out(); got != "3\n" {
		t.Errorf("printed %q", got)
	}
}

func TestOnWake(t *testing.T) {
	f := newFixture(t, Options{SignalAction: func(int, SignalAction) error { return nil }})
	var reasons []WakeReason
	remove := f.OnWake(func(r WakeReason) { reasons = append(reasons, r) })
	f.Signal(2)
	if err := f.Eval("t.js", "os.signal(os.SIGINT, () => {})"); err != nil {
		t.Fatal(err)
	}
	f.Signal(2)
	f.Interrupt()
	remove()
	f.Signal(2)
	f.Interrupt()
	if len(reasons) != 2 || reasons[0] != WakeSignal || reasons[1] != WakeInterrupt {
		t.Errorf("reasons %v", reasons)
	}
}

// A native module's own wait is ended through OnWake.
func TestNativeWait(t *testing.T) {
	ready := make(chan struct{})
	modules := map[string]ModuleFunc{"host": func(vm *VM) (*goja.Object, error) {
		woken := make(chan struct{}, 1)
		vm.OnWake(func(WakeReason) { woken <- struct{}{} })
		obj := vm.Runtime().NewObject()
		err := obj.Set("wait", func(goja.FunctionCall) goja.Value {
			close(ready)
			<-woken
			vm.CheckInterrupt()
			return vm.Runtime().ToValue(vm.TakeSignal())
		})
		return obj, err
	}}
	f := newFixture(t, Options{Modules: modules, SignalAction: func(int, SignalAction) error { return nil }})
	go func() {
		<-ready
		f.Signal(15)
	}()
	err := within(t, func() error {
		return f.Eval("t.js", `import {wait} from "host"; os.signal(os.SIGTERM, () => print("handled")); print(wait()); print("end")`)
	})
	if got := f.out(); err != nil || got != "true\nend\nhandled\n" {
		t.Errorf("%v, printed %q", err, got)
	}
}

// Interrupts may come at any moment, from any number of goroutines.
func TestInterruptRace(t *testing.T) {
	f := newFixture(t, Options{SignalAction: func(int, SignalAction) error { return nil }})
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					f.Interrupt()
					f.Signal(2)
				}
			}
		})
	}
	var interrupted *InterruptedError
	for range 200 {
		err := f.Eval("t.js", "os.signal(2, () => 1); for (let i = 0; i < 100; i++) { Promise.resolve(i).then(() => i) } setTimeout(() => 1, 0)")
		if err != nil && !errors.As(err, &interrupted) {
			t.Fatal(err)
		}
	}
	close(stop)
	wg.Wait()
}
