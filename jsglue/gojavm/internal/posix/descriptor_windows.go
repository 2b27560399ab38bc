package posix

import (
	"os"
	"sync"
	"syscall"

	"golang.org/x/sys/windows"
)

// Flags of Open: those of Go's package syscall.
const (
	O_RDONLY = syscall.O_RDONLY
	O_WRONLY = syscall.O_WRONLY
	O_RDWR   = syscall.O_RDWR
	O_APPEND = syscall.O_APPEND
	O_CREAT  = syscall.O_CREAT
	O_EXCL   = syscall.O_EXCL
	O_TRUNC  = syscall.O_TRUNC
)

// The kind of a descriptor determines how to wait for it.
type kind int

const (
	onDisk  kind = iota // a file, or a device that never blocks
	pipe                // PeekNamedPipe returns the number of readable bytes
	console             // the handle is signaled when there is input
	event
)

type descriptor struct {
	handle windows.Handle
	kind   kind
	unlink string // a file to remove when the descriptor is closed
}

// descriptors maps descriptors to Windows' handles. The first three descriptors are the standard streams.
var descriptors = struct {
	sync.Mutex
	open  map[int]*descriptor
	after int // no descriptor >= after has been used
}{open: map[int]*descriptor{}, after: 3}

func kindOf(handle windows.Handle) kind {
	var mode uint32
	if windows.GetConsoleMode(handle, &mode) == nil {
		return console
	}
	if found, _ := windows.GetFileType(handle); found == windows.FILE_TYPE_PIPE {
		return pipe
	}
	return onDisk
}

func add(d *descriptor) int {
	descriptors.Lock()
	defer descriptors.Unlock()
	fd := 3
	for fd < descriptors.after && descriptors.open[fd] != nil {
		fd++
	}
	descriptors.after = max(descriptors.after, fd+1)
	descriptors.open[fd] = d
	return fd
}

// of returns the descriptor with a number, or EBADF.
func of(fd int) (*descriptor, error) {
	descriptors.Lock()
	defer descriptors.Unlock()
	d := descriptors.open[fd]
	if d == nil {
		return nil, EBADF
	}
	return d, nil
}

// Open opens a file. Child processes do not inherit the descriptor. The mode is ignored.
func Open(path string, flags int, _ uint32) (fd int, err error) {
	const known = O_WRONLY | O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_TRUNC
	handle, err := syscall.Open(path, flags&known|syscall.O_CLOEXEC, 0o666)
	if err != nil {
		return -1, numbered(err)
	}
	return add(&descriptor{handle: windows.Handle(handle), kind: kindOf(windows.Handle(handle))}), nil
}

// TemporaryFile creates and opens a file that is removed when it is closed.
func TemporaryFile() (fd int, err error) {
	file, err := os.CreateTemp("", "")
	if err != nil {
		return -1, numbered(err)
	}
	name := file.Name()
	_ = file.Close()
	if fd, err = Open(name, O_RDWR, 0); err != nil {
		return -1, err
	}
	descriptors.Lock()
	defer descriptors.Unlock()
	descriptors.open[fd].unlink = name
	return fd, nil
}

// DescriptorOf returns the descriptor of an open file. The file still owns it.
func DescriptorOf(file *os.File) int {
	d := &descriptor{handle: windows.Handle(file.Fd()), kind: kindOf(windows.Handle(file.Fd()))}
	for fd, stream := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		if stream == file {
			descriptors.Lock()
			defer descriptors.Unlock()
			descriptors.open[fd] = d
			return fd
		}
	}
	return add(d)
}

// Read reads the available bytes, 0 at the end of the file.
func Read(fd int, p []byte) (int, error) {
	n, err := transfer(fd, p, windows.ReadFile)
	if err == windows.ERROR_BROKEN_PIPE || err == windows.ERROR_HANDLE_EOF {
		return 0, nil
	}
	return n, numbered(err)
}

// Write may write a part only.
func Write(fd int, p []byte) (int, error) {
	n, err := transfer(fd, p, windows.WriteFile)
	return n, numbered(err)
}

// transfer calls ReadFile or WriteFile. The error has no number yet.
func transfer(fd int, p []byte, call func(windows.Handle, []byte, *uint32, *windows.Overlapped) error) (int, error) {
	d, err := of(fd)
	if err != nil || len(p) == 0 {
		return 0, err
	}
	var done uint32
	err = call(d.handle, p, &done, nil)
	return int(done), err
}

// Seek moves the position of a file. It fails with ESPIPE for other descriptors.
func Seek(fd int, offset int64, whence int) (int64, error) {
	d, err := of(fd)
	if err != nil {
		return -1, err
	}
	if d.kind != onDisk {
		return -1, ESPIPE
	}
	at, err := syscall.Seek(syscall.Handle(d.handle), offset, whence)
	if err != nil {
		return -1, numbered(err)
	}
	return at, nil
}

// Close closes a descriptor.
func Close(fd int) error {
	descriptors.Lock()
	d := descriptors.open[fd]
	delete(descriptors.open, fd)
	descriptors.Unlock()
	if d == nil {
		return EBADF
	}
	err := windows.CloseHandle(d.handle)
	if d.unlink != "" {
		_ = os.Remove(d.unlink)
	}
	return numbered(err)
}

// Pipe creates a pipe. Child processes do not inherit it.
func Pipe() (read, write int, err error) {
	const size = 1 << 16
	var ends [2]windows.Handle
	if err := windows.CreatePipe(&ends[0], &ends[1], nil, size); err != nil {
		return -1, -1, numbered(err)
	}
	return add(&descriptor{handle: ends[0], kind: pipe}), add(&descriptor{handle: ends[1], kind: pipe}), nil
}

// copied duplicates a handle.
func copied(fd int) (*descriptor, error) {
	d, err := of(fd)
	if err != nil {
		return nil, err
	}
	self := windows.CurrentProcess()
	made := &descriptor{kind: d.kind}
	if err := windows.DuplicateHandle(self, d.handle, self, &made.handle, 0, false, windows.DUPLICATE_SAME_ACCESS); err != nil {
		return nil, numbered(err)
	}
	return made, nil
}

// Dup creates another descriptor for the same file. Child processes do not inherit it.
func Dup(fd int) (int, error) {
	made, err := copied(fd)
	if err != nil {
		return -1, err
	}
	return add(made), nil
}

// Dup2 makes to a descriptor for the file of from.
func Dup2(from, to int) error {
	if to < 0 {
		return EBADF
	}
	if err := CheckOpen(from); err != nil || from == to {
		return err
	}
	made, err := copied(from)
	if err != nil {
		return err
	}
	_ = Close(to)
	descriptors.Lock()
	defer descriptors.Unlock()
	descriptors.open[to] = made
	descriptors.after = max(descriptors.after, to+1)
	return nil
}

// CheckOpen fails with EBADF if fd is not an open descriptor.
func CheckOpen(fd int) error {
	_, err := of(fd)
	return err
}

// MayBlock reports whether a write may block.
func MayBlock(fd int) bool {
	d, err := of(fd)
	return err == nil && d.kind != onDisk
}
