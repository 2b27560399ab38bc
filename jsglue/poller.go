package jsglue

import (
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A Poller is what a script's Poller refers to. Its entries' sockets and user_data
// are kept in the slots of the instance: those of entry i in slots 2i and 2i+1.
type Poller struct {
	zmq   *libzmq.Poller
	stale []uint32 // slots of no entry that are to be emptied
}

// Pointer is the C structure (glue_poller *).
func (p *Poller) Pointer() unsafe.Pointer { return p.zmq.Pointer() }

// Disown tells that the engine has dropped the instance. Any goroutine.
func (p *Poller) Disown() { p.zmq.Free() }

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
			return Data{Kind: Native, Object: &Poller{zmq: poller}}, nil
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
		run:     onPoller((*Poller).size),
	},
	{
		Name:       "add",
		Parameters: []Parameter{socketParameter, eventsParameter, {Name: "user_data", Optional: true}},
		Returns:    "0",
		Summary:    "Registers a socket or a descriptor, for events (zmq_poller_add).",
		run:        onPoller((*Poller).add),
	},
	{
		Name:       "modify",
		Parameters: []Parameter{socketParameter, eventsParameter},
		Returns:    "0",
		Summary:    "Changes the events of what is registered (zmq_poller_modify).",
		run:        onPoller((*Poller).modify),
	},
	{
		Name:       "remove",
		Parameters: []Parameter{socketParameter},
		Returns:    "0",
		Summary:    "Removes a socket or a descriptor (zmq_poller_remove).",
		run:        onPoller((*Poller).remove),
	},
	{
		Name:       "wait",
		Parameters: []Parameter{timeoutParameter},
		Returns:    "PollerEvent | null",
		Summary:    "Waits for an event, for milliseconds or with -1 for ever (zmq_poller_wait).",
		run: onPoller(func(p *Poller, c *Call) (Data, error) {
			return p.waitOne(c, int(c.Arguments[0].Int))
		}),
	},
	{
		Name:    "poll",
		Returns: "PollerEvent | null",
		Summary: "An event that is there now.",
		run: onPoller(func(p *Poller, c *Call) (Data, error) {
			return p.waitOne(c, 0)
		}),
	},
	{
		Name:       "wait_all",
		Parameters: []Parameter{countParameter, timeoutParameter},
		Returns:    "PollerEvent[] | null",
		Summary:    "Waits for events, for milliseconds or with -1 for ever (zmq_poller_wait_all).",
		run: onPoller(func(p *Poller, c *Call) (Data, error) {
			return p.waitAll(c, int(c.Arguments[0].Int), int(c.Arguments[1].Int))
		}),
	},
	{
		Name:       "poll_all",
		Parameters: []Parameter{countParameter},
		Returns:    "PollerEvent[] | null",
		Summary:    "The events that are there now.",
		run: onPoller(func(p *Poller, c *Call) (Data, error) {
			return p.waitAll(c, int(c.Arguments[0].Int), 0)
		}),
	},
	{
		Name:    "@@dispose",
		Returns: "void",
		Summary: "Removes everything.",
		run:     onPoller((*Poller).clear),
	},
}

// onPoller lets closed sockets leave the poller before its method runs.
func onPoller(method func(*Poller, *Call) (Data, error)) func(*Call) (Data, error) {
	return func(c *Call) (Data, error) {
		p := c.This.(*Poller)
		defer runtime.KeepAlive(p)
		if err := p.clean(c); err != nil {
			return Data{}, err
		}
		return method(p, c)
	}
}

// clean lets closed sockets leave, and empties what earlier failures have left.
func (p *Poller) clean(c *Call) error {
	for ; len(p.stale) > 0; p.stale = p.stale[1:] {
		if err := c.Engine.SetSlot(p.stale[0], -1); err != nil {
			return err
		}
	}
	p.zmq.SetUnclean(false)
	for {
		closed := p.zmq.FindClosed()
		if closed < 0 {
			return nil
		}
		if err := p.forget(c, closed); err != nil {
			return err
		}
	}
}

// A pollable is a socket, or if that is nil a descriptor.
type pollable struct {
	socket     *Socket
	descriptor int
}

// wanted is what the first argument of a call names.
func wanted(c *Call) pollable {
	switch object := c.Arguments[0].Object.(type) {
	case *Socket:
		return pollable{socket: object}
	case *Monitor:
		return pollable{socket: object.pair}
	}
	return pollable{descriptor: int(c.Arguments[0].Int)}
}

func (w pollable) zmq() *libzmq.Socket {
	if w.socket == nil {
		return nil
	}
	return w.socket.zmq
}

// find returns the entry of the first argument; -1 if it has none.
func (p *Poller) find(c *Call) int {
	wanted := wanted(c)
	return p.zmq.Find(wanted.zmq(), wanted.descriptor)
}

// forget removes an entry and empties its slots; if that fails, the entry stays.
func (p *Poller) forget(c *Call, i int) error {
	if err := c.Engine.SetSlot(uint32(2*i+1), -1); err != nil {
		return err
	}
	if err := c.Engine.SetSlot(uint32(2*i), -1); err != nil {
		return err
	}
	p.zmq.Remove(i)
	return nil
}

