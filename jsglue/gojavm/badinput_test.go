package gojavm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Sources in unusual forms, each as the script itself and as an import.
func TestOddSources(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"byte order mark":      {"\uFEFFprint(1)", "1\n"},
		"CRLF":                 {"print(1);\r\n// comment\r\nprint(`a\r\nb`.length);\r\n", "1\n3\n"},
		"CR":                   {"print(1)\rprint(2) // comment\rprint(3)", "1\n2\n3\n"},
		"line separators":      {"print(1)\u2028print('\u2028'.length) // comment\u2029print(3)", "1\n1\n3\n"},
		"shebang":              {"#!/usr/bin/env zmqjs import x from 'y'\nprint(1)", "1\n"},
		"shebang and mark":     {"\uFEFF#!/usr/bin/env zmqjs\r\nprint(1)", "1\n"},
		"shebang alone":        {"#!/usr/bin/env zmqjs", ""},
		"empty":                {"", ""},
		"comment alone":        {"/* import x from 'y' */", ""},
		"null character":       {"print('a\x00b'.length)", "3\n"},
		"null outside":         {"print(1)\x00", `SyntaxError: Expected ";" but found "\x00"`},
		"Latin-1":              {"print(1);\nprint('\xe9')", "SyntaxError: the source is not UTF-8: it has the byte 0xe9"},
		"UTF-16":               {"\xff\xfep\x00(\x001\x00)\x00", "SyntaxError: the source is not UTF-8: it has the byte 0xff"},
		"cut in a character":   {"print('é\xc3", "SyntaxError: the source is not UTF-8: it has the byte 0xc3"},
		"a long line":          {"print([" + strings.Repeat("1,", 200000) + "].length)", "200000\n"},
		"replacement":          {"print('\uFFFD'.length)", "1\n"},
		"not closed":           {"/*" + strings.Repeat("x", 1000), `SyntaxError: Expected "*/" to terminate multi-line comment`},
		"no JavaScript at all": {"\x7fELF\x02\x01\x01", `SyntaxError: Unexpected "\x7f"`},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"source.js": test.source, "main.js": `import "./source.js"`}
			for _, main := range []string{"source.js", "main.js"} {
				got, err := runTree(t, files, main, Options{})
				if err != nil {
					e := scriptError(t, err)
					if e.File != "source.js" && e.Line != 0 {
						t.Errorf("%s: error of %s", main, e.File)
					}
					got = e.Message
				}
				if got != test.want {
					t.Errorf("%s: %q, want %q", main, got, test.want)
				}
			}
		})
	}
	e := failure(t, "t.js", "print(1);\n  '\xe9'")
	if e.Line != 2 || e.Column != 4 {
		t.Errorf("at %d:%d", e.Line, e.Column)
	}
}

// A text of 100 MB, which would take gigabytes, is refused.
func TestLongSource(t *testing.T) {
	long := "//" + strings.Repeat("x", 100<<20)
	tree(t, map[string]string{"long.js": long, "long.json": long, "main.js": `import "./long.js"`, "json.js": `import "./long.json"`})
	for main, want := range map[string]string{
		"long.js": "long.js: the file is longer than 16 MiB",
		"main.js": "ReferenceError: could not load module './long.js': the file is longer than 16 MiB (imported by main.js:1)\n    at main.js:1:8",
		"json.js": "ReferenceError: could not load module './long.json': the file is longer than 16 MiB (imported by json.js:1)\n    at json.js:1:8",
	} {
		f := newFixture(t, Options{})
		if e := scriptError(t, f.RunFile(main)); e.Error() != want {
			t.Errorf("%s: %q, want %q", main, e, want)
		}
	}
	if e := failure(t, "t.js", long); e.Error() != "RangeError: the source is longer than 16 MiB" {
		t.Error(e)
	}
}

