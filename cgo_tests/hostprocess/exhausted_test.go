package hostprocess

import (
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A poller works again after descriptors had run out, and loses no event meanwhile.
func TestPollersWithoutDescriptors(t *testing.T) {
	host := callsHost(t, "exhausted")
	wants := map[string]string{
		"adds": "adding: Too many open files\nempty: nothing\nadding: Success\nlater: an event\n",
		"asks": "before: nothing\nwithout descriptors: an event\nempty: nothing\nlater: an event\n",
	}
	for _, library := range librariesUnderTest(t) {
		for does, want := range wants {
			t.Run(library.name+", "+does, func(t *testing.T) {
				result := testkit.Run(t, testkit.Options{}, host, library.path, does)
				if result.Status != 0 || result.Stdout != want || result.Stderr != "" {
					t.Errorf("%+v", result)
				}
			})
		}
	}
}
