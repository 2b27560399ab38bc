package gojavm

import (
	"errors"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

func TestSyntaxErrors(t *testing.T) {
	for _, test := range []struct {
		name, source, message string
		line, column          int
	}{
		{"s.js", "let x = 1;\n  let y = ;\n", `SyntaxError: Unexpected ";"`, 2, 11},
		{"s.js", "import * as os from 'os';\nlet x = 1;\n\tfoo(\n", "SyntaxError: Unexpected end of file", 4, 1},
		{"s.js", "import 'os';\nprint(import.meta.url); let y = ;", `SyntaxError: Unexpected ";"`, 2, 33},
		{"s.js", "print(import.meta.url); let y = ;", `SyntaxError: Unexpected ";"`, 1, 33},
		{"s.ts", "interface A { a: string }\nfunction f(a: A) { return a.; }\n", `SyntaxError: Expected identifier but found ";"`, 2, 29},
		{"s.ts", "let a: number = 1;\nlet a = 2;", `SyntaxError: The symbol "a" has already been declared`, 2, 5},
		{"s.js", "let a: number = 1;", `SyntaxError: Expected ";" but found ":"`, 1, 6},
		{"s.mjs", "with (a) {}", `SyntaxError: With statements cannot be used in an ECMAScript module`, 1, 1},
		{"s.js", "import {nope} from 'os';\nnope()", "SyntaxError: module 'os' has no export named 'nope', imported by 's.js'", 1, 9},
		{"s.js", "import os from 'os';\nos()", "SyntaxError: module 'os' has no export named 'default', imported by 's.js'", 1, 8},
		{"s.ts", "type T = 1;\nimport {nope} from 'std';\nnope()", "SyntaxError: module 'std' has no export named 'nope', imported by 's.ts'", 2, 9},
		{"s.js", "\nimport x from 'bare'; x", "ReferenceError: could not load module 'bare': no such file in node_modules (imported by s.js:2; native modules: os, std)", 2, 15},
		{"s.js", "import './gone.js'", "ReferenceError: could not load module './gone.js': no such file (imported by s.js:1)", 1, 8},
		{"dir/s.js", "import './gone.js'", "ReferenceError: could not load module './gone.js': no such file (imported by dir/s.js:1)", 1, 8},
	} {
		e := failure(t, test.name, test.source)
		if e.Message != test.message || e.File != test.name || e.Line != test.line || e.Column != test.column {
			t.Errorf("%s %q:\n got %q at %s:%d:%d\nwant %q at %d:%d", test.name, test.source,
				e.Message, e.File, e.Line, e.Column, test.message, test.line, test.column)
		}
	}
}

func TestErrorString(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"file.js", "function f() {\n  throw new Error('boom')\n}\n\nf()",
			"Error: boom\n    at f (file.js:2:9)\n    at file.js:5:1"},
		{"dir/file.js", "null.x", "TypeError: Cannot read property 'x' of undefined\n    at dir/file.js:1:6"},
		{"/abs/file.js", "nope()", "ReferenceError: nope is not defined\n    at /abs/file.js:1:1"},
		{"m.js", "import 'os';\n[1].forEach(() => { throw new RangeError('r') })",
			"RangeError: r\n    at m.js:2:27\n    at forEach (native)\n    at m.js:2:5"},
		{"with space é.js", "throw new Error('x')", "Error: x\n    at with space é.js:1:7"},
		{"<cmdline>", "throw new Error('x')", "Error: x\n    at <cmdline>:1:7"},
		{"", "throw new Error('x')", "Error: x\n    at <input>:1:7"},
		{"s.js", "let y = ;", "SyntaxError: Unexpected \";\"\n    at s.js:1:9"},
	} {
		if got := failure(t, test.name, test.source).Error(); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestThrowOther(t *testing.T) {
	for _, test := range []struct{ value, message string }{
		{`"text"`, "text"},
		{`42`, "42"},
		{`null`, "null"},
		{`undefined`, "undefined"},
		{`({a: 1})`, "[object Object]"},
		{`({toString() { return "own" }})`, "own"},
		{`({toString() { throw 1 }})`, "[exception]"},
		{`Symbol("s")`, "[exception]"},
		{`Object.create(null)`, "[exception]"},
		{`Object.assign(new Error("m"), {stack: 5})`, "Error: m"},
		{`Object.assign(new Error("m"), {name: "Mine"})`, "Mine: m"},
	} {
		e := failure(t, "t.js", "\n  throw "+test.value)
		if e.Message != test.message {
			t.Errorf("throw %s: message %q, want %q", test.value, e.Message, test.message)
		}
		if e.File != "t.js" || e.Line != 2 {
			t.Errorf("throw %s: at %s:%d", test.value, e.File, e.Line)
		}
	}
}

const typescriptLib = `export type Num = number;

interface Deep {
  a: { b: string };
}

export function boom(n: Num): never {
  const d: Deep = { a: { b: "x" } };
  throw new TypeError(` + "`boom ${n} ${d.a.b}`" + `);
}
`

// Positions refer to the TypeScript source, also in an imported file.
func TestSourceMap(t *testing.T) {
	tree(t, map[string]string{
		"main.ts": `import { boom, type Num } from "./lib/b";
interface Options {
  value: Num;
}
type More = Options & { y?: string };
enum Color { Red, Green }
function run(o: More): void {
  boom(o.value as number);
}
try {
  run({ value: Color.Green });
} catch (e) {
  print(/b\.ts:9:9/.test(e.stack), /main\.ts:8:3/.test(e.stack));
}
run({ value: 2 });
`,
		"lib/b.ts": typescriptLib,
	})
	f := newFixture(t, Options{})
	e := scriptError(t, f.RunFile("main.ts"))
	want := "TypeError: boom 2 x\n    at boom (lib/b.ts:9:9)\n    at run (main.ts:8:3)\n    at main.ts:15:1"
	if e.Error() != want || e.File != "lib/b.ts" || e.Line != 9 || e.Column != 9 {
		t.Errorf("got\n%s\n(%s:%d:%d)\nwant\n%s", e, e.File, e.Line, e.Column, want)
	}
	if got := f.out(); got != "true true\n" {
		t.Errorf("printed %q", got)
	}
}

func TestSourceMapAbsolute(t *testing.T) {
	dir := tree(t, map[string]string{"sub/main.ts": "type A = 1;\nimport {boom} from '../lib/b'\nboom(1)", "lib/b.ts": typescriptLib})
	f := newFixture(t, Options{})
	e := scriptError(t, f.RunFile(dir+"/sub/main.ts"))
	want := "TypeError: boom 1 x\n    at boom (" + dir + "/lib/b.ts:9:9)\n    at " + dir + "/sub/main.ts:3:1"
	if e.Error() != want {
		t.Errorf("got\n%s\nwant\n%s", e, want)
	}
}

func TestRunFileErrors(t *testing.T) {
	dir := tree(t, map[string]string{"dir/x": ""})
	for path, want := range map[string]string{
		"none.js":        "none.js: No such file or directory",
		dir + "/none.js": dir + "/none.js: No such file or directory",
		"dir":            "dir: Is a directory",
		"dir/x/y.js":     "dir/x/y.js: Not a directory",
	} {
		f := newFixture(t, Options{})
		e := scriptError(t, f.RunFile(path))
		if e.Error() != want {
			t.Errorf("RunFile(%s): %q, want %q", path, e, want)
		}
	}
}

// The position of a syntax error in an imported file is in that file.
func TestSyntaxErrorInImport(t *testing.T) {
	tree(t, map[string]string{
		"main.js":    "import './lib/a.ts'",
		"lib/a.ts":   "export const a: number = 1;\nimport './c.json';\nlet b: = 2;",
		"lib/c.json": "{}",
	})
	f := newFixture(t, Options{})
	e := scriptError(t, f.RunFile("main.js"))
	if e.File != "lib/a.ts" || e.Line != 3 || e.Column != 8 {
		t.Errorf("%s at %s:%d:%d", e.Message, e.File, e.Line, e.Column)
	}
}

func TestBadJSON(t *testing.T) {
	tree(t, map[string]string{"main.js": "import j from './c.json'; j", "c.json": "{\n \"a\": }"})
	f := newFixture(t, Options{})
	e := scriptError(t, f.RunFile("main.js"))
	if e.File != "c.json" || e.Line != 2 {
		t.Errorf("%s at %s:%d:%d", e.Message, e.File, e.Line, e.Column)
	}
}

func TestUnhandledRejection(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{"\nPromise.reject(new Error('r')); setTimeout(() => print('not reached'), 0)",
			"Possibly unhandled promise rejection: Error: r\n    at t.js:2:16"},
		{"(async () => { await 1; throw 'text' })()", "Possibly unhandled promise rejection: text"},
		{"setTimeout(() => { Promise.reject(5) }, 0)", "Possibly unhandled promise rejection: 5"},
		{"new Promise((_, no) => no(7)).finally(() => 1)", "Possibly unhandled promise rejection: 7"},
	} {
		f := newFixture(t, Options{})
		e := scriptError(t, f.Eval("t.js", test.source))
		if e.Error() != test.want || e.Reported {
			t.Errorf("%s: got %q, want %q", test.source, e, test.want)
		}
		if f.out() != "" {
			t.Errorf("%s: printed %q", test.source, f.out())
		}
	}
	expect(t, `const p = Promise.reject(1); p.catch(e => print("a", e));
(async () => { try { await Promise.reject(2) } catch (e) { print("b", e) } })();
Promise.reject(3).then(() => 1).catch(e => print("c", e));
queueMicrotask(() => q.catch(e => print("d", e))); const q = Promise.reject(4);`,
		"a 1\nb 2\nc 3\nd 4\n")
}

