package gojavm

import "testing"

// scripts runs main.js or main.ts of each tree, and compares its output.
func scripts(t *testing.T, tests map[string]struct {
	files map[string]string
	want  string
}) {
	t.Helper()
	for name, test := range tests {
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

func TestLiveBindings(t *testing.T) {
	scripts(t, map[string]struct {
		files map[string]string
		want  string
	}{
		"each way to assign": {map[string]string{
			"main.js": `import {a, b, c, d, e, f, g, K, fn, set} from "./a.js";
print(a, b, c, d, e, f, g, typeof K, typeof fn); set(); print(a, b, c, d, e, f, g, K, fn)`,
			"a.js": `export let a = 1, b = 1, c = 1, d = 1, e = 1; export var f = 1, g = 1; export class K {} export function fn() {}
export function set() { a = 2; b++; [c, ...{d = 5}] = [2]; ({e} = {e: 2}); for (f of [2]); for (g in {2: 0}); K = 2; fn = 2 }`,
		}, "1 1 1 1 1 1 1 function function\n2 2 2 5 2 2 2 2 2\n"},
		"assigned by eval": {map[string]string{
			"main.js": `import {a, set} from "./a.js"; set(); print(a)`,
			"a.js":    `export let a = 1; export const set = () => eval("a = 2")`,
		}, "2\n"},
		"under several names": {map[string]string{
			"main.js": `import d, {x, y, "odd name" as z, inc} from "./a.js"; inc(); print(d, x, y, z)`,
			"a.js":    `let n = 1; export {n as x, n as y, n as "odd name", n as default}; export const inc = () => n++`,
		}, "2 2 2 2\n"},
		"default is a copy": {map[string]string{
			"main.js": `import d, {inc} from "./a.js"; inc(); print(d)`,
			"a.js":    `let n = 1; export default n; export const inc = () => n++`,
		}, "1\n"},
		"through modules between": {map[string]string{
			"main.js": `import {n, inc} from "./c.js"; import * as all from "./b.js"; inc(); print(n, all.n, all.again.n, all.m)`,
			"a.js":    `export let n = 1; export const inc = () => n++`,
			"b.js":    `export * from "./a.js"; export * as again from "./a.js"; import {n as m} from "./a.js"; export {m}`,
			"c.js":    `export {n, inc} from "./b.js"`,
		}, "2 2 2 2\n"},
		"read only": {map[string]string{
			"main.js": `import {a} from "./a.js"; import * as ns from "./a.js"; import d from "./a.js";
const outcome = (f) => { try { f(); return "assigned" } catch (e) { return e.name } };
print([() => a = 2, () => a++, () => ({a} = {a: 2}), () => { for (a of [2]); }, () => [a] = [2], () => a &&= 2, () => ns = 2, () => [ns] = [2], () => d = 2].map(outcome).join(), a)`,
			"a.js": `export let a = 1; export default 1; export const later = () => a = 3`,
		}, "TypeError,TypeError,TypeError,TypeError,TypeError,TypeError,TypeError,TypeError,TypeError 1\n"},
		"shadowed": {map[string]string{
			"main.js": `import {x} from "./a.js";
class Inner { static x = x; m(x) { return x } [x] = x; static { var x = "static"; this.s = x } }
const named = function x() { return typeof x }, klass = class x { static self() { return typeof x } };
function f(a = x) { var x = "var"; return a + x }
function g() { { let x = "let" } { function x() {} } return x }
const out = [Inner.x, new Inner().m("param"), new Inner().in, Inner.s, named(), klass.self(), f(), g(), (({x}) => x)({x: "key"}), {x}.x, ((x) => x)("arrow"), (() => { try { throw "caught" } catch (x) { return x } })(),
  [...(function* () { for (const x of ["of"]) yield x; for (let x = 0; x < 1; x++) yield x; yield x })()].join("/"), (() => { switch (0) { case 0: let x = "case"; return x } })(), ` + "`${x}`" + `, ((a, {b = x} = {}) => b)(), typeof x];
x: for (;;) break x;
print(out.join())`,
			"a.js": `export const x = "in"`,
		}, "in,param,in,static,function,function,invar,in,key,in,arrow,caught,of/0/in,case,in,in,string\n"},
		"called without this": {map[string]string{
			"main.js": `import {f, o} from "./a.js"; import d from "./a.js"; import * as ns from "./a.js"; print(f(), f?.(), (f)(), f` + "``" + `, d(), o.m() === o, ns.f() === ns, new f() instanceof f)`,
			"a.js":    `export function f() { return this } export const o = {m() { return this }}; export default f`,
		}, "undefined undefined undefined undefined undefined true true true\n"},
	})
}

func TestTemporalDeadZone(t *testing.T) {
	const outcome = `const outcome = (f) => { try { return String(f()) } catch (e) { return e.name } };`
	scripts(t, map[string]struct {
		files map[string]string
		want  string
	}{
		"in the module": {map[string]string{
			"main.js": outcome + `print([() => a, () => b, () => C, () => typeof a, () => v, () => typeof f].map(outcome).join());
let a = 1; const b = 1; class C {} var v = 1; function f() {} print(a, b, typeof C); export {}`,
		}, "ReferenceError,ReferenceError,ReferenceError,ReferenceError,undefined,function\n1 1 function\n"},
		"across a cycle": {map[string]string{
			"main.js": `import "./a.js"; export let a = 1; export const b = 1; export class C {} export var v = 1; export function f() { return "hoisted" } export default 1`,
			"a.js": outcome + `import d, {a, b, C, v, f} from "./main.js"; import * as ns from "./main.js";
print([() => a, () => b, () => C, () => d, () => typeof a, () => ns.a, () => Object.keys(ns), () => v, () => f()].map(outcome).join());
setTimeout(() => print(a, b, typeof C, d, v, ns.a, Object.keys(ns)))`,
		}, "ReferenceError,ReferenceError,ReferenceError,ReferenceError,ReferenceError,ReferenceError,ReferenceError,undefined,hoisted\n1 1 function 1 1 1 C,a,b,default,f,v\n"},
		"default functions": {map[string]string{
			"main.js": `import "./a.js"; export default function () { return "hoisted" }`,
			"a.js":    `import d from "./main.js"; print(d())`,
		}, "hoisted\n"},
	})
}

func TestNames(t *testing.T) {
	scripts(t, map[string]struct {
		files map[string]string
		want  string
	}{
		"same names in several modules and scopes": {map[string]string{
			"main.js": `import {Message as Other, get as otherGet} from "./a.js"; class Message {} function get() { class Message {} return Message.name }
class Named { static name = "own" } const arrow = () => {}, object = {method() {}, key: () => {}}, {defaulted = () => {}} = {};
print(Message.name, Other.name, get.name, otherGet.name, get(), Named.name, arrow.name, object.method.name, object.key.name, defaulted.name)`,
			"a.js": `export class Message {} export function get() {}`,
		}, "Message Message get get Message own arrow method key defaulted\n"},
		"of default exports": {map[string]string{
			"main.js": `import a from "./a.js"; import b from "./b.js"; import c from "./c.js"; import d from "./d.js"; import e from "./e.js"; import f from "./f.js"; import g from "./g.js"; import h from "./h.js";
import i from "./i.js"; import j from "./j.js"; import k from "./k.js"; print([a, b, c, d, e, f, g, h, i, j, k].map((x) => x.name).join())`,
			"a.js": `export default function () {}`, "b.js": `export default class {}`, "c.js": `export default () => {}`, "d.js": `export default async function () {}`,
			"e.js": `export default function* () {}`, "f.js": `export default (class {})`, "g.js": `export default function named() {}`, "h.js": `export default class Klass {}`,
			"i.js": `export default class { static name = "own" }`, "j.js": `export default class extends Array {}`, "k.js": `const x = () => {}; export default x`,
		}, "default,default,default,default,default,default,named,Klass,own,default,x\n"},
		"of nothing that is not the script's": {map[string]string{
			"main.js": `print(typeof require, typeof module, typeof exports, typeof arguments, this, (() => this)(), typeof __filename, typeof import_a, eval("typeof require"));
try { arguments } catch (e) { print(String(e)) } try { (() => arguments[0])() } catch (e) { print(String(e)) }
{ const require = 1, module = 2, exports = 3; print(require, module, exports, (function () { return arguments.length })(1, 2)) } export {}`,
		}, "undefined undefined undefined undefined undefined undefined undefined undefined undefined\nReferenceError: arguments is not defined\nReferenceError: arguments is not defined\n1 2 3 2\n"},
	})
}

// The text of a function is that of its source, as printed by esbuild.
func TestFunctionText(t *testing.T) {
	scripts(t, map[string]struct {
		files map[string]string
		want  string
	}{
		"module": {map[string]string{
			"main.js": `import f from "./a.js"; import C from "./b.js"; const load = () => [import("os"), import.meta]; class K { m() { return import.meta } }
print([f, C, load, K, new K().m].map((x) => String(x).replace(/\s+/g, " ")).join("|"))`,
			"a.js": `export default function () { return import("os") }`, "b.js": `export default class { }`,
		}, "function () { return import(\"os\"); }|class { }|() => [import(\"os\"), import.meta]|class K { m() { return import.meta; } }|m() { return import.meta; }\n"},
		"script": {map[string]string{
			"main.js": `function f() { return import("os") } print(String(f).replace(/\s+/g, " "))`,
		}, "function f() { return import(\"os\"); }\n"},
	})
}

func TestNamespace(t *testing.T) {
	scripts(t, map[string]struct {
		files map[string]string
		want  string
	}{
		"object": {map[string]string{
			"main.js": `import * as ns from "./a.js"; import * as same from "./b.js"; const again = await import("./a.js");
print(Reflect.ownKeys(ns).map(String), Object.getPrototypeOf(ns), ns[Symbol.toStringTag], Object.prototype.toString.call(ns), ns === again, ns === same.ns, Object.isExtensible(ns), "b" in ns, "nope" in ns, ns.nope);
print(JSON.stringify(Object.getOwnPropertyDescriptor(ns, "b")), JSON.stringify(ns));
const outcome = (f) => { try { return String(f()) } catch (e) { return e.name } };
print([() => ns.b = 1, () => ns.nope = 1, () => delete ns.b, () => delete ns.nope, () => Reflect.set(ns, "b", 2), () => Reflect.defineProperty(ns, "b", {value: 2}), () => Reflect.defineProperty(ns, "b", {value: 1}), () => Reflect.defineProperty(ns, "b", {writable: false}), () => Object.freeze(ns), () => Object.setPrototypeOf(ns, {}), () => Reflect.setPrototypeOf(ns, null)].map(outcome).join());
for (const key in ns) print(key, ns[key])`,
			"a.js": `export const b = 1, a = 2; export default 3; export {a as "10", a as "9"}`,
			"b.js": `import * as ns from "./a.js"; export {ns}`,
		}, "9,10,a,b,default,Symbol(Symbol.toStringTag) null Module [object Module] true true false true false undefined\n" +
			`{"value":1,"writable":true,"enumerable":true,"configurable":false} {"9":2,"10":2,"a":2,"b":1,"default":3}` + "\n" +
			"TypeError,TypeError,TypeError,true,false,false,true,false,TypeError,TypeError,true\n9 2\n10 2\na 2\nb 1\ndefault 3\n"},
		"stars": {map[string]string{
			"main.js":  `import * as ns from "./stars.js"; import {one, own} from "./stars.js"; print(Object.keys(ns), one, own, ns.own)`,
			"stars.js": `export * from "./a.js"; export * from "./b.js"; export * from "./stars.js"; export const own = "stars"`,
			"a.js":     `export const one = 1, both = "a", own = "a"; export default 1; export {same} from "./c.js"`,
			"b.js":     `export const two = 2, both = "b"; export * from "./c.js"`, "c.js": `export const same = 1`,
		}, "one,own,same,two 1 stars stars\n"},
		"of natives": {map[string]string{
			"main.js": `import * as ns from "os"; const dynamic = await import("os"); print(ns === dynamic, Object.getPrototypeOf(ns), typeof ns.now(), String(ns[Symbol.toStringTag])); try { ns.now = 1 } catch (e) { print(e.name) }`,
		}, "true null number Module\nTypeError\n"},
	})
}

// Errors in the imports of a graph are found before any module runs.
func TestLinkErrors(t *testing.T) {
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"missing":           {map[string]string{"main.js": "print(1);\nimport {x} from './a.js'", "a.js": `print(2); export const y = 1`}, "SyntaxError: module 'a.js' has no export named 'x', imported by 'main.js'\n    at main.js:2:9"},
		"missing default":   {map[string]string{"main.js": `import x from "./a.js"`, "a.js": `export const y = 1`}, "SyntaxError: module 'a.js' has no export named 'default', imported by 'main.js'\n    at main.js:1:8"},
		"star not default":  {map[string]string{"main.js": `import x from "./a.js"`, "a.js": `export * from "./b.js"`, "b.js": `export default 1`}, "SyntaxError: module 'a.js' has no export named 'default', imported by 'main.js'\n    at main.js:1:8"},
		"missing reexport":  {map[string]string{"main.js": `import "./a.js"`, "a.js": `export {x as y} from "./b.js"`, "b.js": ``}, "SyntaxError: module 'b.js' has no export named 'x', imported by 'a.js'\n    at a.js:1:9"},
		"ambiguous":         {map[string]string{"main.js": `import {x} from "./s.js"`, "s.js": `export * from "./a.js"; export * from "./b.js"`, "a.js": `export let x`, "b.js": `export let x`}, "SyntaxError: module 's.js' exports different things named 'x', by export * from 'a.js' and 'b.js', imported by 'main.js'\n    at main.js:1:9"},
		"circular":          {map[string]string{"main.js": `import {x} from "./a.js"`, "a.js": `export {x} from "./b.js"`, "b.js": `export {x} from "./a.js"`}, "SyntaxError: module 'a.js' exports 'x' from itself, imported by 'main.js'\n    at main.js:1:9"},
		"declared twice":    {map[string]string{"main.js": `import "./a.js"`, "a.js": "var f;\nfunction f() {}"}, "SyntaxError: The symbol \"f\" has already been declared\n    at a.js:2:10"},
		"exported twice":    {map[string]string{"main.js": "let a, b; export {a};\nexport {b as a}"}, "SyntaxError: Multiple exports with the same name \"a\"\n    at main.js:2:14"},
		"not declared":      {map[string]string{"main.js": "export {nope}"}, "SyntaxError: \"nope\" is not declared in this file\n    at main.js:1:9"},
		"unknown attribute": {map[string]string{"main.js": "import a from './a.js' with {type: 'css'}", "a.js": ""}, "SyntaxError: the import attribute type: 'css' is not supported\n    at main.js:1:15"},
		"not JSON":          {map[string]string{"main.js": "import a from './a.js' with {type: 'json'}", "a.js": "1;"}, "SyntaxError: invalid character ';' after top-level value\n    at a.js:1:2"},
		"members of JSON":   {map[string]string{"main.js": "import {a} from './a.json' with {type: 'json'}", "a.json": `{"a": 1}`}, "SyntaxError: module 'a.json' has no export named 'a', imported by 'main.js'\n    at main.js:1:9"},
		"phases":            {map[string]string{"main.js": "\nimport defer * as a from './a.js'", "a.js": ""}, "SyntaxError: import defer is not supported\n    at main.js:2:1"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := runTree(t, test.files, "main.js", Options{})
			if e := scriptError(t, err); e.Error() != test.want || got != "" {
				t.Errorf("printed %q and failed with\n%s\nwant\n%s", got, e, test.want)
			}
		})
	}
}

