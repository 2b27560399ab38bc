package install

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// The libraries that the tarball does not contain: the C library.
var system = []string{
	"ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "libresolv.so.2", "libpthread.so.0", "libdl.so.2", "librt.so.1",
}

// copyLibc copies the machine's C library into a root.
func copyLibc(t *testing.T, root string) {
	t.Helper()
	directory := filepath.Join(root, "lib64")
	if err := os.Mkdir(directory, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range system {
		for _, where := range []string{"/lib64", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu"} {
			if content, err := os.ReadFile(filepath.Join(where, name)); err == nil {
				if err := os.WriteFile(filepath.Join(directory, name), content, 0o777); err != nil {
					t.Fatal(err)
				}
				break
			}
		}
	}
}

// TestDist: unpacked into a root that has nothing else, the runner runs; also with a C library that is older.
func TestDist(t *testing.T) {
	root := t.TempDir()
	directory := t.TempDir()
	build := filepath.Join(directory, "build")
	mustMake(t, []string{"SOURCE_DATE_EPOCH=1700000000"}, "BUILD="+build, "dist")
	tarballs, err := filepath.Glob(filepath.Join(build, "dist/zmqjs-"+version(t)+"-linux-*.tar.gz"))
	if err != nil || len(tarballs) != 1 {
		t.Fatal(tarballs, err)
	}
	output(t, nil, "sh", "-c", `cd "$(dirname "$1")" && sha256sum --quiet -c "$1.sha256"`, "sh", tarballs[0])
	unpacked := t.TempDir()
	commands := testkit.InstallCommands(t, "tarball", unpacked)
	if len(commands) != 2 || commands[0] != "make dist" {
		t.Fatalf("%q", commands)
	}
	testkit.Run(t, testkit.Options{Dir: directory}, "sh", "-ec", commands[1]).Check(t, 0, "", "")
	found, err := filepath.Glob(filepath.Join(unpacked, "*/bin/zmqjs"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%q: %v %v", commands[1], found, err)
	}
	if printed := output(t, nil, found[0], "--version"); !strings.HasPrefix(printed, "zmqjs "+version(t)) {
		t.Errorf("%s --version: %s", found[0], printed)
	}

	output(t, nil, "tar", "-xzf", tarballs[0], "-C", root, "--strip-components=1")
	for _, name := range []string{"LICENSE", "NOTICES", "README.md", "include/zmqjs.h", "share/zmqjs/zmq.d.ts", "share/zmqjs/engine.d.ts"} {
		if content, err := os.ReadFile(filepath.Join(root, name)); err != nil || len(content) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	checkNotices(t, testkit.Read(t, filepath.Join(root, "NOTICES")), engine...)
	checkHost(t, "", filepath.Join(root, "lib"))

	for _, library := range []string{"lib/libzmqjs.so.1", "lib/libzmqjs-lean.so.1", "bin/zmqjs"} {
		checkFloor(t, filepath.Join(root, library), "libzmqjs.so.1")
	}
	older := t.TempDir()
	output(t, nil, "tar", "-xzf", tarballs[0], "-C", older, "--strip-components=1")

	copyLibc(t, root)
	runIn(t, root, "/bin/zmqjs", "LD_LIBRARY_PATH=/lib64")
	runWithOlder(t, older, "/bin/zmqjs")
}

// runWithOlder runs a script in a root, in which it puts an older C library, if one is to be had.
func runWithOlder(t *testing.T, root, runner string) {
	t.Helper()
	result := testkit.Run(t, testkit.Options{Dir: testkit.Root(t), Limit: 4 * testkit.Limit}, "scripts/old-glibc", root)
	if result.Status != 0 {
		t.Logf("skipped: no older C library is available: %s", result.Stderr)
		return
	}
	runIn(t, root, runner)
}

// A script that uses parts that not every libzmq has, and its output.
const (
	allParts = `import * as zmq from "zmq"; const c = new zmq.Context(); const [a, b] = [c.socket(zmq.SERVER), c.socket(zmq.CLIENT)];
		a.bind("tcp://127.0.0.1:*"); b.connect(a.last_endpoint); b.send("hello"); print(a.recv_str(), zmq.curve_keypair().public_key.length);`
	allPartsPrint = "hello 40\n"
)

// runIn runs a script in a root, with a libzmq that has all parts.
func runIn(t *testing.T, root, runner string, environment ...string) {
	t.Helper()
	result := testkit.Run(t, testkit.Options{Env: environment}, "unshare", "--map-root-user", "--root="+root, runner, "-e", allParts)
	if result.Status != 0 || result.Stdout != allPartsPrint {
		t.Errorf("%s: %+v", root, result)
	}
}
