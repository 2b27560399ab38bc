package faults

import (
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/runner"
)

const wait = 300 * time.Millisecond

// waits runs a script that waits five times, and tells whether it took as long as that.
func waits(t *testing.T, environment []string, before ...string) bool {
	t.Helper()
	command := append(before, runner.Program(t), script(t, "clocks.js"), "300")
	result := runner.Run(t, runner.Options{Env: environment, Group: true}, command[0], command[1:]...)
	if result.Status != 0 || result.Stdout != "over\n" || result.Stderr != "" {
		t.Fatalf("%+v", result)
	}
	return result.Took >= 5*wait
}

func clockThatJumps(t *testing.T) string {
	t.Helper()
	library := filepath.Join(t.TempDir(), "jump.so")
	shell(t, "gcc -std=c11 -Wall -Wextra -Werror -shared -fPIC -o "+library+" testdata/jump.c")
	return "LD_PRELOAD=" + library
}

// TestWallClockJumps: what waits does not look at the wall clock.
func TestWallClockJumps(t *testing.T) {
	t.Parallel()
	if !waits(t, []string{clockThatJumps(t)}) {
		t.Error("it waited too short")
	}
}

// TestMonotonicClockJumps is what the test before would see: a library that is loaded like
// this does change the clock that is used.
func TestMonotonicClockJumps(t *testing.T) {
	t.Parallel()
	if waits(t, []string{clockThatJumps(t), "JUMP_MONOTONIC=1"}) {
		t.Error("it does not ask the clock that jumps")
	}
}

// TestOtherClocks: nor does it matter where the monotonic clock begins.
func TestOtherClocks(t *testing.T) {
	t.Parallel()
	for _, offset := range []string{"1000000", "1000000000"} {
		command := []string{"unshare", "--user", "--map-root-user", "--time", "--fork", "--kill-child", "--monotonic", offset, "--boottime", offset}
		if output, err := exec.Command(command[0], append(command[1:], "true")...).CombinedOutput(); err != nil {
			t.Skipf("skipped, for no time namespace is permitted here: %v: %s", err, output)
		}
		if !waits(t, nil, command...) {
			t.Error("it waited too short")
		}
	}
}
