package gojavm

import (
	"os"
	"runtime"
	"testing"
	"time"
)

func TestFiles(t *testing.T) {
	dir := tree(t, map[string]string{"in.txt": "line one\nline två\nlast", "empty": ""})
	expect(t, `import * as std from "std";
const f = std.open("in.txt", "r");
print(f, f.getline(), f.tell(), typeof f.tello(), f.eof());
print(f.readAsString(4), f.getline(), f.getline(), f.eof(), f.getline(), f.eof());
print(f.seek(5, std.SEEK_SET), f.eof(), f.getByte(), f.readAsString());
print(f.seek(-4, std.SEEK_END), f.getline(), f.getByte(), f.seek(-1, std.SEEK_SET), f.error());
print(f.seek(0, std.SEEK_SET), f.getByte(), f.seek(3, std.SEEK_CUR), f.tell(), f.getline());
const b = new Uint8Array(8);
f.seek(0n, std.SEEK_SET);
print(f.read(b.buffer, 2, 4), b, f.fileno() > 2, f.close());
try { f.getline() } catch (e) { print(e) }
try { f.close() } catch (e) { print(e) }
print(std.open("empty", "r").getline(), JSON.stringify(std.open("empty", "r").readAsString()));`,
		lines("[object FILE] line one 9 bigint false",
			"line  två last true null true",
			"0 false 111 ne\nline två\nlast",
			"0 last -1 -22 false",
			"0 108 0 4  one",
			"4 0,0,108,105,110,101,0,0 true 0",
			"TypeError: invalid file handle",
			"TypeError: invalid file handle",
			`null ""`))
	expect(t, `const f = std.open("out.txt", "w+");
f.puts("ab", 1, "é"); print(f.printf("%03d\n", 7), f.putByte(65), f.putByte(-1), f.tell());
print(f.write(new Uint8FFArray(3), 1, 2), f.write(Uint16Array.of(0x4241, 0x4443), 1, 3));
f.seek(0, std.SEEK_SET); print(f.getByte(), f.getByte()); f.puts("X"); f.flush();
f.seek(0, std.SEEK_SET); print(JSON.stringify(f.readAsString()));
f.close();
const a = std.open("out.txt", "a"); a.puts("end"); print(a.tell()); a.close();
const g = std.fdopen(os.open("out.txt", os.O_RDONLY), "r"); print(g.readAsString(3)); g.close()
const x = std.open("out.txt", "r"); print(x.puts("no"), x.flush(), x.error(), x.clearerr(), x.error())`,
		lines("4 65 255 11", "2 3", "97 98", "\"abXé007\\nA\uFFFD\\u0000\\u0000BCD\"", "19", "abX", "undefined undefined true undefined false"))
	checkFile(t, dir+"/out.txt", "abX\xc3\xa9007\nA\xff\x00\x00BCDend")
}

func TestFileErrors(t *testing.T) {
	tree(t, map[string]string{"dir/x": ""})
	expect(t, `const e = {};
print(std.open("none", "r", e), e.errno === std.Error.ENOENT, std.open("none", "r"));
print(std.open("dir", "w", e), e.errno, std.open("dir/x", "r", e) !== null, e.errno);
print(std.fdopen(9999, "r", e), e.errno === std.Error.EBADF, std.tmpfile(e) !== null, e.errno);
for (const mode of ["q", "", "rx"]) try { std.open("dir/x", mode) } catch (e) { print(e) }
try { std.out.puts.call({}) } catch (e) { print(e) }
try { std.out.read("text", 0, 1) } catch (e) { print(e) }
for (const [at, n] of [[0, 5], [5, 0], [2, 3], [-1, 1], [0, 2 ** 53]])
	try { std.open("dir/x", "r").read(new ArrayBuffer(4), at, n); print("read") } catch (e) { print(e) }`,
		lines("null true null", "null 21 true 0", "null true true 0",
			"TypeError: invalid file mode", "TypeError: invalid file mode", "TypeError: invalid file mode",
			"TypeError: not a FILE object", "TypeError: not an ArrayBuffer, typed array or FFArray",
			"RangeError: read/write array buffer overflow", "RangeError: read/write array buffer overflow", "RangeError: read/write array buffer overflow",
			"RangeError: invalid array index", "RangeError: invalid array index"))
}

