package hostprocess

import (
	"math/rand/v2"
	"os/exec"
	"strconv"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// checkMessages runs the host that sends 1,000 messages on each of three threads, by a command that it is
// appended to. It ends, and the command says, what it does without the library.
func checkMessages(t *testing.T, env []string, command ...string) {
	t.Helper()
	host := usingHost(t, "messages")
	run := func(library string) testkit.Result {
		arguments := append(command[1:len(command):len(command)], host, library)
		return testkit.Run(t, testkit.Options{Dir: t.TempDir(), Env: env, Limit: toolLimit}, command[0], arguments...)
	}
	without := run("none")
	without.Check(t, 0, "", "")
	for _, way := range waysOfUse(t) {
		t.Run(way.name, func(t *testing.T) {
			run(way.path).Check(t, without.Status, without.Stdout, without.Stderr)
		})
	}
}

// skipUnless skips the test where a command fails without the library too.
func skipUnless(t *testing.T, command string, arguments ...string) {
	t.Helper()
	run := exec.Command(command, arguments...)
	run.Dir = t.TempDir()
	if output, err := run.CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: %s: %v: %s", command, err, output)
	}
}

// The clocks of a time namespace are a lifetime ahead of the system's.
func TestTimeNamespace(t *testing.T) {
	for _, seconds := range []int{1, 1_000_000_000} {
		t.Run(strconv.Itoa(seconds), func(t *testing.T) {
			offset := strconv.Itoa(seconds)
			command := []string{"unshare", "--time", "--monotonic", offset, "--boottime", offset, "--"}
			skipUnless(t, command[0], append(command[1:], "true")...)
			checkMessages(t, nil, command...)
		})
	}
}

func TestAudit(t *testing.T) {
	audit := compile(t, "audit.so", plain, "-shared", "-fPIC", "audit.c")
	checkMessages(t, []string{"LD_AUDIT=" + audit}, "env")
}

func TestPerf(t *testing.T) {
	command := []string{"perf", "record", "-q", "-e", "cpu-clock", "-F", "5000", "-g", "-o", "samples", "--"}
	skipUnless(t, command[0], append(command[1:], "true")...)
	checkMessages(t, nil, command...)
}

// A calendar clock that is set while calls wait changes nothing.
func TestClockJumps(t *testing.T) {
	host := usingHost(t, "clocks")
	seed := strconv.Itoa(rand.IntN(1 << 30))
	t.Logf("seed %s", seed)
	without := testkit.Run(t, testkit.Options{}, host, "none", seed)
	without.Check(t, 0, "the clock jumps: 1\n", "")
	for _, way := range waysOfUse(t) {
		t.Run(way.name, func(t *testing.T) {
			testkit.Run(t, testkit.Options{}, host, way.path, seed).Check(t, 0, without.Stdout, without.Stderr)
		})
	}
}
