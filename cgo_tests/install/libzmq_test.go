package install

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// libzmq is the path of the library's libzmq, according to the dynamic linker.
func libzmq(t *testing.T, library string) string {
	t.Helper()
	match := regexp.MustCompile(`libzmq\.so\.\d+ => (\S+)`).FindStringSubmatch(output(t, nil, "ldd", library))
	if match == nil {
		t.Fatalf("%s does not need libzmq", library)
	}
	return match[1]
}

// TestOtherLibzmq: ZMQ_CFLAGS and ZMQ_LIBS replace the flags from pkg-config, which finds nothing
// here.
func TestOtherLibzmq(t *testing.T) {
	usual := libzmq(t, filepath.Join(buildDir(t), "libzmqjs.so"))
	content, err := os.ReadFile(usual)
	if err != nil {
		t.Fatal(err)
	}
	there, build := t.TempDir(), t.TempDir()
	for _, name := range []string{"libzmq.so", filepath.Base(usual)} {
		if err := os.WriteFile(filepath.Join(there, name), content, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	// A compiler that sees the flag sees the macro, which only this header has.
	marker := filepath.Join(there, "include")
	if err := os.Mkdir(marker, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(marker, "zmq.h"), []byte("#include_next <zmq.h>\n#warning other zmq.h\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	nothing := []string{"PKG_CONFIG_LIBDIR=" + t.TempDir(), "PKG_CONFIG_PATH=", "ZMQ_CFLAGS=", "ZMQ_LIBS="}
	arguments := []string{"BUILD=" + build, "all"}
	if result := runMake(t, nothing, arguments...); result.Status == 0 {
		t.Error("make builds without any libzmq")
	}
	result := runMake(t, nothing, append(arguments, "ZMQ_CFLAGS=-I"+marker, "ZMQ_LIBS=-L"+there+" -lzmq -Wl,-rpath,"+there)...)
	if result.Status != 0 {
		t.Fatalf("make: %+v", result)
	}
	if !strings.Contains(result.Stderr, "other zmq.h") {
		t.Errorf("the compiler did not get ZMQ_CFLAGS: %s", result.Stderr)
	}
	if got, want := libzmq(t, filepath.Join(build, "libzmqjs.so")), filepath.Join(there, filepath.Base(usual)); got != want {
		t.Errorf("the library uses %s, want %s", got, want)
	}
	checkRunner(t, filepath.Join(build, "zmqjs"))
	// And back, whatever is in Go's build cache.
	mustMake(t, nil, arguments...)
	if got := libzmq(t, filepath.Join(build, "libzmqjs.so")); got != usual {
		t.Errorf("the next library uses %s, want %s", got, usual)
	}
}
