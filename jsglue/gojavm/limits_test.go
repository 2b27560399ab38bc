package gojavm

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// caught runs each expression and expects an error of a class that the script catches.
func caught(t *testing.T, class string, expressions ...string) {
	t.Helper()
	for _, expression := range expressions {
		t.Run(expression, func(t *testing.T) {
			expect(t, "try { "+expression+"; print('no throw') } catch (e) { print(e.name) }", class+"\n")
		})
	}
}

// A size that is too large is an error before memory is allocated.
func TestSizes(t *testing.T) {
	caught(t, "RangeError",
		"new Uint8Array(2 ** 40)", "new Float64Array(2 ** 33)", "new ArrayBuffer(2 ** 40)", "new Uint8Array({length: 2 ** 40})",
		"Uint8Array.from({length: 2 ** 40})", "'x'.repeat(2 ** 36)", "'\\u1234'.repeat(2 ** 34)", "'x'.padStart(2 ** 40)", "'x'.padEnd(2 ** 40, 'ab')",
		"new Array(2 ** 32 - 1).join('ab')", "new Array(1e6).join('x'.repeat(1e6))", "new Array(1e4).fill('x'.repeat(1e6)).join()",
		"const x = 'x'.repeat(1e8); Array(9).fill({toString: () => x}).join()", "Math.max.apply(null, {length: 1e9})", "Reflect.apply(Math.max, null, {length: 1e9})",
		"'x'.concat(...new Array(1e4).fill('x'.repeat(1e6)))", "'x'.repeat(9).replace(/x/g, 'y'.repeat(1e8))", "'x'.repeat(9).replaceAll('x', 'y'.repeat(1e8))",
		"const y = 'y'.repeat(1e8); 'x'.repeat(9).replace(/x/g, () => y)", "const y = 'y'.repeat(1e8); (y + 'x'.repeat(9)).replace(/x/g, '$`')",
		"let s = 'x'; for (;;) s += s", "let s = 'x'; for (;;) s = s + s", "let s = 'x'; for (;;) s = `${s}${s}`", "eval(\"let s = 'x'; for (;;) s += s\")",
		"new Function(\"let s = 'x'; for (;;) s = s + s\")()", "2n ** (2n ** 40n)", "1n << (2n ** 40n)", "1n >> -(2n ** 40n)", "let b = 3n; for (;;) b *= b", "let b = 3n; for (;;) b **= 2n",
		"BigInt.asUintN(2 ** 53 - 1, -1n)", "BigInt('1'.repeat(1e7))", "Array.prototype.sort.call({length: 2 ** 40})", "'x'.repeat(1e8).split('')")
}

// Large but permitted sizes work.
func TestSizesThatFit(t *testing.T) {
	expect(t, `
		print('x'.repeat(3), 'x'.padStart(3, 'ab'), 'x'.padEnd(0), 'x'.repeat("2"), ''.repeat(2 ** 40).length, 'x'.padStart(2 ** 40, '').length);
		print(new Uint8Array("3").length, new Uint8Array([1, 2]).join('-'), new ArrayBuffer({valueOf: () => 4}).byteLength);
		print([1, [2, [3]], null, undefined, {}].join('+'), [1n, true].join(), String([[], [[]]]));
		const cyclic = [1]; cyclic.push(cyclic, {toString: () => 'o'}); print(String(cyclic));
		print('aXbX'.replace('X', '[$&]'), 'aXbX'.replaceAll('X', "$$"), 'ab'.replace(/(?<n>b)/, '$<n>$1$2'), 'aa'.replace(/a/g, (m, i) => i));
		print(2n ** 10n, 1n << 70n, 2 ** -1, BigInt.asUintN(2 ** 40, 5n), BigInt.asIntN(2 ** 40, -5n), (-2) ** 2);
		let x = 3; x **= 2; print(x, 1 << 33, typeof (1n << 2n));
		print([3, 1, 2].flat().concat([4], 5).length, [1, [2, [3, [4]]]].flat(Infinity).join());`,
		lines("xxx abx x xx 0 1", "3 1-2 4", "1+2,3+++[object Object] 1,true ,", "1,,o", "a[X]bX a$b$ abb$2 01",
			"1024 1180591620717411303424 0.5 5 -5 4", "9 2 bigint", "5 1,2,3,4"))
}

