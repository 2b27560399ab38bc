package gojavm

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// runTree runs main in a directory with files.
func runTree(t *testing.T, files map[string]string, main string, opts Options) (string, error) {
	t.Helper()
	tree(t, files)
	f := newFixture(t, opts)
	err := f.RunFile(main)
	return f.out(), err
}

func TestImports(t *testing.T) {
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"extensions": {map[string]string{
			"main.js":      `import {a} from "./a"; import {b} from "./b.mjs"; import {c} from "./sub/c.ts"; import {d} from "./d"; import e, {x} from "./e.json"; import index from "./sub"; print(a, b, c, d, e.x, x, JSON.stringify(e), index)`,
			"a.js":         `export const a = "a"`,
			"b.mjs":        `export const b = "b"`,
			"sub/c.ts":     `export const c: string = "c"`,
			"sub/index.js": `export default "index"`,
			"d.ts":         `export enum E { X = 5 } export const d: E = E.X`,
			"e.json":       `{"x": [1, 2]}`,
		}, `a b c 5 1,2 1,2 {"x":[1,2]} index` + "\n"},
		"relative to the importer": {map[string]string{
			"main.js":  `import "./x/y/a.js"`,
			"x/y/a.js": `import {b} from "../b.js"; print(b)`,
			"x/b.js":   `export const b = 1`,
		}, "1\n"},
		"kinds of export": {map[string]string{
			"main.js": `import def, {f, K as Klass, "odd name" as odd} from "./a.js"; import * as ns from "./a.js"; export * from "./a.js"; export * as again from "./a.js";
print(def, f(), new Klass().v, odd, Object.keys(ns).sort(), ns.default, typeof ns.nope)`,
			"a.js": `export default 1; export function f() { return 2 } class K { v = 3 } export { K }; const o = 4; export { o as "odd name" }`,
		}, "1 2 3 4 K,default,f,odd name 1 undefined\n"},
		"circular": {map[string]string{
			"main.js": `import {a, inc} from "./a.js"; inc(); print(a)`,
			"a.js":    `import {b} from "./b.js"; export let a = 1; export function inc() { a++; b() }; print("a")`,
			"b.js":    `import {a} from "./a.js"; print("b"); export function b() { print("live", a) }`,
		}, "b\na\nlive 2\n2\n"},
		"entry imported again": {map[string]string{
			"main.js": `import {a} from "./a.js"; export const m = 1; print("once", a())`,
			"a.js":    `import {m} from "./main.js"; export const a = () => m`,
		}, "once 1\n"},
		"evaluated once": {map[string]string{
			"main.js": `import "./a.js"; import "./b.js"; import("./c.js").then(() => import("./c.js"))`,
			"a.js":    `import "./c.js"`, "b.js": `import "./c.js"`, "c.js": `print("c"); export {}`,
		}, "c\n"},
		"strict": {map[string]string{
			"main.js": `import "./a.js"; print(this, (function () { return this })()); try { undeclared = 1 } catch (e) { print(e.name) }`,
			"a.js":    `print((function () { return this })())`,
		}, "undefined\nundefined undefined\nReferenceError\n"},
		"import.meta": {map[string]string{
			"main.js": `import {url, main} from "./sub dir/a.js"; print(import.meta.url.endsWith("/main.js"), import.meta.url.startsWith("file:///"), import.meta.main, url.endsWith("/sub%20dir/a.js"), main)`,
			"sub dir/a.js": `#!/usr/bin/env runner
export const {url, main} = import.meta`,
		}, "true true true true false\n"},
		"dynamic": {map[string]string{
			"main.js": `const at = (s) => s + ".js"; const m = await import("./a.ts"); print(m.a, m.default); const z = await import("os"); print(typeof z.now);
print((await import(at("./b"))).b, (await import(at("./x/.././b"))).b);
print(await import("nope" + 1).catch((e) => e)); print(await import("./no" + "ne.js").catch((e) => e)); print(await import(at("./bad")).catch((e) => e));
print(typeof (await import("o" + "s")).now); print((await import(at("./tla"))).a)`, "tla.js": `export const a = await 1`,
			"a.ts": `export const a: number = 1; export default 2`, "b.js": `print("once"); export const b = 3`, "bad.js": `let = ; export {}`,
		}, "1 2\nfunction\nonce\n3 3\nReferenceError: could not load module 'nope1': no such file in node_modules (imported by main.js:3; native modules: os, std)\n" +
			"ReferenceError: could not load module './none.js': no such file (imported by main.js:3)\nSyntaxError: Unexpected \";\" (bad.js:1:7)\nfunction\n1\n"},
		"top-level await": {map[string]string{
			"main.js": `import {v} from "./a.js"; print(v); print(await new Promise((r) => setTimeout(() => r("timer"), 1)))`,
			"a.js":    `export const v = await Promise.resolve("a")`,
		}, "a\ntimer\n"},
		"typescript": {map[string]string{
			"main.ts": `import type { T } from "./types"; import { U } from "./types";
abstract class A<X> { constructor(protected readonly x: X, private y?: number) {} get z(): X { return this.x! } }
class B extends A<string> { declare w: number; override toString(): string { return this.z as string } }
namespace N { export const n = 1 } const t: T = { u: 5 }; const u = t satisfies U; function f(this: void, ...a: number[]): asserts a {}
print(String(new B("b")), N.n, u.u, <number>(3 as unknown))`,
			"types.d.ts": ``, "types.ts": `export interface T { u: number } export type U = { u: number }`,
		}, "b 1 5 3\n"},
		"byte order mark": {map[string]string{"main.js": "\uFEFFimport * as std from 'std'; import a from './a.js'; print(a)", "a.js": "\uFEFFexport default 1"}, "1\n"},
		"last code point": {map[string]string{
			"main.js": `export const \u{61}b = 1; print("\u{10ffff}".length, "\udbff\udfff".codePointAt(0) === 0x10ffff, /^\u{10ffff}$/u.test("\u{10FFFF}"), ab, "x\u{1F600}".length);`,
		}, "2 true true 1 3\n"},
		"new syntax": {map[string]string{
			"main.js": `export {};
class A { #p = 1; static #s = 2; accessor acc = 3; static { this.t = A.#s } get p() { return #p in this && this.#p } }
const a = new A(); print(a.p, a.acc, A.t, a?.x?.y ?? "none", 2n ** 64n, 1_000);
async function* gen() { yield 1; yield* [2, 3] }
for await (const x of gen()) print(x);
for await (const x of [Promise.resolve("p")]) print(x);
const log = []; { using r = {[Symbol.dispose]() { log.push("disposed") }}; await using q = {async [Symbol.asyncDispose]() { log.push("async") }}; log.push("body") } print(log);
function dec(v, c) { return c.kind === "method" ? function () { return "decorated " + v.call(this) } : v } class D { @dec m() { return "m" } } print(new D().m());
print([..."a1b2".matchAll(/(?<l>[a-z])(\d)/g)].map((m) => m.groups.l), /(?<=\$)\d+/.exec("$42")[0]);
label: for (const x of [1, 2]) { for (;;) continue label } let z = null; z ??= 5; z ||= 6; z &&= 7; print(z, ((a, b = a, ...c) => [a, b, c.length])(1), {...{q: 1}, r: 2}.q);`,
		}, "1 3 2 none 18446744073709551616 1000\n1\n2\n3\np\nbody,async,disposed\ndecorated m\na,b 42\n7 1,1,0 1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			main := "main.js"
			if _, ok := test.files["main.ts"]; ok {
				main = "main.ts"
			}
			got, err := runTree(t, test.files, main, Options{})
			if err != nil || got != test.want {
				t.Errorf("%v, printed\n%q, want\n%q", err, got, test.want)
			}
		})
	}
}

