package gojavm

import (
	"os"
	"syscall"
	"testing"
)

func TestPaths(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "12345", "sub/b": ""})
	t.Setenv("DIR", dir)
	expect(t, `const dir = std.getenv("DIR");
print(os.getcwd()[0] === dir, os.getcwd()[1], os.chdir("sub"), os.getcwd()[0] === dir + "/sub", os.chdir("none"), os.chdir(".."));
print(os.mkdir("new"), os.mkdir("new"), os.mkdir("priv", 0o700), os.stat("priv")[0].mode === (os.S_IFDIR | 0o700));
print(os.rename("a.txt", "new/c.txt"), os.rename("a.txt", "x"));
print(os.readdir(".")[0].sort(), os.readdir(".")[1], os.readdir("none"), os.readdir("new/c.txt")[1]);
const [st, err] = os.stat("new/c.txt");
print(st.size, (st.mode & os.S_IFMT) === os.S_IFREG, err, st.nlink, Math.abs(st.mtime - Date.now()) < 1e6, Object.keys(st));
print(os.stat("none"), os.symlink("c.txt", "new/link"), os.readlink("new/link"), os.readlink("new/c.txt")[1]);
print((os.lstat("new/link")[0].mode & os.S_IFMT) === os.S_IFLNK, (os.stat("new/link")[0].mode & os.S_IFMT) === os.S_IFREG);
print(os.realpath("new/../new/link")[0] === dir + "/new/c.txt", os.realpath("none"), os.realpath(""));
print(os.utimes("new/c.txt", 5000, 7000), os.stat("new/c.txt")[0].atime, os.stat("new/c.txt")[0].mtime);
print(os.remove("new"), os.remove("new/c.txt"), os.remove("new/link"), os.remove("new"), os.remove("new"));
print(os.platform, os.getpid() > 0, os.isatty(0) || true, os.WNOHANG, os.SIGINT, os.O_RDWR);`,
		lines("true 0 0 true -2 0",
			"0 -17 0 true",
			"0 -2",
			".,..,new,priv,sub 0 ,2 20",
			"5 true 0 1 true dev,ino,mode,nlink,uid,gid,rdev,size,blocks,atime,mtime,ctime",
			",2 0 c.txt,0 22",
			"true true",
			"true ,2 ,2",
			"0 5000 7000",
			"-39 0 0 0 -2",
			"linux true true 1 2 2"))
}

func TestDescriptors(t *testing.T) {
	tree(t, nil)
	expect(t, `const fd = os.open("f", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600);
const b = Uint8Array.of(104, 105, 33).buffer;
print(fd > 2, os.write(fd, b, 0, 3), os.seek(fd, 1, std.SEEK_SET), os.seek(fd, 0n, std.SEEK_END), os.seek(fd, -9, 0));
const in_ = new Uint8FFArray(4); os.seek(fd, 0, 0);
print(os.read(fd, in_, 1, 3), in_, os.read(fd, in_, 0, 4), os.isatty(fd));
const d = os.dup(fd); print(d > fd, os.dup2(fd, d) === d, os.close(d), os.close(fd), os.close(fd), os.read(fd, b, 0, 1), os.write(fd, b, 0, 1), os.dup(fd));
print(os.open("none/x", os.O_RDONLY), os.ttyGetWinSize(0));
const [r, w] = os.pipe(); os.write(w, b, 0, 2); os.close(w); print(os.read(r, in_, 0, 4), os.read(r, in_, 0, 4), in_);
try { os.read(r, b, 2, 2) } catch (e) { print(e) }
try { os.read(r) } catch (e) { print(e) }`,
		lines("true 3 1 3 -22", "3 0,104,105,33 0 false", "true true 0 0 -9 -9 -9 -9", "-2 null", "2 0 104,105,105,33",
			"RangeError: read/write array buffer overflow", "TypeError: not an ArrayBuffer, typed array or FFArray"))
}

