package gojazmq

import (
	"runtime"
	"sync"
	"time"
	"unsafe"
	"weak"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/frames"
	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A reference is an instance of the script's, without keeping it alive.
type reference struct {
	object weak.Pointer[goja.Object]
	c      unsafe.Pointer // zmqjs_instance *
}

// references are those whose instances are not finalized yet. They have no way to the
// runtime: cleanups keep them.
type references struct {
	mutex   sync.Mutex
	all     map[*reference]struct{}
	dropped int // how many the collector has found
}

// add has the C part of an object finalized when the collector drops the object, on a
// goroutine of the collector's, or in collect.
func (r *references) add(object *goja.Object, c unsafe.Pointer) {
	made := &reference{weak.Make(object), c}
	r.mutex.Lock()
	r.all[made] = struct{}{}
	r.mutex.Unlock()
	runtime.AddCleanup(object, r.drop, made)
}

// take reports whether it is still to be finalized, and that the caller will do it.
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
		frames.Finalize(dropped.c)
	}
}

// collect runs the collector, finalizes the objects that it has found and those whose cleanups have not run
// yet, and reports whether it has found any.
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
		frames.Finalize(reference.c)
	}
	return after > before
}

const (
	// How long it may take until the descriptors of dropped or closed objects are free:
	// libzmq's threads do that.
	droppedTime = time.Second
	closedTime  = 50 * time.Millisecond

	pause = time.Millisecond
)

// again reports whether a call that has failed for want of descriptors, or of sockets that its context may have, is to
// be tried again, the attempts counted from 0: after a collection, as long as descriptors are going to be free.
func (m *Module) again(attempt int) bool {
	if attempt > 0 {
		time.Sleep(pause)
		return libzmq.Now() < m.againUntil
	}
	dropped := m.references.collect()
	m.againUntil = libzmq.LastClosed() + closedTime.Nanoseconds()
	if dropped {
		m.againUntil = libzmq.Now() + droppedTime.Nanoseconds()
	}
	return libzmq.Now() < m.againUntil
}
