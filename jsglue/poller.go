package jsglue

import (
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A Poller is the object behind a script's Poller. The instance keeps its entries' sockets and user_data.
type Poller struct{ zmq *libzmq.Poller }

// Class is Poller.
func (p *Poller) Class() *Class { return pollerClass }

// Pointer is the C structure (core_poller *).
func (p *Poller) Pointer() unsafe.Pointer { return p.zmq.Pointer() }

// Finalize reports that the engine has dropped the instance. Any goroutine.
func (p *Poller) Finalize() { p.zmq.Free() }

var pollerClass = &Class{
	Name: "Poller",
	Constructor: &Function{
		Name:    "Poller",
		Returns: "Poller",
		Summary: "Makes a poller (zmq_poller_new).",
		run: func(*Call) (Data, error) {
			poller, err := libzmq.NewPoller()
			if err != nil {
				return Data{}, asError(err)
			}
			return Data{Kind: Instance, Object: &Poller{zmq: poller}}, nil
		},
	},
}

var (
	socketParameter  = Parameter{Name: "socket", Class: socketClass, Or: monitorClass, Type: Integer}
	eventsParameter  = Parameter{Name: "events", Type: Integer}
	countParameter   = Parameter{Name: "n_events", Type: Integer}
	timeoutParameter = Parameter{Name: "timeout", Type: Integer}
)

var pollerMethods = []*Function{
	{
		Name:    "size",
		Returns: "number",
		Summary: "How many sockets and descriptors are registered (zmq_poller_size).",
	},
	{
		Name:         "add",
		explainErrno: explainPoller,
		Parameters:   []Parameter{socketParameter, eventsParameter, {Name: "user_data", Optional: true}},
		Returns:      "0",
		Summary:      "Registers a socket or a descriptor, for events (zmq_poller_add).",
		Keeps:        2,
	},
	{
		Name:         "modify",
		explainErrno: explainPoller,
		Parameters:   []Parameter{socketParameter, eventsParameter},
		Returns:      "0",
		Summary:      "Changes the events of a registered socket or descriptor (zmq_poller_modify).",
	},
	{
		Name:         "remove",
		explainErrno: explainPoller,
		Parameters:   []Parameter{socketParameter},
		Returns:      "0",
		Summary:      "Removes a socket or a descriptor (zmq_poller_remove).",
	},
	{
		Name:         "wait",
		explainErrno: explainPoller,
		Parameters:   []Parameter{timeoutParameter},
		Returns:      "PollerEvent | null",
		Summary:      "Waits for an event (zmq_poller_wait).",
	},
	{
		Name:    "poll",
		Returns: "PollerEvent | null",
		Summary: "Returns an event without waiting.",
	},
	{
		Name:         "wait_all",
		explainErrno: explainPoller,
		Parameters:   []Parameter{countParameter, timeoutParameter},
		refuse:       noEvents,
		Returns:      "PollerEvent[] | null",
		Summary:      "Waits for events (zmq_poller_wait_all).",
	},
	{
		Name:       "poll_all",
		Parameters: []Parameter{countParameter},
		refuse:     noEvents,
		Returns:    "PollerEvent[] | null",
		Summary:    "Returns events without waiting.",
	},
	{
		Name:    "@@dispose",
		Returns: "void",
		Summary: "Removes everything.",
	},
}

var pollerAccessors = []*Accessor{
	property("fd", "number", "A descriptor that becomes readable when there may be events; the next use of this property closes it."),
}

// explainPoller explains why a poller refuses its arguments.
func explainPoller(c *Call, err error) error {
	call := c.function.Name
	argument := func(number int) int64 {
		if number < len(c.Arguments) {
			return c.Arguments[number].Int
		}
		return 0
	}
	switch err {
	case libzmq.EBADF:
		return explained(libzmq.EBADF, "%s: descriptor %d is not open", call, argument(0))
	case libzmq.EFAULT:
		return explained(libzmq.EFAULT, "%s: the poller is empty, and would wait for ever", call)
	case libzmq.EEXIST:
		return explained(libzmq.EINVAL, "%s: the poller has it already; modify() changes its events", call)
	case libzmq.ENOENT:
		return explained(libzmq.EINVAL, "%s: the poller does not have it; add() registers it", call)
	case libzmq.EINVAL:
		return explained(libzmq.EINVAL, "%s: events = %d; it takes POLLIN, POLLOUT, POLLERR and POLLPRI", call, argument(1))
	}
	return err
}

func noEvents(c *Call) error { return c.function.typeErrorf("n_events must be more than 0") }
