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

func init() {
	if refusal == nil {
		// zmq4 has made a context for programs that have none of their own. Nothing here uses it, and leak checkers
		// would report it, for they do not look for pointers in Go's memory.
		_ = zmq4.Term() // no socket is in it; where it cannot be ended, it stays
	} else if major, minor, _ := Version(); major == 4 && minor >= 2 {
		refusal = nil
	}
}

// Version is libzmq's (zmq_version).
func Version() (major, minor, patch int) {
	var version [3]C.int
	C.zmq_version(&version[0], &version[1], &version[2])
	return int(version[0]), int(version[1]), int(version[2])
}