// An exception in a handler is reported at once, and the loop continues.
func TestErrorInTimer(t *testing.T) {
	f := newFixture(t, Options{})
	err := f.Eval("t.js", "setTimeout(() => {\n  throw new Error('in timer') }, 0);\nsetTimeout(() => print('later'), 1)")
	e := scriptError(t, err)
	if !e.Reported || e.Line != 2 {
		t.Errorf("error %+v", e)
	}
	if got, want := f.err(), "Error: in timer\n    at t.js:2:9\n"; got != want {
		t.Errorf("stderr %q, want %q", got, want)
	}
	if got := f.out(); got != "later\n" {
		t.Errorf("stdout %q", got)
	}
	if err := f.Eval("t.js", "print('again')"); err != nil {
		t.Errorf("next run: %v", err)
	}
}

func TestStackOverflow(t *testing.T) {
	for _, source := range []string{
		"function f() { f() }\nf()",
		"function f() { [1].forEach(f) }\nf()",
		"const o = { get x() { return this.x } };\no.x",
		"class A { toString() { return `${this}` } }\nprint(new A())",
	} {
		f := newFixture(t, Options{})
		e := scriptError(t, f.Eval("t.js", source))
		if e.Message != "InternalError: stack overflow" || e.Line == 0 || strings.Count(e.Stack, "\n") > 20 {
			t.Errorf("%s: %v", source, e)
		}
		if f.out() != "" {
			t.Errorf("%s: printed %q", source, f.out())
		}
		if err := f.Eval("t.js", "print('usable')"); err != nil {
			t.Errorf("%s: next run: %v", source, err)
		}
	}
}

