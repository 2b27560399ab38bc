// Package windows runs the script runner for Windows, in an emulator.
package windows

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// run runs the runner in an empty directory, with a name that is not only ASCII.
func run(t *testing.T, arguments ...string) (output string, err error) {
	t.Helper()
	if !target.IsWindows() {
		t.Skip("the target is another system")
	}
	directory := filepath.Join(t.TempDir(), "zmqjs für Windows")
	if err := os.Mkdir(directory, 0o777); err != nil {
		t.Fatal(err)
	}
	line := target.Command(testkit.Program(t), arguments...)
	command := exec.Command(line[0], line[1:]...)
	command.Dir = directory
	printed, err := command.CombinedOutput()
	return string(printed), err
}

func script(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestSystem: std and os have what Windows has, and say so where it lacks something.
func TestSystem(t *testing.T) {
	want := testkit.Read(t, filepath.Join("testdata", "expected.txt"))
	if got, err := run(t, script(t, "system.js")); err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestPaths: the program, its DLL, scripts and files may have letters in their paths that are not ASCII, and spaces.
func TestPaths(t *testing.T) {
	if !target.IsWindows() {
		t.Skip("the target is another system")
	}
	directory := filepath.Join(t.TempDir(), "größer, 大きい")
	files := map[string]string{
		target.Library():         testkit.Read(t, filepath.Join(target.Build(), target.Library())),
		"zmq läuft.exe":          testkit.Read(t, testkit.Program(t)),
		"ein Skript für alle.js": `import { text } from "./das 模块/ä ö.js"; import * as std from "std"; std.puts(text, std.loadFile("Datei ß"));`,
		"das 模块/ä ö.js":          `import { PUSH } from "zmq"; export const text = "module " + PUSH;`,
		"Datei ß":                ", file\n",
	}
	for name, content := range files {
		path := filepath.Join(directory, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	line := target.Command(filepath.Join(directory, "zmq läuft.exe"), filepath.Join(directory, "ein Skript für alle.js"))
	command := exec.Command(line[0], line[1:]...)
	command.Dir = directory
	if got, err := command.CombinedOutput(); err != nil || string(got) != "module 8, file\n" {
		t.Errorf("%v: %s", err, got)
	}
}

// TestDist: the archive has what a program needs, and what is linked with it, and its runner runs where it is unpacked.
func TestDist(t *testing.T) {
	if !target.IsWindows() {
		t.Skip("the target is another system")
	}
	directory := t.TempDir()
	made := testkit.Run(t, testkit.Options{Dir: testkit.Root(t), Limit: 20 * testkit.Limit, Group: true},
		"env", "-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "MAKELEVEL", "make", "dist", "TARGET=windows-x64", "BUILD="+directory)
	archives, _ := filepath.Glob(filepath.Join(directory, "windows-x64/dist/zmqjs-*-windows-x86_64.zip"))
	if made.Status != 0 || len(archives) != 1 {
		t.Fatalf("%q, %+v", archives, made)
	}
	unpacked := testkit.Run(t, testkit.Options{Dir: directory}, "sh", "-ec",
		`cd "$(dirname "$1")" && sha256sum --quiet -c "$1.sha256" && unzip -q "$1"`, "sh", archives[0])
	if unpacked.Status != 0 {
		t.Fatalf("%+v", unpacked)
	}
	root := strings.TrimSuffix(archives[0], ".zip")
	for _, name := range []string{"LICENSE", "NOTICES", "README.md", "bin/zmqjs-lean.dll", "lib/libzmqjs.dll.a",
		"lib/libzmqjs-lean.dll.a", "lib/zmqjs.def", "include/zmqjs.h", "share/zmqjs/zmq.d.ts"} {
		if content, err := os.ReadFile(filepath.Join(root, name)); err != nil || len(content) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	notices := testkit.Read(t, filepath.Join(root, "NOTICES"))
	for _, of := range []string{"The Go runtime", "github.com/dop251/goja", "github.com/evanw/esbuild", "libzmq (zeromq3_",
		"libsodium (libsodium_", "mingw-w64", "GCC Runtime Library Exception"} {
		if !strings.Contains(notices, of) {
			t.Errorf("NOTICES does not contain %s", of)
		}
	}
	for _, library := range []string{"zmqjs", "zmqjs-lean"} {
		flags := testkit.Run(t, testkit.Options{Env: []string{"PKG_CONFIG_LIBDIR=" + filepath.Join(root, "lib/pkgconfig")}},
			"pkg-config", "--cflags", "--libs", library)
		source := filepath.Join(testkit.Root(t), "examples/host.c")
		program := filepath.Join(root, "bin", library+"-host.exe")
		compile := append(target.CompileFlags(), source, "-o", program)
		// Without -static, with which the linker looks for no import library.
		compile = append(compile, strings.Fields(flags.Stdout)...)
		if result := testkit.Run(t, testkit.Options{}, target.Compiler(), compile...); result.Status != 0 {
			t.Fatalf("%s: %+v %+v", library, flags, result)
		}
		line := target.Command(program)
		printed, err := exec.Command(line[0], line[1:]...).CombinedOutput()
		if has := strings.Contains(string(printed), "received: hello world"); has != (library == "zmqjs") || has != (err == nil) {
			t.Errorf("a host linked with %s: %v %s", library, err, printed)
		}
	}
	line := target.Command(filepath.Join(root, "bin/zmqjs.exe"), "-e",
		`import * as zmq from "zmq"; print(zmq.has("curve"), zmq.has("draft"))`)
	if printed, err := exec.Command(line[0], line[1:]...).CombinedOutput(); err != nil || strings.TrimSpace(string(printed)) != "1 1" {
		t.Errorf("the runner: %v %s", err, printed)
	}
}

// TestArguments: they are UTF-8 for the script.
func TestArguments(t *testing.T) {
	got, err := run(t, "-e", `print(scriptArgs[1], scriptArgs[2])`, "für", "two words")
	if err != nil || got != "für two words\n" {
		t.Errorf("%v: %s", err, got)
	}
}

// TestIPC: the error of a transport that libzmq lacks names it.
func TestIPC(t *testing.T) {
	got, err := run(t, "-e", `import * as zmq from "zmq";
		try { new zmq.Context().socket(zmq.PUSH).connect("ipc://name"); } catch (e) { print(e.code, e.message); }`)
	if err != nil || !strings.HasPrefix(got, "EPROTONOSUPPORT ") || !strings.Contains(got, "libzmq is built without ipc") {
		t.Errorf("%v: %s", err, got)
	}
}

// TestCtrlC: Ctrl-C in a console ends a script that waits.
func TestCtrlC(t *testing.T) {
	if !target.IsWindows() {
		t.Skip("the target is another system")
	}
	sender := testkit.Host{Name: "ctrl_c.exe", Sources: []string{"ctrl_c.c"}}.Compile(t)
	line := target.Command(sender, testkit.Program(t), "-e",
		`import * as zmq from "zmq"; const s = new zmq.Context().socket(zmq.PULL); print("waiting"); s.recv();`)
	output, err := exec.Command(line[0], line[1:]...).CombinedOutput()
	if err != nil || string(output) != "ended with 130\r\n" {
		t.Errorf("%v: %s", err, output)
	}
}

// TestObserve: --trace and --stat tell what sockets do, with --json in objects.
func TestObserve(t *testing.T) {
	const script = `import * as zmq from "zmq"; const context = new zmq.Context(); const pull = context.socket(zmq.PULL);
		const push = context.socket(zmq.PUSH); pull.bind("inproc://observed"); push.connect("inproc://observed");
		push.send("text"); pull.recv();`
	for options, wanted := range map[string][]string{
		"--trace": {`PUSH   send -> inproc://observed  4 B  "text"`, `PULL   recv <- inproc://observed  4 B  "text"`},
		"--stat":  {`PUSH +- .* 1 +inproc://observed`, `PULL +- .* 1 +0 +0 +0 +inproc://observed`},
		"--trace --json": {`"PUSH","event":"send","endpoint":"inproc://observed","size":4,"more":false,"data":"74657874"}`,
			`"PULL","event":"receive","endpoint":"inproc://observed","size":4,"more":false,"data":"74657874"}`},
		"--stat --json": {`"PUSH",.*"messages_received":0,"bytes_received":0,"messages_sent":1,"bytes_sent":4,`,
			`"PULL",.*"messages_received":1,"bytes_received":4,"messages_sent":0,"bytes_sent":0,`},
	} {
		got, err := run(t, append(strings.Fields(options), "-e", script)...)
		if err != nil {
			t.Errorf("%s: %v: %s", options, err, got)
		}
		for _, pattern := range wanted {
			if !regexp.MustCompile(pattern).MatchString(got) {
				t.Errorf("%s: there is no %s: %s", options, pattern, got)
			}
		}
	}
}
