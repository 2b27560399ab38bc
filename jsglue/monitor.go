package jsglue

import (
	"encoding/binary"
	"syscall"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

const allMonitorEvents = 0xFFFF // ZMQ_EVENT_ALL

var monitorMethod = &Function{
	Name: "monitor",
	Parameters: []Parameter{
		{Name: "endpoint", Type: Text | 1<<Null},
		{Name: "events", Type: Integer, Optional: true},
	},
	Returns: "0",
	Summary: "Reports the socket's events (default: EVENT_ALL) to the PAIR socket that connects to an inproc endpoint; null ends that (zmq_socket_monitor).",
	run:     onSocket((*Socket).monitor),
}

func (s *Socket) monitor(c *Call) (Data, error) {
	endpoint, err := c.endpoint()
	if err != nil {
		return Data{}, err
	}
	if endpoint == "" && c.Arguments[0].Kind == String {
		return Data{}, atEndpoint(libzmq.Errno(syscall.EINVAL), "monitor", endpoint)
	}
	events := allMonitorEvents
	if c.Arguments[1].Kind == Int32 {
		events = int(c.Arguments[1].Int)
	}
	if err := s.zmq.Monitor(endpoint, events); err != nil {
		return Data{}, atEndpoint(err, "monitor", endpoint)
	}
	return success, nil
}

var receiveEventMethod = &Function{
	Name:       "recv_event",
	Parameters: []Parameter{{Name: "flags", Type: Integer, Optional: true}},
	Returns:    "MonitorEvent | undefined",
	Summary:    "Receives an event of a monitor, on the PAIR socket that is connected to it.",
	run:        onSocket((*Socket).receiveEvent),
}

// An event has two parts: its number in 16 bits and its value in 32, and the endpoint.
const monitorEventSize = 6

var monitorEventNames = []string{"event", "value", "endpoint"}

func (s *Socket) receiveEvent(c *Call) (Data, error) {
	parts, err := s.receiveMultipart(c)
	if err != nil || parts.Kind == Undefined {
		return Data{}, err
	}
	defer parts.Release()
	if len(parts.Elements) != 2 || len(parts.Elements[0].Content()) != monitorEventSize {
		return Data{}, c.function.typeErrorf("the message is not an event of a monitor. It is lost")
	}
	event := parts.Elements[0].Content()
	return Data{Kind: Object, Names: monitorEventNames, Elements: []Data{
		number(int(binary.NativeEndian.Uint16(event))),
		size(int(binary.NativeEndian.Uint32(event[2:]))),
		text(string(parts.Elements[1].Content())),
	}}, nil
}
