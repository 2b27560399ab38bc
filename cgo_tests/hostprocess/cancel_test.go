package hostprocess

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A storm of threads that leave calls at random moments. A process makes a limited number of
// rounds: the memory of an abandoned context in libzmq stays until its end.
type leaving struct {
	place  string
	rounds int
	waits  bool // the thread waits there for a long time
}

const roundsOfProcess = 500

// leavings are ten thousand cancels. Where a thread does not wait, nearly every one abandons a context.
var leavings = []leaving{{"message", 1500, true}, {"parts", 1000, true}, {"room", 500, true}, {"poller", 1500, true},
	{"proxy", 1500, true}, {"term", 1000, true}, {"callback", 1000, true}, {"go", 500, false}, {"life", 500, true},
	{"hot", 400, false}, {"large", 300, false}, {"vm", 300, true}}

// A thread that is cancelled, or that a handler ends or makes jump out of a call, does not harm
// others; its runtime or VM accepts calls or reports why not, and can be freed.
func TestCancelling(t *testing.T) {
	testLeavings(t, "cancel", 1)
}

func TestPthreadExit(t *testing.T) {
	testLeavings(t, "exit", 10)
}

func TestJumping(t *testing.T) {
	testLeavings(t, "jump", 10)
}

func testLeavings(t *testing.T, way string, fraction int) {
	t.Helper()
	host := callsHost(t, "cancel")
	libraries := librariesUnderTest(t)
	for _, leaving := range leavings {
		for i, library := range libraries {
			if leaving.place == "vm" && library.name != "full" {
				continue
			}
			if way != "cancel" && !leaving.waits {
				continue
			}
			rounds := leaving.rounds / fraction
			if leaving.place != "vm" && i > 0 { // all cancels of one library, a tenth of those of the other
				rounds = max(rounds/10, 10)
			}
			t.Run(leaving.place+", "+library.name, func(t *testing.T) {
				t.Parallel()
				for ; rounds > 0; rounds -= roundsOfProcess {
					leaveOften(t, host, library.path, way, leaving.place, min(rounds, roundsOfProcess))
				}
			})
		}
	}
}

// What packages carry has the unwinder of another compiler inside, which cannot read the contexts of the one by which
// the C library unwinds a cancelled thread.
func TestCancellingInPackages(t *testing.T) {
	arguments, rounds := []string{"npm"}, 50
	if target.Emulated() {
		arguments, rounds = append(arguments, "TARGET="+target.Name()), 5
	}
	host := callsHost(t, "cancel")
	library := filepath.Join(buildLibraries(t, nil, arguments...), target.Name(), "bundle/lean/libzmqjs-lean.so")
	for _, leaving := range leavings {
		for _, way := range []string{"cancel", "exit", "jump"} {
			if leaving.place == "vm" || way != "cancel" && !leaving.waits {
				continue
			}
			t.Run(leaving.place+", "+way, func(t *testing.T) {
				leaveOften(t, host, library, way, leaving.place, rounds)
			})
		}
	}
}

func leaveOften(t *testing.T, host, library, way, place string, rounds int) {
	t.Helper()
	seed := rand.IntN(1 << 30)
	t.Logf("seed %d", seed)
	options := testkit.Options{Limit: 10 * time.Minute, Env: []string{"ZMQJS_LEAVE_REPORT=0"}}
	result := testkit.Run(t, options, host, library, way, place, strconv.Itoa(rounds), strconv.Itoa(seed))
	var done, refused int
	_, err := fmt.Sscanf(result.Stdout, "%d rounds, %d refused", &done, &refused)
	if err != nil || result.Status != 0 || done != rounds || result.Stderr != "" {
		t.Fatalf("seed %d: %+v", seed, result)
	}
	t.Logf("%d rounds, %d runtimes took no more calls", rounds, refused)
}

// A library is one that a host loads by itself.
type library struct{ name, path string }

// librariesUnderTest are the lean and the full library.
func librariesUnderTest(t *testing.T) []library {
	t.Helper()
	full := library{"full", filepath.Join(testkit.LibraryDir(t), "libzmqjs.so")}
	lean := library{"lean", filepath.Join(testkit.LibraryDir(t), "lean", "libzmqjs-lean.so")}
	if _, err := os.Stat(lean.path); err != nil || target.LoadsAtStart() { // hosts are linked with the full one then
		return []library{full}
	}
	return []library{lean, full}
}

// callsHost builds a host that calls the library without an engine.
func callsHost(t *testing.T, name string) string {
	t.Helper()
	return programWith(t, target.AtStart(testkit.LibraryDir(t)), name, plain, "-rdynamic", name+".c", "calls.c")
}
