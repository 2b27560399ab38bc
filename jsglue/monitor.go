package jsglue

import (
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

const allMonitorEvents = libzmq.EventAll

var monitorMethod = &Function{
	Name: "monitor",
	Parameters: []Parameter{
		{Name: "endpoint", Type: Endpoint},
		{Name: "events", Type: Integer, Optional: true},
	},
	Returns: "Monitor | 0",
	Summary: "Reports the socket's events (default: EVENT_ALL) to the PAIR socket that connects to an inproc endpoint; null ends that (zmq_socket_monitor). Without an endpoint it makes a Monitor, which receives them.",
	run:     onSocket((*Socket).monitor),
}

// Endpoint is where a monitor reports; events in its place, or nothing, are for a Monitor.
const Endpoint Type = Text | 1<<Null | Integer | 1<<Undefined

func (s *Socket) monitor(c *Call) (Data, error) {
	switch c.Arguments[0].Kind {
	case Undefined:
		return s.newMonitor(c.events(1))
	case Int32:
		return s.newMonitor(c.events(0))
	case Null:
		return success, asError(s.zmq.Unmonitor())
	}
	endpoint, err := c.endpoint()
	if err != nil {
		return Data{}, err
	}
	if err := s.zmq.Monitor(endpoint, c.events(1)); err != nil {
		return Data{}, atEndpoint(err, "monitor", endpoint)
	}
	return success, nil
}

// events is an optional argument that says which events a monitor reports.
func (c *Call) events(argument int) int {
	if c.Arguments[argument].Kind != Int32 {
		return allMonitorEvents
	}
	return int(c.Arguments[argument].Int)
}

// A Monitor is the object behind a script's Monitor: the PAIR that receives a socket's events. It
// is closed with the last one.
type Monitor struct{ pair *Socket }

// Class is Monitor.
func (m *Monitor) Class() *Class { return monitorClass }

// Pointer is the C structure (core_socket *).
func (m *Monitor) Pointer() unsafe.Pointer { return m.pair.Pointer() }

// Finalize reports that the engine has dropped the instance. Any goroutine.
func (m *Monitor) Finalize() { m.pair.Finalize() }

func (s *Socket) newMonitor(events int) (Data, error) {
	pair, err := s.zmq.NewMonitor(events)
	if err != nil {
		return Data{}, whereEnded(err, "monitor")
	}
	return Data{Kind: Instance, Object: &Monitor{&Socket{zmq: pair}}}, nil
}

var monitorClass = &Class{
	Name:           "Monitor",
	ConstructError: "a Monitor is made by Socket.monitor(events?)",
}

var monitorMethods = []*Function{
	{
		Name:       "recv",
		Parameters: []Parameter{{Name: "flags", Type: Integer, Optional: true}},
		Returns:    "MonitorEvent | undefined",
		Summary:    "Receives an event; the last one is MONITOR_STOPPED, which closes the monitor.",
	},
	{
		Name:    "next",
		Returns: "IteratorResult<MonitorEvent, undefined>",
		Summary: "Receives an event for an iteration, which ends when RCVTIMEO has passed or the monitor is closed.",
	},
	{
		Name:    "@@iterator",
		Returns: "this",
		Summary: "The monitor itself.",
		run:     func(*Call) (Data, error) { return Data{Kind: This}, nil },
	},
	{
		Name:    "close",
		Returns: "0",
		Summary: "Ends the monitor; a second call does nothing.",
		run: onMonitor(func(m *Monitor, _ *Call) (Data, error) {
			return success, asError(m.pair.zmq.Close())
		}),
	},
	{
		Name:    "@@dispose",
		Returns: "void",
		Summary: "The same as close().",
		run: onMonitor(func(m *Monitor, _ *Call) (Data, error) {
			return Data{}, asError(m.pair.zmq.Close())
		}),
	},
	ofPair(setOptionMethod),
	ofPair(getOptionMethod("getsockopt", "string | number | bigint", "Reads an option (zmq_getsockopt).", anyOption)),
}

var monitorAccessors = []*Accessor{
	property("closed", "boolean", "Whether it is closed, by close() or by its last event."),
	property("fd", "number", "The descriptor that becomes readable when events may have come (ZMQ_FD)."),
	property("events", "number", "POLLIN if there is an event to receive (ZMQ_EVENTS)."),
	property("dropped", "number", "The number of events that were dropped because too many were waiting."),
}

func onMonitor(method func(*Monitor, *Call) (Data, error)) func(*Call) (Data, error) {
	return func(c *Call) (Data, error) { return method(c.This.(*Monitor), c) }
}

// ofPair is a method of sockets for the PAIR of a Monitor.
func ofPair(method *Function) *Function {
	made := *method
	made.run = func(c *Call) (Data, error) {
		monitor := c.This.(*Monitor)
		c.This = monitor.pair
		defer func() { c.This = monitor }()
		return method.run(c)
	}
	return &made
}
