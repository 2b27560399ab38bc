package install

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

// What every Linux has, and the tarball does not carry along.
var system = []string{
	"ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "libresolv.so.2", "libgcc_s.so.1", "libstdc++.so.6",
	"libpthread.so.0", "libdl.so.2", "librt.so.1",
}

// TestDist: unpacked into a root that has nothing else, the runner runs.
func TestDist(t *testing.T) {
	root := t.TempDir()
	build := t.TempDir()
	mustMake(t, []string{"SOURCE_DATE_EPOCH=1700000000"}, "BUILD="+build, "dist")
	tarballs, err := filepath.Glob(filepath.Join(build, "dist/zmqjs-"+version(t)+"-linux-*.tar.gz"))
	if err != nil || len(tarballs) != 1 {
		t.Fatal(tarballs, err)
	}
	output(t, nil, "sh", "-c", `cd "$(dirname "$1")" && sha256sum --quiet -c "$1.sha256"`, "sh", tarballs[0])
	output(t, nil, "tar", "-xzf", tarballs[0], "-C", root, "--strip-components=1")
	for _, name := range []string{"LICENSE", "NOTICES", "README.md", "include/zmqjs.h", "share/zmqjs/zmq.d.ts"} {
		if content, err := os.ReadFile(filepath.Join(root, name)); err != nil || len(content) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	notices, _ := os.ReadFile(filepath.Join(root, "NOTICES"))
	for _, of := range []string{"github.com/dop251/goja", "libzmq.so.5", "libsodium.so"} {
		if !bytes.Contains(notices, []byte(of)) {
			t.Errorf("NOTICES do not speak of %s", of)
		}
	}
	flags := output(t, []string{"PKG_CONFIG_PATH=" + filepath.Join(root, "lib/pkgconfig")}, "pkg-config", "--cflags", "zmqjs")
	if !strings.Contains(flags, "/include") {
		t.Errorf("pkg-config: %s", flags)
	}

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
	script := `import * as zmq from "zmq"; const c = new zmq.Context(); const [a, b] = [c.socket(zmq.PAIR), c.socket(zmq.PAIR)];
		a.bind("tcp://127.0.0.1:*"); b.connect(a.last_endpoint); b.send("hello"); print(a.recv_str());`
	result := runner.Run(t, runner.Options{Env: []string{"LD_LIBRARY_PATH=/lib64"}},
		"unshare", "--map-root-user", "--root="+root, "/bin/zmqjs", "-e", script)
	if result.Status != 0 || result.Stdout != "hello\n" {
		t.Errorf("%+v", result)
	}
}
