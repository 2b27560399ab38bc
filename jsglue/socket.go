package jsglue

import (
	"encoding/binary"
	"errors"
	"strings"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A Socket is the object behind a script's Socket.
type Socket struct {
	zmq   *libzmq.Socket
	peers *libzmq.Peers // for traces; or nil
}

// Class is Socket.
func (s *Socket) Class() *Class { return socketClass }

// Pointer is the C structure (core_socket *).
func (s *Socket) Pointer() unsafe.Pointer { return s.zmq.Pointer() }

// Finalize reports that the engine has dropped the instance: an open socket is closed
// with its own LINGER, in the background. Any goroutine.
func (s *Socket) Finalize() { s.zmq.Finalize() }

var socketClass = &Class{
	Name:           "Socket",
	ConstructError: "a Socket is made by Context.socket(type)",
}

var socketMethods = []*Function{
	{
		Name:       "close",
		Parameters: []Parameter{{Name: "linger", Type: Integer, Optional: true}},
		Returns:    "0",
		Summary:    "Closes the socket (zmq_close); linger, if given, becomes its LINGER first.",
		run: onSocket(func(s *Socket, c *Call) (Data, error) {
			return success, s.close(c)
		}),
	},
	{
		Name:    "@@dispose",
		Returns: "void",
		Summary: "The same as close().",
		run: onSocket(func(s *Socket, _ *Call) (Data, error) {
			return Data{}, s.end()
		}),
	},
	endpointMethod("bind", "Accepts connections at an endpoint (zmq_bind).", TraceBind, guarded(BindOperation, (*libzmq.Socket).Bind)),
	endpointMethod("connect", "Connects to an endpoint (zmq_connect).", TraceConnect, guarded(ConnectOperation, (*libzmq.Socket).Connect)),
	connectPeerMethod,
	endpointMethod("unbind", "Ends a bind (zmq_unbind).", TraceUnbind, (*libzmq.Socket).Unbind),
	endpointMethod("disconnect", "Ends a connect (zmq_disconnect).", TraceDisconnect, (*libzmq.Socket).Disconnect),
	sendMethod,
	sendToMethod,
	sendMultipartMethod,
	receiveMethod("recv", "Uint8Array", "Receives a message as bytes (zmq_recv).", nil),
	receiveMethod("recv_int", "number", "Receives a 32-bit integer.", wrongSize("a 32-bit integer", 4)),
	receiveMethod("recv_bigint", "bigint", "Receives a 64-bit integer.", wrongSize("a 64-bit integer", 8)),
	receiveMethod("recv_str", "string", "Receives a string.", nil),
	receiveMethod("recv_uint8ffarray", "Uint8Array", "Receives a message as bytes.", nil),
	receiveMultipartMethod,
	receiveIntoMethod,
	receiveMessageMethod,
	joinMethod,
	leaveMethod,
	monitorMethod,
	receiveEventMethod,
	setOptionMethod,
	getOptionMethod("getsockopt", "string | number | bigint", "Reads an option (zmq_getsockopt).", anyOption),
	getIntMethod,
	getOptionMethod("getsockopt_bigint", "bigint", "Reads an option that is a 64-bit integer.", typedOption),
	getOptionMethod("getsockopt_str", "string", "Reads an option that is a string.", typedOption),
	getOptionMethod("getsockopt_uint8ffarray", "Uint8Array", "Reads an option as bytes.", bytesOption),
}

func (s *Socket) close(c *Call) error {
	if c.Arguments[0].Kind == Int32 && !s.zmq.Closed() {
		linger := binary.NativeEndian.AppendUint32(nil, uint32(c.Arguments[0].Int))
		err := s.zmq.SetOption(lingerOption, linger)
		// After shutdown() a socket takes no option (ETERM), but is to be closed all the same.
		if err != nil && !errors.Is(err, libzmq.ETERM) {
			return asError(err)
		}
	}
	return s.end()
}

// end closes the socket, if it is open.
func (s *Socket) end() error {
	if !s.zmq.Closed() {
		s.trace(TraceClose, s.zmq.Endpoint())
	}
	return asError(s.zmq.Close())
}

var socketAccessors = []*Accessor{
	property("closed", "boolean", "Whether close() was called."),
	property("type", "number", "The socket's type (ZMQ_TYPE), also after it was closed."),
	{Name: "last_endpoint", Get: &Function{
		Name:    "last_endpoint",
		Returns: "string",
		Summary: "The endpoint that was bound or connected last, with wildcards resolved (ZMQ_LAST_ENDPOINT); empty if there is none.",
		run: onSocket(func(s *Socket, _ *Call) (Data, error) {
			return s.textOption(lastEndpointOption)
		}),
	}},
	property("fd", "number", "The descriptor that becomes readable when events may have changed (ZMQ_FD)."),
	property("events", "number", "POLLIN if a message can be received, POLLOUT if one can be sent, or both (ZMQ_EVENTS)."),
	property("messages_sent", "number", "The number of messages sent; each part counts."),
	property("bytes_sent", "number", "How many bytes these have."),
	property("messages_received", "number", "The number of messages received; each part counts."),
	property("bytes_received", "number", "How many bytes these have."),
}

// property is a property that an operation reads.
func property(name, returns, summary string) *Accessor {
	return &Accessor{Name: name, Get: &Function{Name: name, Returns: returns, Summary: summary}}
}

func onSocket(method func(*Socket, *Call) (Data, error)) func(*Call) (Data, error) {
	return func(c *Call) (Data, error) { return method(c.This.(*Socket), c) }
}

// endpoint is the first argument, of which a copy can be kept: its memory is the
// engine's.
func (c *Call) endpoint() (string, error) {
	endpoint := strings.Clone(c.Arguments[0].Text)
	if strings.IndexByte(endpoint, 0) >= 0 {
		return "", c.function.typeErrorf("endpoint must not contain a NUL: %q", endpoint)
	}
	return endpoint, nil
}

func endpointMethod(name, summary string, kind TraceKind, operation func(*libzmq.Socket, string) error) *Function {
	return &Function{
		Name:       name,
		Parameters: []Parameter{{Name: "endpoint", Type: Text}},
		Returns:    "0",
		Summary:    summary,
		run: onSocket(func(s *Socket, c *Call) (Data, error) {
			endpoint, err := c.endpoint()
			if err != nil {
				return Data{}, err
			}
			if err := operation(s.zmq, endpoint); err != nil {
				if kind == TraceBind || kind == TraceConnect {
					s.traceFailure(name, endpoint, err)
				}
				return Data{}, atEndpoint(err, name, endpoint)
			}
			s.trace(kind, endpoint)
			if kind == TraceDisconnect {
				s.peers.Forget(endpoint)
			}
			return success, nil
		}),
	}
}
