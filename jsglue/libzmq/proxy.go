package libzmq

// #include <stdlib.h>
// #include "glue.h"
import "C"

import (
	"runtime"
	"syscall"
	"unsafe"
)

// A Proxy passes messages on between two sockets, as zmq_proxy does, but so that a call can
// wait as other calls do.
type Proxy struct {
	c      *C.glue_proxy
	poller *Poller // frontend, backend unless that is the same, and control if there is one
}

// NewProxy makes a proxy, which is to be closed; capture and control may be nil.
func NewProxy(frontend, backend, capture, control *Socket) (*Proxy, error) {
	for _, socket := range []*Socket{frontend, backend, capture, control} {
		if socket != nil && socket.Closed() {
			return nil, Errno(syscall.ENOTSOCK)
		}
	}
	poller, err := NewPoller()
	if err != nil {
		return nil, err
	}
	c := (*C.glue_proxy)(C.calloc(1, C.sizeof_glue_proxy))
	if c == nil {
		poller.Free()
		return nil, Errno(syscall.ENOMEM)
	}
	made := &Proxy{c, poller}
	made.c.sockets = [2]*C.glue_socket{frontend.c, backend.c}
	made.c.capture = capture.structure()
	runtime.SetFinalizer(made, (*Proxy).Close)
	for _, socket := range []*Socket{frontend, backend, control} {
		if socket == nil || poller.Find(socket, -1) >= 0 {
			continue
		}
		if err := poller.Add(poller.FindFree(), socket, -1, int(C.ZMQ_POLLIN)); err != nil {
			made.Close()
			return nil, err
		}
	}
	return made, nil
}

// Pass passes on what is there, unless the proxy pauses, and returns what to wait for then.
func (p *Proxy) Pass(paused bool) (*Wait, error) {
	p.c.events = [2]C.int{}
	if !paused {
		if err := check(C.glue_proxy_pass(p.c)); err != nil {
			return nil, err
		}
	}
	if p.c.sockets[0] == p.c.sockets[1] {
		p.poller.Modify(0, int(p.c.events[0]|p.c.events[1]))
	} else {
		p.poller.Modify(0, int(p.c.events[0]))
		p.poller.Modify(1, int(p.c.events[1]))
	}
	found, err := p.poller.Look(p.poller.Size())
	if err != nil {
		return nil, err
	}
	wait := &Wait{Poller: p.poller, Deadline: -1}
	if len(found) > 0 {
		wait.Deadline = Now() // it only gives way to who wants to interrupt
	}
	return wait, nil
}

// Statistics are those of zmq_proxy_steerable: messages and bytes received and sent by the
// frontend, and by the backend.
func (p *Proxy) Statistics() (numbers [8]uint64) {
	for i := range 2 {
		in, out := traffic(&p.c.received[i]), traffic(&p.c.sent[i])
		copy(numbers[4*i:], []uint64{in.Messages, in.Bytes, out.Messages, out.Bytes})
	}
	return numbers
}

// Close gives its memory back.
func (p *Proxy) Close() {
	runtime.SetFinalizer(p, nil)
	p.poller.Free()
	C.free(unsafe.Pointer(p.c))
}
