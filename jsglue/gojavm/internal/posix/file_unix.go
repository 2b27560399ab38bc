//go:build unix

package posix

import (
	"golang.org/x/sys/unix"
)

// Bits of Status.Mode.
const (
	S_IFMT   = unix.S_IFMT
	S_IFIFO  = unix.S_IFIFO
	S_IFCHR  = unix.S_IFCHR
	S_IFDIR  = unix.S_IFDIR
	S_IFBLK  = unix.S_IFBLK
	S_IFREG  = unix.S_IFREG
	S_IFSOCK = unix.S_IFSOCK
	S_IFLNK  = unix.S_IFLNK
	S_ISGID  = unix.S_ISGID
	S_ISUID  = unix.S_ISUID
)

// Getwd returns the working directory.
func Getwd() (string, error) { return unix.Getwd() }

// Chdir changes the working directory.
func Chdir(path string) error { return unix.Chdir(path) }

// Mkdir creates a directory.
func Mkdir(path string, mode uint32) error { return unix.Mkdir(path, mode) }

// Rename renames a file. It replaces an existing file with the new name.
func Rename(from, to string) error { return unix.Rename(from, to) }

// Symlink creates a symbolic link.
func Symlink(target, path string) error { return unix.Symlink(target, path) }

// Remove is remove(3): it removes a file or an empty directory.
func Remove(path string) error {
	err := unix.Unlink(path)
	if err == unix.EISDIR || err == unix.EPERM {
		if rmdirErr := unix.Rmdir(path); rmdirErr != unix.ENOTDIR {
			return rmdirErr
		}
	}
	return err
}

// Utimes sets the access and modification time of a file, in milliseconds since 1970.
func Utimes(path string, accessed, modified int64) error {
	return unix.Utimes(path, []unix.Timeval{unix.NsecToTimeval(accessed * 1e6), unix.NsecToTimeval(modified * 1e6)})
}

// Stat returns the status of a file. It follows symbolic links.
func Stat(path string) (Status, error) { return status(path, unix.Stat) }

// Lstat returns the status of a file or of a symbolic link itself.
func Lstat(path string) (Status, error) { return status(path, unix.Lstat) }

func status(path string, call func(string, *unix.Stat_t) error) (Status, error) {
	var st unix.Stat_t
	if err := call(path, &st); err != nil {
		return Status{}, err
	}
	ms := func(t unix.Timespec) int64 { return t.Nano() / 1e6 }
	return Status{
		Device: int64(st.Dev), Inode: int64(st.Ino), Mode: int64(st.Mode), Links: int64(st.Nlink),
		User: int64(st.Uid), Group: int64(st.Gid), Special: int64(st.Rdev),
		Size: st.Size, Blocks: st.Blocks, Accessed: ms(st.Atim), Modified: ms(st.Mtim), Changed: ms(st.Ctim),
	}, nil
}
