package gojavm

import "github.com/dop251/goja"

// checkpoint is called in loops of native functions that may take long: it unwinds the script if it
// is interrupted or exceeds its memory limit.
func (vm *VM) checkpoint(count int) {
	if count%1024 == 0 {
		vm.CheckInterrupt()
	}
}

// callValue calls a function of the script; it passes exceptions on.
func (vm *VM) callValue(f goja.Callable, this goja.Value, args ...goja.Value) goja.Value {
	v, err := f(this, args...)
	rethrow(err)
	return v
}