// Code that a bundler would treat as unused is kept.
func TestNothingDropped(t *testing.T) {
	scripts(t, map[string]struct {
		files map[string]string
		want  string
	}{
		"side effects": {map[string]string{
			"main.js": `import "./setup.js"; import {unused} from "./unused.js"; import "pkg"; print("main")`, "package.json": `{"sideEffects": false}`,
			"setup.js": `print("setup")`, "unused.js": `print("unused"); export const unused = 1`,
			"node_modules/pkg/package.json": `{"main": "x.js", "sideEffects": false}`, "node_modules/pkg/x.js": `print("pkg"); export {}`,
		}, "setup\nunused\npkg\nmain\n"},
		"pure annotations": {map[string]string{
			"main.js": `let n = 0; const unused = /* @__PURE__ */ count(); function count() { return ++n } /* @__PURE__ */ count(); new (/* @__PURE__ */ class { constructor() { n++ } }); print(n); export {}`,
		}, "3\n"},
		"statements without effect": {map[string]string{
			"main.js": `const log = []; const o = {get x() { log.push("get") }}; o.x; ` + "`${{toString() { log.push('string') }}}`" + `; if (false) { var hoisted = 1 } print(log, typeof hoisted); export {}`,
		}, "get,string undefined\n"},
		"types of TypeScript": {map[string]string{
			"main.ts": `import {type T, v} from "./a"; import {U} from "./b"; import type {V} from "./none"; const u: U = 1; export type {T}; print(v, u)`,
			"a.ts":    `print("a"); export type T = 1; export const v = 1`, "b.ts": `print("never"); export type U = number`,
		}, "a\n1 1\n"},
	})
}

// An error has the place in its source, in its text and for the script.
func TestModuleStacks(t *testing.T) {
	tree(t, map[string]string{
		"main.js":     "import {fail} from './lib/a.js';\nimport './lib/b.ts';\nfunction outer() {\n  fail();\n}\ntry { outer() } catch (e) { print(e.stack) }\nawait null;\nouter();",
		"lib/a.js":    "#!/usr/bin/env runner\nexport\n const fail = () => {\n  null.x\n };",
		"lib/b.ts":    "type T = 1;\n\nexport default (x: T) => x;",
		"lib/late.js": "",
	})
	f := newFixture(t, Options{})
	e := scriptError(t, f.RunFile("main.js"))
	want := "TypeError: Cannot read property 'x' of undefined\n    at fail (lib/a.js:4:8)\n    at outer (main.js:4:3)\n    at main.js:8:1"
	if e.Error() != want {
		t.Errorf("got\n%s\nwant\n%s", e, want)
	}
	if want := "    at fail (lib/a.js:4:8)\n    at outer (main.js:4:3)\n    at main.js:6:7\n\n"; f.out() != want {
		t.Errorf("printed\n%s\nwant\n%s", f.out(), want)
	}
}
