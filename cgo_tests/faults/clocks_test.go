package faults

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const wait = 300 * time.Millisecond

// waits runs a script that waits five times, and returns an error if a wait was too short or saw an
// event that did not happen.
func waits(t *testing.T, environment []string, before ...string) string {
	t.Helper()
	command := append(before, testkit.Program(t), script(t, "clocks.js"), "300")
	result := testkit.Run(t, testkit.Options{Env: environment, Group: true}, command[0], command[1:]...)
	if result.Status != 0 || result.Stdout != "over\n" || result.Stderr != "" || result.Took < 5*wait {
		return fmt.Sprintf("%+v", result)
	}
	return ""
}

func clockThatJumps(t *testing.T) string {
	t.Helper()
	library := filepath.Join(t.TempDir(), "jump.so")
	shell(t, "gcc -std=c11 -Wall -Wextra -Werror -shared -fPIC -o "+library+" testdata/jump.c")
	return "LD_PRELOAD=" + library
}

// TestWallClockJumps: waits do not depend on the wall clock.
func TestWallClockJumps(t *testing.T) {
	t.Parallel()
	if wrong := waits(t, []string{clockThatJumps(t)}); wrong != "" {
		t.Error(wrong)
	}
}

// TestMonotonicClockJumps shows that the previous test can fail: a library loaded in this way does
// change the clock that is used.
func TestMonotonicClockJumps(t *testing.T) {
	t.Parallel()
	if waits(t, []string{clockThatJumps(t), "JUMP_MONOTONIC=1"}) == "" {
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
		if wrong := waits(t, nil, command...); wrong != "" {
			t.Error(wrong)
		}
	}
}
