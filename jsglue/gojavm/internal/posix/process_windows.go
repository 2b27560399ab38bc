package posix

import (
	"os"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Platform is the value of os.platform.
const Platform = "win32"

// WNOHANG makes os.waitpid return at once.
const WNOHANG = 1

// A WaitStatus has the exit status of a child, encoded as by waitpid(2). Signals do not end processes on Windows.
type WaitStatus int64

// Exited reports whether the child has exited.
func (s WaitStatus) Exited() bool { return true }

// Signaled reports whether a signal ended the child.
func (s WaitStatus) Signaled() bool { return false }

// Signal returns the signal that ended the child.
func (s WaitStatus) Signal() syscall.Signal { return 0 }

// ExitStatus returns the exit status of the child.
func (s WaitStatus) ExitStatus() int { return int(s >> 8) }

// Shell returns the path and the arguments of a shell that runs command.
func Shell(command string) (path string, argv []string) {
	shell := os.Getenv("ComSpec")
	if shell == "" {
		shell = `C:\Windows\system32\cmd.exe`
	}
	return shell, []string{"cmd", "/c", command}
}

// children are the child processes whose status WaitNow has not returned yet.
var children = struct {
	sync.Mutex
	handles map[int]windows.Handle
}{handles: map[int]windows.Handle{}}

// StartProcess starts a program and returns its process id.
func StartProcess(path string, argv []string, attr *syscall.ProcAttr) (pid int, err error) {
	given := *attr
	given.Files = make([]uintptr, len(attr.Files))
	for i, fd := range attr.Files {
		if fd == ^uintptr(0) {
			continue // none
		}
		d, err := of(int(fd))
		if err != nil {
			return 0, err
		}
		given.Files[i] = uintptr(d.handle)
	}
	pid, handle, err := syscall.StartProcess(path, argv, &given)
	if err != nil {
		return 0, numbered(err)
	}
	children.Lock()
	defer children.Unlock()
	children.handles[pid] = windows.Handle(handle)
	return pid, nil
}

// Same is the user or the group of this process, for AsUser.
const Same = -1

// AsUser fails: Windows has no user and group numbers.
func AsUser(user, group int64) (*syscall.SysProcAttr, error) {
	return nil, ENOTSUP
}

// waited returns the child with an id, or for -1 all children.
func waited(pid int) map[int]windows.Handle {
	children.Lock()
	defer children.Unlock()
	found := map[int]windows.Handle{}
	for id, handle := range children.handles {
		if pid == -1 || pid == id {
			found[id] = handle
		}
	}
	return found
}

// WaitNow is waitpid(2) with WNOHANG: ended is 0 if no child has ended.
func WaitNow(pid, _ int) (ended int, status WaitStatus, err error) {
	found := waited(pid)
	if len(found) == 0 {
		return -1, 0, ECHILD
	}
	for id, handle := range found {
		var code uint32
		if state, _ := windows.WaitForSingleObject(handle, 0); state != windows.WAIT_OBJECT_0 {
			continue
		}
		if err := windows.GetExitCodeProcess(handle, &code); err != nil {
			return -1, 0, numbered(err)
		}
		children.Lock()
		delete(children.handles, id)
		children.Unlock()
		_ = windows.CloseHandle(handle)
		return id, WaitStatus(int32(code)) << 8, nil
	}
	return 0, 0, nil
}

// AwaitEnd blocks until WaitNow would return a child or fail.
func AwaitEnd(pid, _ int) {
	var handles []windows.Handle
	for _, handle := range waited(pid) {
		handles = append(handles, handle)
	}
	if len(handles) > 0 {
		_, _ = windows.WaitForMultipleObjects(handles[:min(len(handles), 64)], false, windows.INFINITE)
	}
}

// Kill ends a process for SIGTERM and SIGKILL, and checks for 0 whether it exists. Other signals fail with ENOTSUP.
func Kill(pid, signal int) error {
	const sigkill, sigterm = 9, 15
	if signal != 0 && signal != sigkill && signal != sigterm {
		return ENOTSUP
	}
	handle, err := windows.OpenProcess(windows.PROCESS_TERMINATE, false, uint32(pid))
	if err == windows.ERROR_INVALID_PARAMETER {
		return EINVAL
	}
	if err != nil {
		return numbered(err)
	}
	defer func() { _ = windows.CloseHandle(handle) }()
	if signal == 0 {
		return nil
	}
	return numbered(windows.TerminateProcess(handle, uint32(128+signal)))
}

// Getpid returns the id of this process.
func Getpid() int { return os.Getpid() }

// Memory returns the size of the machine's memory.
func Memory() (bytes float64, err error) {
	var status struct {
		length, load                                                uint32
		memory, free, pages, freePages, addresses, freeAddresses, _ uint64
	}
	status.length = uint32(unsafe.Sizeof(status))
	call := windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")
	if ok, _, err := call.Call(uintptr(unsafe.Pointer(&status))); ok == 0 {
		return 0, err
	}
	return float64(status.memory), nil
}
