package jsglue

import "github.com/zmqjs/zmqjs/jsglue/libzmq"

// A TraceKind is the kind of a trace event: a number of enum zmqjs_trace_kind in zmqjs.h.
type TraceKind = libzmq.TraceKind

// The kinds of trace events.
const (
	TraceSocket     = libzmq.TraceSocket
	TraceBind       = libzmq.TraceBind
	TraceUnbind     = libzmq.TraceUnbind
	TraceConnect    = libzmq.TraceConnect
	TraceDisconnect = libzmq.TraceDisconnect
	TraceSend       = libzmq.TraceSend
	TraceReceive    = libzmq.TraceReceive
	TraceClose      = libzmq.TraceClose
	TracePeers      = libzmq.TracePeers // the number of connected peers has changed
	TraceFull       = libzmq.TraceFull  // a message could not be sent at once
)

// A TraceEvent is a successful operation of a script on a socket, or a change that its kind
// names.
type TraceEvent struct {
	Kind       TraceKind
	SocketType int
	Socket     uint64 // unique in the process
	Endpoint   string
	Message    []byte // the whole message, borrowed for the call
	Flags      int    // of a send ZMQ_SNDMORE, of a receive ZMQ_MORE, of TraceFull those of the call
	Peers      int    // of TracePeers
}

// SetTracer sets the function that receives the trace events of every runtime of the process;
// nil ends tracing. It runs on the thread of the script's call; for TracePeers it runs on a
// thread of the library.
func SetTracer(function func(TraceEvent)) {
	if function == nil {
		libzmq.SetTracer(nil)
		return
	}
	libzmq.SetTracer(func(event libzmq.TraceEvent) {
		made := TraceEvent{
			Kind:       event.Kind,
			SocketType: event.SocketType,
			Socket:     event.Socket,
			Endpoint:   event.Endpoint,
			Message:    event.Message,
			Flags:      event.Flags,
		}
		if made.Kind == TracePeers {
			made.Peers = event.Size
		}
		function(made)
	})
}

// trace emits an event of a socket that carries no message.
func (s *Socket) trace(kind TraceKind, endpoint string) {
	if libzmq.Tracing() {
		libzmq.Trace(libzmq.TraceEvent{
			Kind:       kind,
			SocketType: s.zmq.Type(),
			Socket:     s.zmq.Number(),
			Endpoint:   endpoint,
		})
	}
}

// watchPeers traces how many peers a new socket has. A socket of which that cannot be told
// (its context ends just now) has no such events.
func (x *Context) watchPeers(s *Socket) {
	if !libzmq.Tracing() {
		return
	}
	event := libzmq.TraceEvent{Kind: TracePeers, SocketType: s.zmq.Type(), Socket: s.zmq.Number()}
	s.peers, _ = x.zmq.WatchPeers(s.zmq, func(count int) {
		event.Size = count
		libzmq.Trace(event)
	})
}
