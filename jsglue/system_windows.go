package jsglue

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A directory can be opened here, but not be read.
func openFile(path string) (*os.File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		_ = file.Close()
		return nil, &fs.PathError{Op: "open", Path: path, Err: syscall.EISDIR}
	}
	return file, nil
}

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
	case cause == syscall.EINVAL:
		return libzmq.EINVAL, cause
	case cause == syscall.EISDIR:
		return libzmq.EISDIR, cause
	}
	return 0, cause
}
