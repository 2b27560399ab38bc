package faults

import (
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// A conversation of one question: greeting, handshake, question and answer are fewer bytes
// than this in each direction.
const conversation = 160

// TestCutAtEveryStep: whatever byte of a conversation is the last one, the next connection
// works. Each connection of the client ends one step later than the one before, first in one
// direction, then in the other.
func TestCutAtEveryStep(t *testing.T) {
	for _, back := range []bool{false, true} {
		t.Run(fmt.Sprintf("back=%t", back), func(t *testing.T) {
			t.Parallel()
			offset, stride := chance(t).IntN(6), 6
			if messages > 10000 {
				offset, stride = 0, 1
			}
			var steps atomic.Int32
			server := newPeer(t, nil, script(t, "retry_server.js"), "tcp://127.0.0.1:*")
			relay := newRelay(t, server.bound[0], func(number int) fault {
				after := offset + (number-1)*stride
				if after >= conversation {
					return fault{}
				}
				steps.Add(1)
				return fault{cut: true, after: after, back: back}
			})
			ask(t, relay.endpoint(), func() {})
			server.kill()
			if want := (conversation - offset + stride - 1) / stride; int(steps.Load()) != want {
				t.Errorf("%d connections were cut, not %d", steps.Load(), want)
			}
		})
	}
}

// ask has a client that does not give up ask so many questions that it goes on after the last
// fault, and expects the answers.
func ask(t *testing.T, endpoint string, meanwhile func()) {
	t.Helper()
	input := newFeed(t, conversation)
	input.upTo(conversation)
	path := script(t, "retry_client.js", "TIMEOUT = 1000", "TIMEOUT = 100", "ATTEMPTS = 20", "ATTEMPTS = 1000")
	client := newPeer(t, input.read, path, endpoint)
	meanwhile()
	for number := 1; number <= conversation; number++ {
		client.Expect(fmt.Sprintf("%07d is done", number))
	}
	client.end()
}

// TestKilledAtEveryStep: the server is killed at such a byte, and started again.
func TestKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	random := chance(t)
	const count = 12
	endpoint := "ipc://" + filepath.Join(t.TempDir(), "server")
	server := newPeer(t, nil, script(t, "retry_server.js"), endpoint)
	reached, killed := make(chan int, count), make(chan struct{})
	relay := newRelay(t, endpoint, func(number int) fault {
		if number > count {
			return fault{}
		}
		after := conversation * (number - 1) / count
		return fault{cut: true, after: after, back: random.IntN(2) == 0, happen: func() {
			reached <- number
			select {
			case <-killed:
			case <-t.Context().Done():
			}
		}}
	})
	ask(t, relay.endpoint(), func() {
		for range count {
			select {
			case <-reached:
			case <-time.After(limit):
				t.Fatal("the connection does not get that far")
			}
			server.restart()
			killed <- struct{}{}
		}
	})
	server.kill()
}
