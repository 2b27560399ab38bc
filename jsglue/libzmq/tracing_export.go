package libzmq

// #include "tracing.h"
import "C"

import "unsafe"

// core_trace_to_go passes an event to the function of SetTracer.
//
//export core_trace_to_go
func core_trace_to_go(event *C.zmqjs_trace_event) {
	function := tracer.Load()
	if function == nil {
		return
	}
	made := TraceEvent{
		Kind:       TraceKind(event.kind),
		SocketType: int(event.socket_type),
		Socket:     uint64(event.socket),
		Endpoint:   C.GoString(event.endpoint),
		Size:       int(event.size),
		Flags:      int(event.flags),
	}
	if event.data != nil {
		made.Message = unsafe.Slice((*byte)(event.data), made.Size)
	}
	(*function)(made)
}