func TestExec(t *testing.T) {
	dir := tree(t, map[string]string{"sub/x": "", "plain": "not a program"})
	t.Setenv("DIR", dir)
	expect(t, `const [r, w] = os.pipe();
print(os.exec(["true"]), os.exec(["false"]), os.exec(["sh", "-c", "exit 42"]), os.exec(["sh", "-c", "kill -9 $$"]));
print(os.exec(["no-such-program-x"]), os.exec(["./plain"]), os.exec(["true"], {usePath: false}), os.exec(["/bin/true"], {usePath: false}));
os.exec(["pwd"], {cwd: "sub"});
os.exec(["sh", "-c", "echo $A$HOME"], {env: {A: "only", B: 1}});
os.exec(["shown", "-c", "echo $0"], {file: "sh"});
os.exec(["echo", "to pipe"], {stdout: w}); os.close(w);
print(std.fdopen(r, "r").getline());
const [r2, w2] = os.pipe(); const f = std.fdopen(w2, "w"); f.puts("from pipe"); f.close();
os.exec(["cat"], {stdin: r2}); print();
const pid = os.exec(["sh", "-c", "exit 5"], {block: false});
const [got, status] = os.waitpid(pid, 0);
print(pid > 0, got === pid, status >> 8, os.waitpid(pid, 0), os.waitpid(pid, os.WNOHANG));
const [r3, w3] = os.pipe();
const slow = os.exec(["cat"], {block: false, stdin: r3}); print(os.waitpid(slow, os.WNOHANG)[0]);
print(os.kill(slow, os.SIGKILL), os.waitpid(slow, 0)[1], os.kill(slow, 0));
print(os.exec(["no-such-program-x"], {block: false}));
for (const args of [[], undefined, null, {length: 70000}, [Symbol()]]) try { os.exec(args); print("ran") } catch (e) { print(e instanceof TypeError) }`,
		lines("0 1 42 -9", "127 127 127 0", dir+"/sub", "only", "shown", "to pipe", "from pipe",
			"true true 5 -10,0 -10,0", "0", "0 9 -3", "-2", "true", "true", "true", "true", "true"))
}

func TestStartProcess(t *testing.T) {
	var started []string
	got := eval(t, Options{StartProcess: func(path string, argv []string, attr *syscall.ProcAttr) (int, error) {
		started = append([]string{path}, argv...)
		return syscall.ForkExec(path, argv, attr)
	}}, `print(os.exec(["/bin/sh", "-c", "exit 3"]))`)
	if got != "3\n" || len(started) != 4 || started[0] != "/bin/sh" || started[1] != "/bin/sh" {
		t.Errorf("printed %q, started %q", got, started)
	}
}

func TestClock(t *testing.T) {
	expect(t, `const a = os.now(), b = performance.now(); print(os.sleep(2), os.now() - a >= 2, performance.now() > b, os.sleep(-5), os.sleep(), os.sleep(NaN))`,
		"0 true true 0 0 0\n")
}

func TestReadHandlers(t *testing.T) {
	expect(t, `const [r, w] = os.pipe(); const b = new Uint8Array(4);
let n = 0;
os.setWriteHandler(w, () => {
	os.write(w, Uint8Array.of(n).buffer, 0, 1);
	if (++n === 3) { os.setWriteHandler(w, null); os.close(w) }
});
os.setReadHandler(r, () => {
	const got = os.read(r, b.buffer, 0, 4);
	if (got === 0) { os.setReadHandler(r, null); print("end"); return }
	for (let i = 0; i < got; i++) print(b[i]);
});
os.setReadHandler(12345, null);
try { os.setReadHandler(r, 5) } catch (e) { print(e) }`, lines("TypeError: not a function", "0", "1", "2", "end"))
}

func TestRunStdin(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := w.WriteString("import * as std from 'std';\nprint(std.in.getline());\nthrow new Error('x')"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	f := newFixture(t, Options{Stdin: r})
	e := scriptError(t, f.RunFile("-"))
	if e.Error() != "Error: x\n    at <stdin>:3:7" || f.out() != "null\n" {
		t.Errorf("%v, printed %q", e, f.out())
	}
}
