package posix

import (
	"golang.org/x/sys/unix"
)

// PollFd is what Poll waits for.
type PollFd = unix.PollFd

// Events of a PollFd.
const (
	POLLIN   = unix.POLLIN
	POLLOUT  = unix.POLLOUT
	POLLERR  = unix.POLLERR
	POLLHUP  = unix.POLLHUP
	POLLNVAL = unix.POLLNVAL
)

// Poll waits until a descriptor is ready, for so many milliseconds, or for ever if they are negative. It fails with EINTR
// when a signal's handler has run.
func Poll(fds []PollFd, timeout int) (ready int, err error) { return unix.Poll(fds, timeout) }

// NewEvent makes an event that is not set.
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
	// A full counter wakes as well, so the error means nothing.
	_, _ = unix.Write(int(e), one[:])
}

// Reset makes it not readable.
func (e Event) Reset() {
	var count [8]byte
	_, _ = unix.Read(int(e), count[:])
}

// Close closes the event.
func (e Event) Close() { _ = unix.Close(int(e)) }
