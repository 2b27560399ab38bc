package cmd

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A certificate's secret is its owner's alone.
func TestCertificateModes(t *testing.T) {
	directory := t.TempDir()
	save := `import * as zmq from "zmq"; const keys = zmq.curve_keypair();
		zmq.save_certificate("server.key", keys.public_key, keys.secret_key); print(keys.secret_key);`
	result := testkit.Run(t, testkit.Options{Dir: directory}, testkit.Program(t), "-e", save)
	if result.Status != 0 {
		t.Fatalf("%+v", result)
	}
	for name, want := range map[string]fs.FileMode{"server.key": 0o644, "server.key_secret": 0o600} {
		if info, err := os.Stat(filepath.Join(directory, name)); err != nil || info.Mode() != want {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	if files, _ := os.ReadDir(directory); len(files) != 2 {
		t.Errorf("other files are left: %v", files)
	}
	public, _ := os.ReadFile(filepath.Join(directory, "server.key"))
	if secret := strings.TrimSpace(result.Stdout); strings.Contains(string(public), secret) {
		t.Error("the public certificate has the secret key")
	}
	load := `import * as zmq from "zmq"; try { zmq.load_certificate("server.key_secret"); print("read"); } catch (e) { print(e.code); }`
	for _, mode := range []fs.FileMode{0o600, 0o400, 0o640, 0o604, 0o644} {
		if err := os.Chmod(filepath.Join(directory, "server.key_secret"), mode); err != nil {
			t.Fatal(err)
		}
		want := "read\n"
		if mode&0o077 != 0 {
			want = "EACCES\n"
		}
		if result := testkit.Run(t, testkit.Options{Dir: directory}, testkit.Program(t), "-e", load); result.Stdout != want {
			t.Errorf("%o: %+v", mode, result)
		}
	}
}
