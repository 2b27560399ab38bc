package gojavm

import (
	"os"
	"strings"
	"testing"
)

func TestEvaluationOrder(t *testing.T) {
	scripts(t, map[string]struct {
		files map[string]string
		want  string
	}{
		"each once, depth first": {map[string]string{
			"main.js": `import "./a.js"; import "./b.js"; import "./././a.js"; print("main")`,
			"a.js":    `import "./c.js"; print("a")`, "b.js": `import "./c.js"; import "./a.js"; print("b")`, "c.js": `import "./main.js"; print("c")`,
		}, "c\na\nb\nmain\n"},
		"promise jobs after the graph": {map[string]string{
			"main.js": `import "./a.js"; print("main"); Promise.resolve().then(() => print("job of main"))`,
			"a.js":    `Promise.resolve().then(() => print("job of a")); print("a")`,
		}, "a\nmain\njob of a\njob of main\n"},
		"top-level await in parallel": {map[string]string{
			"main.js": `import "./a.js"; import "./b.js"; import "./c.js"; print("main")`,
			"a.js":    `print("a"); await null; await null; print("a done")`, "b.js": `print("b"); await null; print("b done")`, "c.js": `print("c")`,
		}, "a\nb\nc\nb done\na done\nmain\n"},
		"top-level await below": {map[string]string{
			"main.js": `import {v} from "./a.js"; print("main", v)`, "a.js": `import {v} from "./b.js"; print("a", v); export {v}`,
			"b.js": `export let v = 1; v = await new Promise((resolve) => setTimeout(() => resolve(2), 1))`,
		}, "a 2\nmain 2\n"},
		"top-level await in a cycle": {map[string]string{
			"main.js": `import "./a.js"; print("main")`, "a.js": `import "./b.js"; print("a"); await null; print("a done")`, "b.js": `import "./a.js"; print("b"); await null; print("b done")`,
		}, "b\nb done\na\na done\nmain\n"},
		"each form of await": {map[string]string{
			"main.js": `const a = [await 1, ...await [2]]; for await (const x of [3]) a.push(x); for (const x of await [4]) a.push(await x); if (await true) { try { await Promise.reject(5) } catch (e) { a.push(e) } finally { a.push(await 6) } }
export const {b = await 7} = {}; const f = async () => await 8; class C { static [await "c"] = 9 } print(a, b, await f(), C.c, await {then(resolve) { resolve("thenable") }}, ` + "`${await 10}`" + `); label: for (;;) { await 0; break label } export default await 11`,
		}, "1,2,3,4,5,6 7 8 9 thenable 10\n"},
	})
}

