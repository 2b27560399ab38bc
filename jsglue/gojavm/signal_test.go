package gojavm

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// signalHost records the actions that a script requests, and lets it raise signals.
type signalHost struct {
	calls []string
	fail  error
}

func (h *signalHost) options() Options {
	return Options{
		SignalAction: func(sig int, action SignalAction) error {
			h.calls = append(h.calls, fmt.Sprint(sig, " ", action))
			return h.fail
		},
		Modules: hostModule(map[string]func(*VM, goja.FunctionCall) goja.Value{
			"raise": func(vm *VM, call goja.FunctionCall) goja.Value {
				vm.Signal(int(call.Argument(0).ToInteger()))
				return nil
			},
		}),
	}
}

// Handlers run in the event loop, never during script code.
func TestSignalHandler(t *testing.T) {
	host := &signalHost{}
	f := newFixture(t, host.options())
	err := f.Eval("t.js", `import {raise} from "host";
os.signal(os.SIGINT, () => print("int"));
os.signal(os.SIGTERM, () => print("term"));
raise(os.SIGTERM); raise(os.SIGINT); raise(os.SIGINT); raise(os.SIGUSR1); raise(-1); raise(999);
Promise.resolve().then(() => print("job"));
setTimeout(() => print("timer"), 0);
print("top");`)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := f.out(), "top\njob\nint\nterm\ntimer\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	if got, want := strings.Join(host.calls, ","), "2 handle,15 handle"; got != want {
		t.Errorf("actions %s, want %s", got, want)
	}
}

func TestSignalActions(t *testing.T) {
	host := &signalHost{}
	f := newFixture(t, host.options())
	err := f.Eval("t.js", `import {raise} from "host";
os.signal(2, () => print("first")); os.signal(2, () => print("second")); raise(2);
setTimeout(() => { os.signal(2, null); raise(2); os.signal(15, undefined); os.signal(10, () => {}); }, 0);`)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.out(); got != "second\n" {
		t.Errorf("printed %q", got)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	want := "2 handle,2 handle,2 default,15 ignore,10 handle,10 default"
	if got := strings.Join(host.calls, ","); got != want {
		t.Errorf("actions %s, want %s", got, want)
	}
}

func TestSignalErrors(t *testing.T) {
	host := &signalHost{fail: errors.New("not this one")}
	f := newFixture(t, host.options())
	err := f.Eval("t.js", `import {raise} from "host";
for (const args of [[2, () => print("no")], [64, null], [-1, null], [2, 5], [9, null]])
	try { os.signal(...args); print("ok") } catch (e) { print(e) }
raise(2);`)
	if err != nil {
		t.Fatal(err)
	}
	want := lines("Error: os.signal: not this one", "RangeError: invalid signal number", "RangeError: invalid signal number",
		"TypeError: not a function", "Error: os.signal: not this one")
	if got := f.out(); got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestSignalWithoutHost(t *testing.T) {
	expect(t, `try { os.signal(os.SIGINT, () => {}) } catch (e) { print(e.message) }`,
		"os.signal: the host program does not provide signals\n")
}

// Each signal that has a handler ends one blocking call, also if it arrived before the call.
func TestSignalEndsSleep(t *testing.T) {
	host := &signalHost{}
	f := newFixture(t, host.options())
	err := within(t, func() error {
		return f.Eval("t.js", `import {raise} from "host";
os.signal(os.SIGINT, () => print("handler"));
raise(os.SIGINT);
print(os.sleep(1e12) === -std.Error.EINTR, os.sleep(1));
const [r, w] = os.pipe();
raise(os.SIGINT);
print(os.read(r, new ArrayBuffer(1), 0, 1) === -std.Error.EINTR);
const pid = os.exec(["cat"], {block: false, stdin: r});
raise(os.SIGINT);
print(os.waitpid(pid, 0)[0] === -std.Error.EINTR);
os.kill(pid, os.SIGKILL);
print(os.waitpid(pid, 0)[0] === pid);
print(std.strerror(std.Error.EINTR));`)
	})
	if err != nil {
		t.Fatal(err)
	}
	want := lines("true 0", "true", "true", "true", "Interrupted system call", "handler")
	if got := f.out(); got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestSignalWakesSleep(t *testing.T) {
	modules, ready := readyModule()
	f := newFixture(t, Options{Modules: modules, SignalAction: func(int, SignalAction) error { return nil }})
	go func() {
		<-ready
		f.Signal(2)
	}()
	err := within(t, func() error {
		return f.Eval("t.js", `import {ready} from "host"; os.signal(2, () => print("handler")); ready(); print(os.sleep(1e12))`)
	})
	if got := f.out(); err != nil || got != "-4\nhandler\n" {
		t.Errorf("%v, printed %q", err, got)
	}
}

// A signal wakes the event loop, which waits for a distant timer here.
func TestSignalWakesLoop(t *testing.T) {
	modules, ready := readyModule()
	f := newFixture(t, Options{Modules: modules, SignalAction: func(int, SignalAction) error { return nil }})
	go func() {
		<-ready
		f.Signal(2)
	}()
	err := within(t, func() error {
		return f.Eval("t.js", `import {ready} from "host";
const t = setTimeout(() => 0, 1e12);
os.signal(2, () => { print("handler"); clearTimeout(t) }); setTimeout(ready, 0)`)
	})
	if got := f.out(); err != nil || got != "handler\n" {
		t.Errorf("%v, printed %q", err, got)
	}
}

// As in qjs, signal handlers do not keep the event loop running.
func TestSignalHandlerDoesNotKeepLoop(t *testing.T) {
	host := &signalHost{}
	f := newFixture(t, host.options())
	if err := within(t, func() error { return f.Eval("t.js", `os.signal(2, () => {})`) }); err != nil {
		t.Error(err)
	}
}

func TestSignalHandlerThrows(t *testing.T) {
	host := &signalHost{}
	f := newFixture(t, host.options())
	e := scriptError(t, f.Eval("t.js", `import {raise} from "host";
os.signal(2, () => { throw new Error("in handler") }); raise(2); setTimeout(() => print("later"), 0)`))
	if !e.Reported || e.Message != "Error: in handler" || f.out() != "later\n" || !strings.HasPrefix(f.err(), "Error: in handler\n") {
		t.Errorf("%v, printed %q, %q", e, f.out(), f.err())
	}
}
