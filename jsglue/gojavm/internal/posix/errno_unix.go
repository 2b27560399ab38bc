//go:build unix

package posix

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

// An Errno is a C error number.
type Errno = syscall.Errno

// Error numbers in std.Error.
const (
	EPERM     = unix.EPERM
	ENOENT    = unix.ENOENT
	EINTR     = unix.EINTR
	EIO       = unix.EIO
	EBADF     = unix.EBADF
	EAGAIN    = unix.EAGAIN
	EACCES    = unix.EACCES
	EBUSY     = unix.EBUSY
	EEXIST    = unix.EEXIST
	ENOTDIR   = unix.ENOTDIR
	EISDIR    = unix.EISDIR
	EINVAL    = unix.EINVAL
	ENOSPC    = unix.ENOSPC
	EPIPE     = unix.EPIPE
	ENOSYS    = unix.ENOSYS
	ENOTEMPTY = unix.ENOTEMPTY
)

// ErrnoOf returns the error number that err wraps.
func ErrnoOf(err error) (number Errno, ok bool) {
	ok = errors.As(err, &number)
	return number, ok
}
