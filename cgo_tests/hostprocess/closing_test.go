package hostprocess

import (
	"fmt"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A host can close every descriptor after loading the library. If it does so after using the
// library, it gets errors that explain it.
func TestClosing(t *testing.T) {
	const why = "the host has closed descriptors of the library"
	host := usingHost(t, "closing")
	for _, way := range waysOfUse(t) {
		for when, failures := range map[string]int{"loaded": 0, "used": 3, "replaced": 3} {
			t.Run(way.name+", "+when, func(t *testing.T) {
				result := testkit.Run(t, testkit.Options{}, host, way.path, when)
				want := fmt.Sprintf("%d of 3 have failed\n", failures)
				if result.Status != 0 || result.Stdout != want || strings.Count(result.Stderr, why) != failures {
					t.Errorf("%+v", result)
				}
			})
		}
	}
}
