// Package gostall keeps Go's monitor thread, sysmon, from a long sleep while Go is at work.
//
// Go stops the world, mostly to begin or end a garbage collection, by taking the processor
// of each thread that is in a system call or in C. From Go 1.26 on a thread that gets there
// at that very moment is overlooked: it was asked before it told. Then only sysmon can take
// its processor, but while the world is being stopped sysmon sleeps until the next timer is
// due, or for a minute, and as often twice. Until then everything in Go stands still. So
// there is a timer, which is never far away.
package gostall

import (
	"sync/atomic"
	"time"
)

// period is how long the world may take to stop at worst, and how long after the last work
// the timer ends.
const period = 100 * time.Millisecond

var (
	armed   atomic.Bool // the timer is pending
	touched atomic.Bool // Go was at work since it was armed
	holders atomic.Int32
	timer   atomic.Pointer[time.Timer] // nil before the first work: Go opens descriptors for a timer
)

func arm() {
	if known := timer.Load(); known != nil {
		known.Reset(period)
	} else {
		timer.Store(time.AfterFunc(period, expired))
	}
}

// Touch reports that Go is at work. It costs some nanoseconds.
func Touch() {
	if !touched.Load() {
		touched.Store(true)
	}
	if !armed.Load() && armed.CompareAndSwap(false, true) {
		arm()
	}
}

// Hold reports that Go is at work until release is called.
func Hold() (release func()) {
	holders.Add(1)
	Touch()
	return func() { holders.Add(-1) }
}

func expired() {
	if touched.Swap(false) || holders.Load() > 0 {
		arm()
		return
	}
	armed.Store(false)
	if touched.Load() { // by one that still saw it armed
		Touch()
	}
}
