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

	TraceSubscribe   = libzmq.TraceSubscribe   // to Message: the option SUBSCRIBE, or join()
	TraceUnsubscribe = libzmq.TraceUnsubscribe // from Message: the option UNSUBSCRIBE, or leave()
	TraceFailed      = libzmq.TraceFailed      // a bind, connect or handshake has failed; Message is the reason
)

// A TraceEvent is a successful operation of a script on a socket, or a change that its kind
// names.
type TraceEvent struct {
	Kind       TraceKind
	SocketType int
	Socket     uint64 // unique in the process
	Endpoint   string
	Message    []byte // the whole message, topic, group or reason, borrowed for the call
	Flags      int    // of a send ZMQ_SNDMORE, of a receive ZMQ_MORE, of TraceFull those of the call
	Peers      int    // of TracePeers
}

// SetTracer sets the function that receives the trace events of every runtime of the process;
// nil ends tracing. It runs on the thread of the script's call; for TracePeers and failed handshakes
// it runs on a thread of the library.
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

// trace emits an event of a socket that has no message.
func (s *Socket) trace(kind TraceKind, endpoint string) { s.traceMessage(kind, endpoint, nil) }

// traceMessage emits an event of a socket.
func (s *Socket) traceMessage(kind TraceKind, endpoint string, message []byte) {
	if libzmq.Tracing() {
		libzmq.Trace(libzmq.TraceEvent{
			Kind:       kind,
			SocketType: s.zmq.Type(),
			Socket:     s.zmq.Number(),
			Endpoint:   endpoint,
			Message:    message,
		})
	}
}

// traceSubscription emits an event of a subscription, where nil is the topic that is in all messages.
func (s *Socket) traceSubscription(kind TraceKind, topic []byte) {
	if !libzmq.Tracing() { // most often: the endpoint is not copied then
		return
	}
	if topic == nil {
		topic = []byte{}
	}
	s.traceMessage(kind, s.zmq.Endpoint(), topic)
}

// traceFailure emits an event of a call that has failed at an endpoint.
func (s *Socket) traceFailure(call, endpoint string, err error) {
	s.traceMessage(TraceFailed, endpoint, []byte(call+": "+err.Error()))
}

// watchPeers traces the number of peers of a new socket, and failed handshakes. If its context is
// ending, the socket has no such events.
func (x *Context) watchPeers(s *Socket) {
	if !libzmq.Tracing() {
		return
	}
	event := libzmq.TraceEvent{Kind: TracePeers, SocketType: s.zmq.Type(), Socket: s.zmq.Number()}
	s.peers, _ = x.zmq.WatchPeers(s.zmq, func(count int) {
		event.Size = count
		libzmq.Trace(event)
	}, func(endpoint, reason string) {
		s.traceMessage(TraceFailed, endpoint, []byte("handshake: "+reason))
	})
}
