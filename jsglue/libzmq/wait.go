package libzmq

// #include "glue.h"
import "C"

import "unsafe"

// A Wait says what to wait for: one descriptor, or a poller.
type Wait struct {
	Descriptor int     // to become readable, if Poller is nil
	Poller     *Poller // to have an event
	Deadline   int64   // in nanoseconds, as Now counts; negative: none
}

// A Result tells how a wait ended.
type Result int

// How a wait ends.
const (
	Ready       = Result(C.GLUE_WAIT_READY)
	TimedOut    = Result(C.GLUE_WAIT_TIMEOUT)
	Interrupted = Result(C.GLUE_WAIT_INTERRUPTED) // by Runtime.Interrupt
	Signalled   = Result(C.GLUE_WAIT_SIGNAL)      // a signal handler of the host has run
	Failed      = Result(C.GLUE_WAIT_FAILED)
)

// Now is the monotonic clock in nanoseconds.
func Now() int64 { return int64(C.glue_now()) }

// LastClosed is when a socket was closed last, or a context terminated, as Now counts; 0:
// never. Their descriptors are free some time later.
func LastClosed() int64 { return int64(C.glue_last_closed()) }

// Deadline is the time that lies a number of milliseconds ahead; a negative number
// gives none.
func Deadline(milliseconds int) int64 { return int64(C.glue_deadline(C.int(milliseconds))) }

// Fill writes the wait into a C structure (glue_wait).
func (w *Wait) Fill(into unsafe.Pointer) {
	c := (*C.glue_wait)(into)
	c.descriptor = -1
	c.deadline = C.int64_t(w.Deadline)
	if w.Poller == nil {
		c.descriptor = C.int(w.Descriptor)
		return
	}
	c.poller = w.Poller.c
}

// Wait waits on the calling goroutine's thread. Signals do not end it: in a Go
// program they are Go's.
func (r *Runtime) Wait(w *Wait) (Result, error) {
	c := C.glue_wait{retry_signals: 1}
	w.Fill(unsafe.Pointer(&c))
	result, err := C.glue_wait_for(r.c, &c)
	if Result(result) == Failed {
		return Failed, asErrno(err)
	}
	return Result(result), nil
}