func TestTmpfile(t *testing.T) {
	expect(t, `const f = std.tmpfile(); f.puts("x".repeat(10000)); f.seek(0, 0); print(f.readAsString().length)`, "10000\n")
}

func TestStdin(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := w.WriteString("one\ntwo\nthree"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if got, want := eval(t, Options{Stdin: r}, `let l; while ((l = std.in.getline()) !== null) print(l); print(std.in.eof())`), "one\ntwo\nthree\ntrue\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

// The host owns the standard streams: closing one in a script leaves the descriptor
// open.
func TestCloseStdout(t *testing.T) {
	f := newFixture(t, Options{})
	if err := f.Eval("t.js", `print("a"); print(std.err.close() === 0); std.out.close(); print("b")`); err != nil {
		t.Fatal(err)
	}
	if got := f.out(); got != "a\ntrue\n" {
		t.Errorf("printed %q", got)
	}
	if _, err := f.stdout.WriteString("host"); err != nil {
		t.Error(err)
	}
}

func TestPopen(t *testing.T) {
	tree(t, nil)
	expect(t, `const f = std.popen("echo hi; exit 3", "r"); print(f.getline(), f.getline(), f.close());
const g = std.popen("cat >written", "w"); g.puts("text"); print(g.close(), std.loadFile("written"));
const e = {}; print(std.popen("x", "rw", e), e.errno); try { std.popen("x", "a") } catch (e) { print(e) }`,
		lines("hi null 768", "0 text", "null 22", "TypeError: invalid file mode"))
}

// A file that is garbage is flushed and closed.
func TestFileCollected(t *testing.T) {
	dir := tree(t, nil)
	f := newFixture(t, Options{})
	if err := f.Eval("t.js", `(() => { const f = std.open("out", "w"); f.puts("text"); globalThis.fd = f.fileno() })()`); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(30 * time.Second)
	for len(f.files.all()) > 0 {
		if time.Now().After(deadline) {
			t.Fatal("the file stays open")
		}
		runtime.GC()
		runtime.Gosched()
	}
	checkFile(t, dir+"/out", "text")
}

func TestLoadFile(t *testing.T) {
	tree(t, map[string]string{"text": "é\nx", "latin1": "\xe9", "dir/x": "", "s.js": "var loaded = 41; loaded + 1", "bad.js": "let = = 1"})
	expect(t, `print(std.loadFile("text"), std.loadFile("none"), std.loadFile("dir"), std.loadFile("latin1") === "\uFFFD");
print(std.loadScript("s.js"), loaded);
try { std.loadScript("none.js") } catch (e) { print(e) }
try { std.loadScript("bad.js") } catch (e) { print(e instanceof SyntaxError, e.message.endsWith("(bad.js:1:7)")) }`,
		lines("é\nx null null true", "42 41", "ReferenceError: could not load 'none.js'", "true true"))
}

func TestEvalScript(t *testing.T) {
	expect(t, `var a = 1;
print(std.evalScript("var b = a + 1; b * 10"), b);
for (const s of ["let x = ;", "import 'std'", "throw new TypeError('own')", "nope"]) try { std.evalScript(s) } catch (e) { print(e) }
print(std.evalScript("(async () => { for await (const x of [1]) return x })()") instanceof Promise);`,
		lines("20 2", `SyntaxError: Unexpected ";" (<evalScript>:1:9)`, "SyntaxError: import, export and top-level await are for modules only",
			"TypeError: own", "ReferenceError: nope is not defined", "true"))
}

func TestEnvironment(t *testing.T) {
	t.Setenv("GOJAVM_TEST", "old")
	expect(t, `print(std.getenv("GOJAVM_TEST"), std.getenv("GOJAVM_NONE"));
std.setenv("GOJAVM_TEST", "new=1"); print(std.getenv("GOJAVM_TEST"), std.getenviron().GOJAVM_TEST);
os.exec(["sh", "-c", "echo $GOJAVM_TEST"]);
std.unsetenv("GOJAVM_TEST"); print(std.getenv("GOJAVM_TEST"), "GOJAVM_TEST" in std.getenviron());
std.gc();`, lines("old undefined", "new=1 new=1", "new=1", "undefined false"))
}

func TestStrerror(t *testing.T) {
	expect(t, `print(std.strerror(std.Error.EINVAL), std.strerror(0), std.strerror(2), std.strerror(99999), std.Error.EPIPE)`,
		"Invalid argument Success No such file or directory Unknown error 99999 32\n")
}
