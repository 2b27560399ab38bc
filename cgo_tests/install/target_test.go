package install

import (
	"debug/elf"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// needsSysroot skips a test of packages for another platform where there is none, or its system is not here.
func needsSysroot(t *testing.T) {
	t.Helper()
	if target.Sysroot() == "" {
		t.Skip("the packages for this machine have tests of their own")
	}
}

// made is the one file of a pattern in a directory in which make leaves packages.
func made(t *testing.T, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(target.Build(), pattern))
	if err != nil || len(files) != 1 {
		t.Fatal(pattern, files, err)
	}
	return files[0]
}

// The largest page of a kernel for arm64.
const largestPage = 64 << 10

// checkPages: a kernel with the largest pages can load a file.
func checkPages(t *testing.T, name string) {
	t.Helper()
	file, err := elf.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	segments := 0
	for _, segment := range file.Progs {
		if segment.Type != elf.PT_LOAD {
			continue
		}
		segments++
		if segment.Align%largestPage != 0 || (segment.Vaddr-segment.Off)%largestPage != 0 {
			t.Errorf("%s: a segment is aligned to %#x, at %#x of the file and address %#x", name, segment.Align, segment.Off, segment.Vaddr)
		}
	}
	if segments == 0 {
		t.Errorf("%s has no segments", name)
	}
}

// pad lengthens a file to whole pages of the largest size. The kernel maps zeros after the end of a file, up to the end
// of a page; with pages that are larger than this machine's the emulator does not.
func pad(t *testing.T, name string) {
	t.Helper()
	info, err := os.Stat(name)
	if err == nil {
		err = os.Truncate(name, (info.Size()+largestPage-1)/largestPage*largestPage)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// runsExample: the example, linked with the flags from pkg-config, prints the version that pkg-config knows.
func runsExample(t *testing.T, pkgConfig []string, system string, flags ...string) {
	t.Helper()
	version := strings.TrimSpace(output(t, pkgConfig, "pkg-config", "--modversion", "zmqjs"))
	flags = append(strings.Fields(output(t, pkgConfig, "pkg-config", "--cflags", "--libs", "zmqjs")), flags...)
	line := target.CommandIn(system, compile(t, filepath.Join(testkit.Root(t), "examples/host.c"), flags...))
	testkit.Run(t, testkit.Options{}, line[0], line[1:]...).Check(t, 0, "zmqjs "+version+"\nreceived: hello world\n", "")
}

// TestTargetDist: on another platform the tarball's runner runs, with large pages too, and so does a host that is linked
// with its library.
func TestTargetDist(t *testing.T) {
	needsSysroot(t)
	mustMake(t, nil, "dist", "TARGET="+target.Name())
	directory := t.TempDir()
	tarball := made(t, "dist/*.tar.gz")
	output(t, nil, "sh", "-c", `cd "$(dirname "$1")" && sha256sum --quiet -c "$1.sha256"`, "sh", tarball)
	output(t, nil, "tar", "-xzf", tarball, "-C", directory, "--strip-components=1")
	files := []string{"lib/libzmqjs.so.1", "lib/libzmqjs-lean.so.1", "bin/zmqjs"}
	for _, file := range files {
		checkFloor(t, filepath.Join(directory, file), "libzmqjs.so.1")
		checkPages(t, filepath.Join(directory, file))
	}
	library := filepath.Join(directory, "lib")
	runsExample(t, []string{"PKG_CONFIG_PATH=" + filepath.Join(library, "pkgconfig")}, target.Sysroot(), "-Wl,-rpath,"+library)

	line := target.Command(filepath.Join(directory, "bin/zmqjs"), "-e", allParts)
	testkit.Run(t, testkit.Options{}, line[0], line[1:]...).Check(t, 0, allPartsPrint, "")
	for _, file := range files {
		pad(t, filepath.Join(directory, file))
	}
	line = append([]string{line[0], "-p", "65536"}, line[1:]...)
	testkit.Run(t, testkit.Options{}, line[0], line[1:]...).Check(t, 0, allPartsPrint, "")
}

// A script that installs packages as root of a system for another processor: installIn SYSTEM PACKAGE... The system's
// own packages were only unpacked there, so dpkg does not know them.
const installIn = `set -e
system=$1
shift
mkdir -p "$system"/var/lib/dpkg/info "$system"/var/lib/dpkg/updates
touch "$system/var/lib/dpkg/status"
unshare --map-root-user dpkg --root="$system" --force-architecture --force-depends --install "$@"
unshare --map-root-user dpkg --root="$system" --verify`

// TestTargetDeb: installed in a system for another platform, Debian's packages have a runner that runs, and a library
// with which a host can be linked.
func TestTargetDeb(t *testing.T) {
	needsSysroot(t)
	mustMake(t, nil, "deb", "TARGET="+target.Name())
	var packages []string
	for _, name := range []string{"libzmqjs1", "libzmqjs-lean1", "libzmqjs-dev", "zmqjs"} {
		packages = append(packages, made(t, "deb/"+name+"_*.deb"))
	}
	system := filepath.Join(t.TempDir(), "system")
	output(t, nil, "cp", "-a", target.Sysroot(), system)
	t.Log(output(t, nil, "sh", append([]string{"-c", installIn, "sh", system}, packages...)...))

	line := target.CommandIn(system, filepath.Join(system, "usr/bin/zmqjs"), "-e", `import * as zmq from "zmq"; print(zmq.PUSH)`)
	testkit.Run(t, testkit.Options{}, line[0], line[1:]...).Check(t, 0, "8\n", "")
	libraries := target.LibraryDir(system)
	for _, file := range []string{"libzmqjs.so.1", "libzmqjs-lean.so.1"} {
		checkPages(t, filepath.Join(libraries, file))
	}
	runsExample(t, []string{"PKG_CONFIG_SYSROOT_DIR=" + system, "PKG_CONFIG_LIBDIR=" + filepath.Join(libraries, "pkgconfig")},
		system, "--sysroot="+system)
}
