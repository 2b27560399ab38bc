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

// stepwise cuts connections: the first one as at step 0, and after each cut the next one as at the
// next step. The counter has the number of cuts.
func stepwise(steps int, after func(step int) fault, happen func()) (faults func(int) fault, passed *atomic.Int32) {
	passed = new(atomic.Int32)
	return func(int) fault {
		step := passed.Load()
		if int(step) == steps {
			return fault{}
		}
		chosen := after(int(step))
		chosen.cut = true
		chosen.happen = func() {
			// The client may have given up a connection before that.
			if passed.CompareAndSwap(step, step+1) {
				happen()
			}
		}
		return chosen
	}, passed
}

// TestCutAtEveryStep: after any last byte of a conversation, another connection works.
func TestCutAtEveryStep(t *testing.T) {
	t.Parallel()
	for _, back := range []bool{false, true} {
		t.Run(fmt.Sprintf("back=%t", back), func(t *testing.T) {
			t.Parallel()
			offset, stride := chance(t).IntN(6), 6
			if messages > 10000 {
				offset, stride = 0, 1
			}
			steps := (conversation - offset) / stride
			server := newPeer(t, nil, script(t, "retry_server.js"), "tcp://127.0.0.1:*")
			faults, passed := stepwise(steps, func(step int) fault {
				return fault{after: offset + step*stride, back: back}
			}, func() {})
			ask(t, newRelay(t, server.bound[0], faults).endpoint(), func() {})
			server.kill()
			if int(passed.Load()) != steps {
				t.Errorf("%d connections were cut, not %d", passed.Load(), steps)
			}
		})
	}
}

const questions = 1000

// ask makes a client that does not give up ask as many questions as there are faults and one more,
// and expects the answers.
func ask(t *testing.T, endpoint string, meanwhile func()) {
	t.Helper()
	input := newFeed(t, questions)
	input.upTo(questions)
	path := script(t, "retry_client.js", "TIMEOUT = 1000", "TIMEOUT = 100", "ATTEMPTS = 20", "ATTEMPTS = 1000")
	client := newPeer(t, input.read, path, endpoint)
	meanwhile()
	for number := 1; number <= questions; number++ {
		client.Expect(fmt.Sprintf("%07d is done", number))
	}
	client.end()
}

// TestKilledAtEveryStep: the server is killed at such a byte, and started again.
func TestKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	random := chance(t)
	const steps = 12
	endpoint := "ipc://" + filepath.Join(t.TempDir(), "server")
	server := newPeer(t, nil, script(t, "retry_server.js"), endpoint)
	reached, killed := make(chan struct{}), make(chan struct{})
	faults, _ := stepwise(steps, func(step int) fault {
		return fault{after: conversation * step / steps, back: random.IntN(2) == 0}
	}, func() {
		for _, channel := range []chan struct{}{reached, killed} {
			select {
			case channel <- struct{}{}:
			case <-t.Context().Done():
			}
		}
	})
	ask(t, newRelay(t, endpoint, faults).endpoint(), func() {
		for step := range steps {
			select {
			case <-reached:
			case <-time.After(limit):
				t.Fatalf("no connection came to step %d", step)
			}
			server.restart()
			<-killed
		}
	})
	server.kill()
}
