// What the modules std and os do on Windows. The working directory is empty.
import * as os from "os";
import * as std from "std";

function show(name, ...values) {
  print(`${name}: ${values.map((value) => JSON.stringify(value)).join(" ")}`);
}

show("platform", os.platform);

// Names with letters that are not ASCII, and spaces.
const directory = "Ordner für ZMQ", file = `${directory}/Datei ö.txt`;
show("mkdir", os.mkdir(directory), os.mkdir(directory) === -std.Error.EEXIST);
let f = std.open(file, "w");
f.puts("one\ntwo\n");
f.close();
f = std.open(file, "a");
f.puts("three\n");
show("tell", f.tell());
f.close();
show("loadFile", std.loadFile(file));
f = std.open(file, "r");
show("getline", f.getline(), f.getline());
show("seek", f.seek(4, std.SEEK_SET), f.getline(), f.eof());
show("rest", f.readAsString(), f.getline(), f.eof());
f.close();
const [status, failed] = os.stat(file);
show("stat", failed, status.size, (status.mode & os.S_IFMT) === os.S_IFREG, Math.abs(status.mtime - Date.now()) < 600000);
show("directory", (os.stat(directory)[0].mode & os.S_IFMT) === os.S_IFDIR);
show("utimes", os.utimes(file, 1000000, 2000000), os.stat(file)[0].mtime);
show("readdir", os.readdir(directory));
show("realpath", os.realpath(file)[0].endsWith("Datei ö.txt"), os.realpath("nowhere")[1] === std.Error.ENOENT);
show("rename", os.rename(file, `${directory}/neu.txt`), os.readdir(directory)[0].includes("neu.txt"));
show("remove", os.remove(directory) === -std.Error.ENOTEMPTY, os.remove(`${directory}/neu.txt`), os.remove(directory));
const error = {};
show("missing", std.open("nowhere", "r", error), error.errno === std.Error.ENOENT, std.strerror(error.errno));
f = std.tmpfile();
f.puts("temporary");
show("tmpfile", f.seek(0, std.SEEK_SET), f.readAsString());
f.close();

// Descriptors.
const [from, to] = os.pipe();
const copy = os.dup(to);
os.close(to);
show("pipe", os.write(copy, new Uint8Array([1, 2, 3]).buffer, 0, 3));
const got = new Uint8Array(3);
show("read", os.read(from, got.buffer, 0, 3), [...got]);
show("closed", os.close(copy), os.close(copy) === -std.Error.EBADF, os.read(from, got.buffer, 0, 3), os.isatty(from));
os.close(from);

// Programs.
show("exec", os.exec(["cmd", "/c", "exit 3"]), os.exec(["no such program"]));
const child = os.exec(["cmd", "/c", "exit 4"], { block: false });
const [pid, ended] = os.waitpid(child, 0);
show("waitpid", pid === child, ended >> 8);
const [read, write] = os.pipe();
os.exec(["cmd", "/c", "echo piped"], { stdout: write });
os.close(write);
show("stdout", std.fdopen(read, "r").readAsString());
const command = std.popen("echo shell", "r");
show("popen", command.readAsString(), command.close());

// What Windows lacks says so.
show("kill", std.strerror(-os.kill(os.getpid(), os.SIGINT)));
try {
  os.exec(["cmd"], { uid: 1 });
} catch (e) {
  show("uid", e.message, e.code);
}

// The event loop.
const [readable, writable] = os.pipe();
os.setReadHandler(readable, () => {
  os.setReadHandler(readable, null);
  show("handler", os.read(readable, got.buffer, 0, 1));
});
os.setTimeout(() => os.write(writable, got.buffer, 0, 1), 20);
show("sleep", os.sleep(5));