// Scripts can catch stack overflows from any kind of recursion repeatedly, and finally blocks run.
func TestCatchStackOverflow(t *testing.T) {
	for _, source := range []string{
		"function f() { f() }",
		"const f = () => f()",
		"const f = () => [1].map(f)",
		"const f = () => 'a'.replace(/a/, f)",
		"const f = () => [1, 2].sort(f)",
		"const f = () => Reflect.apply(f, null, [])",
		"const f = () => f.call()",
		"const f = () => new Set([1]).forEach(f)",
		"const o = { get x() { return this.x } }; const f = () => o.x",
		"const o = { toString() { return '' + o } }; const f = () => '' + o",
		"const o = new Proxy({}, { get(t, k, r) { return r[k] } }); const f = () => o.x",
		"class A { constructor() { new A } } const f = () => new A",
		"class A { x = new A } const f = () => new A",
		"function* g() { yield* g() } const f = () => [...g()]",
		"const g = eval('(function* g() { yield* g() })'); const f = () => g().next()",
		"const f = () => { for (const x of { [Symbol.iterator]: f }); }",
		"const f = () => { try { f() } finally { count++ } }",
		"const f = () => { try { f() } catch (e) { count++; throw e } }",
		"const f = (n) => n > 1e5 || f(n + 1) && f`${n}`",
		"const f = () => JSON.stringify({ toJSON: f })",
		"const f = () => eval('f()')",
		"const f = () => std.evalScript('f()'); globalThis.f = f",
	} {
		t.Run(source, func(t *testing.T) {
			expect(t, "import * as std from 'std'; let count = 0; "+source+`
				for (let i = 0; i < 3; i++)
					try { f(); print("returned") } catch (e) { print(e.name, e instanceof Error) } finally { print("finally") }
				print(count === 0 || count > 100)`,
				strings.Repeat("InternalError true\nfinally\n", 3)+"true\n")
		})
	}
}

func TestCatchStackOverflowInJobs(t *testing.T) {
	expect(t, `
		function f() { f() }
		async function g(n) { await g(n + 1) }
		async function h(n) { h2(n) }
		function h2(n) { return h(n + 1).catch(() => 0) }
		for (let i = 0; i < 3; i++) {
			try { await g(i) } catch (e) { print("async", e.name) }
			await h(i)
			try { await Promise.resolve().then(f) } catch (e) { print("job", e.name) }
			try { await new Promise(f) } catch (e) { print("executor", e.name) }
		}
		setTimeout(() => { try { f() } catch (e) { print("timer", e.name) } }, 0)`,
		strings.Repeat("async InternalError\njob InternalError\nexecutor InternalError\n", 3)+"timer InternalError\n")
}

// The next run does not run the timers of a script that failed.
func TestErrorDropsTimers(t *testing.T) {
	f := newFixture(t, Options{})
	scriptError(t, f.Eval("t.js", "setTimeout(() => print('stale'), 0); throw 1"))
	if err := f.Eval("t.js", "print('fresh')"); err != nil {
		t.Fatal(err)
	}
	if got := f.out(); got != "fresh\n" {
		t.Errorf("printed %q", got)
	}
}

func TestNativePanic(t *testing.T) {
	f := newFixture(t, Options{Modules: hostModule(map[string]func(*VM, goja.FunctionCall) goja.Value{
		"crash": func(*VM, goja.FunctionCall) goja.Value {
			var none []goja.Value
			return none[len(none)]
		},
	})})
	err := f.Eval("t.js", "import {crash} from 'host'; try { crash() } catch (e) { print(e) } finally { print('f') }")
	if err == nil || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("error %v", err)
	}
	if err := f.Eval("t.js", "1"); !errors.Is(err, errBroken) {
		t.Errorf("next run: %v", err)
	}
}
