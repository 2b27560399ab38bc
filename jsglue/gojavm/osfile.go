package gojavm

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// fdResult returns a descriptor or a negative error number.
func (vm *VM) fdResult(fd int, err error) goja.Value {
	if err != nil {
		return vm.result(err)
	}
	return vm.rt.ToValue(fd)
}

// openFD opens a file. Child processes do not inherit the descriptor.
func (vm *VM) openFD(path string, flags int, mode uint32) (int, error) {
	for {
		fd, err := posix.Open(path, flags, mode)
		if err != posix.EINTR {
			return fd, err
		}
		vm.CheckInterrupt()
	}
}

func (vm *VM) osOpen(call goja.FunctionCall) goja.Value {
	path := toString(vm, call.Argument(0))
	flags := toInt32(call.Argument(1))
	mode := 0o666
	if v := call.Argument(2); !goja.IsUndefined(v) {
		mode = toInt32(v)
	}
	return vm.fdResult(vm.openFD(path, flags, uint32(mode)))
}

func (vm *VM) osSeek(call goja.FunctionCall) goja.Value {
	at, err := posix.Seek(toInt32(call.Argument(0)), toInt64(call.Argument(1)), toInt32(call.Argument(2)))
	if err != nil {
		at = int64(-errnoOf(err))
	}
	if goja.IsBigInt(call.Argument(1)) {
		return vm.bigInt(at)
	}
	return vm.rt.ToValue(at)
}

func (vm *VM) osRead(call goja.FunctionCall) goja.Value {
	fd := toInt32(call.Argument(0))
	b := vm.bufferArgs(call.Arguments[min(1, len(call.Arguments)):])
	n, err := vm.readFD(fd, b, true)
	return vm.fdResult(n, err)
}

func (vm *VM) osWrite(call goja.FunctionCall) goja.Value {
	fd := toInt32(call.Argument(0))
	b := vm.bufferArgs(call.Arguments[min(1, len(call.Arguments)):])
	const pipeBuf = 4096
	if posix.MayBlock(fd) {
		// A pipe that is ready takes PIPE_BUF bytes without blocking. The wait
		// until it is ready can be interrupted; write(2) cannot.
		if err := vm.waitFD(fd, posix.POLLOUT, true); err != nil {
			return vm.result(err)
		}
		b = b[:min(len(b), pipeBuf)]
	}
	n, err := posix.Write(fd, b)
	return vm.fdResult(n, err)
}

// setFDHandler makes os.setReadHandler or os.setWriteHandler. A null function
// removes the handler.
func (vm *VM) setFDHandler(write bool) nativeFunc {
	return func(call goja.FunctionCall) goja.Value {
		fd := toInt32(call.Argument(0))
		var f goja.Callable
		if arg := call.Argument(1); !goja.IsNull(arg) {
			f = vm.function(arg)
		}
		at := slices.IndexFunc(vm.fdHandlers, func(h *fdHandler) bool { return h.fd == fd })
		if at < 0 {
			if f == nil {
				return goja.Undefined()
			}
			at = len(vm.fdHandlers)
			vm.fdHandlers = append(vm.fdHandlers, &fdHandler{fd: fd})
		}
		h := vm.fdHandlers[at]
		if write {
			h.write = f
		} else {
			h.read = f
		}
		if h.read == nil && h.write == nil {
			vm.fdHandlers = slices.Delete(vm.fdHandlers, at, at+1)
		}
		return goja.Undefined()
	}
}
