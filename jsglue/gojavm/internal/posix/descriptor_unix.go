//go:build unix

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

// Open opens a file. Child processes do not inherit the descriptor.
func Open(path string, flags int, mode uint32) (fd int, err error) {
	return unix.Open(path, flags|unix.O_CLOEXEC, mode)
}

// TemporaryFile creates and opens a file that is removed when it is closed.
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

// DescriptorOf returns the descriptor of an open file. The file still owns it.
func DescriptorOf(file *os.File) int { return int(file.Fd()) }

// Read is read(2).
func Read(fd int, p []byte) (int, error) { return unix.Read(fd, p) }

// Write is write(2): it may write a part only.
func Write(fd int, p []byte) (int, error) { return unix.Write(fd, p) }

// Seek is lseek(2).
func Seek(fd int, offset int64, whence int) (int64, error) { return unix.Seek(fd, offset, whence) }

// Close closes a descriptor.
func Close(fd int) error { return unix.Close(fd) }

// Dup creates another descriptor for the same file. Child processes do not inherit it.
func Dup(fd int) (int, error) { return unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0) }

// Dup2 makes to a descriptor for the file of from.
func Dup2(from, to int) error {
	err := CheckOpen(from)
	if err == nil && from != to {
		err = duplicateTo(from, to)
	}
	return err
}

// CheckOpen fails with EBADF if fd is not an open descriptor.
func CheckOpen(fd int) error {
	_, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
	return err
}

// MayBlock reports whether a write may block.
func MayBlock(fd int) bool {
	var st unix.Stat_t
	if unix.Fstat(fd, &st) != nil {
		return false
	}
	kind := st.Mode & unix.S_IFMT
	return kind != unix.S_IFREG && kind != unix.S_IFDIR
}
