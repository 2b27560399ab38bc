package lifetimes

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestRandomPrograms: LIFETIMES_STEPS is how many steps each engine runs, LIFETIMES_SEED
// repeats a run, LIFETIMES_ROUND but one of its rounds.
func TestRandomPrograms(t *testing.T) {
	for _, h := range hosts {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			steps := number(t, "LIFETIMES_STEPS", h.steps)
			s := settings{seed: seed(t), rounds: (steps + perRound - 1) / perRound, steps: perRound}
			if os.Getenv("LIFETIMES_ROUND") != "" {
				s.first, s.rounds, s.steps = number(t, "LIFETIMES_ROUND", 0), 1, min(steps, perRound)
			}
			for h.run(t, s) && os.Getenv("LIFETIMES_SEED") == "" {
				s.seed = seed(t)
			}
		})
	}
}

var failedAt = regexp.MustCompile(`(?m)^round (\d+), step (\d+), `)

// aborts are libzmq 4.3's own, which a script that closes sockets cannot avoid: where libzmq notices
// that a connection has ended while a message of several parts is sent, or between two parts that are received
// (https://github.com/zeromq/libzmq/issues/3442, /2163).
var aborts = regexp.MustCompile(`^(Resource temporarily unavailable \(src/session_base\.cpp:|Assertion failed: !_more \(src/fq\.cpp:)`)

// run runs the scripts once. It reports whether libzmq's abort has ended them.
func (h host) run(t *testing.T, s settings) (aborted bool) {
	t.Helper()
	command := h.command(t)
	directory, err := os.MkdirTemp("", "lifetimes")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(directory) })
	s.directory = directory
	watch, control := newWatch(t, directory)
	s.control = control
	t.Logf("LIFETIMES_SEED=%d", s.seed)
	limit := timeFor(h, s)
	child := h.start(t, command, s, testkit.Options{Limit: limit})
	grown := watch.follow(t, h, child)
	result := child.Wait()
	if grown != "" {
		t.Error(grown)
	}
	if result.Signal == syscall.SIGABRT && aborts.MatchString(result.Stderr) {
		t.Logf("libzmq has ended the process in round %d: %s", len(watch.samples), result.Stderr)
		return true
	}
	if result.Status != 0 || !strings.HasSuffix(result.Stdout, "passed\n") || result.Stderr != "" {
		t.Errorf("%s\n%+v", h.hint(s, watch, result), result)
		return false
	}
	t.Logf("%d steps in %v; %s", s.rounds*s.steps, result.Took, watch.summary())
	if !h.checked {
		watch.checkGrowth(t, h.tolerance)
	}
	return false
}

// hint is how to see a failure again with the fewest steps.
func (h host) hint(s settings, w *watch, result testkit.Result) string {
	round, steps := len(w.samples)+s.first, s.steps
	if found := failedAt.FindStringSubmatch(result.Stdout); found != nil {
		_, _ = fmt.Sscan(found[1]+" "+found[2], &round, &steps)
	}
	return fmt.Sprintf("again: LIFETIMES_SEED=%d LIFETIMES_ROUND=%d LIFETIMES_STEPS=%d go test -run '/%s' ./cgo_tests/lifetimes",
		s.seed, round, steps, strings.ReplaceAll(h.name, " ", "_"))
}
