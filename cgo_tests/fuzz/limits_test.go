package fuzz

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// memoryOfScript is the limit of each script, in bytes.
const memoryOfScript = 128 << 20

// scriptsOfHost is how many scripts one process of the host runs.
const scriptsOfHost = 20

// TestLimits runs scripts that ask for too much in a C host: too deep a nesting, too large a
// size, too much of everything. The host has to survive each.
func TestLimits(t *testing.T) {
	host := testkit.Host{
		Dir:      "testdata/limits",
		Standard: "c11",
		Flags:    []string{"-O1", "-D_POSIX_C_SOURCE=200809L", "-pthread"},
		Sources:  []string{"host.c"},
		Library:  testkit.LibraryDir(t),
	}.Compile(t)
	count := 0
	rounds(t, 2, func(seed uint32) {
		r := rand.New(rand.NewPCG(uint64(seed), 0))
		dir := t.TempDir()
		arguments := []string{strconv.Itoa(memoryOfScript)}
		var sources []string
		for i := range scriptsOfHost {
			file := filepath.Join(dir, fmt.Sprintf("%d.%s", i, []string{"js", "js", "mjs", "ts", "tsx"}[r.IntN(5)]))
			source := greedy(r)
			if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
				t.Fatal(err)
			}
			arguments = append(arguments, file)
			sources = append(sources, source)
		}
		result := testkit.Run(t, testkit.Options{Dir: dir, Limit: 10 * time.Minute}, host, arguments...)
		count += scriptsOfHost
		if result.Status != 0 || !strings.HasSuffix(result.Stdout, "survived\n") {
			last := strings.Count(result.Stdout, "\n") - 1
			t.Errorf("status %d, signal %v\n%.2000s\nscript: %.1000s", result.Status, result.Signal, result.Stderr, sources[max(0, min(last, len(sources)-1))])
		}
	})
	fuzzed(t, "greedy scripts", count)
}

// Nested texts: before, in the middle, after.
var nestings = [][3]string{
	{"[", "", "]"}, {"(", "1", ")"}, {"{", "", "}"}, {"!", "1", ""}, {"- ", "1", ""}, {"typeof ", "1", ""}, {"x=>", "1", ""},
	{"", "1", "+1"}, {"", "1", "**1"}, {"", "a", ".b"}, {"", "a", "()"}, {"", "a", "[0]"}, {"1?", "1", ":1"}, {"a=", "1", ""},
	{"if(1)", ";", ""}, {"if(1);else ", ";", ""}, {"for(;;)", ";", ""}, {"function f(){", "", "}"}, {"class A{a(){", "", "}}"},
	{"`${", "1", "}`"}, {"new ", "A", ""}, {"", "1", ",1"}, {"", "1", "&&1"}, {"", "1", "??1"}, {"let [", "a", "]=[]"}, {"({a:", "1", "})"},
	{"async()=>{", "", "}"}, {"await ", "1", ""}, {"/*", "", "*/"}, {"try{", "", "}catch{}"}, {"switch(1){case 1:", "", "}"}, {"a:", ";", ""},
	{"\"", "", "\""}, {"'\\", "", "'"}, {"\n", "a", "\n"}, {"#", "", ""}, {"a?.", "b", ""}, {"import(", "1", ")"}, {"yield ", "1", ""},
	{"<div>", "", "</div>"}, {"<a b=", "<c/>", "/>"}, {"<a>{", "1", "}</a>"}, {"<a b={", "1", "}/>"}, {"<", "a", ">"}, {"a as ", "b", ""}, {"A<", "B", ">"}, {"/(", "", ")/"}, {"}/(", "", ""}, {")/`(", "", ""}, {"...", "a", ""},
}

