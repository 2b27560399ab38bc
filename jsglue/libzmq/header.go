package libzmq

// #include <zmq.h>
// #include "zmq_draft.h"
import "C"

// Types of sockets, with the names in zmq.h.
const (
	PUB     = int(C.ZMQ_PUB)
	SUB     = int(C.ZMQ_SUB)
	REQ     = int(C.ZMQ_REQ)
	REP     = int(C.ZMQ_REP)
	PULL    = int(C.ZMQ_PULL)
	PUSH    = int(C.ZMQ_PUSH)
	SERVER  = int(C.ZMQ_SERVER) // the first one of the draft API
	RADIO   = int(C.ZMQ_RADIO)
	DISH    = int(C.ZMQ_DISH)
	DGRAM   = int(C.ZMQ_DGRAM)
	PEER    = int(C.ZMQ_PEER)
	CHANNEL = int(C.ZMQ_CHANNEL) // the last one
)

// Options of sockets.
const (
	SUBSCRIBE    = int(C.ZMQ_SUBSCRIBE)
	UNSUBSCRIBE  = int(C.ZMQ_UNSUBSCRIBE)
	FD           = int(C.ZMQ_FD)
	EVENTS       = int(C.ZMQ_EVENTS)
	LINGER       = int(C.ZMQ_LINGER)   // milliseconds
	RCVTIMEO     = int(C.ZMQ_RCVTIMEO) // milliseconds
	SNDTIMEO     = int(C.ZMQ_SNDTIMEO) // milliseconds
	LastEndpoint = int(C.ZMQ_LAST_ENDPOINT)
)

// EventAll is all events of a monitor.
const EventAll = int(C.ZMQ_EVENT_ALL)
