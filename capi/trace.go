package main

// #include <stdlib.h>
// #include "capi.h"
import "C"

import (
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/sysmon"
)

// How much of a message a trace event shows, in bytes.
const tracedBytes = 64

//export goTrace
func goTrace(on C.int) {
	sysmon.Touch()
	if on == 0 {
		jsglue.SetTracer(nil)
		return
	}
	jsglue.SetTracer(emit)
}

func emit(event jsglue.TraceEvent) {
	endpoint := C.CString(event.Endpoint)
	defer C.free(unsafe.Pointer(endpoint))
	c := C.zmqjs_trace_event{
		kind:        C.uint32_t(event.Kind),
		socket_type: C.int32_t(event.SocketType),
		socket:      C.uint64_t(event.Socket),
		endpoint:    endpoint,
		size:        C.size_t(len(event.Message)),
		flags:       C.int32_t(event.Flags),
	}
	switch event.Kind {
	case jsglue.TracePeers:
		c.size = C.size_t(event.Peers)
	case jsglue.TraceSend, jsglue.TraceReceive:
		first := C.CBytes(event.Message[:min(len(event.Message), tracedBytes)])
		defer C.free(first)
		c.data = first
		c.data_length = C.size_t(min(len(event.Message), tracedBytes))
	}
	C.trace_emit(&c)
}