// Imports that fail report the reason, and the place of the import.
func TestBadImports(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("root may read everything: the file without permission is left out")
	}
	files := map[string]string{
		"empty/x": "", "Mixed.js": "", "dir/index.js": "export {}", "bad/package.json": "{\n  \"main\": \"x.js\",,\n}", "odd/package.json": `["main"]`, "odd/index.js": "",
		"lost/package.json": `{"main": "gone.js"}`, "file.txt": "", "data.json": "{\n \"a\": 1,\n}", "unreadable.js": "",
		"node_modules/bad/package.json": "{", "node_modules/exports/package.json": `{"exports": {"./a": "./gone.js", "./up": "../../main.js"}}`, "node_modules/none/x": "",
	}
	for specifier, want := range map[string]string{
		"./missing.js":                  "ReferenceError: could not load module './missing.js': no such file (imported by main.js:2)",
		"./empty":                       "ReferenceError: could not load module './empty': it is a directory without an index.js (imported by main.js:2)",
		"./empty/":                      "ReferenceError: could not load module './empty/': it is a directory without an index.js (imported by main.js:2)",
		"./mixed.js":                    "ReferenceError: could not load module './mixed.js': no such file: 'Mixed.js' differs in case (imported by main.js:2)",
		"./MIXED":                       "ReferenceError: could not load module './MIXED': no such file: 'Mixed.js' differs in case (imported by main.js:2)",
		"./file.txt/x.js":               "ReferenceError: could not load module './file.txt/x.js': no such file (imported by main.js:2)",
		"./file.txt/":                   "ReferenceError: could not load module './file.txt/': no such file: it is not a directory (imported by main.js:2)",
		"./lost":                        "ReferenceError: could not load module './lost': it is a directory without an index.js (imported by main.js:2)",
		"./bad":                         "ReferenceError: could not load module './bad': DIR/bad/package.json: line 2: invalid character ',' looking for beginning of object key string (imported by main.js:2)",
		"./odd":                         "ReferenceError: could not load module './odd': DIR/odd/package.json: json: cannot unmarshal array into Go value of type map[string]json.RawMessage (imported by main.js:2)",
		"bad":                           "ReferenceError: could not load module 'bad': DIR/node_modules/bad/package.json: line 1: unexpected end of JSON input (imported by main.js:2)",
		"exports/a":                     "ReferenceError: could not load module 'exports/a': no such file: DIR/node_modules/exports/gone.js (imported by main.js:2)",
		"exports/b":                     "ReferenceError: could not load module 'exports/b': DIR/node_modules/exports/package.json does not export './b' (imported by main.js:2)",
		"exports/up":                    "ReferenceError: could not load module 'exports/up': DIR/node_modules/exports/package.json: '../../main.js' is not in the package (imported by main.js:2)",
		"none":                          "ReferenceError: could not load module 'none': it is a directory without an index.js (imported by main.js:2)",
		"bare":                          "ReferenceError: could not load module 'bare': no such file in node_modules (imported by main.js:2; native modules: os, std)",
		"#inner":                        "ReferenceError: could not load module '#inner': no such file in node_modules (imported by main.js:2; native modules: os, std)",
		"":                              "ReferenceError: could not load module '': the name is empty (imported by main.js:2)",
		"./a\\0b":                       "ReferenceError: could not load module './a\x00b': the name has a null character (imported by main.js:2)",
		"https://example.org/a.js":      "ReferenceError: could not load module 'https://example.org/a.js': no such file in node_modules (imported by main.js:2; native modules: os, std)",
		"file://host/a.js":              "ReferenceError: could not load module 'file://host/a.js': it is not the URL of a local file (imported by main.js:2)",
		"./data.json":                   "SyntaxError: invalid character '}' looking for beginning of object key string",
		"./" + strings.Repeat("x", 300): "ReferenceError: could not load module './" + strings.Repeat("x", 300) + "': File name too long (imported by main.js:2)",
	} {
		files["main.js"] = "\nimport '" + specifier + "'"
		dir := tree(t, files)
		f := newFixture(t, Options{})
		e := scriptError(t, f.RunFile("main.js"))
		if got := strings.ReplaceAll(e.Message, dir, "DIR"); got != want || e.Line == 0 {
			t.Errorf("%s: %s (line %d), want\n%s", specifier, got, e.Line, want)
		}
	}
	// A broken file that is not needed does no harm.
	files["main.js"], files["package.json"] = `import {v} from "./a.js"; print(v)`, "{broken"
	files["a.js"] = "export const v = 1"
	if got, err := runTree(t, files, "main.js", Options{}); err != nil || got != "1\n" {
		t.Errorf("%v, printed %q", err, got)
	}
}

