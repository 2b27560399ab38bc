// Package headers compiles zmqjs.h the ways that hosts do, and holds the library's
// exports against it.
package headers

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A language is one way to compile the header.
type language struct {
	compiler, name, standard string
	flags                    []string
}

func (l language) String() string { return l.compiler + "/" + l.standard }

func languages() []language {
	strictC := []string{"-Wstrict-prototypes", "-Wmissing-prototypes", "-Wold-style-definition"}
	var all []language
	for _, compiler := range []string{"gcc", "clang"} {
		for _, standard := range []string{"c99", "c11", "c17"} {
			all = append(all, language{compiler, "c", standard, strictC})
		}
	}
	for _, compiler := range []string{"g++", "clang++"} {
		for _, standard := range []string{"c++11", "c++14", "c++17", "c++20"} {
			all = append(all, language{compiler, "c++", standard, []string{"-Wold-style-cast"}})
		}
	}
	return all
}

// host is a program of the sources, which the compiler gets after the arguments.
func (l language) host(sources []string, arguments ...string) testkit.Host {
	return testkit.Host{
		Dir: ".", Compiler: l.compiler, Standard: l.standard, Sources: sources,
		Flags: slices.Concat([]string{"-Wundef"}, l.flags, arguments),
	}
}

// check compiles a file in the language, with every warning an error, and writes no output.
func (l language) check(t *testing.T, file string) {
	t.Helper()
	if output, err := l.host([]string{file}, "-x", l.name, "-c").TryCompile(t, os.DevNull); err != nil || output != "" {
		t.Fatalf("%v\n%s", err, output)
	}
}

func eachLanguage(t *testing.T, test func(t *testing.T, l language)) {
	for _, l := range languages() {
		t.Run(l.String(), func(t *testing.T) {
			if _, err := exec.LookPath(l.compiler); err != nil {
				t.Skipf("%v", err)
			}
			test(t, l)
		})
	}
}

