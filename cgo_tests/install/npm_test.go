package install

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNpm: the package has the lean library, is not large, and runs on older systems. What it does is tested in
// package napi.
func TestNpm(t *testing.T) {
	build := t.TempDir()
	mustMake(t, nil, "BUILD="+build, "npm")
	root := filepath.Join(build, "npm/package")
	var size int64
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
	if size == 0 || size > 9*mebibyte {
		t.Errorf("the package has %d bytes installed", size)
	}
	libraries, err := filepath.Glob(filepath.Join(root, "prebuilt/*/libzmqjs-lean.so.1"))
	if err != nil || len(libraries) != 1 {
		t.Fatal(libraries, err)
	}
	checkFloor(t, libraries[0])
	checkFloor(t, filepath.Join(filepath.Dir(libraries[0]), "zmqjs.node"), "libzmqjs-lean.so.1")
	notices, err := os.ReadFile(filepath.Join(root, "NOTICES"))
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range []string{"libzmq (zeromq3_", "SPECIAL EXCEPTION", "libsodium (libsodium_", "License: ISC"} {
		if !bytes.Contains(notices, []byte(of)) {
			t.Errorf("NOTICES do not speak of %s", of)
		}
	}
}
