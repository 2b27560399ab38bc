package jsglue

import "sync/atomic"

// A TraceKind says what a trace event tells of. The numbers are those of enum
// zmqjs_trace_kind in zmqjs.h.
type TraceKind uint32

// The kinds of trace events.
const (
	TraceSocket TraceKind = iota
	TraceBind
	TraceUnbind
	TraceConnect
	TraceDisconnect
	TraceSend
	TraceReceive
	TraceClose
)

const moreFlag = 1 // ZMQ_MORE

// A TraceEvent is something that a script did with a socket, and that succeeded.
type TraceEvent struct {
	Kind       TraceKind
	SocketType int
	Socket     uint64 // unique in the process
	Endpoint   string
	Message    []byte // the whole message, borrowed for the call
	Flags      int
}

var tracer atomic.Pointer[func(TraceEvent)]

// SetTracer sets the function that sees what every runtime of the process does with
// its sockets; nil ends it. It runs on the goroutine of the script's call.
func SetTracer(function func(TraceEvent)) {
	if function == nil {
		tracer.Store(nil)
		return
	}
	tracer.Store(&function)
}

func tracing() bool { return tracer.Load() != nil }

func trace(kind TraceKind, s *Socket, endpoint string, message []byte, flags int) {
	if tracing() {
		emit(TraceEvent{
			Kind:       kind,
			SocketType: s.zmq.Type(),
			Socket:     s.zmq.Number(),
			Endpoint:   endpoint,
			Message:    message,
			Flags:      flags,
		})
	}
}

func emit(event TraceEvent) {
	if function := tracer.Load(); function != nil {
		(*function)(event)
	}
}
