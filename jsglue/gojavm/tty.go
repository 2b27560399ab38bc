package gojavm

import (
	"github.com/dop251/goja"
	"golang.org/x/sys/unix"
)

// ttySetRaw is os.ttySetRaw(fd): a terminal gives each key at once, without echo. What is no
// terminal stays as it is. The terminal's own mode comes back when the VM is closed.
func (vm *VM) ttySetRaw(call goja.FunctionCall) goja.Value {
	fd := toInt32(call.Argument(0))
	mode, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return goja.Undefined()
	}
	if _, ok := vm.terminals[fd]; !ok {
		if vm.terminals == nil {
			vm.terminals = map[int]unix.Termios{}
		}
		vm.terminals[fd] = *mode
	}
	mode.Iflag &^= unix.IGNBRK | unix.BRKINT | unix.PARMRK | unix.ISTRIP | unix.INLCR | unix.IGNCR | unix.ICRNL | unix.IXON
	mode.Oflag |= unix.OPOST
	mode.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON | unix.IEXTEN
	mode.Cflag = mode.Cflag&^(unix.CSIZE|unix.PARENB) | unix.CS8
	mode.Cc[unix.VMIN], mode.Cc[unix.VTIME] = 1, 0
	_ = unix.IoctlSetTermios(fd, unix.TCSETS, mode)
	return goja.Undefined()
}

func (vm *VM) restoreTerminals() {
	for fd, mode := range vm.terminals {
		_ = unix.IoctlSetTermios(fd, unix.TCSETS, &mode)
	}
	vm.terminals = nil
}