// A file without import and export is a classic script, as in qjs.
func TestClassicScript(t *testing.T) {
	expect(t, `#!/usr/bin/env runner
var v = 1; function f() { return this === globalThis } undeclared = 2;
print(this === globalThis, globalThis.v, f(), undeclared, globalThis.f === f, 010, typeof require);
with ({w: 3}) print(w);
delete globalThis.undeclared; print(typeof undeclared, typeof import_, (function () { return arguments.callee.length })());
<!-- an old comment
print("await" + (function () { var await = 5, yield = 6; return await + yield })());`,
		"true 1 true 2 true 8 undefined\n3\nundefined undefined 0\nawait11\n")
	tree(t, map[string]string{"a.ts": "export const a: number = 1; export default 2"})
	expect(t, `import("./a.ts").then((m) => print(m.a, m.default)); import("os").then((o) => print(typeof o.now)); import("bare").catch((e) => print(e)); print("first")`,
		"first\nReferenceError: could not load module 'bare': no such file in node_modules (imported by test.js:1; native modules: os, std)\n1 2\nfunction\n")
}

// The next script sees the top-level names of a classic script.
func TestEvalTwice(t *testing.T) {
	f := newFixture(t, Options{})
	for _, source := range []string{"var a = 1; let b = 2; function c() { return a + b }", "print(c())", "import 'os'; print(c(), a)"} {
		if err := f.Eval("t.js", source); err != nil {
			t.Fatal(err)
		}
	}
	if got := f.out(); got != "3\n3 1\n" {
		t.Errorf("printed %q", got)
	}
}