// Data that are nested too deep are an error in every function that traverses them.
func TestNesting(t *testing.T) {
	nested := "let a = []; for (let i = 0; i < 3e5; i++) a = [a];"
	caught(t, "InternalError", "JSON.parse('['.repeat(4e6))", "JSON.parse('{\"a\":'.repeat(4e6))", nested+"JSON.stringify(a)", nested+"a.flat(Infinity)",
		nested+"String(a)", "let a = {}; for (let i = 0; i < 3e5; i++) a = {a}; JSON.stringify(a)", "const a = []; a.push(a); a.flat(Infinity)",
		"const o = {}; o.toString = String.prototype.trim; '' + o", "const o = {}; o.join = Array.prototype.toString; o.join()",
		"const o = {}; Object.defineProperty(o, 'x', {get: Reflect.get.bind(null, o, 'x')}); o.x", "const o = {}; o.valueOf = Number.bind(null, o); +o")
	caught(t, "RangeError", "let o = {}; for (;;) o = Object.create(o)", "let o = {}; for (;;) o = new Proxy(o, {})", "let f = () => 1; for (;;) f = f.bind()",
		"let o = {}; for (;;) { const p = {}; Object.setPrototypeOf(p, o); o = p }")
	caught(t, "TypeError", "const t = {}; Object.setPrototypeOf(t, new Proxy(t, {}))", "const h = {}; h.__proto__ = new Proxy({}, h)")
}

// The same for a source.
func TestSourceNesting(t *testing.T) {
	for _, part := range []string{"(", "[", "{", "!", "- ", "x=>", "1?", "a=", "if(1)", "`${", "new ", "function f(){", "let [", "for(;;)", "({a:", "async()=>{", "if(1);else "} {
		caught(t, "SyntaxError", fmt.Sprintf("eval(%q.repeat(1e6))", part), fmt.Sprintf("new Function(%q.repeat(1e6))", part))
		e := failure(t, "t.js", strings.Repeat(part, 1e5))
		if !strings.HasPrefix(e.Message, "SyntaxError") {
			t.Errorf("%s: %v", part, e)
		}
	}
	for _, part := range []string{"+1", ".b", "()", "**1", "&&1", "??1", "[0]"} {
		caught(t, "SyntaxError", fmt.Sprintf("eval('1' + %q.repeat(1e6))", part))
	}
	caught(t, "SyntaxError", "new RegExp('('.repeat(1e6))", "new RegExp('(?='.repeat(1e4) + ')'.repeat(1e4))", "new RegExp('['.repeat(1e5), 'v')")
}

// Long sources that are not nested deeper than others run.
func TestLongSources(t *testing.T) {
	for name, source := range map[string]string{
		"statements":  strings.Repeat("x = f(x, [1, 2], {a: 1});\n", 5e3) + "print(x)",
		"no semicola": strings.Repeat("x = f(x, [1, 2], {a: 1})\n", 5e3) + "print(x)",
		"functions":   strings.Repeat("function g(a) { if (a) { return [a] } else { return /[(]{2}/.test(a) } }\n", 5e3) + "print(x)",
		"list":        "const l = [" + strings.Repeat("{a: [1, -2], b: 'x'},\n", 5e3) + "]; print(x)",
		"strings":     "x = " + strings.Repeat(`"(" + "[" + `, 1e3) + "x; print(0)",
		"cases":       "switch (x) {" + strings.Repeat("case 1: case 2: f(x); break;\n", 3e3) + "} print(x)",
		"comments":    strings.Repeat("/* ((((( */ // [[[[[[\n", 5e3) + "print(x)",
		"chain":       "f()" + strings.Repeat(".toString()", 2e3) + "; print(x)",
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, "let x = 0; const f = () => 0;\n"+source, "0\n")
		})
	}
}

// A run that exceeds its memory limit ends; the next one begins normally.
func TestMemoryLimit(t *testing.T) {
	for _, source := range []string{
		"const all = []; for (;;) all.push([])",
		"const all = []; for (;;) all.push(new Uint8Array(1e4))",
		"JSON.parse('[' + '[],'.repeat(2e6) + '1]')",
		"let o = {}; for (;;) o = {o}",
	} {
		f := newFixture(t, Options{MemoryLimit: 32 << 20})
		err := within(t, func() error { return f.Eval("t.js", "(() => { "+source+" })()") })
		var memory *MemoryError
		if !errors.As(err, &memory) || memory.Limit != 32<<20 {
			t.Errorf("%s: %v (%T)", source, err, err)
		}
		if err := f.Eval("t.js", "1"); err != nil {
			t.Errorf("%s: next run: %v", source, err)
		}
	}
	f := newFixture(t, Options{MemoryLimit: 32 << 20})
	if err := f.Eval("t.js", "try { new Uint8Array(1e9) } catch (e) { print(e.name) } for (let i = 0; i < 200; i++) new Uint8Array(1e6)"); err != nil || f.out() != "RangeError\n" {
		t.Errorf("%v, printed %q", err, f.out())
	}
}

