package install

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestNpm: the installed package has the lean library, is not large, and runs on older systems.
// Package napi tests its functions.
func TestNpm(t *testing.T) {
	build := t.TempDir()
	mustMake(t, nil, "BUILD="+build, "npm")
	platform := filepath.Join(build, "npm/node_modules/@zmqjs/linux-x64")
	var size int64
	for _, root := range []string{filepath.Join(build, "npm/package"), platform} {
		for name := range tree(t, root) {
			info, err := os.Stat(filepath.Join(root, name))
			if err != nil {
				t.Fatal(err)
			}
			size += info.Size()
			if base := filepath.Base(name); strings.HasPrefix(base, "lib") && strings.Contains(base, ".so") && base != "libzmqjs-lean.so.1" {
				t.Errorf("the package carries %s", name)
			}
		}
	}
	if size == 0 || size > 9*mebibyte {
		t.Errorf("the packages have %d bytes installed", size)
	}
	checkFloor(t, filepath.Join(platform, "libzmqjs-lean.so.1"))
	checkFloor(t, filepath.Join(platform, "zmqjs.node"), "libzmqjs-lean.so.1")
	checkNotices(t, testkit.Read(t, filepath.Join(platform, "NOTICES")))
}
