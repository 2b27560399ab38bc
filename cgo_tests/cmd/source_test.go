package cmd

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const showArguments = `console.log(JSON.stringify(scriptArgs.slice(1)));`

func TestCode(t *testing.T) {
	t.Parallel()
	run(t, testkit.Options{}, "-e", showArguments, "one", "-e", "--help", "ünï").Check(t, 0, `["one","-e","--help","ünï"]`+"\n", "")
}

func TestFile(t *testing.T) {
	t.Parallel()
	dir := files(t, map[string]string{"sub/script.js": "#!/usr/bin/env zmqjs\n" + showArguments + "console.log(scriptArgs[0]);"})
	run(t, testkit.Options{Dir: dir}, "sub/script.js", "a b", "").Check(t, 0, lines(`["a b",""]`, "sub/script.js"), "")
}

func TestStandardInput(t *testing.T) {
	t.Parallel()
	run(t, testkit.Options{Stdin: strings.NewReader(showArguments)}, "-", "one").Check(t, 0, lines(`["one"]`), "")
}

// TestTypeScriptWithoutFile: code without a file name is TypeScript if it is not valid JavaScript.
func TestTypeScriptWithoutFile(t *testing.T) {
	t.Parallel()
	const script = `import * as zmq from "zmq"; enum Level { Low, High } const level: Level = Level.High; console.log(level as number, zmq.PUSH!);`
	run(t, testkit.Options{}, "-e", script).Check(t, 0, "1 8\n", "")
	run(t, testkit.Options{Stdin: strings.NewReader(script)}, "-").Check(t, 0, "1 8\n", "")
	dir := files(t, map[string]string{"script": "#!/usr/bin/env zmqjs\n" + script, "script.js": script})
	run(t, testkit.Options{Dir: dir}, "script").Check(t, 0, "1 8\n", "")
	if result := run(t, testkit.Options{Dir: dir}, "script.js"); result.Status != 1 || !strings.HasPrefix(result.Stderr, "SyntaxError: ") {
		t.Errorf("%+v", result)
	}
}

func TestStandardInputImports(t *testing.T) {
	t.Parallel()
	dir := files(t, map[string]string{"lib/one.js": "export const one = 1;"})
	script := strings.NewReader(`import { one } from "./lib/one.js"; console.log(one);`)
	run(t, testkit.Options{Dir: dir, Stdin: script}, "-").Check(t, 0, "1\n", "")
}

func TestImports(t *testing.T) {
	t.Parallel()
	dir := files(t, map[string]string{
		"app/main.ts": `import { twice, type Named } from "./lib/twice.ts";
import settings from "./settings.json";
import { PUSH } from "zmq";
import * as os from "os";
enum Level { Low = 1, High }
const named: Named = { name: settings.name };
console.log(named.name as string, twice<string>("x"), PUSH, os.platform, Level.High);`,
		"app/lib/twice.ts": `import { join } from "../../shared/join.mjs";
export interface Named { name: string }
export function twice<T>(value: T): string { return join(value, value); }`,
		"app/settings.json": `{"name": "demo"}`,
		"shared/join.mjs":   `export const join = (...all) => all.join("+");`,
	})
	want := lines("demo x+x 8 linux 2")
	run(t, testkit.Options{Dir: dir}, "app/main.ts").Check(t, 0, want, "")
	run(t, testkit.Options{}, filepath.Join(dir, "app/main.ts")).Check(t, 0, want, "")
}

func TestDynamicImport(t *testing.T) {
	t.Parallel()
	dir := files(t, map[string]string{
		"main.mjs":  `const { value } = await import("./other.mjs"); console.log(value);`,
		"other.mjs": `export const value = await Promise.resolve("awaited");`,
	})
	run(t, testkit.Options{Dir: dir}, "main.mjs").Check(t, 0, "awaited\n", "")
}

// TestEventLoop: timers and jobs that a script leaves run before the process ends.
func TestEventLoop(t *testing.T) {
	t.Parallel()
	run(t, testkit.Options{}, "-e", `setTimeout(() => console.log("timer"), 1);
Promise.resolve().then(() => console.log("promise")); console.log("end");`).Check(t, 0, lines("end", "promise", "timer"), "")
}
