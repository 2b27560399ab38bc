package gojazmq

import (
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
)

// run runs a script with the module as the global zmq and returns its last value as a
// string.
func run(t *testing.T, script string) string {
	t.Helper()
	vm := goja.New()
	module, err := New(vm)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := module.Close(); err != nil {
			t.Error(err)
		}
	}()
	return evaluate(t, vm, module, script)
}

// A pair of sockets a and b, and report(f), which tells how f fails.
const prelude = `
	const ctx = new zmq.Context();
	const a = ctx.socket(zmq.PAIR), b = ctx.socket(zmq.PAIR);
	a.bind("inproc://test");
	b.connect("inproc://test");
	function report(f) {
		try { return "returned " + f(); }
		catch (e) { return [e.name, e.code, e.errno, e.endpoint, e.message].join("|"); }
	}
`

func evaluate(t *testing.T, vm *goja.Runtime, module *Module, script string) string {
	t.Helper()
	if err := vm.Set("zmq", module.Exports()); err != nil {
		t.Fatal(err)
	}
	value, err := vm.RunString(prelude + script)
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return value.String()
}

func TestScripts(t *testing.T) {
	for _, test := range []struct{ name, script, want string }{
		{"version", `zmq.version().length`, "3"},
		{"has", `zmq.has("ipc") + "," + zmq.has("nonsense")`, "1,0"},
		{"string", `a.send("h\0é") + "," + JSON.stringify(b.recv_str())`, `4,"h\u0000é"`},
		{"empty", `a.send(null) + "," + b.recv().length`, "0,0"},
		{"int", `[a.send(-5), b.recv_int()]`, "4,-5"},
		{"boolean", `[a.send(true), b.recv_int()]`, "4,1"},
		{"integral double", `[a.send(1.5 + 1.5), b.recv_int()]`, "4,3"},
		{"negative zero", `[a.send(-0), b.recv_int()]`, "4,0"},
		{"large number", `[a.send(2 ** 40), b.recv_bigint()]`, "8,1099511627776"},
		{"bigint", `[a.send(-1n), b.recv_bigint()]`, "8,-1"},
		{"unsigned bigint", `[a.send(2n ** 64n - 1n), b.recv_bigint()]`, "8,-1"},
		{"bytes", `[a.send(new Uint8Array([1, 2, 3]).subarray(1)), b.recv()]`, "2,2,3"},
		{"wide elements", `[a.send(new Uint16Array([0x0201])), b.recv()]`, "2,1,2"},
		{"array buffer", `[a.send(new ArrayBuffer(3)), b.recv().length]`, "3,3"},
		{"data view", `[a.send(new DataView(new Uint8Array([7, 8, 9]).buffer, 1, 2)), b.recv()]`, "2,8,9"},
		{"type of bytes", `a.send("x"); b.recv() instanceof Uint8Array`, "true"},
		{"terminated string", `a.send("abc\0"); b.recv_str().length`, "3"},
		{"nothing there", `String(b.recv(zmq.DONTWAIT)) + b.recv_str(zmq.DONTWAIT)`, "undefinedundefined"},
		{"timeout", `b.setsockopt(zmq.RCVTIMEO, 20); String(b.recv())`, "undefined"},
		{"more", `a.send("x", zmq.SNDMORE); a.send("y"); b.recv(); [b.getsockopt(zmq.RCVMORE), b.recv_str(), b.getsockopt(zmq.RCVMORE)]`, "1,y,0"},
		{"options", `a.setsockopt(zmq.MAXMSGSIZE, 1000); [a.getsockopt(zmq.LINGER), a.getsockopt(zmq.MAXMSGSIZE), typeof a.getsockopt(zmq.AFFINITY), a.getsockopt(zmq.LAST_ENDPOINT)]`, "-1,1000,bigint,inproc://test"},
		{"four-byte string", `a.setsockopt(zmq.ROUTING_ID, "ABCD"); a.getsockopt(zmq.ROUTING_ID)`, "ABCD"},
		{"poller", `const p = new zmq.Poller(); const data = {}; p.add(b, zmq.POLLIN, data); a.send("x");
			const e = p.wait(-1); [p.size(), e.socket === b, e.user_data === data, e.events, b.recv_str(), p.wait(10)]`, "1,true,true,1,x,"},
		{"poll all", `const p = new zmq.Poller(); p.add(a, zmq.POLLOUT); p.add(b, zmq.POLLOUT); [p.poll_all(1).length, p.wait_all(5, -1).length, p.remove(a), p.poll_all(5).length, p.modify(b, zmq.POLLIN), p.poll()]`, "1,2,0,1,0,"},
		{"fairness", `const p = new zmq.Poller(); p.add(a, zmq.POLLOUT, "a"); p.add(b, zmq.POLLOUT, "b"); [p.wait(0), p.wait(0)].map(e => e.user_data).sort()`, "a,b"},
		{"closed socket leaves its poller", `const p = new zmq.Poller(); p.add(a, zmq.POLLIN); p.add(b, zmq.POLLIN); b.close(); [p.size(), p.wait(10)]`, "1,"},
		{"close twice", `[a.close(), a.close()]`, "0,0"},
		{"term", `a.close(); b.close(); [ctx.term(), ctx.term()]`, "0,0"},
		{"classes", `[a instanceof zmq.Socket, Object.prototype.toString.call(ctx), zmq.Socket.name, a.send.length, Object.keys(a).length, a.constructor === zmq.Socket]`, "true,[object Context],Socket,1,0,true"},
		{"subclass", `class C extends zmq.Context { constructor() { super(); this.mine = 1; } }; const c = new C(); [c.mine, c instanceof zmq.Context, c.socket(zmq.SUB) instanceof zmq.Socket]`, "1,true,true"},

		{"bad endpoint", `report(() => a.bind("foo://x"))`, "Error|EPROTONOSUPPORT|93|foo://x|Protocol not supported (bind foo://x)"},
		{"address in use", `report(() => b.bind("inproc://test"))`, "Error|EADDRINUSE|98|inproc://test|Address already in use (bind inproc://test)"},
		{"closed", `a.close(); report(() => a.send("x"))`, "Error|ENOTSOCK|88||Socket is closed"},
		{"after term", `a.close(); b.close(); ctx.term(); report(() => ctx.socket(zmq.SUB))`, "Error|EFAULT|14||Bad address (socket: the context has ended)"},
		{"shut down", `ctx.shutdown(); report(() => a.send("x"))`, "Error|ETERM|156384765||Context was terminated"},
		{"integer option", `a.setsockopt(zmq.LINGER, -1n); a.getsockopt_int(zmq.LINGER)`, "-1"},
		{"unknown option", `report(() => a.getsockopt_int(999))`, "Error|EINVAL|22||Invalid argument (getsockopt option 999)"},
		{"write-only option", `report(() => a.getsockopt_int(zmq.SUBSCRIBE))`, "TypeError||||Socket.getsockopt_int(option_name): SUBSCRIBE is a string: read it by getsockopt_str"},
		{"option of 64 bits", `report(() => a.getsockopt_int(zmq.MAXMSGSIZE))`, "TypeError||||Socket.getsockopt_int(option_name): MAXMSGSIZE is a 64-bit integer: read it by getsockopt_bigint"},
		{"option that is a string", `report(() => a.getsockopt_int(zmq.ROUTING_ID))`, "TypeError||||Socket.getsockopt_int(option_name): ROUTING_ID is a string: read it by getsockopt_str"},
		{"empty poller", `report(() => new zmq.Poller().wait(-1))`, "Error|EFAULT|14||Bad address (wait: the poller is empty, and would wait for ever)"},
		{"added twice", `const p = new zmq.Poller(); p.add(a, zmq.POLLIN); report(() => p.add(a, zmq.POLLIN))`, "Error|EINVAL|22||Invalid argument (add: the poller has it already; modify() changes its events)"},
		{"not added", `report(() => new zmq.Poller().remove(a))`, "Error|EINVAL|22||Invalid argument (remove: the poller does not have it; add() registers it)"},
		{"wrong size", `a.send("abc"); report(() => b.recv_int())`, "TypeError||||Socket.recv_int(flags?): a 32-bit integer of 4 bytes was asked for, but the message has 3 bytes. It is lost"},
		{"fraction", `report(() => a.send(1.5))`, "RangeError||||Socket.send(data, flags?): data must be an integer, not 1.5; other numbers can go as strings or bytes"},
		{"large bigint", `report(() => a.send(2n ** 64n))`, "RangeError||||Socket.send(data, flags?): data must fit 64 bits"},
		{"wrong type", `report(() => a.send({}))`, "TypeError||||Socket.send(data, flags?): data must be null, a boolean, number, bigint, string or bytes, not an object; JSON.stringify() makes a string of it"},
		{"missing argument", `report(() => a.bind())`, "TypeError||||Socket.bind(endpoint): endpoint must be a string, not undefined"},
		{"fraction for an integer", `report(() => a.recv(0.5))`, "TypeError||||Socket.recv(flags?): flags must be a 32-bit integer, not 0.5"},
		{"wrong this", `report(() => a.send.call(ctx, "x"))`, "TypeError||||Socket.send(data, flags?): this is not a Socket"},
		{"plain this", `report(() => a.send.call({}, "x"))`, "TypeError||||Socket.send(data, flags?): this is not a Socket"},
		{"constructed socket", `report(() => new zmq.Socket())`, "TypeError||||a Socket is made by Context.socket(type)"},
		{"NUL in endpoint", `report(() => a.bind("inproc://a\0b"))`, `TypeError||||Socket.bind(endpoint): endpoint must not contain a NUL: "inproc://a\x00b"`},
		{"draft type", `zmq.has("draft") ? "Error|EINVAL" : report(() => ctx.socket(zmq.SERVER)).slice(0, 12)`, "Error|EINVAL"},
		{"properties", `[a.closed, a.type, a.last_endpoint, a.fd > 0, a.events, a.close(), a.closed, a.type, ctx.closed]`, "false,0,inproc://test,true,2,0,true,0,false"},
		{"property of a closed socket", `a.close(); report(() => a.fd)`, "Error|ENOTSOCK|88||Socket is closed"},
		{"property of another this", `report(() => Object.getOwnPropertyDescriptor(zmq.Socket.prototype, "closed").get.call(ctx))`, "TypeError||||Socket.closed: this is not a Socket"},
		{"properties are read-only", `a.type = 5; const d = Object.getOwnPropertyDescriptor(zmq.Socket.prototype, "type"); [a.type, d.set, d.enumerable, d.configurable, d.get.name]`, "0,,false,true,get type"},
		{"multipart", `[a.send_multipart(["xy", 1, null, 2n, new Uint8Array([7])]), b.recv_multipart().map(p => p.length)]`, "15,2,4,0,8,1"},
		{"rest of a message", `a.send_multipart(["x", "y", "z"]); b.recv(); [b.recv_multipart().length, b.recv_multipart(zmq.DONTWAIT)]`, "2,"},
		{"multipart with more", `a.send_multipart(["x", "y"], zmq.SNDMORE); a.send("z"); b.recv_multipart().length`, "3"},
		{"bad part", `report(() => a.send_multipart(["x", {}])) + b.recv(zmq.DONTWAIT)`, "TypeError||||Socket.send_multipart(parts, flags?): parts[1] must be null, a boolean, number, bigint, string or bytes, not an object; JSON.stringify() makes a string of itundefined"},
		{"no parts", `report(() => a.send_multipart([]))`, "TypeError||||Socket.send_multipart(parts, flags?): parts must not be empty"},
		{"too many parts", `const l = []; l.length = 2 ** 31; report(() => a.send_multipart(l))`, "RangeError||||Socket.send_multipart(parts, flags?): parts must have at most 1048576 elements, not 2147483648"},
		{"parts changed while they are got", `const first = new Uint8Array([1, 2]); const l = [first, 0]; Object.defineProperty(l, 1, { get() { first[0] = 9; return "x"; } }); a.send_multipart(l); b.recv_multipart().map(String).join(";")`, "9,2;120"},
		{"into a buffer", `const m = new Uint8Array(5); a.send("abc"); [b.recv_into(m, 1), m.join()]`, "3,0,97,98,99,0"},
		{"into too small a buffer", `const m = new Uint8Array(3); a.send("abc"); [b.recv_into(new DataView(m.buffer, 1, 1)), m.join()]`, "3,0,97,0"},
		{"into a buffer from beyond its end", `report(() => b.recv_into(new Uint8Array(2), 3))`, "RangeError||||Socket.recv_into(buffer, offset?, flags?): offset must be an integer from 0 to the buffer's 2 bytes"},
		{"linger", `[a.close(0), a.closed, report(() => b.close(-2)), b.closed]`, "0,true,Error|EINVAL|22||Invalid argument,false"},
		{"descriptor in a poller", `b.events; const p = new zmq.Poller(); p.add(b.fd, zmq.POLLIN, "u"); a.send("x"); const e = p.wait(1000); [p.size(), e.fd === b.fd, e.socket, e.user_data, e.events, p.modify(b.fd, zmq.POLLOUT), p.remove(b.fd), p.size()]`, "1,true,,u,1,0,0,0"},
		{"no descriptor", `report(() => new zmq.Poller().add(-1, zmq.POLLIN))`, "Error|EBADF|9||Bad file descriptor (add: descriptor -1 is not open)"},
		{"lone surrogate", `[a.send("\ud800x"), b.recv()]`, "4,239,191,189,120"},
		{"closed socket in modify", `const p = new zmq.Poller(); p.add(a, 1); a.close(); report(() => p.modify(a, 1))`, "Error|ENOTSOCK|88||Socket is closed"},
		{"proxy as this", `report(() => a.send.call(new Proxy(a, {}), "x"))`, "TypeError||||Socket.send(data, flags?): this is not a Socket"},
		{"inheriting this", `report(() => a.send.call(Object.create(a), "x"))`, "TypeError||||Socket.send(data, flags?): this is not a Socket"},
		{"monitor", `const s = ctx.socket(zmq.REP), m = ctx.socket(zmq.PAIR); s.monitor("inproc://events", zmq.EVENT_LISTENING); m.connect("inproc://events");
			s.bind("tcp://127.0.0.1:*"); const e = m.recv_event(); [e.event === zmq.EVENT_LISTENING, e.value > 0, e.endpoint === s.last_endpoint, m.recv_event(zmq.DONTWAIT), s.monitor(null)]`, "true,true,true,,0"},
		{"monitor elsewhere", `report(() => a.monitor("tcp://127.0.0.1:5"))`, "Error|EPROTONOSUPPORT|93|tcp://127.0.0.1:5|Protocol not supported (monitor tcp://127.0.0.1:5)"},
		{"no event of a monitor", `a.send("x"); report(() => b.recv_event()) + b.recv(zmq.DONTWAIT)`, "TypeError||||Socket.recv_event(flags?): the message is not an event of a monitor. It is lostundefined"},
		{"invalid UTF-8", `a.send(new Uint8Array([65, 255, 66])); b.recv_str()`, "A\uFFFDB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := run(t, test.script); got != test.want {
				t.Errorf("%s\n got %q\nwant %q", test.script, got, test.want)
			}
		})
	}
}

