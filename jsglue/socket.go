package jsglue

import (
	"fmt"
	"strings"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A Socket is what a script's Socket refers to.
type Socket struct {
	zmq      *libzmq.Socket
	endpoint string // the last one that was bound or connected, for traces
}

// Pointer is the C structure (glue_socket *).
func (s *Socket) Pointer() unsafe.Pointer { return s.zmq.Pointer() }

// Disown tells that the engine has dropped the instance: an open socket is closed
// with its own LINGER, in the background. Any goroutine.
func (s *Socket) Disown() { s.zmq.Disown() }

var socketClass = &Class{
	Name:           "Socket",
	ConstructError: "a Socket is made by Context.socket(type)",
}

var socketMethods = []*Function{
	{
		Name:    "close",
		Returns: "0",
		Summary: "Closes the socket (zmq_close).",
		run: onSocket(func(s *Socket, _ *Call) (Data, error) {
			if !s.zmq.Closed() {
				trace(TraceClose, s, s.endpoint, nil, 0)
			}
			return success, asError(s.zmq.Close())
		}),
	},
	endpointMethod("bind", "Accepts connections at an endpoint (zmq_bind).", TraceBind, (*libzmq.Socket).Bind),
	endpointMethod("connect", "Connects to an endpoint (zmq_connect).", TraceConnect, (*libzmq.Socket).Connect),
	endpointMethod("unbind", "Ends a bind (zmq_unbind).", TraceUnbind, (*libzmq.Socket).Unbind),
	endpointMethod("disconnect", "Ends a connect (zmq_disconnect).", TraceDisconnect, (*libzmq.Socket).Disconnect),
	sendMethod,
	receiveMethod("recv", "Uint8Array", "Receives a message as bytes (zmq_recv).", asBytes),
	receiveMethod("recv_int", "number", "Receives a 32-bit integer.", asInt),
	receiveMethod("recv_bigint", "bigint", "Receives a 64-bit integer.", asBigInt),
	receiveMethod("recv_str", "string", "Receives a string.", asString),
	receiveMethod("recv_uint8ffarray", "Uint8Array", "Receives a message as bytes.", asBytes),
	setOptionMethod,
	getOptionMethod("getsockopt", "string | number | bigint", "Reads an option (zmq_getsockopt).", anyOption),
	getOptionMethod("getsockopt_int", "number", "Reads an option that is a 32-bit integer.", intOption),
	getOptionMethod("getsockopt_bigint", "bigint", "Reads an option that is a 64-bit integer.", bigIntOption),
	getOptionMethod("getsockopt_str", "string", "Reads an option that is a string.", stringOption),
	getOptionMethod("getsockopt_uint8ffarray", "Uint8Array", "Reads an option as bytes.", bytesOption),
}

func onSocket(method func(*Socket, *Call) (Data, error)) func(*Call) (Data, error) {
	return func(c *Call) (Data, error) { return method(c.This.(*Socket), c) }
}

func endpointMethod(name, summary string, kind TraceKind, operation func(*libzmq.Socket, string) error) *Function {
	function := &Function{
		Name:       name,
		Parameters: []Parameter{{Name: "endpoint", Type: Text}},
		Returns:    "0",
		Summary:    summary,
	}
	function.run = onSocket(func(s *Socket, c *Call) (Data, error) {
		// The argument's memory is the engine's; what is kept must be our own.
		endpoint := strings.Clone(c.Arguments[0].Text)
		if strings.IndexByte(endpoint, 0) >= 0 {
			return Data{}, function.typeErrorf("endpoint must not contain a NUL: %q", endpoint)
		}
		if err := operation(s.zmq, endpoint); err != nil {
			err = atEndpoint(err, endpoint)
			if e, ok := err.(*Error); ok {
				e.Message = fmt.Sprintf("%s (%s %s)", e.Message, name, endpoint)
			}
			return Data{}, err
		}
		if kind == TraceBind || kind == TraceConnect {
			s.endpoint = endpoint
		}
		trace(kind, s, endpoint, nil, 0)
		return success, nil
	})
	return function
}
