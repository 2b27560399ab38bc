// Package macos reads what make cross has built for macOS, and builds hosts with it. It runs nothing of it.
package macos

import (
	"bytes"
	"crypto/sha256"
	"debug/macho"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// built is the path of a file that make cross has made.
func built(t *testing.T, name string) string {
	t.Helper()
	if !strings.HasPrefix(target.Name(), "macos-") {
		t.Skip("the target is another system")
	}
	return filepath.Join(testkit.Root(t), "build", target.Name(), name)
}

func open(t *testing.T, name string) *macho.File {
	t.Helper()
	file, err := macho.Open(built(t, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// From <mach-o/nlist.h>.
const (
	nPrivateExternal = 0x10
	nTypeMask        = 0x0e
	nExternal        = 0x01
	dynamicLookup    = 0xfe // the ordinal of a symbol that any library may have
)

// exported are the names of the symbols that a file offers, without their underscore.
func exported(file *macho.File) []string {
	var names []string
	for _, symbol := range file.Symtab.Syms {
		if symbol.Type&nTypeMask != 0 && symbol.Type&nExternal != 0 && symbol.Type&nPrivateExternal == 0 {
			names = append(names, strings.TrimPrefix(symbol.Name, "_"))
		}
	}
	slices.Sort(names)
	return names
}

// imported has, for each library, the names of the symbols that the file takes from it; "" is any library.
func imported(t *testing.T, file *macho.File) map[string][]string {
	t.Helper()
	libraries, err := file.ImportedLibraries()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string][]string{}
	for _, symbol := range file.Symtab.Syms {
		if symbol.Type&nTypeMask != 0 || symbol.Type&nExternal == 0 {
			continue
		}
		library, ordinal := "", int(symbol.Desc>>8)
		if ordinal != dynamicLookup {
			if ordinal < 1 || ordinal > len(libraries) {
				t.Fatalf("%s is from the library %d of %d", symbol.Name, ordinal, len(libraries))
			}
			library = libraries[ordinal-1]
		}
		names[library] = append(names[library], strings.TrimPrefix(symbol.Name, "_"))
	}
	return names
}

// listed are the symbols of capi/symbols.
func listed(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, found := range regexp.MustCompile(`(?m)^(zmqjs_\w+) `).FindAllStringSubmatch(testkit.Read(t, "../../capi/symbols"), -1) {
		names = append(names, found[1])
	}
	slices.Sort(names)
	return names
}

// Libraries of macOS.
const (
	system   = "/usr/lib/libSystem.B.dylib"
	cpp      = "/usr/lib/libc++.1.dylib"
	resolver = "/usr/lib/libresolv.9.dylib"
	core     = "/System/Library/Frameworks/CoreFoundation.framework/Versions/A/CoreFoundation"
	security = "/System/Library/Frameworks/Security.framework/Versions/A/Security"
)

var libraries = map[string][]string{
	"libzmqjs.1.dylib":           {system, cpp, resolver, core, security},
	"lean/libzmqjs-lean.1.dylib": {system, cpp, core},
}

// TestLibraries: a library exports what is listed, and takes the rest from libraries of macOS. Go's calls that
// capi/host_signals_darwin.c defines anew go there, and not to libSystem.
func TestLibraries(t *testing.T) {
	for name, allowed := range libraries {
		t.Run(name, func(t *testing.T) {
			file := open(t, name)
			if got, want := exported(file), listed(t); len(want) < 20 || !slices.Equal(got, want) {
				t.Errorf("exported:\n%s\nlisted:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			taken := imported(t, file)
			for library, symbols := range taken {
				if !slices.Contains(allowed, library) {
					t.Errorf("from %q: %s", library, strings.Join(symbols, " "))
				}
				for _, own := range []string{"pthread_create", "pthread_sigmask", "sigaction"} {
					if slices.Contains(symbols, own) {
						t.Errorf("%s is that of %s", own, library)
					}
				}
			}
			if !slices.Contains(taken[system], "dlsym") || !slices.Contains(taken[system], "pthread_kill") {
				t.Errorf("from libSystem: %s", strings.Join(taken[system], " "))
			}
		})
	}
}

// TestErrorTexts: glibc's words for errors are in the libraries, where macOS has other ones.
func TestErrorTexts(t *testing.T) {
	for name := range libraries {
		library := testkit.Read(t, built(t, name))
		for _, text := range []string{"Cannot assign requested address", "Transport endpoint is not connected"} {
			if !strings.Contains(library, text) {
				t.Errorf("%s has no text %q", name, text)
			}
		}
	}
}

// loadCommands are the load commands of a type.
func loadCommands(file *macho.File, kind uint32) [][]byte {
	var found [][]byte
	for _, load := range file.Loads {
		if raw := load.Raw(); file.ByteOrder.Uint32(raw) == kind {
			found = append(found, raw)
		}
	}
	return found
}

// From <mach-o/loader.h>.
const (
	commandID            = 0x0d
	commandCodeSignature = 0x1d
	commandBuildVersion  = 0x32
)

// From <kern/cs_blobs.h>: of a signature, whose numbers are big-endian.
const (
	magicEmbedded      = 0xfade0cc0
	magicCodeDirectory = 0xfade0c02
	hashSHA256         = 2
)

// checkSignature reads the signature of a file: it has the hash of each page before itself, and is the end of the file.
func checkSignature(content, command []byte) error {
	number := func(bytes []byte, offset uint32) uint32 { return binary.BigEndian.Uint32(bytes[offset:]) }
	start, size := binary.LittleEndian.Uint32(command[8:]), binary.LittleEndian.Uint32(command[12:])
	if int(start+size) != len(content) || size < 64 {
		return fmt.Errorf("a signature of %d bytes at %d of %d", size, start, len(content))
	}
	signature := content[start:]
	if number(signature, 0) != magicEmbedded || number(signature, 8) != 1 || number(signature, 12) != 0 {
		return fmt.Errorf("the signature begins with %x", signature[:20])
	}
	directory := signature[number(signature, 16):]
	hashes, slots, end := number(directory, 16), number(directory, 28), number(directory, 32)
	if number(directory, 0) != magicCodeDirectory || end != start || directory[36] != sha256.Size || directory[37] != hashSHA256 {
		return fmt.Errorf("the signature's directory begins with %x", directory[:44])
	}
	page := uint32(1) << directory[39]
	if slots != (end+page-1)/page {
		return fmt.Errorf("%d hashes of pages of %d bytes for %d bytes", slots, page, end)
	}
	for slot := range slots {
		hash := sha256.Sum256(content[slot*page : min((slot+1)*page, end)])
		if signed := directory[hashes+slot*sha256.Size:][:sha256.Size]; !bytes.Equal(hash[:], signed) {
			return fmt.Errorf("page %d has changed since the file was signed", slot)
		}
	}
	return nil
}

// dylibName is the name in a load command of a dylib.
func dylibName(command []byte) string {
	name, _, _ := bytes.Cut(command[binary.LittleEndian.Uint32(command[8:]):], []byte{0})
	return string(name)
}

// TestFiles: files are for the processor and macOS 12, on arm64 signed, without which the system does not run them,
// and are found beside each other.
func TestFiles(t *testing.T) {
	processors := map[string]macho.Cpu{"macos-arm64": macho.CpuArm64, "macos-x64": macho.CpuAmd64}
	for name, id := range map[string]string{
		"libzmqjs.1.dylib": "@rpath/libzmqjs.1.dylib", "lean/libzmqjs-lean.1.dylib": "@rpath/libzmqjs-lean.1.dylib",
		"zmqjs": "", "node/zmqjs.node": "", "node/libzmqjs-lean.1.dylib": "@rpath/libzmqjs-lean.1.dylib",
	} {
		t.Run(name, func(t *testing.T) {
			file := open(t, name)
			if file.Cpu != processors[target.Name()] {
				t.Errorf("it is for %v", file.Cpu)
			}
			versions := loadCommands(file, commandBuildVersion)
			if len(versions) != 1 || binary.LittleEndian.Uint32(versions[0][8:]) != 1 || binary.LittleEndian.Uint32(versions[0][12:]) != 12<<16 {
				t.Errorf("it is not for macOS 12: %v", versions)
			}
			signatures := loadCommands(file, commandCodeSignature)
			if file.Cpu == macho.CpuArm64 && len(signatures) != 1 {
				t.Errorf("%d signatures", len(signatures))
			}
			for _, command := range signatures {
				if err := checkSignature([]byte(testkit.Read(t, built(t, name))), command); err != nil {
					t.Error(err)
				}
			}
			if ids := loadCommands(file, commandID); id != "" && (len(ids) != 1 || dylibName(ids[0]) != id) {
				t.Errorf("its name is not %s: %q", id, ids)
			}
			if id != "" {
				return
			}
			places := 0
			for _, load := range file.Loads {
				if place, ok := load.(*macho.Rpath); ok && place.Path == "@loader_path" {
					places++
				}
			}
			if places != 1 {
				t.Errorf("it looks for the library beside itself %d times", places)
			}
		})
	}
}

// TestProgram: the runner takes from the library what that exports.
func TestProgram(t *testing.T) {
	taken := imported(t, open(t, "zmqjs"))
	const library = "@rpath/libzmqjs.1.dylib"
	if len(taken) != 2 || len(taken[library]) < 5 || len(taken[system]) < 5 {
		t.Errorf("%v", taken)
	}
	for _, name := range taken[library] {
		if !slices.Contains(listed(t), name) {
			t.Errorf("the library has no %s", name)
		}
	}
}

// TestAddon: what is looked up in all libraries is Node-API.
func TestAddon(t *testing.T) {
	file := open(t, "node/zmqjs.node")
	taken := imported(t, file)
	if len(taken) != 3 || len(taken["@rpath/libzmqjs-lean.1.dylib"]) < 5 || len(taken[""]) < 20 {
		t.Errorf("%v", taken)
	}
	for _, name := range taken[""] {
		if !strings.HasPrefix(name, "napi_") {
			t.Errorf("no library has %s", name)
		}
	}
	if names := exported(file); !slices.Contains(names, "napi_register_module_v1") {
		t.Errorf("exported: %v", names)
	}
}

// TestHosts: hosts with an engine compile and link with both libraries, by the adapters.
func TestHosts(t *testing.T) {
	root := testkit.Root(t)
	engines := map[string]struct{ directory, sources string }{
		"quickjs": {filepath.Join(root, "cgo_tests/node_modules/qjsc/deps/quickjs_2021_03_27"), "quickjs.c libregexp.c libunicode.c cutils.c libbf.c"},
		"duktape": {"/usr/share/duktape", "duktape.c"},
	}
	for name, engine := range engines {
		t.Run(name, func(t *testing.T) {
			build := built(t, "")
			compiler := filepath.Join(root, "build/cross", target.Name(), "cc")
			compile := func(arguments ...string) {
				t.Helper()
				command := exec.Command(compiler, arguments...)
				if output, err := command.CombinedOutput(); err != nil || len(output) > 0 {
					t.Fatalf("%v: %v\n%s", command.Args, err, output)
				}
			}
			directory := t.TempDir()
			object := func(source string) string {
				return filepath.Join(directory, strings.TrimSuffix(filepath.Base(source), ".c")+".o")
			}
			host := "testdata/host_" + name + ".c"
			compile(slices.Concat([]string{"-std=c99", "-D_GNU_SOURCE"}, target.Strict,
				[]string{"-I" + root + "/include", "-isystem", engine.directory, "-c", host, "-o", object(host)})...)
			objects := []string{object(host)}
			for source := range strings.FieldsSeq(engine.sources) {
				compile("-w", "-D_GNU_SOURCE", "-DCONFIG_BIGNUM", `-DCONFIG_VERSION="2021-03-27"`,
					"-c", filepath.Join(engine.directory, source), "-o", object(source))
				objects = append(objects, object(source))
			}
			for _, library := range []string{build, filepath.Join(build, "lean")} {
				program := filepath.Join(directory, "program")
				compile(slices.Concat(objects, []string{"-L" + library, "-lzmqjs", "-o", program})...)
				if status, err := os.Stat(program); err != nil || status.Size() == 0 {
					t.Error(err)
				}
			}
		})
	}
}
