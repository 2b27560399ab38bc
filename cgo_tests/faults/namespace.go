package faults

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const inside = "FAULTS_INSIDE"

// isolated runs the test alone in a process with namespaces of its own: a network with only
// loopback, and mounts and processes that end with it. It reports whether this process is that one.
// The test is skipped if the necessary programs are missing.
func isolated(t *testing.T, programs ...string) bool {
	t.Helper()
	if os.Getenv(inside) == t.Name() {
		shell(t, "ip link set lo up")
		return true
	}
	for _, program := range append(programs, "unshare", "ip") {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("skipped: %v", err)
		}
	}
	namespaces := []string{"unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"}
	if os.Getuid() != 0 {
		namespaces = append(namespaces, "--map-root-user")
	}
	if output, err := exec.Command(namespaces[0], append(namespaces[1:], "true")...).CombinedOutput(); err != nil {
		t.Skipf("skipped, for no namespaces are permitted here: %v: %s", err, output)
	}
	name := "^" + strings.ReplaceAll(t.Name(), "/", "$/^") + "$"
	command := append(namespaces, os.Args[0], "-test.v", "-test.count=1", fmt.Sprint("-test.timeout=", 2*limit), "-test.run="+name)
	options := testkit.Options{Group: true, Limit: 2 * limit, Env: []string{inside + "=" + t.Name()}}
	options.Env = append(options.Env, settings()...)
	result := testkit.Run(t, options, command[0], command[1:]...)
	t.Log(result.Stdout, result.Stderr)
	switch {
	case result.Status != 0:
		t.Error("failed inside")
	case strings.Contains(result.Stdout, "--- SKIP: "+t.Name()):
		t.Skip("skipped inside")
	case !strings.Contains(result.Stdout, "--- PASS: "+t.Name()):
		t.Error("did not run inside")
	}
	return false
}

// shell runs a command.
func shell(t testing.TB, command string) {
	t.Helper()
	if output, err := exec.Command("sh", "-c", command).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", command, err, output)
	}
}
