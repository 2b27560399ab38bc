package jsglue

import (
	"fmt"
	"strings"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// Group is the name of a group: text, or bytes where it is none.
const Group = Text | 1<<Bytes

// Destination is where a message goes: a routing id or a group.
const Destination = Number | Group

var sendToMethod = &Function{
	Name: "send_to",
	Parameters: []Parameter{
		{Name: "destination", Type: Destination},
		{Name: "data", Type: Sendable},
		{Name: "flags", Type: Integer, Optional: true},
	},
	Returns: "number | undefined",
	Summary: "Sends a message to one peer of a SERVER or PEER, by its routing id (zmq_msg_set_routing_id), " +
		"or to a group of a RADIO (zmq_msg_set_group).",
	explainErrno: func(c *Call, err error) error {
		if socket, ok := c.This.(*Socket); ok && !socket.zmq.SendsTo() {
			return explain(err, int(libzmq.ENOTSUP), "send_to: a %s sends to no destination; SERVER, PEER and RADIO do", libzmq.TypeName(socket.zmq.Type()))
		}
		return refusedSend(c, err)
	},
	refuse: func(c *Call) error {
		if err := c.refuseDestination(); err != nil {
			return err
		}
		return c.refuseData(1)
	},
}

// refuseDestination explains why the first argument is no destination of the socket.
func (c *Call) refuseDestination() error {
	destination := &c.Arguments[0]
	socket, _ := c.This.(*Socket)
	isGroup := Group&(1<<destination.Kind) != 0
	switch {
	case isGroup:
		if err := c.refuseGroup(); err != nil {
			return err
		}
	case destination.Kind == Double || destination.Int < 1: // every other int is one
		if id := destination.Number; !integral(id) || id < 1 || id > 1<<32-1 {
			return c.function.rangeErrorf("destination must be a routing id, from 1 to 4294967295, not %s", destination.literal())
		}
	}
	if socket == nil {
		return nil
	}
	switch socketType := socket.zmq.Type(); {
	case socketType == radioType && !isGroup:
		return c.function.typeErrorf("destination must be a group, a string or bytes, for a RADIO, not a number")
	case socketType != radioType && isGroup:
		return c.function.typeErrorf("destination must be a routing id, a number, for a %s, not %s", libzmq.TypeName(socketType), destination.describe())
	}
	return nil
}

// group is the first argument as a group.
func (c *Call) group() string {
	if argument := &c.Arguments[0]; argument.Kind == Bytes {
		return string(argument.Bytes)
	}
	return c.Arguments[0].Text
}

// refuseGroup explains why the first argument is no group.
func (c *Call) refuseGroup() error {
	name := c.function.Parameters[0].Name
	group := c.group()
	if len(group) > libzmq.GroupMaximum {
		return c.function.rangeErrorf("%s must have at most %d bytes, not %d", name, libzmq.GroupMaximum, len(group))
	}
	if strings.IndexByte(group, 0) >= 0 {
		return c.function.typeErrorf("%s must not contain a NUL: %q", name, group)
	}
	return nil
}

func groupMethod(name, summary, refusal string, kind TraceKind, operation func(*libzmq.Socket, string) error) *Function {
	return &Function{
		Name:       name,
		Parameters: []Parameter{{Name: "group", Type: Group}},
		Returns:    "0",
		Summary:    summary,
		run: onSocket(func(s *Socket, c *Call) (Data, error) {
			if err := c.refuseGroup(); err != nil {
				return Data{}, err
			}
			err := operation(s.zmq, c.group())
			if err == nil {
				s.traceSubscription(kind, []byte(c.group()))
			}
			if s.zmq.Type() == dishType {
				return success, explain(err, int(libzmq.EINVAL), "%s: the socket has %s the group", name, refusal)
			}
			return success, explain(err, int(libzmq.ENOTSUP), "%s: a %s has no groups to join; a DISH has", name, libzmq.TypeName(s.zmq.Type()))
		}),
	}
}

var (
	joinMethod  = groupMethod("join", "Makes a DISH receive the messages of a group (zmq_join).", "joined", TraceSubscribe, (*libzmq.Socket).Join)
	leaveMethod = groupMethod("leave", "Ends a join (zmq_leave).", "not joined", TraceUnsubscribe, (*libzmq.Socket).Leave)
)

var connectPeerMethod = &Function{
	Name:       "connect_peer",
	Parameters: []Parameter{{Name: "endpoint", Type: Text}},
	Returns:    "number",
	Summary:    "Connects a PEER to an endpoint, and returns the routing id of the peer there (zmq_connect_peer).",
	run: onSocket(func(s *Socket, c *Call) (Data, error) {
		endpoint, err := c.endpoint()
		if err != nil {
			return Data{}, err
		}
		var id uint32
		connect := guarded(ConnectOperation, func(socket *libzmq.Socket, endpoint string) error {
			id, err = socket.ConnectPeer(endpoint)
			return err
		})
		if err := connect(s.zmq, endpoint); err != nil {
			s.traceFailure(c.function.Name, endpoint, err)
			return Data{}, s.peerNotConnected(err, endpoint)
		}
		s.trace(TraceConnect, endpoint)
		return Data{Kind: Double, Number: float64(id)}, nil
	}),
}

// peerNotConnected says why a socket could not connect to a peer.
func (s *Socket) peerNotConnected(err error, endpoint string) error {
	if s.zmq.Type() != peerType {
		return explain(err, int(libzmq.ENOTSUP), "connect_peer: a %s has no routing ids; a PEER has", libzmq.TypeName(s.zmq.Type()))
	}
	if errno, ok := err.(libzmq.Errno); ok && errno == libzmq.EFAULT {
		return explain(err, int(libzmq.EFAULT), "connect_peer: the option IMMEDIATE must be 0")
	}
	return atEndpoint(err, "connect_peer", endpoint)
}

// whyDraftFails is whyTransferFails for the socket types of the draft API.
func whyDraftFails(errno, socketType int, sends bool) string {
	name := libzmq.TypeName(socketType)
	switch {
	case !sends && errno == int(libzmq.ENOTSUP):
		return fmt.Sprintf("a %s cannot receive", name)
	case !sends:
		return ""
	case errno == int(libzmq.EHOSTUNREACH):
		return "no peer has that routing id, or has it any more; send_to() names the peer that recv_message() tells"
	case errno == int(libzmq.ENOTCONN) && socketType == dgramType:
		return "a DGRAM is bound to an endpoint of udp before it sends"
	case errno == int(libzmq.EINVAL) && socketType == dgramType:
		return "a DGRAM sends two parts: the address, as 127.0.0.1:5555, and the packet"
	case errno == int(libzmq.EINVAL):
		return fmt.Sprintf("a %s sends no messages of several parts", name)
	case errno == int(libzmq.EMSGSIZE):
		return "by udp a packet has at most 8192 bytes, with its group and one more for a RADIO, and a group at most 127"
	case errno == int(libzmq.ENOTSUP):
		return fmt.Sprintf("a %s cannot send", name)
	}
	return ""
}
