package posix

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Platform is the value of os.platform.
const Platform = "darwin"

// Requests of ioctl(2).
const (
	getTerminalMode = unix.TIOCGETA
	setTerminalMode = unix.TIOCSETA
)

// Pipe creates a pipe. Child processes do not inherit it.
func Pipe() (read, write int, err error) {
	var fds [2]int
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := unix.Pipe(fds[:]); err != nil {
		return -1, -1, err
	}
	unix.CloseOnExec(fds[0])
	unix.CloseOnExec(fds[1])
	return fds[0], fds[1], nil
}

func duplicateTo(from, to int) error { return unix.Dup2(from, to) }

// AwaitEnd blocks until WaitNow may return a child or fail: for a short time, since waitid() of macOS returns for stopped
// children too.
func AwaitEnd(_, _ int) { time.Sleep(5 * time.Millisecond) }

// Memory returns the size of the machine's memory.
func Memory() (bytes float64, err error) {
	size, err := unix.SysctlUint64("hw.memsize")
	return float64(size), err
}