// A package.json names the file for a directory or a package.
func TestPackages(t *testing.T) {
	got, err := runTree(t, map[string]string{
		"main.js":          `import a from "./lib"; import b from "pkg"; import c from "pkg/sub/x.js"; import d from "@scope/pkg/feature/f"; import e from "@scope/pkg"; import f from "#inner"; import g from "./mark"; import h from "self/h"; import i from "up"; print(a, b, c, d, e, f, g, h, i)`,
		"lib/package.json": `{"main": "./start"}`, "lib/start.js": `export default "main"`,
		"mark/package.json": "\uFEFF{\"module\": \"m.js\", \"main\": 5}", "mark/m.js": `export default "module"`,
		"package.json": `{"name": "self", "imports": {"#inner": "./inner.js"}, "exports": {"./h": "./h.js"}}`, "inner.js": `export default "imports"`, "h.js": `export default "self"`,
		"node_modules/pkg/index.js": `export default "index"`, "node_modules/pkg/sub/x.js": `export default "file"`,
		"node_modules/@scope/pkg/package.json": `{"exports": {".": {"require": "./no.js", "node": "./no.js", "import": [{"browser": "./no.js"}, "./yes.js"]}, "./feature/*": "./src/*.js", "./feature/no/*": null}}`,
		"node_modules/@scope/pkg/yes.js":       `export default "exports"`, "node_modules/@scope/pkg/src/f.js": `import up from "up"; export default "pattern " + up`,
		"node_modules/up/index.ts": `export default "up" as string`,
	}, "main.js", Options{})
	if want := "main index file pattern up exports imports module self up\n"; err != nil || got != want {
		t.Errorf("%v, printed %q, want %q", err, got, want)
	}
}

// A long chain of imports, and one with a cycle.
func TestLongChain(t *testing.T) {
	files := map[string]string{}
	const length = 1000
	for i := range length {
		files[name(i)] = `export {v} from "./` + name(i+1) + `"; export {w as w2} from "./` + name((i+1)%length) + `"; export const w = 1`
	}
	files[name(length)] = `export const v = "end"`
	files["main.js"] = `import {v, w2} from "./` + name(0) + `"; print(v, w2)`
	if got, err := runTree(t, files, "main.js", Options{}); err != nil || got != "end 1\n" {
		t.Errorf("%v, printed %q", err, got)
	}
}

func name(i int) string {
	return "m" + strings.Repeat("i", i%7) + string(rune('a'+i%26)) + filepath.Base(strings.Repeat("0", i/26+1)) + ".js"
}

// A script that overwrites every global and every prototype's methods still imports.
func TestRedefinedGlobals(t *testing.T) {
	got, err := runTree(t, map[string]string{
		"main.js": `import "./redefine.js"; import {v} from "./a.js"; const show = v; const ns = await import("./b.js"); show(ns.late, ns.json.x);
let caught; try { await import("./none.js") } catch (e) { caught = e } show(caught.message, "end");`,
		"redefine.js": `const g = globalThis, out = g.print, names = Object.getOwnPropertyNames(g), define = Object.defineProperty, keys = Reflect.ownKeys, isObject = (x) => x !== null && (typeof x === "object" || typeof x === "function");
export const show = (a, b) => out(a, b);
const broken = () => { throw "redefined" };
const each = (list, f) => { for (let i = 0; i < list.length; i++) try { f(list[i]) } catch {} };
const breakAll = (o) => each(keys(o), (key) => key === "constructor" || define(o, key, {get: broken, set: broken}));
const generator = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())), iterator = Object.getPrototypeOf([][Symbol.iterator]());
breakAll(generator); breakAll(iterator);
each(names, (name) => { const value = g[name]; if (isObject(value) && value !== g) { if (isObject(value.prototype)) breakAll(value.prototype); breakAll(value) } });
each(names, (name) => { g[name] = broken });
show(g.print === broken, g.Promise === broken);`,
		"a.js": `import {show} from "./redefine.js"; export {show as v}`, "b.js": `import json from "./c.json"; await null; export const late = "late"; export {json}`, "c.json": `{"x": 1}`,
	}, "main.js", Options{})
	if want := "true true\nlate 1\ncould not load module './none.js': no such file (imported by main.js:2) end\n"; err != nil || got != want {
		t.Errorf("%v, printed %q, want %q", err, got, want)
	}
}
