//go:build unix

package posix

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// WNOHANG makes os.waitpid return at once.
const WNOHANG = unix.WNOHANG

// A WaitStatus is the status of waitpid(2).
type WaitStatus = unix.WaitStatus

// Shell returns the path and the arguments of a shell that runs command.
func Shell(command string) (path string, argv []string) {
	return "/bin/sh", []string{"sh", "-c", command}
}

// StartProcess starts a program and returns its process id.
func StartProcess(path string, argv []string, attr *syscall.ProcAttr) (pid int, err error) {
	return syscall.ForkExec(path, argv, attr)
}

// Same is the user or the group of this process, for AsUser.
const Same = -1

// AsUser returns the attributes of a child that runs as a user and a group: their numbers, or Same.
func AsUser(user, group int64) (*syscall.SysProcAttr, error) {
	if user == Same {
		user = int64(unix.Getuid())
	}
	if group == Same {
		group = int64(unix.Getgid())
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(user), Gid: uint32(group), NoSetGroups: true}}, nil
}

// WaitNow is waitpid(2) with WNOHANG: ended is 0 if no child has changed its state.
func WaitNow(pid, options int) (ended int, status WaitStatus, err error) {
	for {
		ended, err = unix.Wait4(pid, &status, options|unix.WNOHANG, nil)
		if err != unix.EINTR {
			return ended, status, err
		}
	}
}

// Kill sends a signal to a process.
func Kill(pid, signal int) error { return unix.Kill(pid, unix.Signal(signal)) }

// Getpid returns the id of this process.
func Getpid() int { return unix.Getpid() }
