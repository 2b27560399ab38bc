package hostprocess

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// installed is the system's libzmq.
func installed(t *testing.T) string {
	t.Helper()
	output, err := exec.Command("ldd", filepath.Join(testkit.LibraryDir(t), "libzmqjs.so")).Output()
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`libzmq\.so\.5 => (\S+)`).FindSubmatch(output)
	if match == nil {
		t.Skipf("skipped, for the library under test has another libzmq than the system's:\n%s", output)
	}
	return string(match[1])
}

// another is a copy of libzmq with another name, for the host.
func another(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(installed(t))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "libzmq-host.so")
	if err := os.WriteFile(path, content, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := engine.Command(".", "patchelf", "--set-soname", filepath.Base(path), path); err != nil {
		t.Fatal(err)
	}
	return path
}

// static builds the library with a libzmq inside.
func static(t *testing.T) string {
	t.Helper()
	build := t.TempDir()
	if err := engine.Command(testkit.Root(t), "make", "lib", "ZMQ=static", "BUILD="+build); err != nil {
		t.Fatal(err)
	}
	return build
}

// twoHost builds a host from two.c and what it has of libzmq.
func twoHost(t *testing.T, arguments ...string) string {
	t.Helper()
	return compile(t, "two", plain, append([]string{"-rdynamic", "two.c"}, arguments...)...)
}

// checkPlaces runs a host, and compares the files of the two libzmq that it prints.
func checkPlaces(t *testing.T, wantHost, wantLibrary string, program string, arguments ...string) {
	t.Helper()
	result := testkit.Run(t, testkit.Options{}, program, arguments...)
	want := "host: " + wantHost + "\nlibrary: " + wantLibrary + "\n"
	if result.Status != 0 || result.Stdout != want || result.Stderr != "" {
		t.Errorf("%+v, want %s", result, want)
	}
}

// A host that is linked with a libzmq, as a shared library or inside of it, gives it to
// the library too: all of it.
func TestLibzmqOfHost(t *testing.T) {
	t.Run("shared", func(t *testing.T) {
		other := another(t)
		host := twoHost(t, "-Wl,--no-as-needed", other, "-Wl,-rpath,"+filepath.Dir(other))
		checkPlaces(t, other, other, host, plugin(t, plain))
	})
	t.Run("static", func(t *testing.T) {
		host := twoHost(t, append([]string{"-Wl,--whole-archive"}, archive(t)...)...)
		checkPlaces(t, host, host, host, plugin(t, plain))
	})
	t.Run("newer", func(t *testing.T) {
		host := twoHost(t, append([]string{"newer.c", "-Wl,-z,muldefs", "-Wl,--whole-archive"}, archive(t)...)...)
		checkPlaces(t, host, host, host, plugin(t, plain))
	})
}

// archive are arguments that link the system's static libzmq into a program.
func archive(t *testing.T) []string {
	t.Helper()
	path := filepath.Join(filepath.Dir(installed(t)), "libzmq.a")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("skipped: %v", err)
	}
	return []string{path, "-Wl,--no-whole-archive", "-lstdc++", "-lsodium", "-lpgm", "-lnorm", "-lgssapi_krb5",
		"-lbsd"}
}

// A program that links both exports its libzmq to the library, unless an option prevents it.
func TestLibzmqLinked(t *testing.T) {
	library := testkit.LibraryDir(t)
	for option, want := range map[string]string{"-Wl,--as-needed": "", "-Wl,--exclude-libs,ALL": installed(t)} {
		program := testkit.Host{
			Flags:     append([]string{option}, plain...),
			Sources:   []string{"kept.c"},
			Library:   library,
			Libraries: append(archive(t), engine.System...),
		}.Compile(t)
		if want == "" {
			want = program
		}
		result := testkit.Run(t, testkit.Options{}, program)
		if result.Status != 0 || strings.TrimSpace(result.Stdout) != want {
			t.Errorf("with %s: %+v, want %s", option, result, want)
		}
	}
}

// A host that keeps its libzmq to itself and the library with its own do not meet.
func TestLibzmqOfItsOwn(t *testing.T) {
	other := another(t)
	t.Run("installed", func(t *testing.T) {
		checkPlaces(t, other, installed(t), twoHost(t), plugin(t, plain), other)
	})
	// A libzmq inside the library is used whatever the host exports.
	t.Run("inside", func(t *testing.T) {
		library := static(t)
		own := filepath.Join(library, "libzmqjs.so.1")
		script := pluginWith(t, plain, library)
		checkPlaces(t, installed(t), own, twoHost(t), script, installed(t))
		host := twoHost(t, "-Wl,--no-as-needed", other, "-Wl,-rpath,"+filepath.Dir(other))
		checkPlaces(t, other, own, host, script)
		whole := twoHost(t, append([]string{"-Wl,--whole-archive"}, archive(t)...)...)
		checkPlaces(t, whole, own, whole, script)
		part := twoHost(t, "part.c")
		checkPlaces(t, installed(t), own, part, script, installed(t))
	})
}

// A host that exports only a part of libzmq gets an error.
func TestLibzmqMixed(t *testing.T) {
	host := twoHost(t, "part.c")
	result := testkit.Run(t, testkit.Options{}, host, plugin(t, plain), installed(t))
	want := "two libzmq in one process: zmq_ctx_new is in " + installed(t) + ", but zmq_z85_decode in " + host
	if result.Status == 0 || !strings.Contains(result.Stderr, want) {
		t.Errorf("%+v, want %s", result, want)
	}
}
