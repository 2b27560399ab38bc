package libzmq

// #include "core.h"
import "C"

import (
	_ "unsafe" // for go:linkname

	"github.com/pebbe/zmq4"
)

// zmq4 refuses every libzmq except the version that it was compiled with and a few others. But
// libzmq may be a host's, and 4.2 has all functions that are used here.
//
//go:linkname refusal github.com/pebbe/zmq4.initVersionError
var refusal error

// refused is whether zmq4 refused this libzmq. It has then not made its default context.
var refused = refusal != nil

func init() {
	if major, minor, _ := Version(); major == 4 && minor >= 2 {
		refusal = nil
	}
}

// EndDefaultContext ends the context that zmq4 makes for programs that have none of their own
// (zmq_ctx_term). It is for a process in which nothing else uses zmq4: leak checkers would report
// that context, for they do not look for pointers in Go's memory.
func EndDefaultContext() {
	if !refused {
		_ = zmq4.Term() // no socket is in it; where it cannot be ended, it stays
	}
}

// Version is libzmq's (zmq_version).
func Version() (major, minor, patch int) {
	var version [3]C.int
	C.zmq_version(&version[0], &version[1], &version[2])
	return int(version[0]), int(version[1]), int(version[2])
}