// What may hide from a reader of tokens how deep the text behind it is nested.
var hidings = []string{
	"//x\r", "//\u2028", "<!-- `\n", "<!-- /*\n", "\n--> `\n", "of / [", "yield / [", "of /`/; /*`; ", "a\n++/`/\n", "a.\nreturn / [", "1. / [", "a\f/ [",
	"x = function () {} /`/; /*`; ", "break\n/`/\n", "<a>'</a>; ", "x! / [", "let x: string\n/`/\n", "'\\\r\n'; ", "`${1}` / [", "{} /a/ /`/; ",
	"<a>`</a>; ", "<a b='\\'/>; ", "<a>{'</a>'}", "<a b=<c>", "<a>{/*</a>*/}", "type A = <T>(x: T) => void; var s = \"</T>\"; ", "x = <T,>(y) => '>'; ", "<a // >\n>'",
}

var patternNestings = [][3]string{
	{"(", "a", ")"}, {"(?:", "a", ")"}, {"(?=", "a", ")"}, {"(?<!", "a", ")"}, {"[", "a", "]"}, {"(", "a", "+)+"}, {"", "a", "|a"}, {"", "a", "{9}"},
	{"(?:", "a", "){9}"}, {"(?<a", ">b", ")"}, {"\\", "", ""}, {"[^", "a", "]"}, {"(a|", "b", ")*"},
}

// Functions that make an object of size n.
var sizes = []string{
	"new Uint8Array(n)", "new Float64Array(n)", "new ArrayBuffer(n)", "new Uint16Array({length: n})", "Uint8Array.from({length: n})",
	"'x'.repeat(n)", "'\\u1234'.repeat(n)", "'x'.padStart(n)", "'x'.padEnd(n, 'ab')", "new Array(n)", "new Array(n).fill(1)", "new Array(n).join('ab')",
	"Array.from({length: n})", "Array.apply(null, {length: n})", "[].concat(new Array(n), new Array(n))", "Array(n).toString()",
	"Object.assign([], {length: n}).indexOf(1)", "Array.prototype.sort.call({length: n})", "Array.prototype.reverse.call({length: n})",
	"Array.prototype.slice.call({length: n})", "Array.prototype.splice.call({length: n}, 0, 1)", "Array.prototype.map.call({length: n}, x => x)",
	"'x'.repeat(n).split('')", "'x'.repeat(n).replace(/x/g, 'y'.repeat(n))", "'x'.repeat(n).replaceAll('x', 'y'.repeat(n))",
	"'x'.repeat(n).replace(/x/g, '$`')", "JSON.stringify('x'.repeat(n))", "JSON.parse('[' + '1,'.repeat(n) + '1]')", "JSON.stringify(new Array(n))",
	"encodeURIComponent('\\u1234'.repeat(n))", "'\\u0130'.repeat(n).toLowerCase()", "'\\ufdfa'.repeat(n).normalize('NFKD')", "2n ** BigInt(n)",
	"1n << BigInt(n)", "1n >> -BigInt(n)", "BigInt.asUintN(n, -1n)", "BigInt.asIntN(n, 1n)", "BigInt('1'.repeat(n))", "String.fromCharCode(...new Uint8Array(n))",
	"new Set('x'.repeat(n))", "[...'x'.repeat(n)]", "Object.keys('x'.repeat(n))", "'x'.repeat(n).match(/x/g)", "[...'x'.repeat(n).matchAll(/x/g)]",
	"/(x+x+)+y/.test('x'.repeat(n))", "/^(?=(a+)+$)/.test('a'.repeat(n) + 'b')", "new RegExp('x'.repeat(n))", "eval('1,'.repeat(n) + '1')",
	"new Function('a,'.repeat(n) + 'b', 'return a')", "Reflect.construct(Array, {length: n})", "(1.5).toFixed(n)", "(255).toString(n)", "new Date(n).toString()",
	"'x'.concat(...new Array(n))", "structuredClone(new Array(n))", "new Uint8Array(n).join('ab')", "new Array(n).flat()", "Array(n).toSorted()",
}

