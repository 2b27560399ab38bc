package hostprocess

import (
	"os"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A host's handlers for faults run as without the library, and where it has none the process
// ends as without it.
func TestFaults(t *testing.T) {
	host, bare := usingHost(t, "faults"), bareHost(t, "faults")
	cases := strings.Split(strings.TrimSpace(testkit.Run(t, testkit.Options{}, host, "--list").Stdout), "\n")
	if len(cases) < 40 {
		t.Fatalf("cases: %q", cases)
	}
	for _, way := range waysOfUse(t) {
		for _, when := range []string{"before", "after"} {
			for _, where := range []string{"main", "thread"} {
				for _, name := range cases {
					t.Run(strings.Join([]string{way.name, when, where, name}, ", "), func(t *testing.T) {
						t.Parallel()
						checkFault(t, host, bare, way.path, when, where, name)
					})
				}
			}
		}
	}
}

func checkFault(t *testing.T, host, bare, library, when, where, name string) {
	t.Helper()
	with, dumped := runInCoreDir(t, host, library, when, where, name)
	without, dumpedWithout := runInCoreDir(t, bare, "none", when, where, name)
	if target.Emulated() && without.Signal != 0 && strings.Contains(with.Stdout, "cpu == current_cpu") {
		t.Skip("qemu 7.2 fails where a thread sends itself the signal of a fault, with its cause")
	}
	if with.Status != without.Status || with.Signal != without.Signal || with.Stdout != without.Stdout ||
		with.Stderr != "" || dumped != dumpedWithout {
		t.Errorf("with the library %+v, core %t; without %+v, core %t", with, dumped, without, dumpedWithout)
	}
	if without.Status == 0 && !strings.Contains(without.Stdout, " handled\n") {
		t.Errorf("nothing was tried: %+v", without)
	}
}

// runInCoreDir runs a program where its core dump, if the system writes one there, is seen and
// goes away.
func runInCoreDir(t *testing.T, program string, arguments ...string) (result testkit.Result, dumped bool) {
	t.Helper()
	directory := t.TempDir()
	result = testkit.Run(t, testkit.Options{Dir: directory}, program, arguments...)
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	return result, len(entries) > 0
}
