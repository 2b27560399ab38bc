package jsglue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// errnoTexts are said instead of libzmq's, which are the system's and of something else.
var errnoTexts = map[int]string{
	int(libzmq.ENOTSOCK): "Socket is closed",
}

// explained is the exception for an error number, with the reason.
func explained(errno libzmq.Errno, format string, arguments ...any) *Error {
	e := errnoError(int(errno))
	e.Message += " (" + fmt.Sprintf(format, arguments...) + ")"
	return e
}

// explain is asError; to an exception with the error number it adds a reason.
func explain(err error, errno int, format string, arguments ...any) error {
	err = asError(err)
	if e, ok := err.(*Error); ok && e.Errno == errno {
		e.Message += " (" + fmt.Sprintf(format, arguments...) + ")"
	}
	return err
}

// isHostAndPort reports whether a text is "host:port", which lacks only a transport.
func isHostAndPort(text string) bool {
	host, port, ok := strings.Cut(text, ":")
	digits := strings.Trim(port, "0123456789")
	return ok && host != "" && !strings.ContainsAny(host, "/ \t\n") && port != "" && (digits == "" || port == "*")
}

// capabilityOf has, by transport, the capability (zmq_has) of a libzmq that is built with it.
var capabilityOf = map[string]string{
	"ipc": "ipc", "pgm": "pgm", "epgm": "pgm", "norm": "norm", "tipc": "tipc", "vmci": "vmci", "ws": "WS", "wss": "WSS",
}

// whyEndpointFails goes on from an endpoint; "" where libzmq's text tells it.
func whyEndpointFails(errno int, call, endpoint string) string {
	transport, address, hasTransport := strings.Cut(endpoint, "://")
	needed := capabilityOf[transport]
	switch {
	case errno == int(libzmq.EPROTONOSUPPORT) && needed != "" && !libzmq.Has(needed):
		return fmt.Sprintf("libzmq is built without %s; see zmq.has(%q)", transport, needed)
	case errno == int(libzmq.ENOENT) && call == "unbind":
		return "the socket is not bound there; last_endpoint is what a wildcard stands for"
	case errno == int(libzmq.ENOENT) && call == "disconnect":
		return "the socket is not connected there"
	case errno != int(libzmq.EINVAL):
	case isHostAndPort(endpoint):
		return "it needs a transport: tcp://" + endpoint
	case !hasTransport:
		return "it needs a transport, as tcp://127.0.0.1:5555 has"
	case address == "":
		return "it needs an address after " + transport + "://"
	case transport == "tcp" && !strings.Contains(address, ":"):
		return "it needs a port, as tcp://" + address + ":5555 has"
	}
	return ""
}

// The numbers of socket types.
const (
	pubType     = libzmq.PUB
	subType     = libzmq.SUB
	requestType = libzmq.REQ
	replyType   = libzmq.REP
	pullType    = libzmq.PULL
	pushType    = libzmq.PUSH
	serverType  = libzmq.SERVER
	radioType   = libzmq.RADIO
	dishType    = libzmq.DISH
	dgramType   = libzmq.DGRAM
	peerType    = libzmq.PEER
)

// whyTransferFails is why a socket refuses to send or to receive; "" where libzmq's text
// tells it.
func whyTransferFails(errno, socketType int, sends bool) string {
	switch {
	case errno == int(libzmq.ENOTSUP) && sends && (socketType == subType || socketType == pullType):
		return fmt.Sprintf("a %s cannot send", libzmq.TypeName(socketType))
	case errno == int(libzmq.ENOTSUP) && !sends && (socketType == pubType || socketType == pushType):
		return fmt.Sprintf("a %s cannot receive", libzmq.TypeName(socketType))
	case libzmq.IsDraft(socketType):
		return whyDraftFails(errno, socketType, sends)
	case errno != int(libzmq.EFSM):
	case socketType == requestType && sends:
		return "a REQ receives the reply before it sends again"
	case socketType == requestType:
		return "a REQ sends a request before it receives"
	case socketType == replyType && sends:
		return "a REP receives a request before it sends"
	case socketType == replyType:
		return "a REP sends the reply before it receives again"
	}
	return ""
}

// refusedSend is asError for an operation that sends.
func refusedSend(c *Call, err error) error { return refusedTransfer(c, err, true) }

// refusedReceive is asError for an operation that receives.
func refusedReceive(c *Call, err error) error { return refusedTransfer(c, err, false) }

func refusedTransfer(c *Call, err error, sends bool) error {
	err = asError(err)
	e, isError := err.(*Error)
	socket, isSocket := c.This.(*Socket)
	if isError && isSocket {
		if why := whyTransferFails(e.Errno, socket.zmq.Type(), sends); why != "" {
			e.Message += " (" + c.function.Name + ": " + why + ")"
		}
	}
	return err
}

// optionTypes are the socket types that take an option, where not all do.
var optionTypes = map[string][]string{
	"SUBSCRIBE":              {"SUB"},
	"UNSUBSCRIBE":            {"SUB"},
	"ROUTER_MANDATORY":       {"REP", "ROUTER"},
	"ROUTER_RAW":             {"REP", "ROUTER"},
	"ROUTER_HANDOVER":        {"REP", "ROUTER"},
	"ROUTER_NOTIFY":          {"REP", "ROUTER"},
	"PROBE_ROUTER":           {"REQ", "REP", "DEALER", "ROUTER"},
	"CONNECT_ROUTING_ID":     {"REP", "ROUTER", "STREAM"},
	"REQ_CORRELATE":          {"REQ"},
	"REQ_RELAXED":            {"REQ"},
	"STREAM_NOTIFY":          {"STREAM"},
	"XPUB_VERBOSE":           {"PUB", "XPUB"},
	"XPUB_VERBOSER":          {"PUB", "XPUB"},
	"XPUB_NODROP":            {"PUB", "XPUB"},
	"XPUB_MANUAL":            {"PUB", "XPUB"},
	"XPUB_MANUAL_LAST_VALUE": {"PUB", "XPUB"},
	"XPUB_WELCOME_MSG":       {"PUB", "XPUB"},
	"ONLY_FIRST_SUBSCRIBE":   {"PUB", "XPUB", "XSUB"},
}

// takes reports whether sockets of a type have the option; if not, it names those that do: "a SUB".
func (o *Option) takes(socketType int) (which string, ok bool) {
	types := optionTypes[o.Name]
	if types == nil || slices.Contains(types, libzmq.TypeName(socketType)) {
		return "", true
	}
	last := len(types) - 1
	if last == 0 {
		return types[0], false
	}
	return strings.Join(types[:last], ", ") + " or " + types[last], false
}