func (p *Poller) clear(c *Call) (Data, error) {
	for {
		i := p.zmq.FindUsed()
		if i < 0 {
			return Data{}, nil
		}
		if err := p.forget(c, i); err != nil {
			return Data{}, err
		}
	}
}

func (p *Poller) size(*Call) (Data, error) { return number(p.zmq.Size()), nil }

// The bits that a poller's events may have (ZMQ_POLLIN and so on).
const allEvents = 1 | 2 | 4 | 8

func (c *Call) checkEvents(events int64) error {
	if events&^allEvents != 0 {
		return explained(syscall.EINVAL, "%s: events = %d; it takes POLLIN, POLLOUT, POLLERR and POLLPRI", c.function.Name, events)
	}
	return nil
}

// check tells whether it can be added.
func (w pollable) check(call string) error {
	if w.socket != nil {
		if w.socket.zmq.Closed() {
			return errnoError(int(syscall.ENOTSOCK))
		}
		return nil
	}
	if _, err := unix.FcntlInt(uintptr(w.descriptor), unix.F_GETFD, 0); err != nil {
		return explained(syscall.EBADF, "%s: descriptor %d is not open", call, w.descriptor)
	}
	return nil
}

func (p *Poller) add(c *Call) (Data, error) {
	added := wanted(c)
	if err := added.check(c.function.Name); err != nil {
		return Data{}, err
	}
	if p.find(c) >= 0 {
		return Data{}, explained(syscall.EINVAL, "add: the poller has it already; modify() changes its events")
	}
	if err := c.checkEvents(c.Arguments[1].Int); err != nil {
		return Data{}, err
	}
	free := p.zmq.FindFree()
	if err := c.Engine.SetSlot(uint32(2*free), 0); err != nil {
		return Data{}, err
	}
	if err := c.Engine.SetSlot(uint32(2*free+1), 2); err != nil {
		p.leaveStale(2 * free) // the engine takes nothing more now
		return Data{}, err
	}
	if err := p.zmq.Add(free, added.zmq(), added.descriptor, int(c.Arguments[1].Int)); err != nil {
		p.leaveStale(2*free, 2*free+1)
		return Data{}, asError(err)
	}
	return success, nil
}

// leaveStale has slots emptied by the next call.
func (p *Poller) leaveStale(slots ...int) {
	for _, slot := range slots {
		p.stale = append(p.stale, uint32(slot))
	}
	p.zmq.SetUnclean(true)
}

func notRegistered(c *Call) error {
	wanted := wanted(c)
	if err := wanted.check(c.function.Name); err != nil {
		return err
	}
	return explained(syscall.EINVAL, "%s: the poller does not have it; add() registers it", c.function.Name)
}

func (p *Poller) modify(c *Call) (Data, error) {
	i := p.find(c)
	if i < 0 {
		return Data{}, notRegistered(c)
	}
	if err := c.checkEvents(c.Arguments[1].Int); err != nil {
		return Data{}, err
	}
	p.zmq.Modify(i, int(c.Arguments[1].Int))
	return success, nil
}

func (p *Poller) remove(c *Call) (Data, error) {
	i := p.find(c)
	if i < 0 {
		return Data{}, notRegistered(c)
	}
	return success, p.forget(c, i)
}

// The names of a PollerEvent's properties.
var (
	SocketEventNames     = []string{"socket", "user_data", "events"}
	DescriptorEventNames = []string{"socket", "fd", "user_data", "events"}
)

// pollerEvent is the PollerEvent of an entry.
func pollerEvent(event libzmq.Event) Data {
	userData := Data{Kind: Slot, Int: int64(2*event.Index + 1)}
	if !event.Socket {
		return Data{Kind: Object, Names: DescriptorEventNames, Elements: []Data{
			{Kind: Null}, number(event.Descriptor), userData, number(event.Events),
		}}
	}
	return Data{Kind: Object, Names: SocketEventNames, Elements: []Data{
		{Kind: Slot, Int: int64(2 * event.Index)}, userData, number(event.Events),
	}}
}

// wait looks for events until there are some or the time is up; then it finds none.
func (p *Poller) wait(c *Call, limit, timeout int) ([]libzmq.Event, error) {
	if timeout < 0 && p.zmq.Size() == 0 {
		return nil, explained(syscall.EFAULT, "%s: the poller is empty, and would wait for ever", c.function.Name)
	}
	found, err := p.zmq.Look(limit)
	if err != nil || len(found) > 0 || timeout == 0 || c.timedOut() {
		return found, asError(err)
	}
	c.startDeadline(timeout)
	return nil, c.blockUntil(&libzmq.Wait{Poller: p.zmq, Deadline: c.Deadline})
}

func (p *Poller) waitOne(c *Call, timeout int) (Data, error) {
	found, err := p.wait(c, 1, timeout)
	if err != nil || len(found) == 0 {
		return Data{Kind: Null}, err
	}
	return pollerEvent(found[0]), nil
}

func (p *Poller) waitAll(c *Call, limit, timeout int) (Data, error) {
	if limit <= 0 {
		return Data{}, c.function.typeErrorf("n_events must be more than 0")
	}
	found, err := p.wait(c, limit, timeout)
	if err != nil || len(found) == 0 {
		return Data{Kind: Null}, err
	}
	events := make([]Data, len(found))
	for i := range found {
		events[i] = pollerEvent(found[i])
	}
	return Data{Kind: Array, Elements: events}, nil
}
