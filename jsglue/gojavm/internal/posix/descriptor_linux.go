package posix

import (
	"os"

	"golang.org/x/sys/unix"
)

// Flags of Open.
const (
	O_RDONLY = unix.O_RDONLY
	O_WRONLY = unix.O_WRONLY
	O_RDWR   = unix.O_RDWR
	O_APPEND = unix.O_APPEND
	O_CREAT  = unix.O_CREAT
	O_EXCL   = unix.O_EXCL
	O_TRUNC  = unix.O_TRUNC
)

// Open opens a file; children do not inherit it.
func Open(path string, flags int, mode uint32) (fd int, err error) {
	return unix.Open(path, flags|unix.O_CLOEXEC, mode)
}

// TemporaryFile opens a file that goes when it is closed.
func TemporaryFile() (fd int, err error) {
	file, err := os.CreateTemp("", "")
	if err != nil {
		return -1, err
	}
	_ = os.Remove(file.Name())
	fd, err = Dup(DescriptorOf(file))
	_ = file.Close()
	return fd, err
}

// DescriptorOf is the descriptor of an open file, which stays the file's.
func DescriptorOf(file *os.File) int { return int(file.Fd()) }

// Read reads what is there.
func Read(fd int, p []byte) (int, error) { return unix.Read(fd, p) }

// Write writes at least a part.
func Write(fd int, p []byte) (int, error) { return unix.Write(fd, p) }

// Seek moves the place at which a file is read and written.
func Seek(fd int, offset int64, whence int) (int64, error) { return unix.Seek(fd, offset, whence) }

// Close closes a descriptor.
func Close(fd int) error { return unix.Close(fd) }

// Pipe makes a pipe, which children do not inherit.
func Pipe() (read, write int, err error) {
	var fds [2]int
	err = unix.Pipe2(fds[:], unix.O_CLOEXEC)
	return fds[0], fds[1], err
}

// Dup makes another descriptor of the same file, which children do not inherit.
func Dup(fd int) (int, error) { return unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0) }

// Dup2 makes a number the descriptor of another one's file.
func Dup2(from, to int) error {
	err := CheckOpen(from)
	if err == nil && from != to {
		err = unix.Dup3(from, to, 0)
	}
	return err
}

// CheckOpen fails with EBADF if there is no such descriptor.
func CheckOpen(fd int) error {
	_, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
	return err
}

// MayBlock reports whether a write may have to wait.
func MayBlock(fd int) bool {
	var st unix.Stat_t
	if unix.Fstat(fd, &st) != nil {
		return false
	}
	kind := st.Mode & unix.S_IFMT
	return kind != unix.S_IFREG && kind != unix.S_IFDIR
}
