package hostprocess

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// The error of a call that begins after main has returned.
var ending = regexp.MustCompile(`^(ETERM: [^\n]*: the process is ending\n)?$`)

// When main returns, a call under way on another thread continues, and a later one is refused: in
// every engine, with the same error. The process ends as it does without the library.
func TestReturning(t *testing.T) {
	host := usingHost(t, "returning")
	without := testkit.Run(t, testkit.Options{}, host, "none", "wait", "0")
	without.Check(t, 7, "", "")
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	for _, way := range waysOfUse(t) {
		for _, does := range []string{"wait", "busy"} {
			t.Run(way.name+", "+does, func(t *testing.T) {
				t.Parallel()
				random, refused := rand.New(rand.NewPCG(seed, 0)), 0
				for range 15 {
					microseconds := random.IntN(100_000)
					result := testkit.Run(t, testkit.Options{}, host, way.path, does, strconv.Itoa(microseconds))
					if result.Status != without.Status || result.Stderr != "" || !ending.MatchString(result.Stdout) {
						t.Fatalf("after %d us: %+v", microseconds, result)
					}
					if result.Stdout != "" {
						refused++
					}
				}
				t.Logf("%d of 15 calls were refused", refused)
			})
		}
	}
}
