package gojavm

import (
	"time"

	"github.com/dop251/goja"
)

// initConsole adds console and print.
func (vm *VM) initConsole() {
	global := vm.rt.GlobalObject()
	console := vm.rt.NewObject()
	for _, c := range []struct {
		name string
		file *stdFile
	}{
		{"log", vm.stdout},
		{"info", vm.stdout},
		{"debug", vm.stdout},
		{"error", vm.stderr},
		{"warn", vm.stderr},
	} {
		vm.define(console, c.name, vm.newFunc(c.name, 0, vm.printTo(c.file)))
	}
	vm.define(global, "console", console)
	vm.define(global, "print", vm.newFunc("print", 0, vm.printTo(vm.stdout)))
}

// printTo returns a function that writes its arguments as strings, separated by spaces, as one
// line.
func (vm *VM) printTo(file *stdFile) nativeFunc {
	return func(call goja.FunctionCall) goja.Value {
		var line []byte
		for i, arg := range call.Arguments {
			if i > 0 {
				line = append(line, ' ')
			}
			line = append(line, toString(vm, arg)...)
		}
		file.write(append(line, '\n'))
		return goja.Undefined()
	}
}

// now is milliseconds on a monotonic clock.
func (vm *VM) now(goja.FunctionCall) goja.Value {
	return vm.rt.ToValue(float64(time.Since(vm.start)) / float64(time.Millisecond))
}
