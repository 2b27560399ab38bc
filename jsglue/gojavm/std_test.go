package gojavm

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"
)

// The expected results are those of qjs.
func TestParseExtJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{a:1,}`: `{"a":1}`, `[1,2,]`: `[1,2]`, `{'a':+1}`: `{"a":1}`, `0x1F`: `31`, `0o17`: `15`, `+1.5`: `1.5`, `1.`: `1`, `1e5`: `100000`,
		`'\x41\/\q'`: `"A/q"`, `/*c*/1//x`: `1`, `"\u{41}"`: `"A"`, `{a$:1,_b:2,if:3,true:4}`: `{"a$":1,"_b":2,"if":3,"true":4}`,
		"'a\\\nb'": `"ab"`, "\v1\f": `1`, `{"__proto__":1}`: `{"__proto__":1}`, `{a:1,a:2}`: `{"a":2}`, `[[], {}, null, true, false]`: `[[],{},null,true,false]`,
		`"\ud83d\ude00é"`: `"😀é"`, `-0`: `0`, `9007199254740993`: `9007199254740992`, `1e400`: `null`,
		`[,]`: "SyntaxError", `.5`: "SyntaxError", `NaN`: "SyntaxError", "'a\nb'": "SyntaxError", `01`: "SyntaxError", `-Infinity`: "SyntaxError",
		`1 2`: "SyntaxError", ``: "SyntaxError", `{1:2}`: "SyntaxError", `'\0'`: "SyntaxError", `{a:1,,}`: "SyntaxError", `-`: "SyntaxError",
		"\u00a01": "SyntaxError", `{é:1}`: "SyntaxError", `undefined`: "SyntaxError", `/*`: "SyntaxError", `"a`: "SyntaxError", `{a 1}`: "SyntaxError",
		`{a:1 b:2}`: "SyntaxError", `[1 2]`: "SyntaxError", `'\u12'`: "SyntaxError", `'\u{110000}'`: "SyntaxError", `'\u{}'`: "SyntaxError", `1e`: "SyntaxError", `0x`: "SyntaxError", `[`: "SyntaxError",
		`'\u+123'`: "SyntaxError", `1_000`: "SyntaxError", `"\`: "SyntaxError",
	} {
		expect(t, fmt.Sprintf(`try { print(JSON.stringify(std.parseExtJSON(%q))) } catch (e) { print(e.name) }`, text), want+"\n")
	}
	expect(t, `try { std.parseExtJSON("[\n {a: 1,\n  b;}]") } catch (e) { print(e.message) }`, "expected ':' at line 3, column 4\n")
	expect(t, `try { std.parseExtJSON("[".repeat(1e6)) } catch (e) { print(e.name) }`, "RangeError\n")
	expect(t, `print(Object.is(std.parseExtJSON("-0"), -0), Object.keys(std.parseExtJSON('{"__proto__": 1}')).join())`, "true __proto__\n")
}

func TestEvalScriptValue(t *testing.T) {
	for source, want := range map[string]string{
		`-5`: "-5", `NaN`: "NaN", `(-0)`: "0", `"a" + "b"`: "ab", `typeof 1`: "number", `!0`: "true", `1; 2`: "2", `var a = 1; -a`: "-1",
		`void 0`: "undefined", `(1, -2)`: "-2", "f()\n-5; function f() { return 8 }": "3", "`a${1}`": "a1", `if (true) 7`: "7", `-5 // end`: "-5", `true ? -1 : 1`: "-1",
	} {
		expect(t, fmt.Sprintf(`print(String(std.evalScript(%q)))`, source), want+"\n")
	}
	expect(t, `try { std.evalScript("await 1", {async: true}) } catch (e) { print(e.name) } print(std.evalScript("1", {backtrace_barrier: true}))`, "TypeError\n1\n")
}

func TestURLGet(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("skipped: there is no curl")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/none" {
			w.WriteHeader(http.StatusNotFound)
		}
		w.Header().Set("X-Path", r.URL.Path)
		_, _ = w.Write([]byte("é " + r.URL.RawQuery))
	}))
	defer server.Close()
	expect(t, fmt.Sprintf(`const at = %q;
print(std.urlGet(at + "/a?q='$(x)[1]"), std.urlGet(at + "/none"), new Uint8Array(std.urlGet(at, {binary: true})).join());
const {response, responseHeaders, status} = std.urlGet(at + "/a", {full: true});
print(response, /^x-path: \/a\r\n/im.test(responseHeaders), responseHeaders.endsWith("\r\n"), status, std.urlGet(at + "/none", {full: true}).status);
print(JSON.stringify(std.urlGet("http://127.0.0.1:0/", {full: true})), std.urlGet("nonsense:"));`, server.URL),
		lines("é q='$(x)[1] null 195,169,32", "é  true true 200 404", `{"response":null} null`))
	t.Setenv("PATH", t.TempDir())
	expect(t, `try { std.urlGet("http://127.0.0.1:0/") } catch (e) { print(e) }`, "TypeError: std.urlGet: the program curl is not in PATH; install it\n")
}

// A terminal stays raw until the VM is closed.
func TestTTYSetRaw(t *testing.T) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("skipped: there are no terminals: %v", err)
	}
	defer master.Close()
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	mode := func() uint32 {
		t.Helper()
		mode, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
		if err != nil {
			t.Fatal(err)
		}
		return mode.Lflag & (unix.ECHO | unix.ICANON)
	}
	before := mode()
	vm, err := New(Options{Stdin: terminal})
	if err != nil {
		t.Fatal(err)
	}
	if err := vm.Eval("t.js", `os.ttySetRaw(std.in.fileno()); os.ttySetRaw(std.in.fileno()); os.ttySetRaw(99)`); err != nil {
		t.Error(err)
	}
	if before == 0 || mode() != 0 {
		t.Errorf("the mode was %#x, and then %#x", before, mode())
	}
	if err := vm.Close(); err != nil {
		t.Error(err)
	}
	if mode() != before {
		t.Errorf("the mode is %#x after the end, want %#x", mode(), before)
	}
}
