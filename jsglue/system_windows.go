package jsglue

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

func openFile(path string) (*os.File, error) { return os.Open(path) }

// The mode of a file does not tell that on Windows.
func othersCanRead(fs.FileInfo) bool { return false }

// Go's numbers are those of Windows, not of C.
func errnoOf(err error) (libzmq.Errno, error) {
	var cause syscall.Errno
	errors.As(err, &cause)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return libzmq.ENOENT, cause
	case errors.Is(err, fs.ErrPermission):
		return libzmq.EACCES, cause
	}
	return 0, cause
}

// Those that the module has are all that are named.
func systemErrnoName(int) string { return "" }
