package lifetimes

import (
	"path/filepath"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// limited runs a script in a process with a limit of descriptors.
func limited(t *testing.T, descriptors, script string, arguments ...string) testkit.Result {
	t.Helper()
	command := append([]string{"-c", `ulimit -n "$0" && exec "$@"`, descriptors, testkit.Program(t),
		filepath.Join("testdata/limits", script)}, arguments...)
	return testkit.Run(t, testkit.Options{}, "sh", command...)
}

func TestThousandsOfSockets(t *testing.T) {
	t.Parallel()
	result := limited(t, "8192", "sockets.js", "3000")
	want := "3000 Too many open files\n3000 Too many open files\n3000 Too many open files\n1500 1500 null\n0 0\n"
	if result.Status != 0 || result.Stdout != want || result.Stderr != "" {
		t.Errorf("%+v", result)
	}
}

func TestNoDescriptorLeft(t *testing.T) {
	t.Parallel()
	result := limited(t, "200", "descriptors.js")
	if result.Status != 0 || result.Stdout != "0\n" || result.Stderr != "" {
		t.Errorf("%+v", result)
	}
}

func TestDroppedWithNoDescriptorLeft(t *testing.T) {
	t.Parallel()
	result := limited(t, "200", "dropped.js")
	if result.Status != 0 || result.Stdout != "0\n" || result.Stderr != "" {
		t.Errorf("%+v", result)
	}
}
