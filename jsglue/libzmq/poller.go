package libzmq

// #include "glue.h"
import "C"

import (
	"syscall"
	"unsafe"
)

// A Poller looks for events of sockets and descriptors. Each has an entry, with a
// number.
type Poller struct{ c *C.glue_poller }

// An Event is what an entry has.
type Event struct {
	Index      int
	Socket     bool // it is a socket's
	Descriptor int  // if not
	Events     int  // ZMQ_POLLIN and so on
}

// NewPoller makes a poller, which is to be freed.
func NewPoller() (*Poller, error) {
	c := C.glue_poller_new()
	if c == nil {
		return nil, Errno(syscall.ENOMEM)
	}
	return &Poller{c}, nil
}

// Pointer is the C structure (glue_poller *).
func (p *Poller) Pointer() unsafe.Pointer { return unsafe.Pointer(p.c) }

// Free gives memory and descriptor back. Any goroutine.
func (p *Poller) Free() { C.glue_poller_free(p.c) }

// Size is how many entries there are.
func (p *Poller) Size() int { return int(p.c.used) }

// Find is the entry of a socket, or if that is nil of a descriptor; -1 for none.
func (p *Poller) Find(s *Socket, descriptor int) int {
	return int(C.glue_poller_find(p.c, s.structure(), C.int(descriptor)))
}

// FindFree is the number that a new entry gets.
func (p *Poller) FindFree() int { return int(C.glue_poller_find_free(p.c)) }

// FindClosed is an entry whose socket is closed; -1 for none.
func (p *Poller) FindClosed() int { return int(C.glue_poller_find_closed(p.c)) }

// FindUsed is the first entry; -1 for none.
func (p *Poller) FindUsed() int { return int(C.glue_poller_find_used(p.c)) }

// Add makes the entry of a socket, or if that is nil of a descriptor.
func (p *Poller) Add(index int, s *Socket, descriptor, events int) error {
	result, err := C.glue_poller_add(p.c, C.int(index), s.structure(), C.int(descriptor), C.int(events))
	if result != 0 {
		return asErrno(err)
	}
	return nil
}

// Modify changes the events that an entry looks for.
func (p *Poller) Modify(index, events int) { C.glue_poller_modify(p.c, C.int(index), C.int(events)) }

// Remove ends an entry.
func (p *Poller) Remove(index int) { C.glue_poller_remove(p.c, C.int(index)) }

// SetUnclean tells whether slots of the instance are still to be emptied.
func (p *Poller) SetUnclean(unclean bool) {
	p.c.unclean = 0
	if unclean {
		p.c.unclean = 1
	}
}

// Look finds at most limit events without waiting. No socket may be closed.
func (p *Poller) Look(limit int) ([]Event, error) {
	limit = min(limit, p.Size())
	if limit == 0 {
		return nil, nil
	}
	found, err := C.glue_poller_look(p.c, p.c.found, C.int(limit))
	if found < 0 {
		return nil, asErrno(err)
	}
	events := make([]Event, found)
	for i, event := range unsafe.Slice(p.c.found, int(found)) {
		events[i] = Event{int(event.index), event.is_socket != 0, int(event.descriptor), int(event.events)}
	}
	return events, nil
}
