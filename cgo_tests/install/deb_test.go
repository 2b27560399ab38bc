package install

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A script that runs commands as root of a copy of the system, which is dropped at the end:
// inPrivate DIRECTORY COMMANDS. The directory is /mnt there, and the working directory.
const inPrivate = `set -e
mount -t tmpfs tmpfs "$1/over"
for system in usr var etc; do
    mkdir "$1/over/$system" "$1/over/$system-work"
    mount -t overlay overlay -o "lowerdir=/$system,upperdir=$1/over/$system,userxattr,workdir=$1/over/$system-work" "/$system"
done
mount --bind "$1" /mnt
export PATH="/usr/local/bin:$PATH"
printf '#!/bin/sh\nexec "$@"\n' > /usr/local/bin/sudo
chmod +x /usr/local/bin/sudo
echo 'APT::Sandbox::User "root";' > /etc/apt/apt.conf.d/99private # the copy has no other user
cd /mnt
exec sh -e -c "$2"`

// private runs commands in a copy of the system, in a directory.
func private(t *testing.T, directory, commands string) testkit.Result {
	t.Helper()
	if err := os.Mkdir(filepath.Join(directory, "over"), 0o777); err != nil {
		t.Fatal(err)
	}
	// What a make around the tests hands down is not for one in the commands.
	return testkit.Run(t, testkit.Options{Limit: buildLimit, Group: true}, "env", "-u", "MAKEFLAGS", "-u", "MFLAGS",
		"-u", "MAKELEVEL", "unshare", "--map-root-user", "--mount", "sh", "-c", inPrivate, "sh", directory, commands)
}

// The use of the packages after their installation.
const useOfPackages = `
zmqjs --version
zmqjs -e 'import * as zmq from "zmq"; print(zmq.PUSH, zmq.has("curve"), zmq.has("draft"))'
ldd /usr/bin/zmqjs | grep -o '/[^ ]*libzmqjs[^ ]*'
gcc -std=c99 -Wall -Werror /usr/share/doc/libzmqjs-dev/examples/host.c $(pkg-config --cflags --libs zmqjs) -o /mnt/host
pkg-config --libs zmqjs-lean | grep -o -e '-lzmqjs-lean'
/mnt/host
dpkg --verify libzmqjs1 libzmqjs-lean1 libzmqjs-dev zmqjs
dpkg --remove $(dpkg-query --show --showformat='${Package} ' '*zmqjs*') >/dev/null 2>>/mnt/dpkg
ls /usr/bin/zmqjs /usr/include/zmqjs.h /usr/lib/*/libzmqjs* 2>/dev/null || echo gone
`

// checkDebs checks what is in the packages of a directory, and that they run with an older C library.
func checkDebs(t *testing.T, directory string) {
	t.Helper()
	root := t.TempDir()
	for _, name := range []string{"libzmqjs1", "libzmqjs-lean1", "zmqjs"} {
		files, err := filepath.Glob(filepath.Join(directory, name+"_*.deb"))
		if err != nil || len(files) != 1 {
			t.Fatal(name, files, err)
		}
		output(t, nil, "dpkg-deb", "--extract", files[0], root)
		want := "libc6 (>= 2.28)"
		if name == "zmqjs" {
			want += ", libzmqjs1 (>= " + version(t) + ")"
		}
		if depends := output(t, nil, "dpkg-deb", "--field", files[0], "Depends"); depends != want+"\n" {
			t.Errorf("%s depends on %s", name, depends)
		}
	}
	libraries := filepath.Join(root, "usr/lib/x86_64-linux-gnu")
	for _, file := range []string{filepath.Join(libraries, "libzmqjs.so.1"), filepath.Join(libraries, "libzmqjs-lean.so.1"), filepath.Join(root, "usr/bin/zmqjs")} {
		checkFloor(t, file, "libzmqjs.so.1")
	}
	for name, more := range map[string][]string{"libzmqjs1": engine, "libzmqjs-lean1": nil} {
		checkNotices(t, output(t, nil, "gzip", "-cd", filepath.Join(root, "usr/share/doc", name, "NOTICES.gz")), more...)
	}
	runWithOlder(t, root, "/usr/bin/zmqjs")
}

// TestDeb: Debian's own checks find nothing, and the installed files can be used and removed.
func TestDeb(t *testing.T) {
	commands := testkit.InstallCommands(t, "Debian packages", "")
	if len(commands) != 2 || commands[0] != "make deb" {
		t.Fatalf("%q", commands)
	}
	directory := t.TempDir()
	mustMake(t, nil, "BUILD="+filepath.Join(directory, "build"), "deb")
	changes, err := filepath.Glob(filepath.Join(directory, "build/deb/zmqjs_"+version(t)+"_*.changes"))
	if err != nil || len(changes) != 1 {
		t.Fatal(changes, err)
	}
	result := testkit.Run(t, testkit.Options{Limit: 4 * testkit.Limit}, "lintian", "--allow-root",
		"--fail-on=error,warning,info", "--display-info", changes[0])
	if result.Status != 0 || strings.TrimSpace(result.Stdout) != "" {
		t.Errorf("lintian: %+v", result)
	}

	checkDebs(t, filepath.Dir(changes[0]))
	result = private(t, directory, commands[1]+" >/mnt/dpkg 2>&1"+useOfPackages)
	messages, _ := os.ReadFile(filepath.Join(directory, "dpkg"))
	for _, part := range []string{"zmqjs " + version(t) + "\n", "\n8 1 1\n/", "libzmqjs.so.1\n",
		"\n-lzmqjs-lean\n", "\nreceived: hello world\n", "\ngone\n"} {
		if !strings.Contains(result.Stdout, part) {
			t.Errorf("%q is not printed", part)
		}
	}
	if result.Status != 0 {
		t.Errorf("%+v\n%s", result, messages)
	}
	if _, err := os.Stat("/usr/bin/zmqjs"); err == nil {
		t.Error("it is installed on this machine")
	}
}
