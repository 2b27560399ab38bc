package posix

import (
	"os"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Platform is what os.platform has.
const Platform = "win32"

// WNOHANG has Wait return where it would have to wait.
const WNOHANG = 1

// A WaitStatus tells how a child has ended: Windows knows its exit status only.
type WaitStatus int64

// Exited is whether it has ended by itself.
func (s WaitStatus) Exited() bool { return true }

// Signaled is whether a signal has ended it.
func (s WaitStatus) Signaled() bool { return false }

// Signal is that signal.
func (s WaitStatus) Signal() syscall.Signal { return 0 }

// ExitStatus is the status with which it has ended.
func (s WaitStatus) ExitStatus() int { return int(s >> 8) }

// Shell is the program, with its arguments, that runs a command.
func Shell(command string) (path string, argv []string) {
	shell := os.Getenv("ComSpec")
	if shell == "" {
		shell = `C:\Windows\system32\cmd.exe`
	}
	return shell, []string{"cmd", "/c", command}
}

// Children whose end nobody has asked for.
var children = struct {
	sync.Mutex
	handles map[int]windows.Handle
}{handles: map[int]windows.Handle{}}

// StartProcess starts a program, and gives the id of its process.
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

// Same is the user, or the group, of this process.
const Same = -1

// AsUser fails: Windows has no numbers of users.
func AsUser(user, group int64) (*syscall.SysProcAttr, error) {
	return nil, ENOTSUP
}

// waited are the children that a number stands for: one, or -1, all.
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

// WaitNow is waitpid(2) that does not wait: pid is 0 if there is nothing to report.
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

// AwaitEnd waits until WaitNow has something to report.
func AwaitEnd(pid, _ int) {
	var handles []windows.Handle
	for _, handle := range waited(pid) {
		handles = append(handles, handle)
	}
	if len(handles) > 0 {
		_, _ = windows.WaitForMultipleObjects(handles[:min(len(handles), 64)], false, windows.INFINITE)
	}
}

// Kill ends a process by SIGTERM or SIGKILL, and by 0 tells whether there is one. Windows has no other signals for
// processes.
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

// Getpid is the id of this process.
func Getpid() int { return os.Getpid() }

// Memory is how many bytes of memory the machine has.
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
