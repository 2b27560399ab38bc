package zmqvm

import (
	"errors"
	"testing"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/gojavm"
)

func open(t *testing.T, options gojavm.Options) *VM {
	t.Helper()
	vm, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	return vm
}

const pair = `import * as zmq from "zmq";
const socket = new zmq.Context().socket(zmq.PAIR);
socket.bind("inproc://test");
`

// waiting calls interrupt once a script is about to wait for room for a message: from then on
// nothing but that ends the run.
func waiting(t *testing.T, interrupt func()) {
	t.Helper()
	jsglue.SetTracer(func(event jsglue.TraceEvent) {
		if event.Kind == jsglue.TraceFull {
			go interrupt()
		}
	})
	t.Cleanup(func() { jsglue.SetTracer(nil) })
}

func TestInterruptEndsAWait(t *testing.T) {
	vm := open(t, gojavm.Options{})
	waiting(t, vm.Interrupt)
	err := vm.Eval("t.js", pair+`try { socket.send("x"); } finally { socket.close(); }`)
	var interrupted *gojavm.InterruptedError
	if !errors.As(err, &interrupted) {
		t.Errorf("the run ended with %v", err)
	}
	if err := vm.Eval("t.js", `if (1 + 1 !== 2) throw 1`); err != nil {
		t.Errorf("the next run ended with %v", err)
	}
	if err := vm.Close(); err != nil {
		t.Error(err)
	}
}

func TestSignalEndsAWait(t *testing.T) {
	vm := open(t, gojavm.Options{SignalAction: func(int, gojavm.SignalAction) error { return nil }})
	waiting(t, func() { vm.Signal(10) })
	err := vm.Eval("t.js", pair+`
import * as os from "os";
let handled = false, code;
os.signal(10, () => { handled = true; os.signal(10, null); });
try { socket.send("x"); } catch (e) { code = e.code; }
setTimeout(() => { if (code !== "EINTR" || !handled) throw new Error(code + " " + handled); }, 0);`)
	if err != nil {
		t.Error(err)
	}
	if err := vm.Close(); err != nil {
		t.Error(err)
	}
}

func TestClose(t *testing.T) {
	var within error
	var vm *VM
	vm = open(t, gojavm.Options{Modules: map[string]gojavm.ModuleFunc{"host": func(engine *gojavm.VM) (*goja.Object, error) {
		exports := engine.Runtime().NewObject()
		return exports, exports.Set("close", func() { within = vm.Close() })
	}}})
	if err := vm.Eval("t.js", pair+`import { close } from "host"; close(); socket.fd;`); err != nil {
		t.Error(err)
	}
	if !errors.Is(within, gojavm.ErrRunning) {
		t.Errorf("Close while it runs: %v", within)
	}
	for range 2 {
		if err := vm.Close(); err != nil {
			t.Error(err)
		}
	}
	vm.Interrupt()
	if err := vm.Eval("t.js", `0`); !errors.Is(err, gojavm.ErrClosed) {
		t.Errorf("a run after Close: %v", err)
	}
}

func TestUnused(t *testing.T) {
	if err := open(t, gojavm.Options{}).Close(); err != nil {
		t.Error(err)
	}
}

func TestAModuleOfItsOwn(t *testing.T) {
	if _, err := New(gojavm.Options{Modules: map[string]gojavm.ModuleFunc{"zmq": nil}}); err != nil {
		t.Errorf("no module at all: %v", err)
	}
	own := func(*gojavm.VM) (*goja.Object, error) { return nil, nil }
	if _, err := New(gojavm.Options{Modules: map[string]gojavm.ModuleFunc{"zmq": own}}); err == nil {
		t.Error("it hides another module zmq")
	}
}

// A stack has neither generated code nor functions of Go, and an error names what is missing.
func TestStacks(t *testing.T) {
	for source, want := range map[string]string{
		`import * as zmq from "zmq"; new zmq.Socket(1)`:                                             "TypeError: a Socket is made by Context.socket(type)\n    at t.js:1:29",
		`import * as zmq from "zmq"; function f() { new zmq.Context().socket(99) } f()`:             "Error: Invalid argument (socket: no type has the number 99; it takes zmq.PUB and so on) [EINVAL]\n    at socket (native)\n    at f (t.js:1:62)\n    at t.js:1:75",
		`import * as zmq from "zmq"; zmq.socket(zmq.SUB)`:                                           "TypeError: zmq.socket is not a function\n    at t.js:1:33",
		`import { Context, SUB } from "zmq"; const s = new Context().socket(SUB); s.subscribe("x")`: "TypeError: s.subscribe is not a function\n    at t.js:1:76",
	} {
		vm := open(t, gojavm.Options{})
		if err := vm.Eval("t.js", source); err == nil || err.Error() != want {
			t.Errorf("%s: got\n%v\nwant\n%s", source, err, want)
		}
		if err := vm.Close(); err != nil {
			t.Error(err)
		}
	}
}
