package jsglue

import (
	"encoding/binary"
	"fmt"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

var receiveEventMethod = &Function{
	Name:       "recv_event",
	Parameters: []Parameter{{Name: "flags", Type: Integer, Optional: true}},
	Returns:    "MonitorEvent | undefined",
	Summary:    "Receives an event of a monitor, on the PAIR socket that is connected to it.",
	run: onSocket(func(s *Socket, c *Call) (Data, error) {
		return s.receiveEvent(c, c.flags(0))
	}),
}

// An event has two parts: its number in 16 bits and its value in 32, and the endpoint.
const monitorEventSize = 6

var monitorEventNames = []string{"event", "value", "endpoint", "name", "text"}

// Events that tell of something else than an error number.
const (
	monitorStopped          = 0x0400 // ZMQ_EVENT_MONITOR_STOPPED
	handshakeFailedProtocol = 0x2000 // ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL
	handshakeFailedAuth     = 0x4000 // ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
)

// failures are those that tell of an error number: what was to be bound, accepted or closed,
// and a handshake.
const failures = 0x0010 | 0x0040 | 0x0100 | 0x0800

// textOf is what an event's value means, if it is the reason of a failure.
func textOf(event, value int) string {
	switch {
	case event == handshakeFailedProtocol:
		return nameOf(protocolErrorPrefix, value)
	case event == handshakeFailedAuth:
		return fmt.Sprintf("refused with status %d", value)
	case event&failures != 0:
		return libzmq.Errno(value).Error()
	}
	return ""
}

func (s *Socket) receiveEvent(c *Call, flags int) (Data, error) {
	parts, err := s.receiveMultipart(c, flags)
	if err != nil || parts.Kind == Undefined {
		return Data{}, err
	}
	defer parts.Release()
	if len(parts.Elements) != 2 || len(parts.Elements[0].Content()) != monitorEventSize {
		return Data{}, c.function.typeErrorf("the message is not an event of a monitor. It is lost")
	}
	content := parts.Elements[0].Content()
	event, value := int(binary.NativeEndian.Uint16(content)), int(binary.NativeEndian.Uint32(content[2:]))
	return Data{Kind: Object, Names: monitorEventNames, Elements: []Data{
		number(event),
		size(value),
		text(string(parts.Elements[1].Content())),
		text(nameOf(eventPrefix, event)),
		text(textOf(event, value)),
	}}, nil
}
