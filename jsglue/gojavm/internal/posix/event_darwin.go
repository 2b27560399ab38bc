package posix

import "golang.org/x/sys/unix"

// userEvent is the identity of the one event in the kqueue.
const userEvent = 1

// NewEvent creates an event that is not set: a kqueue, which no child inherits.
func NewEvent() (Event, error) {
	queue, err := unix.Kqueue()
	if err != nil {
		return NoEvent, err
	}
	unix.CloseOnExec(queue)
	event := Event(queue)
	if err := event.change(unix.EV_ADD|unix.EV_CLEAR, 0); err != nil {
		event.Close()
		return NoEvent, err
	}
	return event, nil
}

func (e Event) change(flags uint16, action uint32) error {
	change := unix.Kevent_t{Ident: userEvent, Filter: unix.EVFILT_USER, Flags: flags, Fflags: action}
	_, err := unix.Kevent(int(e), []unix.Kevent_t{change}, nil, nil)
	return err
}

// Set makes the event readable.
func (e Event) Set() { _ = e.change(0, unix.NOTE_TRIGGER) }

// Reset makes the event not readable.
func (e Event) Reset() {
	var happened [1]unix.Kevent_t
	_, _ = unix.Kevent(int(e), nil, happened[:], &unix.Timespec{})
}

// Close closes the event.
func (e Event) Close() { _ = unix.Close(int(e)) }
