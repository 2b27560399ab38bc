package hostprocess

import (
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// faultingLibrary builds a lean library whose Go code has faults, from which it recovers, on the
// host's threads and on Go's own.
func faultingLibrary(t *testing.T) string {
	t.Helper()
	return buildChanged(t, map[string]string{
		"capi/call.go":  insert(t, "capi/call.go", "func goCall(", "faultAndRecover()"),
		"capi/fault.go": testkit.Read(t, "testdata/fault.go.txt"),
	})
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
