//go:build unix

package cerrno

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// Name is the name of an error number, such as "ENOENT"; "" if it has none.
func Name(number int) string { return unix.ErrnoName(syscall.Errno(number)) }
