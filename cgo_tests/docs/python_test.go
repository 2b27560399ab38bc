package docs

import (
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A host without a JavaScript engine: its output, and the classes, errors and values that it makes
// of the module.
func TestPython(t *testing.T) {
	environment := []string{"ZMQJS_LIBRARY=" + filepath.Join(testkit.LibraryDir(t), "libzmqjs.so.1"), "PYTHONDONTWRITEBYTECODE=1"}
	root := testkit.Root(t)
	for script, want := range map[string]string{
		"examples/python/ask.py": "the server received hello\n" +
			"the client received [b'world', b'\\x01\\x02\\x03', b'\\x04\\x00\\x00\\x00']\n" +
			"EPROTONOSUPPORT: Protocol not supported (bind foo://bar)\n",
		"cgo_tests/docs/testdata/binding.py": "passed\n",
	} {
		result := testkit.Run(t, testkit.Options{Env: environment, Dir: root}, "python3", script)
		if result.Status != 0 || result.Stdout != want || result.Stderr != "" {
			t.Errorf("%s: %+v;\nwant the output %q", script, result, want)
		}
	}
}
