package posix

import (
	"io/fs"
	"os"
	"syscall"
	"time"
)

// Bits of Status.Mode.
const (
	S_IFMT   = 0xf000
	S_IFIFO  = 0x1000
	S_IFCHR  = 0x2000
	S_IFDIR  = 0x4000
	S_IFBLK  = 0x6000
	S_IFREG  = 0x8000
	S_IFSOCK = 0xc000
	S_IFLNK  = 0xa000
	S_ISGID  = 0x400
	S_ISUID  = 0x800
)

// Getwd returns the working directory.
func Getwd() (string, error) { return os.Getwd() }

// Chdir changes the working directory.
func Chdir(path string) error { return numbered(os.Chdir(path)) }

// Mkdir creates a directory. The mode has no effect.
func Mkdir(path string, mode uint32) error { return numbered(os.Mkdir(path, fs.FileMode(mode))) }

// Rename renames a file. It replaces an existing file with the new name.
func Rename(from, to string) error { return numbered(os.Rename(from, to)) }

// Symlink creates a symbolic link. Windows requires a privilege for it.
func Symlink(target, path string) error { return numbered(os.Symlink(target, path)) }

// Remove is remove(3): it removes a file or an empty directory.
func Remove(path string) error { return numbered(os.Remove(path)) }

// Utimes sets the access and modification time of a file, in milliseconds since 1970.
func Utimes(path string, accessed, modified int64) error {
	return numbered(os.Chtimes(path, time.UnixMilli(accessed), time.UnixMilli(modified)))
}

// Stat returns the status of a file. It follows symbolic links.
func Stat(path string) (Status, error) { return status(path, os.Stat) }

// Lstat returns the status of a file or of a symbolic link itself.
func Lstat(path string) (Status, error) { return status(path, os.Lstat) }

// status leaves users and groups 0 and computes the blocks: Windows has no numbers for them.
func status(path string, call func(string) (fs.FileInfo, error)) (Status, error) {
	info, err := call(path)
	if err != nil {
		return Status{}, numbered(err)
	}
	const block = 512
	found := Status{Mode: int64(info.Mode().Perm()), Links: 1, Size: info.Size(), Blocks: (info.Size() + block - 1) / block}
	switch info.Mode().Type() {
	case fs.ModeDir:
		found.Mode |= S_IFDIR | 0o111
	case fs.ModeSymlink:
		found.Mode |= S_IFLNK
	case fs.ModeCharDevice, fs.ModeDevice, fs.ModeDevice | fs.ModeCharDevice:
		found.Mode |= S_IFCHR
	case fs.ModeNamedPipe:
		found.Mode |= S_IFIFO
	default:
		found.Mode |= S_IFREG
	}
	found.Modified = info.ModTime().UnixMilli()
	found.Accessed, found.Changed = found.Modified, found.Modified
	if data, ok := info.Sys().(*syscall.Win32FileAttributeData); ok {
		found.Accessed = data.LastAccessTime.Nanoseconds() / 1e6
		found.Changed = data.CreationTime.Nanoseconds() / 1e6
	}
	return found, nil
}
