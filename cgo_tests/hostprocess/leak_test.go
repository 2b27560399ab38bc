package hostprocess

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const leakFound = "ERROR: LeakSanitizer"

// The leak sanitizer finds nothing in a host that sends 1,000 messages on each of three threads.
func TestLeakSanitizer(t *testing.T) {
	for name, library := range map[string]string{"full": testkit.LibraryDir(t), "lean": leanLibrary(t)} {
		t.Run(name, func(t *testing.T) {
			result := sanitize(t, "address", library).run(t, "lsan", true)
			if result.Status != 0 || result.Stderr != "" {
				t.Errorf("%+v", result)
			}
		})
	}
}

// leak loses memory whenever it is executed.
const leak = "{ void *volatile lost = malloc(100); lost = NULL; (void)lost; }"

// What is suppressed hides no leak of the lean library or of an adapter.
func TestLeaksAreFound(t *testing.T) {
	if target.Emulated() {
		t.Skip("the library that it builds would be this machine's")
	}
	const core, adapter = "jsglue/libzmq/op_send.c", "include/zmqjs_quickjs.h"
	leaking := buildChanged(t, map[string]string{core: "#include <stdlib.h>\n" + insert(t, core, "int op_send_fast(", leak)})
	header := write(t, filepath.Base(adapter), insert(t, adapter, "JSModuleDef *js_init_module_zmq(JSContext *ctx, const char *module_name) {", leak))
	for _, test := range []struct {
		name, library string
		flags         []string
	}{
		{"core", leaking, nil},
		{"adapter", leanLibrary(t), []string{"-iquote", filepath.Dir(header)}},
	} {
		t.Run(test.name+", leak sanitizer", func(t *testing.T) {
			result := sanitize(t, "address", test.library, test.flags...).run(t, "lsan", true)
			if result.Status == 0 || !strings.Contains(result.Stderr, leakFound) {
				t.Errorf("%+v", result)
			}
		})
		t.Run(test.name+", valgrind", func(t *testing.T) {
			plugin := pluginWith(t, append(test.flags, plain...), test.library)
			result := runInValgrind(t, true, usingHost(t, "messages"), plugin)
			if result.Status == 0 || !strings.Contains(result.Stderr, "definitely lost") {
				t.Errorf("%+v", result)
			}
		})
	}
}