// An interrupt ends built-in functions too, or leaves them running; the VM is usable when they have
// ended.
func TestInterruptBuiltins(t *testing.T) {
	for name, body := range map[string]string{
		"regexp":       `/^(?=(a+)+$)/.test("a".repeat(40) + "b")`,
		"match":        `"x".repeat(40).match(/(?=(x+x+)+y)/g)`,
		"replace":      `("a".repeat(40) + "b").replace(/(?=(a+)+$)./g, "")`,
		"split":        `("a".repeat(40) + "b").split(/(?=(a+)+$)/)`,
		"constructed":  `new RegExp("^(?=(a+)+$)", "u").exec("a".repeat(40) + "b")`,
		"from a place": `const r = /(a|aa)+$/y; r.lastIndex = 1; r.test("a".repeat(60) + "b")`,
		"sort":         `const l = Array.from({length: 2e6}, (_, i) => "x" + (i * 7919 % 2e6)); ready(); for (;;) l.slice().sort()`,
		"stringify":    `const l = Array.from({length: 1e6}, () => ({a: 1})); ready(); for (;;) JSON.stringify(l)`,
		"parse":        `const s = "[" + "[],".repeat(1e6) + "1]"; ready(); for (;;) JSON.parse(s)`,
		"array-like":   `Array.prototype.indexOf.call({length: 2 ** 53 - 1}, 1)`,
		"sparse":       `const a = []; a.length = 2 ** 32 - 1; ready(); a.includes(1)`,
		"fill":         `new Array(2 ** 32 - 1).fill(0)`,
		"eval":         `eval("for (;;);")`,
		"Function":     `new Function("while (true);")()`,
	} {
		t.Run(name, func(t *testing.T) {
			modules, ready := readyModule()
			f := newFixture(t, Options{Modules: modules})
			go func() {
				<-ready
				f.Interrupt()
			}()
			if !strings.Contains(body, "ready()") {
				body = "ready(); " + body
			}
			err := within(t, func() error {
				return f.Eval("t.js", "import {ready} from 'host'; try { "+body+" } finally { print('f') }")
			})
			var interrupted *InterruptedError
			if !errors.As(err, &interrupted) || f.out() != "" {
				t.Errorf("%v (%T), printed %q", err, err, f.out())
			}
			if err := within(t, func() error { return f.Eval("t.js", "print('usable')") }); err != nil || f.out() != "usable\n" {
				t.Errorf("next run: %v, %q", err, f.out())
			}
		})
	}
}

// A function that an interrupt has left running delays neither Close nor an interrupt of the next
// run.
func TestLeftBehind(t *testing.T) {
	modules, ready := readyModule()
	vm, err := New(Options{Modules: modules, Stdout: tempFile(t)})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-ready
		vm.Interrupt()
	}()
	source := "import {ready} from 'host'; const l = Array.from({length: 3e6}, (_, i) => 'x' + (i * 7919 % 3e6)); ready(); for (;;) l.slice().sort()"
	var interrupted *InterruptedError
	if err := vm.Eval("t.js", source); !errors.As(err, &interrupted) {
		t.Fatalf("%v", err)
	}
	idle := vm.Idle()
	if err := vm.Close(); err != nil {
		t.Error(err)
	}
	if err := vm.Eval("t.js", "1"); !errors.Is(err, ErrClosed) {
		select {
		case <-idle: // it has already ended
		default:
			if err == nil {
				t.Error("a VM that is being closed runs a script")
			}
		}
	}
	select {
	case <-idle:
	case <-time.After(time.Minute):
		t.Error("the function that was left running does not end")
	}
}

// Built-in objects of the language that goja lacks.
func TestBuiltins(t *testing.T) {
	expect(t, `
		print(JSON.stringify(Object.groupBy([1, 2, 3], x => x % 2 ? "odd" : "even")), [...Map.groupBy([1, 2, 3], x => x % 2)].join("|"));
		const o = {}; o.__defineGetter__("x", () => 7); print(o.x, typeof o.__lookupGetter__("x"));
		print(/^\p{Lu}\p{Script=Greek}+$/u.test("A\u03b1"), /\P{L}/u.test("a"), /[\p{L}--[a-z]]/v.test("a"), /[\p{L}--[a-z]]/v.flags);
		print(new RegExp("\\p{sc=Grek}", "u").source, eval('"\\u{10FFFF}"').length);
		try { new RegExp("\\p{Nothing}", "u") } catch (e) { print(e.name) }
		function f() { return (() => arguments[0])() }
		print(f(1), eval("(function () { return (() => arguments.length)() })(1, 2)"), new Function("return (() => arguments[0])()")(3));`,
		lines(`{"odd":[1,3],"even":[2]} 1,1,3|0,2`, "7 function", "true false false v", `\p{sc=Grek} 2`, "SyntaxError", "1 2 3"))
}

