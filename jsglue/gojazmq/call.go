package gojazmq

import (
	"runtime"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/frames"
)

// enter gives a frame for a call; the module keeps it for the next one.
func (m *Module) enter() *frames.Frame {
	last := len(m.frames) - 1
	if last < 0 {
		return frames.New()
	}
	entered := m.frames[last]
	m.frames = m.frames[:last]
	return entered
}

func (m *Module) exit(left *frames.Frame) { m.frames = append(m.frames, left) }

// call runs a function of the table. construct is the instance that `new` has made.
// A failure leaves it as a panic with a value of the script, as goja has it.
func (m *Module) call(function *jsglue.Function, this goja.Value, arguments []goja.Value, construct *goja.Object) goja.Value {
	var self *instance
	if function.Class != nil {
		self = m.instance(this)
	}
	count := min(len(arguments), len(function.Parameters))
	lists := m.lists(function, arguments[:count])
	frame := m.enter()
	for i, argument := range arguments[:count] {
		m.readArgument(frame, &frame.Arguments[i], &function.Parameters[i], argument, lists)
	}
	status, err := frame.Call(function, m.runtime, self.pointer(), count, m.retry)
	runtime.KeepAlive(this)
	runtime.KeepAlive(arguments)
	runtime.KeepAlive(lists)
	if m.panicked != nil {
		m.endByPanic(frame, status)
	}
	if err != nil {
		m.exit(frame)
		panic(m.exception(err))
	}
	if status == frames.Held {
		return m.finishHeld(frame, self, arguments, construct)
	}
	result := m.value(frame.Result(), self, construct)
	m.exit(frame)
	return result
}

// finishHeld makes the result of a call that the frame holds memory of.
func (m *Module) finishHeld(frame *frames.Frame, self *instance, arguments []goja.Value, construct *goja.Object) goja.Value {
	defer m.exit(frame)
	defer frame.Release()
	for _, keep := range frame.Keep() {
		self.keep(keep, arguments)
	}
	return m.value(frame.Result(), self, construct)
}

// confirmInterrupt reports whether an interrupt shall end a wait. It runs in a callback from C, through which no
// panic can pass: call panics after it.
func (m *Module) confirmInterrupt() (end bool) {
	defer func() {
		if m.panicked = recover(); m.panicked != nil {
			end = true
		}
	}()
	return m.Interrupted == nil || m.Interrupted()
}

func (m *Module) endByPanic(frame *frames.Frame, status int) {
	panicked := m.panicked
	m.panicked = nil
	if status == frames.Held {
		frame.Release()
	}
	m.exit(frame)
	panic(panicked)
}

// exception is the value that a script catches for an error.
func (m *Module) exception(failed *jsglue.Error) goja.Value {
	made, err := m.builtins.errors[failed.Class](nil, m.vm.ToValue(failed.Message))
	if err != nil {
		return m.vm.NewGoError(err)
	}
	if failed.Code != "" {
		_ = made.Set("code", failed.Code)
	}
	if failed.Errno != 0 {
		_ = made.Set("errno", failed.Errno)
	}
	if failed.Endpoint != nil {
		_ = made.Set("endpoint", *failed.Endpoint)
	}
	return made
}
