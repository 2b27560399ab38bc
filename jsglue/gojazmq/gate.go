package gojazmq

import (
	"sync"
	"sync/atomic"
)

// A gate tells how many calls are under way, one within the other, and lets none in once
// it is closed.
type gate struct {
	calls  atomic.Int64 // closedGate: it is closed
	waking sync.Mutex   // held to interrupt, and to close
}

const closedGate = -1

// enter lets a call in, which exit ends; false: the gate is closed.
func (g *gate) enter() bool {
	for {
		calls := g.calls.Load()
		if calls == closedGate {
			return false
		}
		if g.calls.CompareAndSwap(calls, calls+1) {
			return true
		}
	}
}

func (g *gate) exit() { g.calls.Add(-1) }

// shut closes the gate. busy: a call is under way; again: that was done before.
func (g *gate) shut() (busy, again bool) {
	g.waking.Lock()
	defer g.waking.Unlock()
	if g.calls.CompareAndSwap(0, closedGate) {
		return false, false
	}
	again = g.calls.Load() == closedGate
	return !again, again
}

// wake calls f, unless the gate is closed, which it cannot become meanwhile.
func (g *gate) wake(f func()) {
	g.waking.Lock()
	defer g.waking.Unlock()
	if g.calls.Load() != closedGate {
		f()
	}
}
