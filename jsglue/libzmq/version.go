package libzmq

// #include "core.h"
import "C"

import _ "unsafe" // for go:linkname

// zmq4 refuses every libzmq that is not the very version it was compiled with, or a few
// others. But the libzmq may be a host's, and what is used of it here is all in 4.2.
//
//go:linkname refusal github.com/pebbe/zmq4.initVersionError
var refusal error

func init() {
	if major, minor, _ := Version(); major == 4 && minor >= 2 {
		refusal = nil
	}
}

// Version is libzmq's (zmq_version).
func Version() (major, minor, patch int) {
	var version [3]C.int
	C.zmq_version(&version[0], &version[1], &version[2])
	return int(version[0]), int(version[1]), int(version[2])
}
