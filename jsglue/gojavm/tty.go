package gojavm

import (
	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// ttySetRaw is os.ttySetRaw(fd). It makes a terminal deliver each key at once, without echo, and
// ignores other descriptors. Closing the VM restores the terminal's mode.
func (vm *VM) ttySetRaw(call goja.FunctionCall) goja.Value {
	fd := toInt32(call.Argument(0))
	before, err := posix.MakeRaw(fd)
	if err != nil {
		return goja.Undefined()
	}
	if _, ok := vm.terminals[fd]; !ok {
		if vm.terminals == nil {
			vm.terminals = map[int]posix.TerminalMode{}
		}
		vm.terminals[fd] = before
	}
	return goja.Undefined()
}

func (vm *VM) restoreTerminals() {
	for fd, mode := range vm.terminals {
		posix.SetTerminalMode(fd, mode)
	}
	vm.terminals = nil
}