func TestDynamicImport(t *testing.T) {
	scripts(t, map[string]struct {
		files map[string]string
		want  string
	}{
		"errors can be caught and tried again": {map[string]string{
			"main.js": `import * as std from "std"; const outcome = (p) => p.then((m) => m.v, (e) => e.name + ": " + e.message);
const write = (name, text) => { const f = std.open(name, "w"); f.puts(text); f.close() };
for (const text of [null, "export let v = ;", "import './c.js'", "import {nope} from './b.js'", "export const v = 1"]) { if (text) write("a.js", text); print(await outcome(import("./a.js"))) }`,
			"b.js": ``,
		}, "ReferenceError: could not load module './a.js': no such file (imported by main.js:3)\nSyntaxError: Unexpected \";\" (a.js:1:16)\n" +
			"ReferenceError: could not load module './c.js': no such file (imported by a.js:1) (a.js:1:8)\nSyntaxError: module 'b.js' has no export named 'nope', imported by 'a.js' (a.js:1:9)\n1\n"},
		"what an evaluation throws": {map[string]string{
			"main.js": `const errors = []; for (let i = 0; i < 3; i++) await import("./a.js").catch((e) => errors.push(e)); print(errors.length, errors[0].message, errors.every((e) => e === errors[0]));
await import("./b.js").catch((e) => print(e === errors[0])); print(await import("./late.js").catch((e) => e), await import("./late.js").catch((e) => e))`,
			"a.js": `throw new Error("once")`, "b.js": `import "./a.js"`, "late.js": `await null; throw "late"`,
		}, "3 once true\ntrue\nlate late\n"},
		"after the code that calls": {map[string]string{
			"main.js": `import("./a.js").then(() => print("then")); print("main")`, "a.js": `print("a")`,
		}, "main\na\nthen\n"},
		"relative to the file that has it": {map[string]string{
			"main.js": `import {load} from "./x/a.js"; print((await load("./b.js")).b)`, "x/a.js": `export const load = (name) => import(name)`, "x/b.js": `export const b = "x/b"`,
		}, "x/b\n"},
		"arguments": {map[string]string{
			"main.js": `const outcome = (p) => p.then((m) => JSON.stringify(m.default), (e) => e.name);
print((await Promise.all([import("./a.json"), import("./a.json", {with: {type: "json"}}), import("./a.json", {}), import("./a.json", undefined), import({toString: () => "./a.json"}),
import("./a.json", 1), import("./a.json", {with: 1}), import("./a.json", {with: {type: 1}}), import("./a.json", {with: {type: "css"}}), import({toString() { throw new RangeError() }}), import(Symbol())].map(outcome))).join(" "))`,
			"a.json": `[1]`,
		}, "[1] [1] [1] [1] [1] TypeError TypeError TypeError SyntaxError RangeError TypeError\n"},
		"names that are no calls": {map[string]string{
			"main.js": `class C { import(x) { return x } static import = 2; get(x) { return this.import(x) } } const o = {import(x) { return x }, "import.meta": 3, import: 4}; print(new C().get(1), C.import, o.import, o["import.meta"], ` + "`import(\"./none.js\") ${typeof import.meta.url} import.meta`" + `, /import("x")/.source, "import.meta") // import("x")
`,
		}, "1 2 4 3 import(\"./none.js\") string import.meta import(\"x\") import.meta\n"},
		"in a cycle that waits": {map[string]string{
			"main.js": `export const v = 1; const p = import("./a.js"); p.then((m) => print(m.v)); await null; print("main")`,
			"a.js":    `import {v} from "./main.js"; print("a", v); export {v}`,
		}, "main\na 1\n1\n"},
		"from a script": {map[string]string{
			"main.js": `var o = typeof globalThis["import"]; import("./a.js").then((m) => print(o, m.v, Object.getOwnPropertyNames(globalThis).includes("import"), typeof require)); import("./none.js").catch((e) => print(e.message))`,
			"a.js":    `export const v = this === undefined`,
		}, "could not load module './none.js': no such file (imported by main.js:1)\nundefined true false undefined\n"},
	})
}

// A module that is imported twice in the life of a VM is the same; the main module of each run is
// new.
func TestModulesOfSeveralRuns(t *testing.T) {
	tree(t, map[string]string{"a.js": `export let n = 0; export const inc = () => ++n; print("a")`, "main.js": `import {inc} from "./a.js"; print(inc())`})
	f := newFixture(t, Options{})
	for range 2 {
		if err := f.RunFile("main.js"); err != nil {
			t.Fatal(err)
		}
	}
	if got := f.out(); got != "a\n1\n2\n" {
		t.Errorf("printed %q", got)
	}
	if err := os.WriteFile("main.js", []byte("import './none.js'"), 0o666); err != nil {
		t.Fatal(err)
	}
	scriptError(t, f.RunFile("main.js"))
	if err := f.Eval("t.js", `import {n} from "./a.js"; print(n)`); err != nil || !strings.HasSuffix(f.out(), "\n2\n") {
		t.Errorf("%v, printed %q", err, f.out())
	}
}

// Functions in classic scripts have the names of the source.
func TestNamesInScripts(t *testing.T) {
	expect(t, `class Foo {} function get() {} const h = () => 0;
print((function () { class Foo {} function get() {} const h = () => 1; return [Foo.name, get.name, h.name] })());
{ function block() {} print(block.name) } print(block.name, typeof globalThis.block);
(async () => { for await (const x of [1]) { const error = class {}, iter = () => 1, temp = function () {}; for await (const y of [1]) { const more = class more {}; print(error.name, iter.name, temp.name, more.name) } } })();`,
		"Foo,get,h\nblock\nblock function\nerror iter temp more\n")
}
