import * as std from "std";
import * as os from "os";

const names = ["EMPTY", "NAME", "TZ", "GODEBUG", "GOGC", "GOMEMLIMIT", "GOTRACEBACK", "NONE"];
function show(when) {
  print(when, names.map((name) => `${name}: ${std.getenv(name)}`).join(", "));
}
function child(when) {
  const [read, write] = os.pipe();
  const status = os.exec(["env"], { stdout: write });
  os.close(write);
  const lines = std.fdopen(read, "r").readAsString().split("\n").filter((line) => names.includes(line.split("=")[0]));
  print(when, "a child has", lines.sort().join(", "), "- status", status);
}

print("arguments", scriptArgs.slice(1).join(", "));
show("at first");
child("at first");
print("offset", new Date(0).getTimezoneOffset());
std.setenv("NAME", "another");
std.setenv("NONE", "new");
std.unsetenv("EMPTY");
std.unsetenv("GOGC");
show("later");
child("later");
const all = std.getenviron();
print("of all", names.filter((name) => name in all).join(", "));
