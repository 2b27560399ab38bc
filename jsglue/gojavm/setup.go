package gojavm

import (
	"sync"

	"github.com/dop251/goja"
)

// setupProgram is a source of this package, which consists of a function. It is compiled at its
// first use, once for all VMs.
func setupProgram(name string, source *string) func() (*goja.Program, error) {
	return sync.OnceValues(func() (*goja.Program, error) { return goja.Compile(name, *source, true) })
}

// setUp calls the function of a program.
func (vm *VM) setUp(program func() (*goja.Program, error), arguments ...goja.Value) (goja.Value, error) {
	compiled, err := program()
	if err != nil {
		return nil, err
	}
	function, err := vm.rt.RunProgram(compiled)
	if err != nil {
		return nil, err
	}
	return vm.function(function)(goja.Undefined(), arguments...)
}
