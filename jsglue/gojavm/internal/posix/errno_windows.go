package posix

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"

	"github.com/zmqjs/zmqjs/jsglue/internal/cerrno"
)

// An Errno is an error number of Windows' C library. Go's package syscall has other numbers.
type Errno int

// Error numbers in std.Error, and others that this package returns.
const (
	EPERM     Errno = 1
	ENOENT    Errno = 2
	EINTR     Errno = 4
	EIO       Errno = 5
	EBADF     Errno = 9
	ECHILD    Errno = 10
	EAGAIN    Errno = 11
	ENOMEM    Errno = 12
	EACCES    Errno = 13
	EBUSY     Errno = 16
	EEXIST    Errno = 17
	EXDEV     Errno = 18
	ENOTDIR   Errno = 20
	EISDIR    Errno = 21
	EINVAL    Errno = 22
	EMFILE    Errno = 24
	ENOSPC    Errno = 28
	ESPIPE    Errno = 29
	EPIPE     Errno = 32
	ENOSYS    Errno = 40
	ENOTEMPTY Errno = 41
	ENOTSUP   Errno = 129
)

// Error returns C's text with a lower-case first letter, as Go's texts have.
func (e Errno) Error() string {
	text := cerrno.Text(int(e))
	if text == "" {
		return "errno " + strconv.Itoa(int(e))
	}
	return strings.ToLower(text[:1]) + text[1:]
}

var ofWindows = map[error]Errno{
	windows.ERROR_INVALID_HANDLE:      EBADF,
	windows.ERROR_NOT_ENOUGH_MEMORY:   ENOMEM,
	windows.ERROR_NOT_SAME_DEVICE:     EXDEV,
	windows.ERROR_SHARING_VIOLATION:   EBUSY,
	windows.ERROR_INVALID_PARAMETER:   EINVAL,
	windows.ERROR_INVALID_NAME:        EINVAL,
	windows.ERROR_BROKEN_PIPE:         EPIPE,
	windows.ERROR_NO_DATA:             EPIPE,
	windows.ERROR_DISK_FULL:           ENOSPC,
	windows.ERROR_DIR_NOT_EMPTY:       ENOTEMPTY,
	windows.ERROR_DIRECTORY:           ENOTDIR,
	windows.ERROR_TOO_MANY_OPEN_FILES: EMFILE,
	windows.ERROR_NOT_SUPPORTED:       ENOTSUP,
	windows.ERROR_PRIVILEGE_NOT_HELD:  EPERM,
	windows.ERROR_OPERATION_ABORTED:   EINTR, // Ctrl-C during a read from the console
	syscall.ENOTDIR:                   ENOTDIR,
	syscall.EISDIR:                    EISDIR,
	syscall.EINVAL:                    EINVAL,
	syscall.ENOTSUP:                   ENOTSUP,
	syscall.EPIPE:                     EPIPE,
	syscall.ESPIPE:                    ESPIPE,
}

// ErrnoOf returns the error number that err wraps, or the one that corresponds to err.
func ErrnoOf(err error) (number Errno, ok bool) {
	var system syscall.Errno
	switch {
	case errors.As(err, &number):
		return number, true
	case errors.As(err, &system) && ofWindows[system] != 0:
		return ofWindows[system], true
	case errors.Is(err, fs.ErrNotExist):
		return ENOENT, true
	case errors.Is(err, fs.ErrExist):
		return EEXIST, true
	case errors.Is(err, fs.ErrPermission):
		return EACCES, true
	case system != 0:
		return EIO, true
	}
	return 0, false
}

// numbered returns the Errno for err, nil for nil.
func numbered(err error) error {
	if number, ok := ErrnoOf(err); ok {
		return number
	}
	return err
}