// Where the runtime has Symbol.dispose, all three classes have the method.
func TestDispose(t *testing.T) {
	vm := goja.New()
	symbol := vm.Get("Symbol").ToObject(vm)
	if err := symbol.Set("dispose", goja.NewSymbol("Symbol.dispose")); err != nil {
		t.Fatal(err)
	}
	module, err := New(vm)
	if err != nil {
		t.Fatal(err)
	}
	defer module.Close()
	if got := evaluate(t, vm, module, `
		const p = new zmq.Poller(), dispose = Symbol.dispose;
		p.add(b, zmq.POLLIN); p.add(b.fd, zmq.POLLIN);
		[a[dispose](), a.closed, a[dispose](), p[dispose](), p.size(), ctx[dispose](), ctx.closed, b.closed, ctx[dispose](), a[dispose].name]`,
	); got != ",true,,,0,,true,true,,[Symbol.dispose]" {
		t.Error(got)
	}
}

func TestInterruptEndsAWait(t *testing.T) {
	for script, details := range map[string]string{
		`report(() => b.recv())`: "",
		`const p = new zmq.Poller(); p.add(b, zmq.POLLIN); report(() => p.wait(-1))`: "",
		`report(() => ctx.term())`: ": term() waits for open sockets: PAIR inproc://test, PAIR inproc://test",
		`const push = ctx.socket(zmq.PUSH); report(() => push.send("to nobody"))`: "",
	} {
		vm := goja.New()
		module, err := New(vm)
		if err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(20*time.Millisecond, module.Interrupt)
		if got := evaluate(t, vm, module, script); got != "Error|EINTR|4||Interrupted system call"+details {
			t.Errorf("%s: %s", script, got)
		}
		timer.Stop()
		if err := module.Close(); err != nil {
			t.Error(err)
		}
	}
}

