package gojazmq

import (
	"errors"
	"runtime"
	"sync"
	"syscall"
	"time"
	"weak"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

type disowner interface{ Disown() }

// A reference is an instance of the script's, without keeping it alive.
type reference struct {
	object   weak.Pointer[goja.Object]
	refersTo disowner
}

// references are those whose instances are not disowned yet. They have no way to the
// runtime: cleanups keep them.
type references struct {
	mutex   sync.Mutex
	all     map[*reference]struct{}
	dropped int // how many the collector has found
}

// add has what an object refers to disowned when the collector drops the object, on a
// goroutine of the collector's, or in collect.
func (r *references) add(object *goja.Object, refersTo disowner) {
	made := &reference{weak.Make(object), refersTo}
	r.mutex.Lock()
	r.all[made] = struct{}{}
	r.mutex.Unlock()
	runtime.AddCleanup(object, r.drop, made)
}

// take tells whether it is still to be disowned, and that the caller will do it.
func (r *references) take(taken *reference) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	_, found := r.all[taken]
	if found {
		delete(r.all, taken)
		r.dropped++
	}
	return found
}

func (r *references) drop(dropped *reference) {
	if r.take(dropped) {
		dropped.refersTo.Disown()
	}
}

// collect runs the collector, disowns what it has found and what cleanups have not come to
// yet, and tells whether it has found any.
func (r *references) collect() bool {
	r.mutex.Lock()
	before := r.dropped
	r.mutex.Unlock()
	runtime.GC()
	var found []*reference
	r.mutex.Lock()
	for reference := range r.all {
		if reference.object.Value() == nil {
			found = append(found, reference)
			delete(r.all, reference)
		}
	}
	r.dropped += len(found)
	after := r.dropped
	r.mutex.Unlock()
	for _, reference := range found {
		reference.refersTo.Disown()
	}
	return after > before
}

const (
	// How long what was dropped, or what was closed, may take until its descriptors are free:
	// libzmq's threads do that.
	droppedTime = time.Second
	closedTime  = 50 * time.Millisecond

	tryAgainTime = 1 // milliseconds
)

// exhausted tells whether a call has failed for want of descriptors, or of sockets that its
// context may have.
func exhausted(err error) bool {
	var failed *jsglue.Error
	return errors.As(err, &failed) &&
		(failed.Errno == int(syscall.EMFILE) || failed.Errno == int(syscall.ENFILE))
}

// runAgain repeats a call that was exhausted, after a collection: as long as descriptors are
// going to be free.
func (m *Module) runAgain(function *jsglue.Function, call *jsglue.Call, failed error) (jsglue.Data, error) {
	dropped := m.references.collect()
	closing := libzmq.LastClosed() + closedTime.Nanoseconds()
	if dropped {
		closing = libzmq.Now() + droppedTime.Nanoseconds()
	}
	for libzmq.Now() < closing {
		call.Progress = jsglue.Progress{}
		result, err := m.run(function, call)
		if !exhausted(err) {
			return result, err
		}
		call.Result, err = m.wait(&libzmq.Wait{Descriptor: -1, Deadline: libzmq.Deadline(tryAgainTime)})
		if err != nil {
			break
		}
		if call.Result == libzmq.Interrupted {
			return function.Run(call) // which throws EINTR
		}
	}
	return jsglue.Data{}, failed
}
