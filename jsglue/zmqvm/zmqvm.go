// Package zmqvm is the bundled engine of package gojavm with the zmq module of package
// gojazmq: scripts import it as "zmq", and what interrupts the engine, or a signal that a
// script handles, ends a wait in the module.
//
// Scripts and sockets that the Go program makes with zmq4 have different contexts: inproc endpoints of
// one are not visible to the other. Use ipc or tcp between them.
package zmqvm

import (
	"errors"
	"maps"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm"
	"github.com/zmqjs/zmqjs/jsglue/gojazmq"
)

// A VM is a gojavm.VM whose scripts can import "zmq". One goroutine at a time runs it;
// Interrupt and Signal may be called by any.
type VM struct {
	*gojavm.VM
	module *gojazmq.Module // nil until a script imports it
}

// New makes a VM. The options' Modules are offered besides zmq, which they must not have.
func New(options gojavm.Options) (*VM, error) {
	if options.Modules["zmq"] != nil {
		return nil, errors.New("zmqvm: the options have a module zmq of their own")
	}
	made := &VM{}
	options.Modules = maps.Clone(options.Modules)
	if options.Modules == nil {
		options.Modules = map[string]gojavm.ModuleFunc{}
	}
	options.Modules["zmq"] = made.load
	vm, err := gojavm.New(options)
	if err != nil {
		return nil, err
	}
	made.VM = vm
	return made, nil
}

func (vm *VM) load(engine *gojavm.VM) (*goja.Object, error) {
	module, err := gojazmq.New(engine.Runtime())
	if err != nil {
		return nil, err
	}
	module.Interrupted = func() bool {
		engine.CheckInterrupt()
		return engine.TakeSignal()
	}
	engine.OnWake(func(gojavm.WakeReason) { module.Interrupt() })
	engine.OnRunEnd(module.Detach)
	vm.module = module
	return module.Exports(), nil
}

// Close closes the sockets and contexts that scripts left open, waits for messages not yet
// sent, at most libzmq.LeaveTimeout milliseconds, and ends the VM. While the VM runs it fails
// with gojavm.ErrRunning and does nothing. Calling it again does nothing. If an interrupted
// run has left a built-in function at work behind, all this happens when that has ended.
func (vm *VM) Close() error {
	idle := vm.Idle()
	select {
	case <-idle:
	default:
		go func() {
			<-idle
			_ = vm.closeIdle()
		}()
		return nil
	}
	return vm.closeIdle()
}

func (vm *VM) closeIdle() error {
	if vm.module == nil || vm.Running() {
		return vm.VM.Close()
	}
	return errors.Join(vm.module.Close(), vm.VM.Close())
}
