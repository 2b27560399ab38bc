// Package coretest calls the core in C, package libzmq, piece by piece, for the tests beside it: C cannot be called
// from files of tests.
package coretest

// #cgo CFLAGS: -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -I${SRCDIR}/.. -I${SRCDIR}/../../../include
// #cgo windows CFLAGS: -D_WIN32_WINNT=0x0A00 -D__USE_MINGW_ANSI_STDIO=1
// #cgo pkg-config: libzmq
// #include <stdlib.h>
// #include "message.h"
// #include "poller.h"
// #include "runtime.h"
// #include "socket.h"
// #include "wait.h"
// static uintptr_t owner(void *runtime) { return atomic_load(&((core_runtime *)runtime)->owner); }
// static uintptr_t thread(void) { return core_thread(); }
// static int receive(core_socket *socket, int flags, void **data, size_t *size, zmq_msg_t **message)
// {
//     *message = malloc(sizeof **message);
//     if (*message == NULL)
//         return ENOMEM;
//     zmq_msg_init(*message);
//     int error = core_receive(socket, *message, flags);
//     *data = zmq_msg_data(*message);
//     *size = zmq_msg_size(*message);
//     if (error != 0)
//         core_message_free(*message);
//     return error;
// }
import "C"

import (
	"syscall"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

func check(errno C.int) error {
	if errno == 0 {
		return nil
	}
	return libzmq.Errno(errno)
}

func socketOf(s *libzmq.Socket) *C.core_socket {
	if s == nil {
		return nil
	}
	return (*C.core_socket)(s.Pointer())
}

// Results of Owner that are not a thread.
const (
	NoThread    = uintptr(0)
	ManyThreads = uintptr(C.CORE_SHARED)
)

// Owner is the thread that owns a runtime.
func Owner(r *libzmq.Runtime) uintptr { return uintptr(C.owner(r.Pointer())) }

// Thread is the calling thread.
func Thread() uintptr { return uintptr(C.thread()) }

// HasBarrier reports whether a runtime can be taken from its owner.
func HasBarrier() bool { return C.core_has_barrier() != 0 }

// Send sends a message part without waiting (core_send).
func Send(s *libzmq.Socket, data []byte, flags int) error {
	return check(C.core_send(socketOf(s), unsafe.Pointer(unsafe.SliceData(data)), C.size_t(len(data)), C.int(flags)))
}

// A Message is a message part that was received; it is to be closed.
type Message struct {
	c       *C.zmq_msg_t
	Content []byte // until Close
}

// Receive receives a message part without waiting (core_receive).
func Receive(s *libzmq.Socket, flags int) (*Message, error) {
	var data unsafe.Pointer
	var size C.size_t
	message := &Message{}
	if err := check(C.receive(socketOf(s), C.int(flags), &data, &size, &message.c)); err != nil {
		return nil, err
	}
	if size > 0 {
		message.Content = unsafe.Slice((*byte)(data), int(size))
	}
	return message, nil
}

// More reports whether another part follows.
func (m *Message) More() bool { return C.zmq_msg_more(m.c) != 0 }

// Close frees the message.
func (m *Message) Close() { C.core_message_free(unsafe.Pointer(m.c)) }

// Refresh has libzmq process its socket's commands (core_refresh).
func Refresh(s *libzmq.Socket) { C.core_refresh(socketOf(s)) }

// A Poller is a core_poller.
type Poller struct{ c *C.core_poller }

// An Event is an event of a poller's entry.
type Event struct{ Index, Events int }

// NewPoller makes a poller, which is to be freed.
func NewPoller() (*Poller, error) {
	c := C.core_poller_new()
	if c == nil {
		return nil, syscall.ENOMEM
	}
	return &Poller{c}, nil
}

// Free frees the poller.
func (p *Poller) Free() { C.core_poller_free(p.c) }

// Size is how many entries there are.
func (p *Poller) Size() int { return int(p.c.used) }

// Find is the entry of a socket; -1 for none.
func (p *Poller) Find(s *libzmq.Socket) int { return int(C.core_poller_find(p.c, socketOf(s), 0)) }

// Add makes an entry, and returns its index.
func (p *Poller) Add(s *libzmq.Socket, events int) (int, error) {
	index := C.core_poller_find_free(p.c)
	if result, err := C.core_poller_add(p.c, index, socketOf(s), 0, C.int(events)); result != 0 {
		return 0, err
	}
	return int(index), nil
}

// Remove ends an entry.
func (p *Poller) Remove(index int) { C.core_poller_remove(p.c, C.int(index)) }

// Look finds at most limit events without waiting.
func (p *Poller) Look(limit int) ([]Event, error) {
	limit = min(limit, p.Size())
	if limit == 0 {
		return nil, nil
	}
	found, err := C.core_poller_look(p.c, p.c.found, C.int(limit))
	if found < 0 {
		return nil, err
	}
	events := make([]Event, found)
	for i, event := range unsafe.Slice(p.c.found, int(found)) {
		events[i] = Event{int(event.index), int(event.events)}
	}
	return events, nil
}

// How a wait ends (enum core_wait_result).
const (
	Ready       = int(C.CORE_WAIT_READY)
	TimedOut    = int(C.CORE_WAIT_TIMEOUT)
	Interrupted = int(C.CORE_WAIT_INTERRUPTED)
)

// Wait waits for a descriptor, or if that is -1 for a poller, at most milliseconds; -1: for ever (core_wait_for).
func Wait(r *libzmq.Runtime, descriptor int, p *Poller, milliseconds int) int {
	wait := C.core_wait{descriptor: C.int(descriptor), deadline: C.core_deadline(C.int(milliseconds))}
	if p != nil {
		wait.poller = p.c
	}
	return int(C.core_wait_for((*C.core_runtime)(r.Pointer()), &wait))
}

// WaitForSocket waits until a receive that found nothing is worth another try.
func WaitForSocket(r *libzmq.Runtime, s *libzmq.Socket, milliseconds int) int {
	result := Wait(r, int(socketOf(s).descriptor), nil, milliseconds)
	C.core_expect(socketOf(s))
	return result
}

// Terminate begins to terminate a context (core_context_terminate). descriptor becomes readable when that is done; -1:
// it is.
func Terminate(c *libzmq.Context) (descriptor int, err error) {
	var d C.int
	if result, err := C.core_context_terminate((*C.core_context)(c.Pointer()), &d); result != 0 {
		return -1, err
	}
	return int(d), nil
}
