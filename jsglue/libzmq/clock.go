package libzmq

// #include "socket.h"
// #include "wait.h"
import "C"

// Now is the monotonic clock in nanoseconds.
func Now() int64 { return int64(C.core_now()) }

// LastClosed is when a socket was closed last, or a context terminated, as Now counts; 0: never. Their descriptors are
// free some time later: libzmq's threads close them.
func LastClosed() int64 { return int64(C.core_last_closed()) }
