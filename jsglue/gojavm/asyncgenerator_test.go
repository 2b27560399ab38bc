package gojavm

import "testing"

// TestAsyncGeneratorFunctions compares a script's output with that of FFglitch's qjs.
func TestAsyncGeneratorFunctions(t *testing.T) {
	f := newFixture(t, Options{})
	err := f.RunFile("testdata/asyncgenerators.mjs")
	if got, want := f.out(), readFile(t, "testdata/asyncgenerators.txt"); err != nil || got != want {
		t.Errorf("%v, printed\n%s\nwant\n%s", err, got, want)
	}
	// qjs accepts it: it concatenates parameters and body before it parses them.
	expect(t, `const F = Object.getPrototypeOf(async function* () {}).constructor;
		try { F("/*", "*/) {"); print("no error") } catch (e) { print(e.name) }`, "SyntaxError\n")
}

// Rewritten methods keep their positions in the source.
func TestAsyncMethodPositions(t *testing.T) {
	expect(t, `const o = { async *m() { throw new Error("a") }, n() { throw new Error("b") }, async *["x" + 1]() {}, async *p() { await 1; throw new Error("c") } };
o.m().next().catch((e) => print(e.stack)).then(() => { try { o.n() } catch (e) { print(e.stack) } }).then(() => o.p().next()).catch((e) => print(e.stack));`,
		"    at m (test.js:1:32)\n    at test.js:2:7\n\n    at n (test.js:1:62)\n    at test.js:2:64\n\n    at p (test.js:1:131)\n\n")
}

// Lowered functions work in every syntactic position, and after a script has changed the prototypes.
func TestAsyncGeneratorsInOddPlaces(t *testing.T) {
	expect(t, `
		(async () => {
			const all = async (i) => { const list = []; for await (const v of i) list.push(v); return list.join() };
			function call(f = async function* () { yield 1; yield 2 }) { return f }
			print(await all(call()()), call().name);
			const { g = async function* () { yield "g" } } = {};
			const [h = async function* () { yield "h" }] = [];
			let k; k ??= async function* () { yield "k" };
			print(await all(g()), await all(h()), await all(k()), g.name, h.name, k.name);
			if (true) { print(await all(later())); async function* later() { yield "later" } }
			print(await all(new (class extends Object { async *[Symbol.asyncIterator]() { yield* super.constructor.name } })()));
			print(await all({ async *[Symbol.asyncIterator]() { yield 1 } }), Object.keys({ __proto__: async function* () {} }).length);
			class Twice { #a = 1; async *#b() { yield this.#a } b() { return this.#b() } static #c = 2; static async *#d() { yield this.#c } static d() { return this.#d() } }
			print(await all(new Twice().b()), await all(new Twice().b()), await all(Twice.d()));
			Object.getPrototypeOf(function* () {}).prototype.next = () => { throw new Error("a patched next") };
			WeakMap.prototype.get = Promise.prototype.then = null;
			const i = g(); i.next();
			print(typeof i[Symbol.asyncIterator]);
		})();`,
		lines("1,2 f", "g h k g h k", "later", "O,b,j,e,c,t", "1 0", "1 1 2", "function"))
}

// Built-ins that are compiled at their first use do not depend on objects that scripts have changed.
func TestLateBuiltins(t *testing.T) {
	expect(t, `
		Array.prototype[Symbol.iterator] = Object.defineProperty = Reflect.apply = null;
		async function* f() { yield 1 }
		f().next().then(({ value }) => print(value));
		const all = (function* () { yield 1; yield 2 })().map((x) => x + 1).toArray();
		print(all.length, all[1], Object.groupBy.length);`, "2 3 2\n1\n")
}
