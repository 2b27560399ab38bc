package hostprocess

import (
	"fmt"
	"strconv"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const onStack = 0x08000000 // SA_ONSTACK

// storms are signals that mean nothing to Go, those that it unblocks on every thread it
// runs on, that by which it would preempt, and that for which it has a handler.
var storms = []syscall.Signal{syscall.SIGINT, syscall.SIGALRM, syscall.SIGCHLD, syscall.SIGPROF, syscall.SIGURG,
	syscall.SIGPIPE}

// A counted storm is a line of its host's output.
type counted struct{ sent, sentInside, handled, handledInside, elsewhere, offStack, failures int }

func storm(t *testing.T, host, plugin string, signal syscall.Signal, when string, flags, count int) {
	t.Helper()
	seen := countStorm(t, host, plugin, signal, when, flags, count)
	if seen.handledInside > 0 || seen.elsewhere > 0 {
		t.Errorf("the library took part in the host's signals: %+v", seen)
	}
}

func countStorm(t *testing.T, host, plugin string, signal syscall.Signal, when string, flags, count int) counted {
	t.Helper()
	// Without an alternate stack of the sanitizer's own, which is too small for the handler.
	options := testkit.Options{Env: []string{"ASAN_OPTIONS=use_sigaltstack=0:detect_leaks=0"}}
	result := testkit.Run(t, options, host, plugin, strconv.Itoa(int(signal)), when, strconv.Itoa(flags),
		strconv.Itoa(count))
	if result.Status != 0 || result.Stderr != "" {
		t.Fatalf("%+v", result)
	}
	t.Log(result.Stdout)
	var seen counted
	if _, err := fmt.Sscanf(result.Stdout,
		"sent %d, inside Go %d; handled %d, inside Go %d, on other threads %d, off the stack %d; failures %d",
		&seen.sent, &seen.sentInside, &seen.handled, &seen.handledInside, &seen.elsewhere, &seen.offStack,
		&seen.failures); err != nil {
		t.Fatalf("%v in %q", err, result.Stdout)
	}
	if seen.sent != count || seen.sentInside == 0 || seen.handled < count/10 {
		t.Errorf("the storm was too weak: %+v", seen)
	}
	if seen.failures > 0 || seen.offStack > 0 {
		t.Errorf("%+v", seen)
	}
	return seen
}

func eachStorm(t *testing.T, test func(t *testing.T, signal syscall.Signal, when string, flags int)) {
	for _, signal := range storms {
		for _, when := range []string{"before", "after"} {
			for _, flags := range []int{0, onStack} {
				t.Run(fmt.Sprintf("%d %s loading, flags %#x", signal, when, flags), func(t *testing.T) {
					test(t, signal, when, flags)
				})
			}
		}
	}
}

// No handler of the host runs inside Go or on a thread that is not the host's.
func TestStorm(t *testing.T) {
	host := usingHost(t, "storm")
	for _, way := range waysOfUse(t) {
		t.Run(way.name, func(t *testing.T) {
			eachStorm(t, func(t *testing.T, signal syscall.Signal, when string, flags int) {
				count := 1000
				if way.name == "engine" {
					count = 5000
				}
				if signal == syscall.SIGINT {
					count *= 4
				}
				storm(t, host, way.path, signal, when, flags, count)
			})
		})
	}
}

func TestStormSanitized(t *testing.T) {
	host := compile(t, "storm", target.Sanitized, "-rdynamic", "storm.c", "use.c")
	plugin := plugin(t, target.Sanitized)
	eachStorm(t, func(t *testing.T, signal syscall.Signal, when string, flags int) {
		storm(t, host, plugin, signal, when, flags, 1000)
	})
}

// Signals of faults that are sent while a thread is inside Go reach the host's handler, on a stack
// that is large enough. (They are not blocked there, so that the mask does not show where the
// handler ran.)
func TestStormOfFaults(t *testing.T) {
	if target.LoadsAtStart() {
		t.Skip("no handler can be installed before the library is loaded, when the program starts")
	}
	host, plugin := usingHost(t, "storm"), plugin(t, plain)
	for _, signal := range []syscall.Signal{syscall.SIGSEGV, syscall.SIGBUS, syscall.SIGFPE} {
		for _, flags := range []int{0, onStack} {
			t.Run(fmt.Sprintf("%d, flags %#x", signal, flags), func(t *testing.T) {
				if target.Emulated() && signal != syscall.SIGBUS {
					t.Skip("qemu ends if a thread of its own is sent the signal")
				}
				countStorm(t, host, plugin, signal, "before", flags, 5000)
			})
		}
	}
}
