package gojazmq

import (
	"errors"
	"runtime"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A frame is the memory of one call; the module keeps it for the next one.
type frame struct {
	call      jsglue.Call
	arguments [4]jsglue.Data
	slots     slots
}

func (m *Module) enter() *frame {
	last := len(m.frames) - 1
	if last < 0 {
		return new(frame)
	}
	entered := m.frames[last]
	m.frames = m.frames[:last]
	return entered
}

// exit empties the frame, so that it keeps nothing alive.
func (m *Module) exit(left *frame) {
	clear(left.call.Arguments)
	left.call = jsglue.Call{}
	left.slots = slots{}
	m.frames = append(m.frames, left)
}

// call runs a function of the table. construct is the instance that `new` has made.
// A failure leaves it as a panic with a value of the script, as goja has it.
func (m *Module) call(function *jsglue.Function, this goja.Value, arguments []goja.Value, construct *goja.Object) goja.Value {
	if !m.gate.enter() {
		panic(m.exception(function.Ended()))
	}
	defer m.gate.exit()
	frame := m.enter()
	call := &frame.call
	call.Runtime = m.runtime
	call.Arguments = frame.arguments[:0]
	self := m.instance(this)
	if self != nil {
		frame.slots = slots{self, arguments}
		call.This = self.object
		call.Engine = &frame.slots
	}
	for i := range min(len(arguments), len(function.Parameters)) {
		call.Arguments = append(call.Arguments, m.argument(&function.Parameters[i], arguments[i]))
	}
	result, err := m.run(function, call)
	if exhausted(err) {
		result, err = m.runAgain(function, call, err)
	}
	m.exit(frame)
	runtime.KeepAlive(this)
	runtime.KeepAlive(arguments)
	if err != nil {
		panic(m.exception(err))
	}
	return m.value(&result, self, construct)
}

// run runs the function and waits as often as it must.
func (m *Module) run(function *jsglue.Function, call *jsglue.Call) (jsglue.Data, error) {
	for {
		result, err := function.Run(call)
		if !errors.Is(err, jsglue.ErrWait) {
			return result, err
		}
		if call.Result, err = m.wait(call.Wait()); err != nil {
			return jsglue.Data{}, err
		}
	}
}

func (m *Module) wait(wait *libzmq.Wait) (libzmq.Result, error) {
	for {
		result, err := m.runtime.Wait(wait)
		if result != libzmq.Interrupted || m.Interrupted == nil || m.Interrupted() {
			return result, err
		}
	}
}

// exception is what a script catches for an error.
func (m *Module) exception(err error) goja.Value {
	failed := &jsglue.Error{Message: err.Error()}
	errors.As(err, &failed)
	made, err := m.builtins.errors[failed.Class](nil, m.vm.ToValue(failed.Message))
	if err != nil {
		return m.vm.NewGoError(err)
	}
	if failed.Code != "" {
		_ = show(made, "code", m.vm.ToValue(failed.Code))
	}
	if failed.Errno != 0 {
		_ = show(made, "errno", m.vm.ToValue(failed.Errno))
	}
	if failed.Endpoint != nil {
		_ = show(made, "endpoint", m.vm.ToValue(*failed.Endpoint))
	}
	return made
}
