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

// The error numbers of Windows' C library: scripts get the names and texts that other systems have.
var systemErrors = map[int]struct{ name, text string }{
	1:   {"EPERM", "Operation not permitted"},
	2:   {"ENOENT", "No such file or directory"},
	3:   {"ESRCH", "No such process"},
	4:   {"EINTR", "Interrupted system call"},
	5:   {"EIO", "Input/output error"},
	6:   {"ENXIO", "No such device or address"},
	7:   {"E2BIG", "Argument list too long"},
	8:   {"ENOEXEC", "Exec format error"},
	9:   {"EBADF", "Bad file descriptor"},
	10:  {"ECHILD", "No child processes"},
	11:  {"EAGAIN", "Resource temporarily unavailable"},
	12:  {"ENOMEM", "Cannot allocate memory"},
	13:  {"EACCES", "Permission denied"},
	14:  {"EFAULT", "Bad address"},
	16:  {"EBUSY", "Device or resource busy"},
	17:  {"EEXIST", "File exists"},
	18:  {"EXDEV", "Invalid cross-device link"},
	19:  {"ENODEV", "No such device"},
	20:  {"ENOTDIR", "Not a directory"},
	21:  {"EISDIR", "Is a directory"},
	22:  {"EINVAL", "Invalid argument"},
	23:  {"ENFILE", "Too many open files in system"},
	24:  {"EMFILE", "Too many open files"},
	25:  {"ENOTTY", "Inappropriate ioctl for device"},
	27:  {"EFBIG", "File too large"},
	28:  {"ENOSPC", "No space left on device"},
	29:  {"ESPIPE", "Illegal seek"},
	30:  {"EROFS", "Read-only file system"},
	31:  {"EMLINK", "Too many links"},
	32:  {"EPIPE", "Broken pipe"},
	33:  {"EDOM", "Numerical argument out of domain"},
	34:  {"ERANGE", "Numerical result out of range"},
	36:  {"EDEADLK", "Resource deadlock avoided"},
	38:  {"ENAMETOOLONG", "File name too long"},
	39:  {"ENOLCK", "No locks available"},
	40:  {"ENOSYS", "Function not implemented"},
	41:  {"ENOTEMPTY", "Directory not empty"},
	42:  {"EILSEQ", "Invalid or incomplete multibyte or wide character"},
	100: {"EADDRINUSE", "Address already in use"},
	101: {"EADDRNOTAVAIL", "Cannot assign requested address"},
	102: {"EAFNOSUPPORT", "Address family not supported by protocol"},
	103: {"EALREADY", "Operation already in progress"},
	104: {"EBADMSG", "Bad message"},
	105: {"ECANCELED", "Operation canceled"},
	106: {"ECONNABORTED", "Software caused connection abort"},
	107: {"ECONNREFUSED", "Connection refused"},
	108: {"ECONNRESET", "Connection reset by peer"},
	109: {"EDESTADDRREQ", "Destination address required"},
	110: {"EHOSTUNREACH", "Host unreachable"},
	112: {"EINPROGRESS", "Operation now in progress"},
	113: {"EISCONN", "Transport endpoint is already connected"},
	114: {"ELOOP", "Too many levels of symbolic links"},
	115: {"EMSGSIZE", "Message too long"},
	116: {"ENETDOWN", "Network is down"},
	117: {"ENETRESET", "Network dropped connection on reset"},
	118: {"ENETUNREACH", "Network is unreachable"},
	119: {"ENOBUFS", "No buffer space available"},
	126: {"ENOTCONN", "Transport endpoint is not connected"},
	128: {"ENOTSOCK", "Socket operation on non-socket"},
	129: {"ENOTSUP", "Operation not supported"},
	130: {"EOPNOTSUPP", "Operation not supported"},
	132: {"EOVERFLOW", "Value too large for defined data type"},
	133: {"EOWNERDEAD", "Owner died"},
	134: {"EPROTO", "Protocol error"},
	135: {"EPROTONOSUPPORT", "Protocol not supported"},
	136: {"EPROTOTYPE", "Protocol wrong type for socket"},
	138: {"ETIMEDOUT", "Connection timed out"},
}

func systemErrnoName(errno int) string { return systemErrors[errno].name }

func systemErrnoText(errno int) string {
	if known, ok := systemErrors[errno]; ok {
		return known.text
	}
	return libzmq.Errno(errno).Error()
}
