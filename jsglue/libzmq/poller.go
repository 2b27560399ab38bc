package libzmq

// #include "poller.h"
import "C"

import (
	"unsafe"
)

// A Poller looks for events of sockets and descriptors.
type Poller struct{ c *C.core_poller }

// NewPoller makes a poller; Free frees it.
func NewPoller() (*Poller, error) {
	c := C.core_poller_new()
	if c == nil {
		return nil, ENOMEM
	}
	return &Poller{c}, nil
}

// Pointer is the C structure (core_poller *).
func (p *Poller) Pointer() unsafe.Pointer { return unsafe.Pointer(p.c) }

// Free frees memory and descriptor. Any goroutine.
func (p *Poller) Free() { C.core_poller_free(p.c) }
