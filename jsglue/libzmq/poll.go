package libzmq

// #include <stdlib.h>
// #include "glue.h"
// static int poll_items(zmq_pollitem_t *items, int count, int *ready)
// {
//     *ready = GLUE_RETRY(zmq_poll(items, count, 0));
//     return *ready < 0 ? zmq_errno() : 0;
// }
import "C"

import "unsafe"

// PollItems is an array for zmq_poll, in C memory.
type PollItems struct {
	c        *C.zmq_pollitem_t
	count    int
	capacity int
}

func (p *PollItems) slice() []C.zmq_pollitem_t { return unsafe.Slice(p.c, p.capacity) }

// Reset empties the array and makes room for count items, and for the one that a
// wait adds.
func (p *PollItems) Reset(count int) {
	p.count = 0
	if count+1 <= p.capacity {
		return
	}
	p.Free()
	p.capacity = 2 * (count + 1)
	p.c = (*C.zmq_pollitem_t)(C.calloc(C.size_t(p.capacity), C.sizeof_zmq_pollitem_t))
}

// Add adds a socket that is open, with the events to look for.
func (p *PollItems) Add(s *Socket, events int) {
	p.slice()[p.count] = C.zmq_pollitem_t{socket: s.c.socket, events: C.short(events)}
	p.count++
}

// AddDescriptor adds a descriptor of the system, with the events to look for.
func (p *PollItems) AddDescriptor(descriptor, events int) {
	p.slice()[p.count] = C.zmq_pollitem_t{fd: C.int(descriptor), events: C.short(events)}
	p.count++
}

// Poll looks at every item without waiting (zmq_poll with timeout 0) and returns how
// many have events.
func (p *PollItems) Poll() (int, error) {
	var ready C.int
	err := check(C.poll_items(p.c, C.int(p.count), &ready))
	return int(ready), err
}

// Events is what Poll has found at an item.
func (p *PollItems) Events(index int) int { return int(p.slice()[index].revents) }

// Free gives the memory back.
func (p *PollItems) Free() {
	C.free(unsafe.Pointer(p.c))
	*p = PollItems{}
}
