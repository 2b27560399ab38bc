package cmd

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestUncaughtErrors: message and stack, with the places in the sources as they were
// written.
func TestUncaughtErrors(t *testing.T) {
	t.Parallel()
	dir := files(t, map[string]string{
		"throws.js": `function inner() {
  null.property;
}
const outer = () => inner();
outer();
`,
		"throws.mjs": `import * as zmq from "zmq";
function send(socket) {
  socket.send(undefined);
}
send(new zmq.Context().socket(zmq.PUSH));
`,
		"throws.ts": `interface Point {
  x: number;
  y: number;
}
type Name = string;
const p: Point = { x: 1, y: 2 };
function fail(name: Name): never {
  throw new RangeError(name + p.x);
}
fail("way ");
`,
		"imports.mjs": `import { fail } from "./lib/fails.mjs";

fail("here");
`,
		"lib/fails.mjs": `const unused = 1;

export function fail(where) {
  throw new TypeError("fails " + where);
}
`,
		"awaits.mjs": `await null;
throw new Error("later");
`,
		"rejects.js": `Promise.reject(new Error("nobody cares"));
`,
		"connects.mjs": `import { Context, PUSH } from "zmq";
new Context().socket(PUSH).connect("nothing://here");
`,
		"closed.mjs": `import { Context, PUSH } from "zmq";
const socket = new Context().socket(PUSH);
socket.close();
Promise.resolve().then(() => socket.send("x"));
`,
		"coded.js": `throw Object.assign(new Error("mine"), { code: "MINE" });
`,
		"no text.js": `throw Object.assign(new Error("mine"), { code: 5 });
`,
		"no error.js": `throw "text";
`,
	})
	for file, stderr := range map[string]string{
		"throws.js": lines("TypeError: Cannot read property 'property' of undefined",
			"    at inner (throws.js:2:8)", "    at outer (throws.js:4:21)", "    at throws.js:5:1"),
		"throws.mjs": lines("TypeError: Socket.send(data, flags?): data must be null, a boolean, number, bigint, string or bytes, not undefined",
			"    at send (native)", "    at send (throws.mjs:3:10)", "    at throws.mjs:5:1"),
		"throws.ts": lines("RangeError: way 1",
			"    at fail (throws.ts:8:9)", "    at throws.ts:10:1"),
		"imports.mjs": lines("TypeError: fails here",
			"    at fail (lib/fails.mjs:4:9)", "    at imports.mjs:3:1"),
		"awaits.mjs": lines("Error: later",
			"    at awaits.mjs:2:7"),
		"rejects.js": lines("Possibly unhandled promise rejection: Error: nobody cares",
			"    at rejects.js:1:16"),
		"connects.mjs": lines("Error: Protocol not supported (connect nothing://here) [EPROTONOSUPPORT]",
			"    at connect (native)", "    at connects.mjs:2:28"),
		"closed.mjs": lines("Possibly unhandled promise rejection: Error: Socket is closed [ENOTSOCK]",
			"    at send (native)", "    at closed.mjs:4:37"),
		"coded.js":    lines("Error: mine [MINE]", "    at coded.js:1:21"),
		"no text.js":  lines("Error: mine", "    at no text.js:1:21"),
		"no error.js": lines("text", "    at no error.js:1:1"),
	} {
		t.Run(file, func(t *testing.T) {
			run(t, testkit.Options{Dir: dir}, file).Check(t, 1, "", stderr)
		})
	}
}

// TestErrorInHandler: the loop continues after an uncaught error in a handler, and the process
// still fails. The error is reported once.
func TestErrorInHandler(t *testing.T) {
	t.Parallel()
	run(t, testkit.Options{}, "-e", `setTimeout(() => { throw new Error("first"); }, 1);
setTimeout(() => console.log("second"), 2);`).Check(t, 1, "second\n", lines("Error: first", "    at <cmdline>:1:26"))
}

func TestScriptsThatDoNotLoad(t *testing.T) {
	t.Parallel()
	const native = "native modules: os, std, zmq"
	dir := files(t, map[string]string{
		"parse.js":        "let a = 1;\nlet b = = 2;\n",
		"parse.ts":        "interface A { x: number }\nconst a: A = { x: };\n",
		"imports.mjs":     `import "./lib/parse.mjs";`,
		"lib/parse.mjs":   "\n\n  export {;\n",
		"unknown.mjs":     `import * as x from "nosuch";`,
		"missing.mjs":     "\nimport x from './none.mjs';",
		"json.mjs":        `import x from "./none.json"; console.log(x);`,
		"broken-json.mjs": `import x from "./broken.json"; console.log(x);`,
		"broken.json":     "{\n  \"a\": 1,,\n}\n",
		"export.mjs":      `import { NOTHING } from "zmq"; console.log(NOTHING);`,
		"folder/x":        "",
	})
	for file, stderr := range map[string]string{
		"parse.js":        lines(`SyntaxError: Unexpected "="`, "    at parse.js:2:9"),
		"parse.ts":        lines(`SyntaxError: Unexpected "}"`, "    at parse.ts:2:19"),
		"imports.mjs":     lines(`SyntaxError: Expected identifier but found ";"`, "    at lib/parse.mjs:3:11"),
		"unknown.mjs":     lines("ReferenceError: could not load module 'nosuch': no such file in node_modules (imported by unknown.mjs:1; "+native+")", "    at unknown.mjs:1:20"),
		"missing.mjs":     lines("ReferenceError: could not load module './none.mjs': no such file (imported by missing.mjs:2)", "    at missing.mjs:2:15"),
		"json.mjs":        lines("ReferenceError: could not load module './none.json': no such file (imported by json.mjs:1)", "    at json.mjs:1:15"),
		"broken-json.mjs": lines("SyntaxError: invalid character ',' looking for beginning of object key string", "    at broken.json:2:10"),
		"export.mjs":      lines("SyntaxError: module 'zmq' has no export named 'NOTHING', imported by 'export.mjs'", "    at export.mjs:1:10"),
		"none.js":         lines("none.js: No such file or directory"),
		"folder":          lines("folder: Is a directory"),
	} {
		t.Run(file, func(t *testing.T) {
			run(t, testkit.Options{Dir: dir}, file).Check(t, 1, "", stderr)
		})
	}
	t.Run("-e", func(t *testing.T) {
		run(t, testkit.Options{}, "-e", "let = ;").Check(t, 1, "", lines(`SyntaxError: Unexpected ";"`, "    at <cmdline>:1:7"))
	})
}
