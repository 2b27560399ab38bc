//go:build unix

package jsglue

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// openFile opens a file to read, and waits for no one to write a pipe.
func openFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// othersCanRead reports whether others than its owner can read a file.
func othersCanRead(info fs.FileInfo) bool { return info.Mode()&0o077 != 0 }

// errnoOf is the error number of an error of a file, and the system's own error in it; 0 if there is none.
func errnoOf(err error) (libzmq.Errno, error) {
	var errno syscall.Errno
	errors.As(err, &errno)
	return libzmq.Errno(errno), errno
}
