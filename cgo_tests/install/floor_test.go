package install

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The oldest glibc that packages run with.
const floorMajor, floorMinor = 2, 28

// The libraries that a file of a package may need besides those in the package.
var always = []string{"libc.so.6", "libpthread.so.0", "libdl.so.2", "libm.so.6", "libresolv.so.2", "librt.so.1",
	"ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}

// What the notices of every package for Linux name.
var inside = []string{"The Go runtime and standard library", "github.com/pebbe/zmq4", "libzmq (zeromq3_", "SPECIAL EXCEPTION",
	"libsodium (libsodium_", "License: ISC", "==== zig, ", "==== libcxx ====", "==== libcxxabi ====", "==== libunwind ===="}

// checkNotices checks that the notices of a package name what is inside, which is more with the bundled engine.
func checkNotices(t *testing.T, notices string, more ...string) {
	t.Helper()
	for _, of := range append(more, inside...) {
		if !strings.Contains(notices, of) {
			t.Errorf("the notices do not contain %s", of)
		}
	}
}

// What the bundled engine adds to the notices.
var engine = []string{"github.com/dop251/goja", "github.com/evanw/esbuild", "github.com/dlclark/regexp2", "golang.org/x/text"}

var versioned = regexp.MustCompile(`\b(GLIBC|GLIBCXX|CXXABI|GCC)_(\d+)\.(\d+)`)

// checkFloor checks that a file of a package needs the C library only, and no newer one than is promised.
func checkFloor(t *testing.T, file string, own ...string) {
	t.Helper()
	for _, library := range dynamic(t, file, "NEEDED") {
		if !slices.Contains(always, library) && !slices.Contains(own, library) {
			t.Errorf("%s needs %s", file, library)
		}
	}
	matches := versioned.FindAllStringSubmatch(output(t, nil, "readelf", "-W", "--dyn-syms", file), -1)
	if len(matches) == 0 {
		t.Fatalf("%s has no symbols of a version", file)
	}
	for _, match := range matches {
		var major, minor int
		_, _ = fmt.Sscan(match[2], &major)
		_, _ = fmt.Sscan(match[3], &minor)
		if match[1] != "GLIBC" || major > floorMajor || major == floorMajor && minor > floorMinor {
			t.Errorf("%s needs a symbol of %s", file, match[0])
		}
	}
}
