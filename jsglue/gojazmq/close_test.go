package gojazmq

import (
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/dop251/goja"
)

// open makes a runtime that has the module as its global zmq.
func open(t *testing.T) (*goja.Runtime, *Module) {
	t.Helper()
	vm := goja.New()
	module, err := New(vm)
	if err != nil {
		t.Fatal(err)
	}
	if err := vm.Set("zmq", module.Exports()); err != nil {
		t.Fatal(err)
	}
	return vm, module
}

func shut(t *testing.T, module *Module) {
	t.Helper()
	if err := module.Close(); err != nil {
		t.Error(err)
	}
}

// TestUseAfterClose: every function, method and property of the module throws then.
func TestUseAfterClose(t *testing.T) {
	vm, module := open(t)
	script := func(text string) string {
		value, err := vm.RunString(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return value.String()
	}
	script(prelude + `
		const poller = new zmq.Poller();
		poller.add(b, zmq.POLLIN);
		const monitor = a.monitor(), authenticator = new zmq.Authenticator(ctx);
		const instances = { ctx, a, poller, monitor, authenticator };
		a.send("x");`)
	shut(t, module)
	shut(t, module)
	module.Interrupt()
	if wrong := script(`
		const wrong = [], values = { poller: [b, 1], string: "inproc://test" };
		function refuses(what, f) {
			try { f(); wrong.push(what + " returns"); }
			catch (e) { if (e.code !== "ETERM" || !/the runtime has ended$/.test(e.message)) wrong.push(what + ": " + e); }
		}
		for (const name of Object.keys(zmq)) {
			if (typeof zmq[name] !== "function") continue;
			if (/^[A-Z]/.test(name)) {
				if (name !== "Socket" && name !== "Monitor") refuses("new " + name, () => new zmq[name](ctx));
			} else refuses(name, () => zmq[name](a, b));
		}
		for (const [name, instance] of Object.entries(instances)) {
			const members = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(instance));
			for (const key of Reflect.ownKeys(members)) {
				if (key === "constructor" || key === Symbol.toStringTag) continue;
				const call = members[key].get || members[key].value;
				refuses(name + "." + String(key), () => call.call(instance, b, 1));
			}
		}
		wrong.join("\n")`); wrong != "" {
		t.Error(wrong)
	}
	runtime.KeepAlive(vm)
}

// TestInterruptWhileClosing: other goroutines may interrupt before, while and after the
// module is closed.
func TestInterruptWhileClosing(t *testing.T) {
	for range 20 {
		vm, module := open(t)
		if _, err := vm.RunString(`new zmq.Context().socket(zmq.PUSH)`); err != nil {
			t.Fatal(err)
		}
		var begun, ended sync.WaitGroup
		stop := make(chan struct{})
		for range 3 {
			begun.Add(1)
			ended.Go(func() {
				module.Interrupt()
				begun.Done()
				for {
					select {
					case <-stop:
						return
					default:
						module.Interrupt()
					}
				}
			})
		}
		begun.Wait()
		shut(t, module)
		close(stop)
		ended.Wait()
	}
}

// TestCloseInACall: the module that a call is inside of stays.
func TestCloseInACall(t *testing.T) {
	vm, module := open(t)
	var waiting error
	waits := make(chan struct{})
	var ask sync.Once
	var end atomic.Bool
	module.Interrupted = func() bool {
		ask.Do(func() { close(waits) })
		return end.Load()
	}
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		<-waits
		waiting = module.Close()
		end.Store(true)
		module.Interrupt()
	}()
	module.Interrupt() // so that the wait asks Interrupted
	value, err := vm.RunString(prelude + `report(() => b.recv())`)
	if err != nil {
		t.Fatal(err)
	}
	<-closed
	if got := value.String(); !strings.HasPrefix(got, "Error|EINTR|") || !errors.Is(waiting, syscall.EBUSY) {
		t.Errorf("the script got %s; closing while a call waits %v", got, waiting)
	}
	shut(t, module)
}

// TestCloseInAGetter: reading an argument may close the module before the call begins.
func TestCloseInAGetter(t *testing.T) {
	vm, module := open(t)
	_ = vm.Set("close", func() { shut(t, module) })
	value, err := vm.RunString(prelude + `
		const parts = ["x", "y"];
		Object.defineProperty(parts, 0, { get() { close(); return "z"; } });
		report(() => a.send_multipart(parts))`)
	if err != nil {
		t.Fatal(err)
	}
	if got := value.String(); !strings.HasPrefix(got, "Error|ETERM|") {
		t.Error(got)
	}
}

// TestCloseAfterAnException: an exception in the middle of a call ends the call.
func TestCloseAfterAnException(t *testing.T) {
	vm, module := open(t)
	value, err := vm.RunString(prelude + `
		const parts = [];
		Object.defineProperty(parts, 0, { get() { throw new Error("mine"); } });
		report(() => a.send_multipart(parts))`)
	if err != nil || value.String() != "Error||||mine" {
		t.Fatal(value, err)
	}
	shut(t, module)
}
