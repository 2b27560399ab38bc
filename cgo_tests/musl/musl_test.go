// Package musl tests what differs with musl in place of glibc: linking, and the start of Go, to which musl passes neither
// arguments nor the environment.
package musl

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// The dynamic linker, which is the C library too.
const loader = "/lib/ld-musl-x86_64.so.1"

func needMusl(t *testing.T) {
	t.Helper()
	if target.Name() != "linux-musl-x64" {
		t.Skip("the target is another system")
	}
}

func open(t *testing.T, path string) *elf.File {
	t.Helper()
	file, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// exported adds the symbols that a file defines for others.
func exported(t *testing.T, file *elf.File, names map[string]bool) {
	t.Helper()
	symbols, err := file.DynamicSymbols()
	if err != nil {
		t.Fatal(err)
	}
	for _, symbol := range symbols {
		if symbol.Section != elf.SHN_UNDEF {
			names[symbol.Name] = true
		}
	}
}

// TestNeeds: the libraries need nothing but musl, and nothing that this musl lacks; and they leave the size of threads'
// stacks to the host.
func TestNeeds(t *testing.T) {
	needMusl(t)
	build, offered := target.Build(), map[string]bool{}
	exported(t, open(t, loader), offered)
	for _, file := range []struct {
		path  string
		needs []string
	}{
		{"lean/libzmqjs-lean.so", []string{"libc.so"}},
		{"libzmqjs.so", []string{"libc.so"}},
		{"zmqjs", []string{"libc.so", "libzmqjs.so.1"}},
	} {
		opened := open(t, filepath.Join(build, file.path))
		needed, err := opened.ImportedLibraries()
		slices.Sort(needed)
		if err != nil || !slices.Equal(needed, file.needs) {
			t.Errorf("%s needs %q (%v)", file.path, needed, err)
		}
		imported, err := opened.DynamicSymbols()
		if err != nil {
			t.Fatal(err)
		}
		for _, symbol := range imported {
			missing := symbol.Section == elf.SHN_UNDEF && elf.ST_BIND(symbol.Info) != elf.STB_WEAK && !offered[symbol.Name]
			if missing || strings.HasPrefix(symbol.Version, "GLIBC") {
				t.Errorf("%s needs %s@%s", file.path, symbol.Name, symbol.Version)
			}
		}
		exported(t, opened, offered)
		for _, segment := range opened.Progs {
			if segment.Type == elf.PT_GNU_STACK && segment.Memsz != 0 && file.path != "zmqjs" {
				t.Errorf("%s has threads of the host begin with stacks of %d bytes", file.path, segment.Memsz)
			}
		}
	}
}

// TestDlopen: musl's dlopen() takes the library from a program that has been linked with it, and refuses it otherwise; and
// musl passes no arguments to constructors. If that changes, docs/platforms.md is to say so, and scripts/musl-cc may go.
func TestDlopen(t *testing.T) {
	needMusl(t)
	other := testkit.Host{
		Name: "libother.so", Sources: []string{"other.c"}, Flags: []string{"-shared", "-fPIC", "-Wl,-soname,libother.so"},
	}.Compile(t)
	host := testkit.Host{Sources: []string{"load.c"}, Libraries: []string{ // with no library at all it would be static
		"-L" + filepath.Dir(other), "-lother", "-Wl,-rpath," + filepath.Dir(other)}}
	for _, test := range []struct {
		directory, name string
	}{{target.Build(), "libzmqjs.so"}, {filepath.Join(target.Build(), "lean"), "libzmqjs-lean.so"}} {
		library := filepath.Join(test.directory, test.name)
		result := testkit.Run(t, testkit.Options{}, host.Compile(t), library)
		if result.Status != 1 || !strings.HasPrefix(result.Stdout, "constructors get none\n") ||
			!strings.Contains(result.Stdout, "initial-exec TLS") {
			t.Errorf("%s: %+v", test.name, result)
		}
		linked := host
		linked.Library = test.directory
		testkit.Run(t, testkit.Options{}, linked.Compile(t), library).Check(t, 0, "constructors get none\nloaded\n", "")
	}
}

// TestEnvironment: scripts and Go find the environment of the process; Go's settings are the host's.
func TestEnvironment(t *testing.T) {
	needMusl(t)
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	result := testkit.Run(t, testkit.Options{Dir: t.TempDir()}, "env", "-i", "PATH="+os.Getenv("PATH"), "EMPTY=", "NAME=a=b",
		"ZONEINFO="+filepath.Join(strings.TrimSpace(string(root)), "lib/time/zoneinfo.zip"), "TZ=Asia/Tokyo",
		"GODEBUG=inittrace=1", "GOGC=bad", "GOMEMLIMIT=bad", "GOTRACEBACK=bad", testkit.Program(t),
		filepath.Join(testkit.Root(t), "cgo_tests/musl/testdata/environment.js"), "first", "zweites ä")
	result.Check(t, 0, testkit.Read(t, "testdata/environment.txt"), "")
}

// TestOtherCompilers: with another compiler or for another processor the library is not built.
func TestOtherCompilers(t *testing.T) {
	needMusl(t)
	source := filepath.Join(testkit.Root(t), "capi/go_start_linux.c")
	include := []string{"-I" + filepath.Join(testkit.Root(t), "include"), "-I" + filepath.Join(testkit.Root(t), "jsglue/libzmq"),
		"-I" + filepath.Join(testkit.Root(t), "build/static/x86_64-linux-musl/include")}
	compile := func(goarch, compiler string) string {
		command := exec.Command(compiler, append(include, "-D_GNU_SOURCE", "-c", source, "-o", filepath.Join(t.TempDir(), "start.o"))...)
		command.Env = append(os.Environ(), "GOARCH="+goarch)
		output, err := command.CombinedOutput()
		if (err == nil) != (len(output) == 0) {
			t.Errorf("%v: %v\n%s", command.Args, err, output)
		}
		return string(output)
	}
	ours := filepath.Join(testkit.Root(t), "scripts/musl-cc")
	if output := compile("amd64", ours); output != "" {
		t.Error(output)
	}
	if output := compile("arm64", ours); output != "musl-cc: it compiles for amd64, that is x86-64, and not for GOARCH=arm64\n" {
		t.Errorf("%q", output)
	}
	if output := compile("amd64", target.Compiler()); !strings.Contains(output, "Go does not start with this C library: make cross") {
		t.Errorf("%q", output)
	}
}

// TestCompiler: an object of a Go that starts libraries in another way is not linked.
func TestCompiler(t *testing.T) {
	compiler := filepath.Join(testkit.Root(t), "scripts/musl-cc")
	for name, test := range map[string]struct{ source, says string }{
		"no constructor": {"int number;", " starts a library by no constructor, and not by _rt0_amd64_linux_lib: "},
		"another":        {"__attribute__((constructor)) static void begin(void) {}", " starts a library by "},
	} {
		t.Run(name, func(t *testing.T) {
			directory := t.TempDir()
			source, object := filepath.Join(directory, "go.c"), filepath.Join(directory, "go.o")
			if err := os.WriteFile(source, []byte(test.source), 0o666); err != nil {
				t.Fatal(err)
			}
			if output, err := exec.Command("gcc", "-c", source, "-o", object).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, output)
			}
			output, err := exec.Command(compiler, "-shared", "-o", filepath.Join(directory, "linked"), object).CombinedOutput()
			if err == nil || !strings.HasPrefix(string(output), "musl-cc: go version ") || !strings.Contains(string(output), test.says) ||
				!strings.HasSuffix(string(output), ": capi/go_start_linux.c has to call another function\n") {
				t.Errorf("%v\n%s", err, output)
			}
		})
	}
}
