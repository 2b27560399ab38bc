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

// A host may fork in a callback: the parent's call goes on, and the child's calls are refused.
func TestForkingInCallbacks(t *testing.T) {
	const refused, ended = ": unavailable 1, throws 1\n", ": the child has ended with 3\n"
	const interrupted, policy = "interrupted" + refused + "interrupted" + ended, "policy" + refused + "policy" + ended
	host := callsHost(t, "fork_in_callback")
	for _, library := range librariesUnderTest(t) {
		t.Run(library.name, func(t *testing.T) {
			testkit.Run(t, testkit.Options{}, host, library.path).Check(t, 0,
				interrupted+interrupted+"interrupted: 1\n"+policy, "")
		})
	}
}
