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
	TracePeers // the number of peers that it is connected with has changed
	TraceFull  // a message could not be sent at once
)

const moreFlag = 1 // ZMQ_MORE

// A TraceEvent is something that a script did with a socket, and that succeeded; or what
// its kind says.
type TraceEvent struct {
	Kind       TraceKind
	SocketType int
	Socket     uint64 // unique in the process
	Endpoint   string
	Message    []byte // the whole message, borrowed for the call
	Flags      int    // of a send ZMQ_SNDMORE, of a receive ZMQ_MORE, of TraceFull those of the call
	Peers      int    // of TracePeers
}

var tracer atomic.Pointer[func(TraceEvent)]

// SetTracer sets the function that sees what every runtime of the process does with
// its sockets; nil ends it. It runs on the goroutine of the script's call, TracePeers on one
// of its own.
func SetTracer(function func(TraceEvent)) {
	if function == nil {
		tracer.Store(nil)
		return
	}
	tracer.Store(&function)
}

func tracing() bool { return tracer.Load() != nil }

func trace(kind TraceKind, s *Socket, endpoint string, message []byte, flags int) {
	if tracing() && !s.inner {
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

// traceHere is trace at the endpoint that the socket was bound or connected to last.
func traceHere(kind TraceKind, s *Socket, message []byte, flags int) {
	if tracing() {
		trace(kind, s, s.zmq.Endpoint(), message, flags)
	}
}

func emit(event TraceEvent) {
	if function := tracer.Load(); function != nil {
		(*function)(event)
	}
}

// watchPeers traces how many peers a new socket has. A socket of which that cannot be told
// (its context ends just now) has no such events.
func (x *Context) watchPeers(s *Socket) {
	if tracing() {
		event := TraceEvent{Kind: TracePeers, SocketType: s.zmq.Type(), Socket: s.zmq.Number()}
		s.peers, _ = x.zmq.WatchPeers(s.zmq, func(count int) {
			event.Peers = count
			emit(event)
		})
	}
}