func TestNativeModule(t *testing.T) {
	made := 0
	modules := map[string]ModuleFunc{
		"host": func(vm *VM) (*goja.Object, error) {
			made++
			obj := vm.Runtime().NewObject()
			for name, value := range map[string]any{"one": 1, "in": "keyword", "odd-name": "odd", "args": func(call goja.FunctionCall) goja.Value {
				return vm.Runtime().ToValue(len(call.Arguments))
			}} {
				if err := obj.Set(name, value); err != nil {
					return nil, err
				}
			}
			return obj, nil
		},
		"failing":  func(*VM) (*goja.Object, error) { return nil, errors.New("no luck") },
		"crashing": func(*VM) (*goja.Object, error) { panic("crash") },
	}
	f := newFixture(t, Options{Modules: modules})
	if made != 0 {
		t.Error("made before the first import")
	}
	for _, source := range []string{
		`import * as host from "host"; import {one, args, in as i} from "host"; print(host.one, one, args(1, 2), i, host["odd-name"], host.in, Object.keys(host).sort(), host.nope)`,
		`import {"odd-name" as odd} from "host"; print(odd); print((await import("host")).one, (await import("ho" + "st")).one)`,
	} {
		if err := f.Eval("t.js", source); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := f.out(), "1 1 2 keyword odd keyword args,in,odd-name,one undefined\nodd\n1 1\n"; got != want || made != 1 {
		t.Errorf("printed %q, want %q; made %d times", got, want, made)
	}
	for source, want := range map[string]string{
		`import {two} from "host"; two()`:        "SyntaxError: module 'host' has no export named 'two', imported by 't.js'",
		`import x from "hosts"; x`:               "ReferenceError: could not load module 'hosts': no such file in node_modules (imported by t.js:1; native modules: crashing, failing, host, os, std)",
		`import "failing"; print(1)`:             `Error: module "failing": no luck`,
		`import "crashing"; print(1)`:            "Error: gojavm: internal failure: crash",
		`import("failing").then(() => print(1))`: `Possibly unhandled promise rejection: Error: module "failing": no luck`,
	} {
		e := scriptError(t, f.Eval("t.js", source))
		if !strings.HasPrefix(e.Message, want) {
			t.Errorf("%s: %q, want %q", source, e.Message, want)
		}
	}
}

// The std and os modules are the globals of these names.
func TestStdModules(t *testing.T) {
	expect(t, `import * as std from "std"; import {now, O_RDONLY} from "os"; import {in as stdin, err, SEEK_END} from "std";
print(std.exit === globalThis.std.exit, now === os.now, O_RDONLY, stdin === globalThis.std.in, err === globalThis.std.err, SEEK_END)`,
		"true true 0 true true 2\n")
}

func TestManyModules(t *testing.T) {
	files := map[string]string{}
	var main strings.Builder
	for i := range 50 {
		files[fmt.Sprintf("m%d.js", i)] = fmt.Sprintf("import {now} from 'os'; export const v = %d; export const t = now", i)
		fmt.Fprintf(&main, "import {v as v%d} from './m%d.js';\n", i, i)
	}
	main.WriteString("print(v0 + v49)")
	files["main.js"] = main.String()
	got, err := runTree(t, files, "main.js", Options{})
	if err != nil || got != "49\n" {
		t.Errorf("%v, printed %q", err, got)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		vm, err := New(Options{})
		if err != nil {
			b.Fatal(err)
		}
		vm.Close()
	}
}

func BenchmarkEvalModule(b *testing.B) {
	vm, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer vm.Close()
	for b.Loop() {
		if err := vm.Eval("t.ts", "import * as os from 'os'; const f = (x: number) => x + 1; f(os.now())"); err != nil {
			b.Fatal(err)
		}
	}
}