// The results of methods of long arrays are of the class that the array's Symbol.species names.
func TestSpeciesOfLongArrays(t *testing.T) {
	expect(t, `const class_of = (species) => { class A extends Array { static get [Symbol.species]() { return species ?? this } } const a = new A(); a.length = 2 ** 25; a[1] = 5; return [a, A] };
const [a, A] = class_of(); const b = a.slice(0, 2); print(b instanceof A, b.length, b[1]);
const [c, C] = class_of(Array); print(c.slice(0, 2) instanceof C);
const d = []; d.length = 2 ** 25; d.constructor = undefined; print(d.slice(0, 2).constructor === Array);
d.constructor = 5; try { d.slice(0, 2) } catch (e) { print(e.name) }`, lines("true 2 5", "false", "true", "TypeError"))
}

// A property called length may be a string.
func TestLengthGrows(t *testing.T) {
	expect(t, `function t(f) { try { f(); print("no limit") } catch (e) { print(e.name) } }
		t(() => { let o = { length: "abc" }; for (let i = 0; i < 30; i++) o.length = o.length + o.length; });
		t(() => { let o = { length: "abc" }; for (let i = 0; i < 30; i++) o.length += o.length; });
		t(() => { let o = { length: "abc" }, s = "abc"; for (let i = 0; i < 20; i++) { s = s + o.length; o.length = o.length + s; } });
		t(() => { let o = { length: "abc" }; for (let i = 0; i < 30; i++) eval("o.length = o.length + o.length"); });`,
		strings.Repeat("RangeError\n", 4))
}

// The length of chains of prototypes is limited, however they are made.
func TestChainsOfPrototypes(t *testing.T) {
	expect(t, `
		const start = Array.from({ length: 9990 }).reduce((o) => Object.setPrototypeOf({}, o), {});
		function t(step) { let o = start; try { for (let i = 0; i < 100; i++) o = step(o); print("no limit") } catch (e) { print(e.name) } }
		t((o) => ({ __proto__: o }));
		t((o) => { function F() {} F["prototype"] = o; return new F(); });
		t((o) => { function F() {} F.prototype = null; F.prototype ||= o; return new F(); });
		t((o) => { function F() {} Object.defineProperty(F, "prototype", { value: o }); return new F(); });
		t((o) => { function F() {} Reflect.defineProperty(F, "prototype", { value: o }); return new F(); });
		t((o) => { function F() {} Reflect.set(F, "prototype", o); return new F(); });
		t((o) => { const f = function () {}.bind(); Object.defineProperty(f, "prototype", { get() { return o } }); return Reflect.construct(Object, [], f); });
		const p = {}, q = Object.create(p);
		print(Reflect.setPrototypeOf(p, q), Reflect.setPrototypeOf(p, p), Reflect.setPrototypeOf(p, null), Object.getPrototypeOf(p));
		try { Object.setPrototypeOf(p, q) } catch (e) { print(e.name) }`,
		strings.Repeat("RangeError\n", 7)+"false false true null\nTypeError\n")
}

// The same for long chains.
func TestLongChains(t *testing.T) {
	var loops []string
	for _, step := range []string{
		"const F = function () {}; F[key] = o; o = new F", "const F = function () {}; Object.assign(F, { prototype: o }); o = new F()",
		"const F = function () {}; Object.defineProperties(F, { prototype: { value: o } }); o = new F", "const F = function () {}; [F.prototype] = [o]; o = new F",
		"const F = function () {}; ({ a: F.prototype } = { a: o }); o = new F", "const F = function () {}; for (F.prototype of [o]); o = new F",
		"const F = function () {}; F.prototype &&= o; o = new F", "const F = function () {}; F[key] = o; o = Reflect.construct(Object, [], F)",
		"const F = function () {}; F[key] = o; o = eval('[new F()]')[0]", "const F = function () {}; F[key] = i ? o : {}; o = Array.of.call(F)",
		"const F = function* () {}; F.prototype = o; o = F()", "const p = {}; p['__pro' + 'to__'] = o; o = p", "const p = {}; Reflect.setPrototypeOf(p, o); o = p",
		"o = { __proto__: o }", "o = Object.create(o)", "o = class extends o {}", "o = new Proxy({}, o)", "o = new Proxy(function () {}, {}).bind()",
	} {
		loops = append(loops, "const key = String('prototype'); let o = class {}; for (let i = 0; i < 11000; i++) { "+step+" }")
	}
	loops[len(loops)-1] = "let o = class {}; for (let i = 0; i < 11000; i++) o = new Proxy(o.bind(), {})"
	caught(t, "RangeError", loops...)
}