// Statements that make an object grow in a loop.
var growths = []string{
	"s += s", "s = s + s", "s = `${s}${s}`", "s = s.concat(s)", "s = [s, s].join()", "s = s.replace(/^/, s)", "s = s.padEnd(s.length * 2, s)",
	"b *= b", "b = b * b", "b **= 2n", "b <<= 64n", "b = b + b", "a.push(a.length)", "a.push([])", "a = a.concat(a, 1)", "a = [...a, ...a, 1]", "a = [a, a]",
	"a = a.flat()", "o = {o}", "o = Object.create(o)", "o = new Proxy(o, {})", "o = new Proxy({}, o)", "f = f.bind()", "f = new Proxy(f, {})",
	"c = class extends c {}", "e = new Error('x', {cause: e})", "m.set(m.size, {})", "a = new Uint8Array(a.length * 2 + 1)", "p = p.then(() => 1)",
	"o = {__proto__: o}", "Object.setPrototypeOf(new Proxy(o, {}), new Proxy(o, {}))", "{ const n = {}; let t = n; for (let i = 0; i < 9000; i++) t = Object.create(t); Object.setPrototypeOf(q, t); q = n }", "eval('s += s')", "s = new Function('s', 'return s + s')(s)", "s = JSON.stringify(s)", "a = JSON.parse(JSON.stringify([a, a]))",
	"d = (x => () => x)(d)", "g = (function* (x) { yield* x })(g)", "Object.setPrototypeOf(o, new Proxy(o, {}))", "o[s] = o; s += 'x'", "a.length = a.length * 2 + 1",
}

// Functions that read such an object.
var uses = []string{
	"String(x)", "JSON.stringify(x)", "x.x", "'x' in x", "x.x = 1", "for (const k in x);", "x()", "new x", "x instanceof Object", "({}) instanceof x", "[...x]",
	"x.flat(Infinity)", "x.length", "x.toString()", "`${x}`", "x + 1", "x == x", "Object.keys(x)", "Array.isArray(x)", "structuredClone(x)", "print(x)",
	"console.log(x)", "x.next()", "new RegExp(x)", "eval(x)", "x.sort()", "x.indexOf(1)", "x.reverse()", "x.at(-1)", "x.stack", "throw x", "await x",
	"Object.getPrototypeOf(x)", "x === x.__proto__", "JSON.parse(x)", "encodeURI(x)", "x.split('')", "x.toLowerCase()", "/(?=(.+)+$)x/.test(x)",
}

