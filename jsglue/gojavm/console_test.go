package gojavm

import (
	"os"
	"testing"
)

func TestPrint(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{``, "\n"},
		{`"a", "b"`, "a b\n"},
		{`1, -0, 1.5, 1e21, NaN, 10n`, "1 0 1.5 1e+21 NaN 10\n"},
		{`null, undefined, true`, "null undefined true\n"},
		{`[4, 3, 6]`, "4,3,6\n"},
		{`[null, [1, [2]]]`, ",1,2\n"},
		{`{a: 1}`, "[object Object]\n"},
		{`new Error("msg")`, "Error: msg\n"},
		{`new TypeError()`, "TypeError\n"},
		{`{toString() { return "own" }}`, "own\n"},
		{`new Uint8FFArray(3)`, "0,0,0\n"},
		{`"é😀", "a\u0000b"`, "é😀 a\x00b\n"},
		{`"%d", 1`, "%d 1\n"},
	} {
		for _, f := range []string{"print", "console.log", "console.info", "console.debug"} {
			expect(t, f+"("+test.args+")", test.want)
		}
	}
}

func TestConsoleStderr(t *testing.T) {
	f := newFixture(t, Options{})
	if err := f.Eval("t.js", `console.error("e", [1, 2]); console.warn("w"); print("o")`); err != nil {
		t.Fatal(err)
	}
	if got, want := f.err(), "e 1,2\nw\n"; got != want {
		t.Errorf("stderr %q, want %q", got, want)
	}
	if got, want := f.out(), "o\n"; got != want {
		t.Errorf("stdout %q, want %q", got, want)
	}
}

func TestPrintThrows(t *testing.T) {
	expect(t, `try { print(Symbol("s")) } catch (e) { print(e) }`, "TypeError: cannot convert symbol to string\n")
	expect(t, `try { print({toString() { throw 7 }}) } catch (e) { print(e) }`, "7\n")
}

// Output to one stream keeps its order, whichever functions write it.
func TestOutputOrder(t *testing.T) {
	expect(t, `import * as std from "std";
import * as os from "os";
std.puts("a"); console.log("b"); std.out.puts("c"); std.printf("%s", "d"); std.out.putByte(0x65);
std.out.write(new Uint8Array([0x66]).buffer, 0, 1);
os.exec(["echo", "g"]); print("h");`, "ab\ncdefg\nh\n")
}

// Output appears at once, not when the script ends.
func TestOutputIsPrompt(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	f := newFixture(t, Options{Stdin: in, Stdout: w})
	done := make(chan error, 1)
	go func() {
		done <- f.Eval("t.js", `std.puts("no newline"); std.in.getline(); print(); print("end")`)
	}()
	buf := make([]byte, 100)
	n, err := r.Read(buf)
	if got := string(buf[:n]); err != nil || got != "no newline" {
		t.Errorf("read %q, %v", got, err)
	}
	out.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
	w.Close()
}

func TestNoStreams(t *testing.T) {
	vm, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	if err := vm.Eval("t.js", `print(1); console.error(2); if (std.in.getline() !== null) throw "input"; std.out.flush()`); err != nil {
		t.Error(err)
	}
}

func TestScriptArgs(t *testing.T) {
	f := newFixture(t, Options{})
	f.SetArgs([]string{"prog.js", "a b"})
	if err := f.Eval("t.js", `print(Array.isArray(scriptArgs), scriptArgs.length, JSON.stringify(scriptArgs))`); err != nil {
		t.Fatal(err)
	}
	if got, want := f.out(), "true 2 [\"prog.js\",\"a b\"]\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestGlobals(t *testing.T) {
	expect(t, `print(typeof std.exit, typeof os.now, globalThis.print === print, typeof performance.now())`, "function function true number\n")
	expect(t, `print(std.exit.name, os.sleep.length, print.name)`, "exit 1 print\n")
	expect(t, `print(Object.keys(globalThis).join())`, "\n")
}
