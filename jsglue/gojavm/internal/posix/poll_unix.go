//go:build unix

package posix

import (
	"golang.org/x/sys/unix"
)

// PollFd is a descriptor and the events to wait for.
type PollFd = unix.PollFd

// Events of a PollFd.
const (
	POLLIN   = unix.POLLIN
	POLLOUT  = unix.POLLOUT
	POLLERR  = unix.POLLERR
	POLLHUP  = unix.POLLHUP
	POLLNVAL = unix.POLLNVAL
)

// Poll waits until a descriptor is ready, at most timeout milliseconds, or for ever if timeout is negative. It returns the
// number of ready descriptors. It fails with EINTR when a signal handler has run.
func Poll(fds []PollFd, timeout int) (ready int, err error) { return unix.Poll(fds, timeout) }
