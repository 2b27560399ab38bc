package windows

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
)

// TestMicrosoftABI: a host that a compiler for Microsoft's ABI compiles, and that is linked with an import library made
// from zmqjs.def, calls the DLL.
func TestMicrosoftABI(t *testing.T) {
	if !target.IsWindows() {
		t.Skip("the target is another system")
	}
	directory := t.TempDir()
	in := func(name string) string { return filepath.Join(directory, name) }
	for _, line := range [][]string{
		{"clang", "--target=x86_64-pc-windows-msvc", "-ffreestanding", "-O1", "-Wall", "-Wextra", "-Werror",
			"-I" + filepath.Join(target.Build(), "include"), "-c", "testdata/microsoft.c", "-o", in("host.obj")},
		{"llvm-dlltool", "-m", "i386:x86-64", "-D", target.Library(), "-d", filepath.Join(target.Build(), "zmqjs.def"),
			"-l", in("zmqjs.lib")},
		{"lld-link", "/nodefaultlib", "/entry:begin", "/subsystem:console", "/out:" + in("host.exe"), in("host.obj"),
			in("zmqjs.lib"), "/usr/x86_64-w64-mingw32/lib/libkernel32.a"},
		{"cp", filepath.Join(target.Build(), target.Library()), directory},
	} {
		if output, err := exec.Command(line[0], line[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%q: %v\n%s", line, err, output)
		}
	}
	line := target.Command(in("host.exe"))
	if got, err := exec.Command(line[0], line[1:]...).CombinedOutput(); err != nil || string(got) != "received\n" {
		t.Errorf("%v: %s", err, got)
	}
}
