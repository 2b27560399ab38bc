package hostprocess

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// faultingLibrary builds a lean library whose Go code has faults, from which it recovers, on the
// host's threads and on Go's own.
func faultingLibrary(t *testing.T) string {
	t.Helper()
	root, dir := testkit.Root(t), t.TempDir()
	call := filepath.Join(root, "capi/call.go")
	const begin = "func goCall("
	text := testkit.Read(t, call)
	at := strings.Index(text, begin)
	if at < 0 {
		t.Fatalf("%s has no %s", call, begin)
	}
	body := at + strings.Index(text[at:], "{\n") + len("{\n")
	changed := filepath.Join(dir, "call.go")
	if err := os.WriteFile(changed, []byte(text[:body]+"\tfaultAndRecover()\n"+text[body:]), 0o666); err != nil {
		t.Fatal(err)
	}
	added, err := filepath.Abs("testdata/fault.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	content, err := json.Marshal(map[string]any{"Replace": map[string]string{
		call: changed, filepath.Join(root, "capi/fault.go"): added}})
	if err != nil {
		t.Fatal(err)
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(buildLibraries(t, []string{"GOFLAGS=-overlay=" + overlay}, "lean"), "lean")
}

// Go recovers from faults in its own code, while handlers of the host's see those of the host only.
func TestFaultsOfGo(t *testing.T) {
	if target.Emulated() {
		t.Skip("the library that it builds would be this machine's")
	}
	host, library := usingHost(t, "faults"), pluginWith(t, plain, faultingLibrary(t))
	for _, name := range []string{"jump", "jump, SA_NODEFER", "SA_RESETHAND, jump", "stack, unused", "default"} {
		for _, where := range []string{"main", "thread"} {
			t.Run(name+", "+where, func(t *testing.T) {
				with, _ := runInCoreDir(t, host, library, "before", where, name)
				without, _ := runInCoreDir(t, host, "none", "before", where, name)
				if with.Status != without.Status || with.Signal != without.Signal || with.Stdout != without.Stdout {
					t.Errorf("with the library %+v, without %+v", with, without)
				}
				if rest := strings.ReplaceAll(with.Stderr, "recovered\n", ""); rest == with.Stderr || rest != "" {
					t.Errorf("on standard error: %s", with.Stderr)
				}
			})
		}
	}
}