// The collector ends what scripts only drop: no descriptor stays.
func TestDroppedObjectsAreEnded(t *testing.T) {
	vm := goja.New()
	module, err := New(vm)
	if err != nil {
		t.Fatal(err)
	}
	defer module.Close()
	if err := vm.Set("zmq", module.Exports()); err != nil {
		t.Fatal(err)
	}
	before := descriptors(t)
	if _, err := vm.RunString(`(function () {
		for (let i = 0; i < 20; i++) {
			const ctx = new zmq.Context(), p = new zmq.Poller(), s = ctx.socket(zmq.PAIR);
			p.add(s, zmq.POLLIN, { p, s }); // a cycle
		}
	})()`); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); descriptors(t) > before; {
		if time.Now().After(deadline) {
			t.Fatalf("%d descriptors, before there were %d", descriptors(t), before)
		}
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
		// The runtime's own stack may hold the last ones until it is used again.
		if _, err := vm.RunString(`(function f(n) { return n ? f(n - 1) : 0 })(50)`); err != nil {
			t.Fatal(err)
		}
	}
	runtime.KeepAlive(vm)
}

func descriptors(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func TestScriptsCannotForgeAnInstance(t *testing.T) {
	got := run(t, `
		const [key] = Object.getOwnPropertySymbols(a);
		const fake = { [key]: { object: 1 } };
		[report(() => a.send.call(fake, "x")), report(() => a.send.call(new Proxy(a, {}), "x")).slice(0, 9)].join()`)
	if !strings.HasPrefix(got, "TypeError") {
		t.Errorf("a forged instance: %s", got)
	}
}

// An empty view of a buffer's end leads to nothing else. What goes wrong is fatal.
func TestEmptyViewAtTheEnd(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	if got := run(t, `
		for (let i = 0; i < 3000; i++) {
			const buffer = new ArrayBuffer(160), other = new ArrayBuffer(160);
			const views = [Uint8Array, Int8Array, Float64Array].map(kind => new kind(buffer, 160));
			a.send_multipart(views);
			b.recv_multipart();
		}
		"done"
	`); got != "done" {
		t.Error(got)
	}
}