// Functions that call themselves.
var recursions = []string{
	"f()", "[1].map(f)", "'a'.replace(/a/, f)", "[1, 2].sort(f)", "new f", "f.call()", "Reflect.apply(f, null, [])", "`${{toString: f}}`", "+{valueOf: f}",
	"({get x() { return f() }}).x", "new Proxy({}, {get: f}).x", "JSON.stringify({toJSON: f})", "[...{[Symbol.iterator]: f}]", "eval('f()')",
	"(async () => f())()", "(function* () { yield* f() })().next()", "new Function('f', 'f()')(f)", "f.bind()()", "class A { static x = f() }", "new Promise(f)",
	"try { f() } catch { f() }", "try { f() } finally { f() }", "f`${f()}`", "new (class extends f {})", "Array.from([1], f)", "JSON.parse('1', f)",
	"Promise.resolve({then: f})", "o.toString = String.prototype.trim; '' + o", "o.join = Array.prototype.toString; o.join()",
	"Object.defineProperty(o, 'x', {get: Reflect.get.bind(null, o, 'x')}); o.x", "o.valueOf = Number.bind(null, o); +o",
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// number is a count of any size, small ones as often as great ones.
func number(r *rand.Rand, most int) int {
	n := 1
	for range r.IntN(most) {
		n *= 10
	}
	return n * (1 + r.IntN(9))
}

func nest(r *rand.Rand, nestings [][3]string, depth int) (before, middle, after string) {
	a, b := pick(r, nestings), pick(r, nestings)
	if r.IntN(2) == 0 {
		b = a
	}
	return strings.Repeat(a[0]+b[0], depth/2), b[1], strings.Repeat(b[2]+a[2], depth/2)
}

func literal(text string) string { return strconv.QuoteToASCII(text) }

// greedy is a script that asks for too much.
func greedy(r *rand.Rand) string {
	attempt := func(body string) string {
		return "try { " + body + " } catch (e) { if (!(e instanceof Error) && e !== undefined) throw e }\n"
	}
	switch r.IntN(7) {
	case 0: // the source itself
		before, middle, after := nest(r, nestings, number(r, 6))
		if r.IntN(2) == 0 {
			before = pick(r, hidings) + before
		}
		return before + middle + after
	case 1: // code that a script compiles
		before, middle, after := nest(r, nestings, 2)
		n := number(r, 7)
		text := fmt.Sprintf("%s.repeat(%d) + %s + %s.repeat(%d)", literal(before), n, literal(middle), literal(after), n)
		return attempt(pick(r, []string{"eval", "new Function", "(0, eval)", "import", "JSON.parse", "std.evalScript"}) + "(" + text + ")")
	case 2:
		before, middle, after := nest(r, patternNestings, 2)
		n := number(r, 7)
		text := fmt.Sprintf("%s.repeat(%d) + %s + %s.repeat(%d)", literal(before), n, literal(middle), literal(after), n)
		return attempt(fmt.Sprintf("new RegExp(%s, '%s').exec('a'.repeat(%d))", text, pick(r, []string{"", "u", "i", "g", "v", "d", "y"}), number(r, 6)))
	case 3:
		var b strings.Builder
		for range 1 + r.IntN(3) {
			n := strconv.Itoa(number(r, 14))
			if r.IntN(8) == 0 {
				n = pick(r, []string{"2 ** 31", "2 ** 32", "2 ** 32 - 1", "2 ** 53 - 1", "2 ** 53", "Infinity", "-1", "NaN", "2 ** 29", "2 ** 30", "1e300"})
			}
			b.WriteString(attempt(strings.ReplaceAll(pick(r, sizes), "n", "("+n+")")))
		}
		return b.String()
	case 4:
		var b strings.Builder
		b.WriteString("let s = 'x', b = 3n, a = [], o = {}, f = () => 1, c = class {}, e = new Error(), m = new Map(), p = Promise.resolve(), d = 1, g = [], q = {}, w = Object.create(q);\n")
		grow := pick(r, growths)
		if r.IntN(3) == 0 {
			grow += "; " + pick(r, growths)
		}
		fmt.Fprintf(&b, "%sfor (const x of [s, b, a, o, f, c, e, m, p, d, g, w]) {\n", attempt(fmt.Sprintf("for (let i = 0; i < %d; i++) { %s }", number(r, 8), grow)))
		for range 3 {
			b.WriteString(attempt(pick(r, uses)))
		}
		return b.String() + "}\n"
	case 5:
		return "const o = {};\nfunction f() { " + pick(r, recursions) + "; return " + pick(r, []string{"1", "f()", "{}", "[]"}) + " }\n" + attempt("f()") + attempt("f()")
	default: // never ends
		return attempt(pick(r, []string{"for (;;);", "while (1) {}", "for (;;) try { for (;;); } finally {}", "eval('for (;;);')", "eval('while (1);')",
			"new Function('for (;;) {}')()", "setInterval(() => 1, 0)", "(async () => { for (;;) await 1 })()", "Array.prototype.indexOf.call({length: 2 ** 53}, 1)",
			"/(a+)+b/.test('a'.repeat(1e3))", "/^(?=(a|aa)+$)/.test('a'.repeat(99) + 'b')", "'a'.repeat(1e8).replace(/a/g, 'b')", "Array.from({length: 3e6}, Math.random).sort()",
			"const a = []; a.length = 2 ** 32 - 1; a.includes(1)", "for (const x of (function* () { for (;;) yield 1 })());"}))
	}
}
