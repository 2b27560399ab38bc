package install

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// What a user does after the installation from source.
const useOfInstallation = `
cd /mnt
zmqjs -e 'import * as zmq from "zmq"; print(zmq.PUSH)'
command -v zmqjs
cc -std=c99 -Wall -Werror "$sources/examples/host.c" $(pkg-config --cflags --libs zmqjs) -o host
./host | tail -n 1
ldd host | grep -o '/[^ ]*libzmqjs[^ ]*'
`

// TestFromSource: the commands of README.md build and install, and programs find the installed files.
func TestFromSource(t *testing.T) {
	root, directory := testkit.Root(t), t.TempDir()
	for _, build := range []string{filepath.Join(root, "build"), filepath.Join(directory, "build")} {
		if err := os.MkdirAll(build, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	// As in a new clone, build is empty.
	commands := "sources='" + root + "'\nmount --bind build \"$sources/build\"\ncd \"$sources\"\n{\n" +
		strings.Join(testkit.InstallCommands(t, "source", ""), "\n") + "\n} >/mnt/messages 2>&1"
	result := private(t, directory, commands+useOfInstallation)
	const want = "8\n/usr/local/bin/zmqjs\nreceived: hello world\n/usr/local/lib/libzmqjs.so.1\n"
	if result.Status != 0 || result.Stdout != want || result.Stderr != "" {
		messages, _ := os.ReadFile(filepath.Join(directory, "messages"))
		t.Errorf("%+v, want %q\n%s", result, want, messages)
	}
}
