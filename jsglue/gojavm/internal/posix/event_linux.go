package posix

import "golang.org/x/sys/unix"

// NewEvent creates an event that is not set.
func NewEvent() (Event, error) {
	fd, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err != nil {
		return NoEvent, err
	}
	return Event(fd), nil
}

// Set makes the event readable.
func (e Event) Set() {
	one := [8]byte{1}
	// It fails only if the counter is full, which wakes the thread too.
	_, _ = unix.Write(int(e), one[:])
}

// Reset makes the event not readable.
func (e Event) Reset() {
	var count [8]byte
	_, _ = unix.Read(int(e), count[:])
}

// Close closes the event.
func (e Event) Close() { _ = unix.Close(int(e)) }
