package libzmq

// #include "socket.h"
// #include "wait.h"
import "C"

// Now is the monotonic clock in nanoseconds.
func Now() int64 { return int64(C.core_now()) }

// LastClosed is the time, as of Now, when the last socket was closed or context terminated; 0 if
// none was. Their descriptors become free some time later, since libzmq's threads close them.
func LastClosed() int64 { return int64(C.core_last_closed()) }