// source writes a file into the test's directory.
func source(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The header needs no other one before it, and can be included twice.
func TestAloneAndTwice(t *testing.T) {
	eachLanguage(t, func(t *testing.T, l language) {
		for _, content := range []string{
			"#include \"zmqjs.h\"\n",
			"#include \"zmqjs.h\"\n#include \"zmqjs.h\"\n",
		} {
			// A translation unit of declarations only is one that ISO C does not know.
			file := source(t, "unit", content+"int unit(void);\nint unit(void) { return ZMQJS_OK; }\n")
			l.check(t, file)
		}
	})
}

// The header for adapters compiles alone too. It has code, with casts as in C.
func TestAdapterHeader(t *testing.T) {
	eachLanguage(t, func(t *testing.T, l language) {
		if l.name == "c++" {
			l.flags = nil
		}
		file := source(t, "unit", "#include \"zmqjs_adapter.h\"\n#include \"zmqjs_adapter.h\"\n"+
			"int unit(void);\nint unit(void) { return ZMQJS_OK; }\n")
		l.check(t, file)
	})
}

// layout is the layout that compiled adapters depend on, for pointers of 64 bits.
const layout = `
#define AT(structure, member, offset) \
    typedef char structure##_##member[offsetof(structure, member) == (offset) ? 1 : -1]
typedef char size_of_data[sizeof(zmqjs_data) == 24 ? 1 : -1];
typedef char size_of_keep[sizeof(zmqjs_keep) == 8 ? 1 : -1];
typedef char size_of_frame[sizeof(zmqjs_frame) == 368 ? 1 : -1];
AT(zmqjs_data, flags, 4);
AT(zmqjs_data, as, 8);
AT(zmqjs_data, length, 16);
AT(zmqjs_frame, context, 8);
AT(zmqjs_frame, self, 16);
AT(zmqjs_frame, arguments, 24);
AT(zmqjs_frame, argument_count, 32);
AT(zmqjs_frame, result, 40);
AT(zmqjs_frame, keep, 64);
AT(zmqjs_frame, keep_count, 72);
AT(zmqjs_frame, error, 80);
AT(zmqjs_frame, reserved, 112);
AT(zmqjs_error, message, 8);
AT(zmqjs_error, endpoint, 24);
AT(zmqjs_engine, name, 8);
AT(zmqjs_engine, interrupted, 16);
AT(zmqjs_engine, collect, 24);
AT(zmqjs_registrar, begin_class, 8);
AT(zmqjs_registrar, define_value, 32);
AT(zmqjs_function, length, 16);
AT(zmqjs_function, keeps, 36);
AT(zmqjs_function, call, 40);
AT(zmqjs_function, fast_call, 48);
AT(zmqjs_function, lends, 56);
AT(zmqjs_class, constructor, 16);
AT(zmqjs_property, name, 8);
AT(zmqjs_property, symbol, 16);
AT(zmqjs_vm_options, signal_action, 16);
AT(zmqjs_trace_event, flags, 48);
`

// Structures keep their layout, and only grow at their end.
func TestLayout(t *testing.T) {
	language{"gcc", "c", "c99", nil}.check(t, source(t, "layout.c", "#include \"zmqjs.h\"\n"+layout))
}

// The header itself, as a file to compile.
func TestItself(t *testing.T) {
	eachLanguage(t, func(t *testing.T, l language) {
		l.name += "-header"
		l.flags = append(slices.Clone(l.flags), "-fsyntax-only")
		l.check(t, filepath.Join(testkit.Root(t), "include/zmqjs.h"))
	})
}

// uses calls and names enough of the header for a linker to have something to do, and
// for a compiler to lay its structures out.
const uses = `
static int check(const zmqjs_engine *engine)
{
    zmqjs_data data;
    zmqjs_frame frame;
    zmqjs_error error = {ZMQJS_TYPE_ERROR, 0, "", 0, 0};
    data.type = ZMQJS_UNDEFINED;
    frame.argument_count = 0;
    frame.result = data;
    return engine->abi_version == ZMQJS_ABI_VERSION && frame.result.type == 0 &&
           frame.argument_count == 0 && error.error_number == 0;
}
`

// The header in two files of one program: it defines nothing twice.
func TestTwoUnits(t *testing.T) {
	eachLanguage(t, func(t *testing.T, l language) {
		objects := make([]string, 0, 2)
		for unit, content := range map[string]string{
			"one": uses + "int other(const zmqjs_engine *engine);\n" +
				"int main(void) { zmqjs_engine e = {}; e.abi_version = ZMQJS_ABI_VERSION;" +
				" return check(&e) && other(&e) ? 0 : 1; }\n",
			"two": uses + "int other(const zmqjs_engine *engine);\n" +
				"int other(const zmqjs_engine *engine) { return check(engine); }\n",
		} {
			if l.name == "c" { // the empty initializer is C++, and C only since C23
				content = strings.ReplaceAll(content, "= {}", "= {0}")
			}
			objects = append(objects, l.host([]string{source(t, unit, "#include \"zmqjs.h\"\n"+content)}, "-x", l.name, "-c").Compile(t))
		}
		program := l.host(objects).Compile(t)
		if output, err := exec.Command(program).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
	})
}

// ---- the library -----------------------------------------------------------------

func library(t *testing.T, directory string) *elf.File {
	t.Helper()
	file, err := elf.Open(filepath.Join(directory, "libzmqjs.so"))
	if err != nil {
		t.Fatalf("%v: build the library first (make)", err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

func directory() string {
	if directory := os.Getenv("ZMQJS_LIBRARY_DIR"); directory != "" {
		return directory
	}
	return "../../build"
}

// declared lists the functions that zmqjs.h declares with ZMQJS_API.
func declared(t *testing.T) []string {
	t.Helper()
	header, err := os.ReadFile(filepath.Join(testkit.Root(t), "include/zmqjs.h"))
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(header), "")
	var names []string
	for _, match := range regexp.MustCompile(`(?m)^ZMQJS_API\b[^;(]*?(\w+)\(`).FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	if len(names) == 0 || len(names) != strings.Count(text, "\nZMQJS_API ") {
		t.Fatalf("cannot read the declarations of zmqjs.h: found %v", names)
	}
	sort.Strings(names)
	return names
}

// exported lists the library's exports; it marks those that are not functions.
func exported(t *testing.T, file *elf.File) []string {
	t.Helper()
	symbols, err := file.DynamicSymbols()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, symbol := range symbols {
		switch {
		case symbol.Section == elf.SHN_UNDEF:
		case symbol.Section == elf.SHN_ABS && strings.HasPrefix(symbol.Name, "ZMQJS_"):
			// The name of a version of the symbols: no symbol itself.
		case elf.ST_TYPE(symbol.Info) == elf.STT_FUNC:
			names = append(names, symbol.Name)
		default:
			names = append(names, symbol.Name+" (not a function)")
		}
	}
	sort.Strings(names)
	return names
}

// The header declares exactly the exported functions.
func TestExports(t *testing.T) {
	want := declared(t)
	directories := []string{directory()}
	if _, err := os.Stat("../../build/lean/libzmqjs.so"); err == nil {
		directories = append(directories, "../../build/lean")
	}
	for _, directory := range directories {
		got := exported(t, library(t, directory))
		for _, name := range want {
			if !slices.Contains(got, name) {
				t.Errorf("%s: %s is declared, but not exported", directory, name)
			}
		}
		for _, name := range got {
			if !slices.Contains(want, name) {
				t.Errorf("%s: %s is exported, but not declared", directory, name)
			}
		}
	}
}

// capi/libzmq.c compares exactly the functions of libzmq that the library calls.
func TestKnowsWhatItCalls(t *testing.T) {
	symbols, err := library(t, directory()).DynamicSymbols()
	if err != nil {
		t.Fatal(err)
	}
	var called, compared []string
	for _, symbol := range symbols { // those of the draft API are weak
		if symbol.Section == elf.SHN_UNDEF && strings.HasPrefix(symbol.Name, "zmq_") {
			called = append(called, symbol.Name)
		}
	}
	source, err := os.ReadFile("../../capi/libzmq.c")
	if err != nil {
		t.Fatal(err)
	}
	for _, match := range regexp.MustCompile(`FUNCTION\((zmq_\w+)\)`).FindAllStringSubmatch(string(source), -1) {
		compared = append(compared, match[1])
	}
	slices.Sort(called)
	slices.Sort(compared)
	if !slices.Equal(called, compared) {
		t.Errorf("called: %v\ncompared: %v", called, compared)
	}
}

func TestSoname(t *testing.T) {
	names, err := library(t, directory()).DynString(elf.DT_SONAME)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"libzmqjs.so.1"}; !slices.Equal(names, want) {
		t.Errorf("the soname is %v, not %v", names, want)
	}
}

// A program that links the library and calls every function of the header by its
// declared type.
func TestLinks(t *testing.T) {
	var content strings.Builder
	content.WriteString("#include \"zmqjs.h\"\ntypedef void (*any)(void);\nint main(void) {\n    any all[] = {\n")
	for _, name := range declared(t) {
		content.WriteString("        (any)" + name + ",\n")
	}
	content.WriteString("    };\n    return all[0] && zmqjs_abi_version() == ZMQJS_ABI_VERSION ? 0 : 1;\n}\n")
	host := language{"gcc", "c", "c99", nil}.host([]string{source(t, "program.c", content.String())})
	host.Library = testkit.LibraryDir(t)
	program := host.Compile(t)
	if output, err := exec.Command(program).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
}
