package hostprocess

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A host may fork while large messages are on their way: each arrives as it was sent, and the child ends.
func TestForking(t *testing.T) {
	host := callsHost(t, "forking")
	for _, library := range librariesUnderTest(t) {
		t.Run(library.name, func(t *testing.T) {
			result := testkit.Run(t, testkit.Options{}, host, library.path)
			if result.Status != 0 || result.Stdout != "" || result.Stderr != "" {
				t.Errorf("%+v", result)
			}
		})
	}
}
