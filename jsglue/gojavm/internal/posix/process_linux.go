package posix

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// Platform is what os.platform has.
const Platform = "linux"

// WNOHANG has Wait return where it would have to wait.
const WNOHANG = unix.WNOHANG

// A WaitStatus tells how a child has ended.
type WaitStatus = unix.WaitStatus

// Shell is the program, with its arguments, that runs a command.
func Shell(command string) (path string, argv []string) {
	return "/bin/sh", []string{"sh", "-c", command}
}

// StartProcess starts a program, and gives the id of its process.
func StartProcess(path string, argv []string, attr *syscall.ProcAttr) (pid int, err error) {
	return syscall.ForkExec(path, argv, attr)
}

// Same is the user, or the group, of this process.
const Same = -1

// AsUser has a child run as another user and group, which are numbers, or Same.
func AsUser(user, group int64) (*syscall.SysProcAttr, error) {
	if user == Same {
		user = int64(unix.Getuid())
	}
	if group == Same {
		group = int64(unix.Getgid())
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(user), Gid: uint32(group), NoSetGroups: true}}, nil
}

// WaitNow is waitpid(2) that does not wait: pid is 0 if there is nothing to report.
func WaitNow(pid, options int) (ended int, status WaitStatus, err error) {
	for {
		ended, err = unix.Wait4(pid, &status, options|unix.WNOHANG, nil)
		if err != unix.EINTR {
			return ended, status, err
		}
	}
}

// AwaitEnd waits until WaitNow has something to report.
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

// Kill sends a signal to a process.
func Kill(pid, signal int) error { return unix.Kill(pid, unix.Signal(signal)) }

// Getpid is the id of this process.
func Getpid() int { return unix.Getpid() }

// Memory is how many bytes of memory the machine has.
func Memory() (bytes float64, err error) {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 0, err
	}
	return float64(info.Totalram) * float64(info.Unit), nil
}
