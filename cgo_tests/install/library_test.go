package install

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const mebibyte = 1 << 20

func TestSizes(t *testing.T) {
	for _, test := range []struct {
		library string
		limit   int64
	}{{"libzmqjs.so", 20 * mebibyte}, {"lean/libzmqjs.so", 3 * mebibyte}} {
		info, err := os.Stat(filepath.Join(buildDir(t), test.library))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes", test.library, info.Size())
		if info.Size() >= test.limit {
			t.Errorf("%s has %d bytes, the limit is %d", test.library, info.Size(), test.limit)
		}
	}
}

// declared are the functions of zmqjs.h.
func declared(t *testing.T) []string {
	t.Helper()
	header, err := os.ReadFile(filepath.Join(testkit.Root(t), "include/zmqjs.h"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^ZMQJS_API [^(]*?(zmqjs_\w+)\(`).FindAllSubmatch(header, -1) {
		names[string(match[1])] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// TestSymbols: both libraries export exactly the functions that the header declares.
func TestSymbols(t *testing.T) {
	want := declared(t)
	if len(want) < 10 {
		t.Fatalf("the header declares only %q", want)
	}
	for _, library := range []string{"libzmqjs.so", "lean/libzmqjs.so"} {
		var got []string
		for line := range strings.Lines(output(t, nil, "nm", "-D", "--defined-only", "--without-symbol-versions", filepath.Join(buildDir(t), library))) {
			if symbol := strings.Fields(line); symbol[1] != "A" { // the version's own
				got = append(got, symbol[2])
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s exports %q, the header declares %q", library, got, want)
		}
	}
}

// dynamic are the values of a kind of entry (NEEDED, SONAME) of a library.
func dynamic(t *testing.T, library, kind string) []string {
	t.Helper()
	var values []string
	for line := range strings.Lines(output(t, nil, "readelf", "-d", "-W", library)) {
		if _, value, ok := strings.Cut(line, "["); ok && strings.Contains(line, "("+kind+")") {
			values = append(values, strings.TrimRight(value, "]\n"))
		}
	}
	return values
}

// TestDynamic: the soname, and that a host needs nothing but libzmq, the C library and the compiler's, which
// unwinds the stack of a thread that is cancelled.
func TestDynamic(t *testing.T) {
	needed := regexp.MustCompile(`^(libzmq\.so\.\d+|lib(c|pthread|dl|resolv|m|gcc_s)\.so\.\d+|ld-linux.*)$`)
	for _, library := range []string{"libzmqjs.so", "lean/libzmqjs.so"} {
		path := filepath.Join(buildDir(t), library)
		name := strings.ReplaceAll(strings.TrimSuffix(library, ".so"), "lean/libzmqjs", "libzmqjs-lean") + ".so."
		if got, want := dynamic(t, path, "SONAME"), name+strings.Split(version(t), ".")[0]; !slices.Equal(got, []string{want}) {
			t.Errorf("%s: soname %q, want %q", library, got, want)
		}
		libraries := dynamic(t, path, "NEEDED")
		if !slices.ContainsFunc(libraries, func(name string) bool { return strings.HasPrefix(name, "libzmq.") }) {
			t.Errorf("%s needs %q, not libzmq", library, libraries)
		}
		for _, name := range libraries {
			if !needed.MatchString(name) {
				t.Errorf("%s needs %s", library, name)
			}
		}
	}
}

// TestLean: the lean library reports that it has no engine; everything else works.
func TestLean(t *testing.T) {
	include := "-I" + filepath.Join(testkit.Root(t), "include")
	for library, want := range map[string]string{
		"lean": "unavailable\nno vm\nzmqjs_vm_new: this build of the library has no bundled engine\nmodule\n",
		".":    "ok\nvm\nno error\nmodule\n",
	} {
		dir := filepath.Join(buildDir(t), library)
		program := compile(t, "testdata/lean.c", include, "-L"+dir, "-lzmqjs", "-Wl,-rpath,"+dir)
		if got := output(t, nil, program); got != want {
			t.Errorf("%s: printed %q, want %q", library, got, want)
		}
	}
}
