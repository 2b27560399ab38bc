package install

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// tree lists the files below a directory, and the targets of links.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		found[name] = ""
		if entry.Type()&fs.ModeSymlink != 0 {
			found[name], err = os.Readlink(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// wanted is the content of an installation.
func wanted(t *testing.T, libdir string) map[string]string {
	t.Helper()
	files := map[string]string{
		"bin/zmqjs":               "",
		"share/man/man1/zmqjs.1":  "",
		"share/zmqjs/zmq.d.ts":    "",
		"share/zmqjs/engine.d.ts": "",
	}
	for _, tool := range []string{"valgrind", "tsan", "lsan"} {
		files["share/zmqjs/"+tool+".supp"] = ""
	}
	for _, name := range []string{"zmqjs", "zmqjs-lean"} {
		library := "lib" + name + ".so"
		major := library + "." + strings.Split(version(t), ".")[0]
		files[libdir+"/pkgconfig/"+name+".pc"] = ""
		files[libdir+"/"+library+"."+version(t)] = ""
		files[libdir+"/"+major] = library + "." + version(t)
		files[libdir+"/"+library] = major
	}
	headers, err := filepath.Glob(filepath.Join(testkit.Root(t), "include/*.h"))
	if err != nil || len(headers) == 0 {
		t.Fatalf("no headers: %v", err)
	}
	for _, header := range headers {
		files["include/"+filepath.Base(header)] = ""
	}
	return files
}

func checkTree(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	got := tree(t, dir)
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is installed, and should not be", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if target, ok := got[name]; !ok || target != want[name] {
			t.Errorf("%s: installed: %t, link to %q, want %q", name, ok, target, want[name])
		}
	}
}

// TestInstall: every file is at its place, works there, and is removed by uninstall.
func TestInstall(t *testing.T) {
	temporary := t.TempDir()
	spaced := filepath.Join(temporary, "with a space")
	for _, test := range []struct {
		name      string
		root      string // the prefix of the installed files
		prefix    string
		libdir    string // below the prefix
		arguments []string
	}{
		{"DESTDIR", filepath.Join(temporary, "root"), "/usr", "lib", []string{"PREFIX=/usr"}},
		{"DESTDIR with a space", spaced, "/usr", "lib", []string{"PREFIX=/usr"}},
		{"PREFIX", "", filepath.Join(temporary, "prefix"), "lib", []string{"PREFIX=" + filepath.Join(temporary, "prefix")}},
		{"LIBDIR", "", filepath.Join(temporary, "other"), "lib64/deep",
			[]string{"PREFIX=" + filepath.Join(temporary, "other"), "LIBDIR=" + filepath.Join(temporary, "other/lib64/deep")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			arguments := append([]string{"BUILD=" + buildDir(t), "DESTDIR=" + test.root}, test.arguments...)
			dir := test.root + test.prefix
			mustMake(t, nil, append(arguments, "install")...)
			checkTree(t, dir, wanted(t, test.libdir))
			checkRunner(t, filepath.Join(dir, "bin/zmqjs"))
			if test.root != spaced { // pkg-config itself mistakes such a sysroot
				checkHost(t, test.root, filepath.Join(dir, test.libdir))
			}
			mustMake(t, nil, append(arguments, "uninstall")...)
			checkTree(t, dir, nil)
		})
	}
}

// checkRunner: the installed runner finds its library by itself.
func checkRunner(t *testing.T, program string) {
	t.Helper()
	if got := output(t, nil, program, "-e", `import * as zmq from "zmq"; console.log(zmq.PUSH);`); got != "8\n" {
		t.Errorf("the runner printed %q", got)
	}
	where := ""
	for line := range strings.Lines(output(t, nil, "ldd", program)) {
		if strings.Contains(line, "libzmqjs") {
			where = line
		}
	}
	if strings.Contains(where, "not found") || strings.Contains(where, buildDir(t)) {
		t.Errorf("the runner's library: %s", where)
	}
}

// checkLeanHost: the flags from the lean library's pkg-config file lead to the lean library.
func checkLeanHost(t *testing.T, environment []string, libdir string) {
	t.Helper()
	flags := strings.Fields(output(t, environment, "pkg-config", "--cflags", "--libs", "zmqjs-lean"))
	program := compile(t, "testdata/lean.c", flags...)
	if got := output(t, []string{"LD_LIBRARY_PATH=" + libdir}, program); !strings.HasPrefix(got, "unavailable\n") {
		t.Errorf("linked by zmqjs-lean, the host printed %q", got)
	}
}

// checkHost: the example links with the flags from pkg-config, and runs.
func checkHost(t *testing.T, root, libdir string) {
	t.Helper()
	environment := []string{"PKG_CONFIG_PATH=" + filepath.Join(libdir, "pkgconfig"), "PKG_CONFIG_SYSROOT_DIR=" + root}
	for _, name := range []string{"zmqjs", "zmqjs-lean"} {
		if got := strings.TrimSpace(output(t, environment, "pkg-config", "--modversion", name)); got != version(t) {
			t.Errorf("pkg-config: version %s of %s, want %s", got, name, version(t))
		}
	}
	checkLeanHost(t, environment, libdir)
	flags := strings.Fields(output(t, environment, "pkg-config", "--cflags", "--libs", "zmqjs"))
	program := compile(t, filepath.Join(testkit.Root(t), "examples/host.c"), flags...)
	got := output(t, []string{"LD_LIBRARY_PATH=" + libdir}, program)
	if want := "zmqjs " + version(t) + "\nreceived: hello world\n"; got != want {
		t.Errorf("the example printed %q, want %q", got, want)
	}
}
