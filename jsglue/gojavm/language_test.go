package gojavm

import "testing"

// Names with characters above U+FFFF, and the places of errors in their lines.
func TestAstralNames(t *testing.T) {
	source := "var \U0001032d = '\U0001f600'; function \U00010a28() { var x = '\U0001f600\U0001f600'; throw new Error('x'); }\n" +
		"class C { #\U0001032d = 4; get v() { return this.#\U0001032d } }\nprint(new C().v, \U0001032d.length, \U00010a28.name, eval('var \U0001032e = 5; \U0001032e'));\n\U00010a28();"
	f := newFixture(t, Options{})
	e := scriptError(t, f.Eval("test.js", source))
	if f.out() != "4 2 \U00010a28 5\n" || e.Line != 1 || e.Column != 54 {
		t.Errorf("printed %q, error at %d:%d", f.out(), e.Line, e.Column)
	}
}

func TestSharedMemory(t *testing.T) {
	expect(t, `
		const b = new SharedArrayBuffer(8), a = new Int32Array(b);
		print(b.byteLength, b.slice(4).byteLength, String(b), b instanceof ArrayBuffer, a.buffer === b);
		print(Atomics.add(a, 0, 5), Atomics.sub(a, 0, 7), a[0], Atomics.compareExchange(a, 0, -2, 9), Atomics.load(a, 0), Atomics.store(a, 1, 3.7), Atomics.exchange(a, 1, 1));
		print(Atomics.or(a, 0, 2), Atomics.and(a, 0, 3), Atomics.xor(a, 0, 1), a[0], Atomics.isLockFree(4), Atomics.isLockFree(3), Atomics.notify(a, 0));
		print(Atomics.add(new BigInt64Array(1), 0, 3n), Atomics.store(new Uint8Array(1), 0, 257));
		for (const f of [() => SharedArrayBuffer(4), () => new SharedArrayBuffer(-1), () => Atomics.load([1], 0), () => Atomics.load(a, 2), () => Atomics.add(new Float64Array(1), 0, 1), () => Atomics.wait(a, 0, 0),
			() => ArrayBuffer.prototype.slice.call(b), () => Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength").get.call(b), () => b.slice.call(new ArrayBuffer(1)), () => new SharedArrayBuffer(2 ** 40)])
			try { f(); print("no error") } catch (e) { print(e.name) }`,
		lines("8 4 [object SharedArrayBuffer] false true", "0 5 -2 -2 9 3 3", "9 11 3 2 true false 0", "0 257",
			"TypeError", "RangeError", "TypeError", "RangeError", "TypeError", "TypeError", "TypeError", "TypeError", "TypeError", "RangeError"))
}

func TestWithResolvers(t *testing.T) {
	expect(t, `const { promise, resolve } = Promise.withResolvers(); promise.then((v) => print("got", v)); resolve(4);
		try { Promise.withResolvers.call(class { constructor(f) { f(1, 2) } }) } catch (e) { print(e.name) }`, "TypeError\ngot 4\n")
}

func TestAsyncGenerators(t *testing.T) {
	expect(t, `
		async function* f() { try { const r = yield* g(); print("r", r); return "done"; } finally { print("end"); } }
		async function* g() { yield 1; yield Promise.resolve(2); return 3; }
		async function* h() { yield* [1, Promise.resolve(2)]; try { return Promise.reject(new Error("x")); } catch (e) { return "caught"; } }
		const it = "the script's own";
		(async () => {
			print(Object.prototype.toString.call(f()), f().hasOwnProperty("next"), it);
			for await (const x of f()) print(x);
			const i = f();
			print(JSON.stringify(await i.next()), JSON.stringify(await i.return(7)), JSON.stringify(await i.next()));
			const j = h();
			print(JSON.stringify(await Promise.all([j.next(), j.next(), j.next(), j.next()])));
			try { await f().throw(new Error("at the start")); } catch (e) { print(e.message); }
			try { await f().next.call({}); } catch (e) { print(e.name); }
			async function* k() { yield* { [Symbol.asyncIterator]() { return { next() { return { value: Promise.resolve(1), done: false } } } } } }
			print((await k().next()).value instanceof Promise);
			class C { static async *#p() { yield "private"; } static run() { return this.#p(); } }
			print((await C.run().next()).value, (await eval("(async function* () { yield 8 })()").next()).value);
		})();`,
		lines("[object AsyncGenerator] false the script's own", "1", "2", "r 3", "end", "end", `{"value":1,"done":false} {"value":7,"done":true} {"done":true}`,
			`[{"value":1,"done":false},{"value":2,"done":false},{"value":"caught","done":true},{"done":true}]`, "at the start", "TypeError", "true", "private 8"))
}

// Code that scripts compile is lowered as the scripts are.
func TestEvalLowered(t *testing.T) {
	tree(t, map[string]string{"dir/main.js": `
		print(eval("{ function f() { return 1 } } f()"), f.name);
		(function () { "use strict"; print(eval("{ function q() {} } typeof q")); })();
		class S { static m() { return eval("{ function q() {} } typeof q") } }
		print(S.m(), eval("'use strict'; { function q() {} } typeof q"));
		(0, eval)("if (1) { function g() {} }"); print(typeof g);
		print(new Function("a", "b = 2", "{ function z() { return a + b } } return z()")(1));
		print(eval("1; { function x() {} }"), eval("1; if (1) { 2 }"));
		for (const source of ["}{", "import.meta", "export let a", "await 1", "#p in {}"]) try { eval(source); print("no error") } catch (e) { print(e.name) }
		class C { #p = 1; m() { return eval("{ function t() {} } this.#p") } }
		print(new C().m());
		eval("import('./other.mjs')").then((m) => print(m.default));
		new Function("x", "return import(x)")("./other.mjs").then((m) => print(m.default));`,
		"dir/other.mjs": `export default "other"`})
	f := newFixture(t, Options{})
	if err := f.RunFile("dir/main.js"); err != nil {
		t.Fatal(err)
	}
	if want := lines("1 f", "undefined", "undefined undefined", "function", "3", "1 2", "SyntaxError", "SyntaxError", "SyntaxError", "SyntaxError", "SyntaxError", "1", "other", "other"); f.out() != want {
		t.Errorf("printed %q, want %q", f.out(), want)
	}
}

// A reviver's result is dropped if its object refuses it.
func TestReviver(t *testing.T) {
	expect(t, `const deny = (text) => JSON.parse(text, function (k, v) { if (k === "a") Object.freeze(this); return k === "b" ? 22 : v; });
		print(JSON.stringify(deny('{"a": 1, "b": 2}')), JSON.stringify(JSON.parse('{"a": 1, "b": 2}', (k, v) => k === "b" ? 22 : v)));`,
		`{"a":1,"b":2} {"a":1,"b":22}`+"\n")
}
