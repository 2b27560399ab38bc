package interop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// pyzmq reads our certificates, and we its.
func TestCertificates(t *testing.T) {
	directory := t.TempDir()
	python := func(code string) string {
		result := testkit.Run(t, testkit.Options{Dir: directory}, "/usr/bin/python3", "-c", "import zmq.auth\n"+code)
		if result.Status != 0 {
			t.Fatalf("%+v", result)
		}
		return strings.TrimSpace(result.Stdout)
	}
	script := func(code string) string {
		result := testkit.Run(t, testkit.Options{Dir: directory}, testkit.Program(t), "-e", `import * as zmq from "zmq";`+code)
		if result.Status != 0 {
			t.Fatalf("%+v", result)
		}
		return strings.TrimSpace(result.Stdout)
	}
	ours := script(`const keys = zmq.curve_keypair(); zmq.save_certificate("ours", keys.public_key, keys.secret_key);
		print(keys.public_key, keys.secret_key);`)
	if read := python(`print(*(key.decode() for key in zmq.auth.load_certificate("ours_secret")))`); read != ours {
		t.Errorf("pyzmq reads %s, not %s", read, ours)
	}
	theirs := python(`zmq.auth.create_certificates(".", "theirs", {"name": "a peer"})
print(*(key.decode() for key in zmq.auth.load_certificate("theirs.key_secret")))`)
	if err := os.Chmod(filepath.Join(directory, "theirs.key_secret"), 0o600); err != nil { // which pyzmq leaves to others
		t.Fatal(err)
	}
	if read := script(`const keys = zmq.load_certificate("theirs.key_secret"); print(keys.public_key, keys.secret_key);`); read != theirs {
		t.Errorf("we read %s, not %s", read, theirs)
	}
}
