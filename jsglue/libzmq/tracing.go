package libzmq

// #include <stdlib.h>
// #include "tracing.h"
// void core_trace_to_go(const zmqjs_trace_event *event);
// static void set_tracer(int on) { atomic_store(&core_tracing, on ? core_trace_to_go : NULL); }
// static int is_tracing(void) { return core_is_tracing(); }
// static void emit(zmqjs_trace_event *event)
// {
//     core_tracer *tracer = atomic_load(&core_tracing);
//     if (tracer != NULL)
//         tracer(event);
// }
import "C"

import (
	"sync/atomic"
	"unsafe"
)

// A TraceKind is the kind of a trace event (enum zmqjs_trace_kind).
type TraceKind uint32

// The kinds of trace events.
const (
	TraceSocket     = TraceKind(C.ZMQJS_TRACE_SOCKET)
	TraceBind       = TraceKind(C.ZMQJS_TRACE_BIND)
	TraceUnbind     = TraceKind(C.ZMQJS_TRACE_UNBIND)
	TraceConnect    = TraceKind(C.ZMQJS_TRACE_CONNECT)
	TraceDisconnect = TraceKind(C.ZMQJS_TRACE_DISCONNECT)
	TraceSend       = TraceKind(C.ZMQJS_TRACE_SEND)
	TraceReceive    = TraceKind(C.ZMQJS_TRACE_RECEIVE)
	TraceClose      = TraceKind(C.ZMQJS_TRACE_CLOSE)
	TracePeers      = TraceKind(C.ZMQJS_TRACE_PEERS)
	TraceFull       = TraceKind(C.ZMQJS_TRACE_FULL)

	TraceSubscribe   = TraceKind(C.ZMQJS_TRACE_SUBSCRIBE)
	TraceUnsubscribe = TraceKind(C.ZMQJS_TRACE_UNSUBSCRIBE)
	TraceFailed      = TraceKind(C.ZMQJS_TRACE_FAILED)
)

// A TraceEvent is a zmqjs_trace_event.
type TraceEvent struct {
	Kind       TraceKind
	SocketType int
	Socket     uint64 // unique in the process
	Endpoint   string
	Message    []byte // the whole message, topic, group or reason, borrowed for the call
	Size       int    // of Message, or the number of peers
	Flags      int
}

var tracer atomic.Pointer[func(TraceEvent)]

// SetTracer sets the function that receives trace events in place of any other one; nil ends
// tracing.
func SetTracer(function func(TraceEvent)) {
	if function == nil {
		C.set_tracer(0)
		return
	}
	tracer.Store(&function)
	C.set_tracer(1)
}

// Tracing reports whether trace events are received.
func Tracing() bool { return C.is_tracing() != 0 }

// Trace emits an event. If it has a Message, Size is not used.
func Trace(event TraceEvent) {
	endpoint := C.CString(event.Endpoint)
	defer C.free(unsafe.Pointer(endpoint))
	emitted := C.zmqjs_trace_event{
		kind:        C.uint32_t(event.Kind),
		socket_type: C.int32_t(event.SocketType),
		socket:      C.uint64_t(event.Socket),
		endpoint:    endpoint,
		size:        C.size_t(event.Size),
		flags:       C.int32_t(event.Flags),
	}
	if event.Message != nil {
		emitted.data = C.CBytes(event.Message)
		defer C.free(emitted.data)
		emitted.size = C.size_t(len(event.Message))
		emitted.data_length = min(emitted.size, C.CORE_TRACE_SHOWN)
	}
	C.emit(&emitted)
}
