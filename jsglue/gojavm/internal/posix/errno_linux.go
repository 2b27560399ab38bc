package posix

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

// An Errno is an error number of C.
type Errno = syscall.Errno

// What std.Error has, and what this module fails with.
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

// ErrnoOf is the error number that an error stems from.
func ErrnoOf(err error) (number Errno, ok bool) {
	ok = errors.As(err, &number)
	return number, ok
}

// ErrnoName is the number's name, "ENOENT" say.
func ErrnoName(number Errno) string { return unix.ErrnoName(number) }
