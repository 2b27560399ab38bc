package gojavm

import "testing"

// A conversion method or trap that is not a function is an error that does not need the conversion
// itself.
func TestRecursionInErrors(t *testing.T) {
	caught(t, "TypeError", "const h = {}, p = new Proxy({}, h); h.get = p; p.x", "const h = {}, p = new Proxy({}, h); h.has = p; 'x' in p",
		"const h = {}, {proxy} = Proxy.revocable({}, h); h.get = proxy; '' + proxy", "const o = {}; o[Symbol.toPrimitive] = o; '' + o",
		"const p = new Proxy({}, {get: (t, key) => key === Symbol.toPrimitive ? p : undefined}); +p")
	caught(t, "InternalError", "const h = {}, p = new Proxy(function () {}, h); h.apply = p; p()")
}

// The length of chains of prototypes from classes and "new" is limited, too.
func TestPrototypeChains(t *testing.T) {
	caught(t, "RangeError", "let c = class {}; for (;;) c = class extends c {}", "let o = {}; for (;;) { const F = function () {}; F.prototype = o; o = new F }",
		"eval('let c = class {}; for (;;) c = class extends c {}')")
}

func TestConversions(t *testing.T) {
	expect(t, `
		class A { [Symbol.toPrimitive](hint) { return hint } } class B extends A {}
		print([String(new B), new B + "", +new B].join(), new Date(5) - 0, (new Date(0) + "").includes("1970"));
		class D extends Date { [Symbol.toPrimitive]() { return "own" } }
		print(new D + "", Date.prototype[Symbol.toPrimitive].name, Object.getOwnPropertySymbols(Symbol.prototype).map(String).join());
		print(new Proxy({}, {get: (t, key) => key === Symbol.toPrimitive ? hint => hint : undefined}) + "", Object(Symbol("x"))[Symbol.toPrimitive]().description);
		for (const f of [String, Number, o => o + 1, o => [o].join()]) try { f(Object.create(null)) } catch (e) { print(e.name, e.message) }`,
		lines("string,default,NaN 5 true", "own [Symbol.toPrimitive] Symbol(Symbol.toStringTag),Symbol(Symbol.toPrimitive)", "default x",
			"TypeError cannot convert object to primitive value", "TypeError cannot convert object to primitive value",
			"TypeError cannot convert object to primitive value", "TypeError cannot convert object to primitive value"))
}

func TestProxies(t *testing.T) {
	expect(t, `
		const h = {get() { return this === h }};
		print(new Proxy({}, h).x, new (new Proxy(class { x = 1 }, {construct: (t, a, n) => Reflect.construct(t, a, n)}))().x);
		h.get = () => 2; print(new Proxy({}, h).x);
		const p = new Proxy({}, h); p.x; h.get = () => 3; print(p.x); delete h.get; print(p.x);
		const {proxy, revoke} = Proxy.revocable({}, {get: () => 1}); print(proxy.x); revoke(); try { proxy.x } catch (e) { print(e.name) }`,
		lines("true 1", "2", "3", "undefined", "1", "TypeError"))
}

// Call arguments that a trap stores do not change later.
func TestProxyArguments(t *testing.T) {
	expect(t, `
		let kept;
		const p = new Proxy(function () {}, { apply(target, self, list) { kept = list; }, construct(target, list) { kept = list; return {}; } });
		const other = (...list) => list.length;
		p(1, 2); other(7, 8, 9); print(kept);
		p.call(null, 3, 4); other(7, 8, 9); print(kept);
		p.apply(null, [5, 6]); other(7, 8, 9); print(kept);
		new p(7, 8); other(1, 2, 3); print(kept);
		Reflect.construct(p, [9, 10]); other(1, 2, 3); print(kept);`, lines("1,2", "3,4", "5,6", "7,8", "9,10"))
}
