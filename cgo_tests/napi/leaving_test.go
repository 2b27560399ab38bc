package napi

import (
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// nobody is an endpoint to which no socket is bound.
func nobody(t *testing.T) string {
	t.Helper()
	if !target.IsWindows() {
		return "ipc://" + filepath.Join(t.TempDir(), "nobody")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0") // what connects waits to be accepted
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return "tcp://" + listener.Addr().String()
}

// TestLeavingTakesOneTime: the environments that end, and then the process that exits, wait for
// their messages in the same time.
func TestLeavingTakesOneTime(t *testing.T) {
	hostOnly(t)
	endpoint := nobody(t)
	for _, left := range []string{"open", "closed", "worker"} {
		t.Run(left, func(t *testing.T) {
			t.Parallel()
			waits := testkit.NewWaits(t)
			command := append(node(t), testdata(t, "leaving.mjs"), endpoint, left)
			options := testkit.Options{Env: append(waits.Env, "ZMQJS_NPM_ROOT="+installed(t), "ZMQJS_LEAVE_REPORT=0", "ZMQJS_LEAVE_TIMEOUT=1000")}
			result := testkit.Run(t, options, command[0], command[1:]...)
			if result.Status != 0 || result.Stderr != "" {
				t.Errorf("%+v", result)
			}
			waits.Check(t, time.Second, 1)
		})
	}
}

// TestExits: process.exit() ends a process at once, in every callback and during every wait.
func TestExits(t *testing.T) {
	environment := []string{"ZMQJS_NPM_ROOT=" + installed(t), "ZMQJS_LEAVE_REPORT=0", "ZMQJS_LEAVE_TIMEOUT=0"}
	exit := func(t *testing.T, way string) testkit.Result {
		t.Helper()
		return runNode(t, testkit.Options{Env: environment}, testdata(t, "exits.mjs"), way)
	}
	ways := strings.Fields(strings.ReplaceAll(exit(t, "list").Stdout, " ", "_"))
	if len(ways) < 15 {
		t.Fatal(ways)
	}
	for _, way := range ways {
		t.Run(way, func(t *testing.T) {
			if result := exit(t, strings.ReplaceAll(way, "_", " ")); result.Status != 3 || result.Stderr != "" {
				t.Errorf("%+v", result)
			}
		})
	}
}
