package jsglue

import (
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A Poller is what a script's Poller refers to. Its entries' sockets and user_data
// are kept in the slots of the instance: those of entry i in slots 2i and 2i+1.
type Poller struct {
	entries []*entry // nil where a slot pair is free
	items   libzmq.PollItems
	polled  []uint32 // the entry of each item
	stale   []uint32 // slots of no entry that are to be emptied
	first   int      // where the next wait begins to look, so that none starves
}

type entry struct {
	socket     *Socket // nil for a descriptor
	descriptor int
	events     int
}

func (e *entry) closed() bool { return e.socket != nil && e.socket.zmq.Closed() }

// Disown tells that the engine has dropped the instance. Any goroutine.
func (p *Poller) Disown() { p.items.Free() }

var pollerClass = &Class{
	Name: "Poller",
	Constructor: &Function{
		Name:    "Poller",
		Returns: "Poller",
		Summary: "Makes a poller (zmq_poller_new).",
		run: func(*Call) (Data, error) {
			return Data{Kind: Native, Object: &Poller{}}, nil
		},
	},
}

var (
	socketParameter  = Parameter{Name: "socket", Class: socketClass, Type: Integer}
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
	for i, e := range p.entries {
		if e != nil && e.closed() {
			if err := p.forget(c, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// wanted is the entry that the first two arguments of a call ask for.
func wanted(c *Call) entry {
	if socket, ok := c.Arguments[0].Object.(*Socket); ok {
		return entry{socket: socket}
	}
	return entry{descriptor: int(c.Arguments[0].Int)}
}

// find returns the entry of the first argument, a socket or a descriptor; -1 if it has
// none.
func (p *Poller) find(c *Call) int {
	wanted := wanted(c)
	for i, e := range p.entries {
		if e != nil && e.socket == wanted.socket && e.descriptor == wanted.descriptor {
			return i
		}
	}
	return -1
}

// forget removes an entry and empties its slots; if that fails, the entry stays.
func (p *Poller) forget(c *Call, i int) error {
	if err := c.Engine.SetSlot(uint32(2*i+1), -1); err != nil {
		return err
	}
	if err := c.Engine.SetSlot(uint32(2*i), -1); err != nil {
		return err
	}
	p.entries[i] = nil
	return nil
}

func (p *Poller) clear(c *Call) (Data, error) {
	for i, e := range p.entries {
		if e != nil {
			if err := p.forget(c, i); err != nil {
				return Data{}, err
			}
		}
	}
	return Data{}, nil
}

func (p *Poller) count() int {
	count := 0
	for _, e := range p.entries {
		if e != nil {
			count++
		}
	}
	return count
}

func (p *Poller) size(*Call) (Data, error) { return number(p.count()), nil }

// The bits that a poller's events may have (ZMQ_POLLIN and so on).
const allEvents = 1 | 2 | 4 | 8

func checkEvents(events int64) error {
	if events&^allEvents != 0 {
		return errnoError(int(syscall.EINVAL))
	}
	return nil
}

// check tells whether the entry can be added.
func (e *entry) check() error {
	if e.closed() {
		return errnoError(int(syscall.ENOTSOCK))
	}
	if e.socket == nil {
		if _, err := unix.FcntlInt(uintptr(e.descriptor), unix.F_GETFD, 0); err != nil {
			return errnoError(int(syscall.EBADF))
		}
	}
	return nil
}

func (p *Poller) add(c *Call) (Data, error) {
	added := wanted(c)
	added.events = int(c.Arguments[1].Int)
	if err := added.check(); err != nil {
		return Data{}, err
	}
	if p.find(c) >= 0 {
		return Data{}, errnoError(int(syscall.EINVAL))
	}
	if err := checkEvents(c.Arguments[1].Int); err != nil {
		return Data{}, err
	}
	free := 0
	for free < len(p.entries) && p.entries[free] != nil {
		free++
	}
	if err := c.Engine.SetSlot(uint32(2*free), 0); err != nil {
		return Data{}, err
	}
	if err := c.Engine.SetSlot(uint32(2*free+1), 2); err != nil {
		p.stale = append(p.stale, uint32(2*free)) // the engine takes nothing more now
		return Data{}, err
	}
	if free == len(p.entries) {
		p.entries = append(p.entries, nil)
	}
	p.entries[free] = &added
	return success, nil
}

func notRegistered(c *Call) error {
	wanted := wanted(c)
	if err := wanted.check(); err != nil {
		return err
	}
	return errnoError(int(syscall.EINVAL))
}

func (p *Poller) modify(c *Call) (Data, error) {
	i := p.find(c)
	if i < 0 {
		return Data{}, notRegistered(c)
	}
	if err := checkEvents(c.Arguments[1].Int); err != nil {
		return Data{}, err
	}
	p.entries[i].events = int(c.Arguments[1].Int)
	return success, nil
}

func (p *Poller) remove(c *Call) (Data, error) {
	i := p.find(c)
	if i < 0 {
		return Data{}, notRegistered(c)
	}
	return success, p.forget(c, i)
}

// look collects at most limit events, one turn around the entries from where the
// last one ended.
func (p *Poller) look(limit int) ([]Data, error) {
	p.items.Reset(len(p.entries))
	p.polled = p.polled[:0]
	for n := range p.entries {
		i := (p.first + n) % len(p.entries)
		if e := p.entries[i]; e != nil {
			p.addItem(e)
			p.polled = append(p.polled, uint32(i))
		}
	}
	ready, err := p.items.Poll()
	if err != nil {
		return nil, asError(err)
	}
	var found []Data
	for item, i := range p.polled {
		if len(found) == min(ready, limit) {
			break
		}
		if events := p.items.Events(item); events != 0 {
			found = append(found, p.event(i, events))
			p.first = int(i) + 1
		}
	}
	return found, nil
}

func (p *Poller) addItem(e *entry) {
	if e.socket == nil {
		p.items.AddDescriptor(e.descriptor, e.events)
		return
	}
	p.items.Add(e.socket.zmq, e.events)
}

var (
	socketEventNames     = []string{"socket", "user_data", "events"}
	descriptorEventNames = []string{"socket", "fd", "user_data", "events"}
)

// event is the PollerEvent of an entry.
func (p *Poller) event(i uint32, events int) Data {
	userData := Data{Kind: Slot, Int: int64(2*i + 1)}
	if e := p.entries[i]; e.socket == nil {
		return Data{Kind: Object, Names: descriptorEventNames, Elements: []Data{
			{Kind: Null}, number(e.descriptor), userData, number(events),
		}}
	}
	return Data{Kind: Object, Names: socketEventNames, Elements: []Data{
		{Kind: Slot, Int: int64(2 * i)}, userData, number(events),
	}}
}

// wait looks for events until there are some or the time is up; then it finds none.
func (p *Poller) wait(c *Call, limit, timeout int) ([]Data, error) {
	if timeout < 0 && p.count() == 0 {
		return nil, errnoError(int(syscall.EFAULT))
	}
	found, err := p.look(limit)
	if err != nil || len(found) > 0 || timeout == 0 || c.timedOut() {
		return found, err
	}
	c.startDeadline(timeout)
	return nil, c.blockUntil(&libzmq.Wait{Items: &p.items, Deadline: c.Deadline})
}

func (p *Poller) waitOne(c *Call, timeout int) (Data, error) {
	found, err := p.wait(c, 1, timeout)
	if err != nil || len(found) == 0 {
		return Data{Kind: Null}, err
	}
	return found[0], nil
}

func (p *Poller) waitAll(c *Call, limit, timeout int) (Data, error) {
	if limit <= 0 {
		return Data{}, c.function.typeErrorf("n_events must be more than 0")
	}
	found, err := p.wait(c, limit, timeout)
	if err != nil || len(found) == 0 {
		return Data{Kind: Null}, err
	}
	return Data{Kind: Array, Elements: found}, nil
}
