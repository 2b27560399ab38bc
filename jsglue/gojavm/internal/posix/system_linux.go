package posix

import "golang.org/x/sys/unix"

// Platform is the value of os.platform.
const Platform = "linux"

// Requests of ioctl(2).
const (
	getTerminalMode = unix.TCGETS
	setTerminalMode = unix.TCSETS
)

// Pipe creates a pipe. Child processes do not inherit it.
func Pipe() (read, write int, err error) {
	var fds [2]int
	err = unix.Pipe2(fds[:], unix.O_CLOEXEC)
	return fds[0], fds[1], err
}

func duplicateTo(from, to int) error { return unix.Dup3(from, to, 0) }

// AwaitEnd blocks until WaitNow would return a child or fail.
func AwaitEnd(pid, options int) {
	kind, id := unix.P_PID, pid
	switch {
	case pid == -1:
		kind, id = unix.P_ALL, 0
	case pid <= 0:
		kind, id = unix.P_PGID, -pid
	}
	for unix.Waitid(kind, id, nil, unix.WEXITED|unix.WNOWAIT|options&unix.WUNTRACED, nil) == unix.EINTR {
	}
}

// Memory returns the size of the machine's memory.
func Memory() (bytes float64, err error) {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 0, err
	}
	return float64(info.Totalram) * float64(info.Unit), nil
}