// A prototype that a script has set is checked again.
func TestChangedChains(t *testing.T) {
	expect(t, `
		const chain = (from, length) => { for (let i = 0; i < length; i++) from = Object.create(from); return from };
		const bottom = {}, top = chain(bottom, 6000);
		Object.create(top);
		Object.setPrototypeOf(bottom, chain(null, 6000));
		for (const f of [() => Object.create(top), () => Object.setPrototypeOf({}, top), () => Object.setPrototypeOf(Object.preventExtensions({}), chain(null, 10)), () => Object.setPrototypeOf(bottom, top),
			() => Object.create(chain(bottom, 5000))])
			try { f(); print("no error") } catch (e) { print(e.name) }
		Object.setPrototypeOf(bottom, null);
		print(Object.getPrototypeOf(Object.create(top)) === top);
		const frozen = Object.freeze(chain(null, 9998));
		try { Object.setPrototypeOf(frozen, {}) } catch (e) { print(e.name) }
		try { chain(frozen, 10) } catch (e) { print(e.name) }
		print(eval("[new Date(0), new Array, new (class { x = 1 })(), new new Function()]").map((v) => typeof v));`,
		lines("RangeError", "RangeError", "TypeError", "RangeError", "RangeError", "true", "TypeError", "RangeError", "object,object,object,object"))
}

// Chains are bounded that get longer at their ends, and none leads back to itself through proxies.
func TestJoinedChains(t *testing.T) {
	f := newFixture(t, Options{})
	f.joins.most = maxChain*weightOfProxy + 10_000
	err := f.Eval("t.js", `
		const chain = (length) => { const end = {}; let o = end; for (let i = 1; i < length; i++) o = Object.create(o); return { end, o } };
		function t(name, join) { try { for (let i = 0; i < 60; i++) join(); print(name, "no limit") } catch (e) { print(name, e.name) } }
		// What is not joined to one another is no chain.
		const top = chain(900).o;
		t("one after the other", () => { Object.setPrototypeOf({}, top).x });
		const end = {};
		t("the same object", () => { Object.setPrototypeOf(end, chain(900).o) });
		t("short", () => { for (let i = 0; i < 1e3; i++) Object.setPrototypeOf(function () {}, Array) });
		const tops = []; // what keeps a long chain alive
		const start = () => { const first = chain(900); tops.push(first.o); return first };
		let last = start();
		t("setPrototypeOf", () => { const next = chain(900); Object.setPrototypeOf(last.end, next.o); last = next });
		last = start();
		t("Reflect", () => { const next = chain(900); Reflect.setPrototypeOf(last.end, next.o); last = next });
		last = start();
		t("__proto__", () => { const next = chain(900); last.end.__proto__ = next.o; last = next });
		last = start();
		t("proxy", () => { const next = chain(900); Object.setPrototypeOf(new Proxy(new Proxy(last.end, {}), {}), next.o); last = next });
`)
	if err != nil {
		t.Fatal(err)
	}
	want := lines("one after the other no limit", "the same object no limit", "short no limit", "setPrototypeOf RangeError", "Reflect RangeError",
		"__proto__ RangeError", "proxy RangeError")
	if got := f.out(); got != want {
		t.Errorf("printed:\n%swant:\n%s", got, want)
	}
	caught(t, "TypeError", "const b = {}; Object.setPrototypeOf(new Proxy(b, {}), new Proxy(b, {}))", "const b = {}; new Proxy(b, {}).__proto__ = new Proxy(b, {})",
		"const b = {}, p = new Proxy(b, {}); Object.setPrototypeOf(new Proxy(p, {}), p)")
	expect(t, "const b = {}; print(Reflect.setPrototypeOf(new Proxy(b, {}), new Proxy(b, {})), b.x)", "false undefined\n")
}

// The stack is enough for the longest chain.
func TestLongestJoinedChain(t *testing.T) {
	expect(t, `
		const chain = (length) => { const end = {}; let o = end; for (let i = 1; i < length; i++) o = Object.create(o); return { end, o } };
		const { o: first, end } = chain(9000);
		let last = end;
		try {
			for (let i = 0; i < 60; i++) { const next = chain(9000); Object.setPrototypeOf(last, next.o); last = next.end }
		} catch (e) { print(e.name) }
		last.present = 1;
		print(first.present, "present" in first, first.absent);
	`, lines("RangeError", "1 true undefined"))
}
