package gojavm

import (
	"runtime"
	"strings"

	"github.com/dop251/goja"
)

// maxCallDepth limits the nesting of script calls; deeper recursion throws "InternalError: stack
// overflow". The time of unwinding grows with the square of the depth if the calls go through
// built-in functions; at this depth it is half a second.
const maxCallDepth = 5000

// depthReserve is the additional depth for making the error.
const depthReserve = 50

// shownFrames is the number of lines in the stack of such an error.
const shownFrames = 10

// goja ends the whole run if calls are nested too deep: its own error passes every catch and
// finally. But before it throws that error, it records the names of all native functions on the
// stack. So a native function whose name is a getter calls everything that a VM runs, and the
// getter throws an error that the script can catch.
type overflow struct {
	enter    goja.Callable // calls its argument
	depth    func() int
	throwing bool
}

// bottomFrame is the name of that function in stack traces.
const bottomFrame = bundleName

func (vm *VM) initOverflow() error {
	vm.rt.SetMaxCallStackSize(maxCallDepth)
	callStack := internal(vm.rt, "vm", "callStack")
	vm.overflow.depth = callStack.Len
	program, err := goja.Compile(bundleName, "(function (f) { f(); })", true)
	if err != nil {
		return err
	}
	f, err := vm.rt.RunProgram(program)
	if err != nil {
		return err
	}
	vm.overflow.enter, _ = goja.AssertFunction(f)
	return nil
}

// withOverflow calls f, which runs scripts, and turns stack overflow in them into an error that
// they can catch.
func (vm *VM) withOverflow(f func() error) error {
	var err error
	bottom := vm.newFunc(bottomFrame, 0, func(goja.FunctionCall) goja.Value {
		err = f()
		return nil
	})
	getter := vm.rt.ToValue(func(goja.FunctionCall) goja.Value {
		if !vm.overflow.throwing && vm.overflow.depth() > maxCallDepth {
			if overflows, orphan := pushing(); overflows {
				vm.throwOverflow(orphan)
			}
		}
		return vm.rt.ToValue(bottomFrame)
	})
	rethrow(bottom.DefineAccessorProperty("name", getter, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
	if _, failed := vm.overflow.enter(goja.Undefined(), bottom); failed != nil {
		return failed
	}
	return err
}

// pushing reports whether goja is recording the stack to throw its own error: at the same depth it
// may record it for others. orphan reports that goja has pushed a frame for a generator or an async
// function and would not pop it.
func pushing() (overflows, orphan bool) {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		_, name, _ := strings.Cut(frame.Function, "/goja.")
		switch name {
		case "(*vm).pushCtx":
			overflows = true
		case "(*asyncRunner).start", "(*generatorObject).init":
			return overflows, overflows
		}
		if !more || name == "(*generator).enter" || name == "(*vm).run" {
			return overflows, false
		}
	}
}

func (vm *VM) throwOverflow(orphan bool) {
	vm.overflow.throwing = true
	vm.rt.SetMaxCallStackSize(maxCallDepth + depthReserve)
	defer func() {
		vm.rt.SetMaxCallStackSize(maxCallDepth)
		vm.overflow.throwing = false
	}()
	thrown := vm.overflowError()
	if orphan {
		tries := internal(vm.rt, "vm", "tryStack")
		tries.SetLen(tries.Len() - 1)
	}
	panic(thrown)
}

// overflowError makes the error, with a stack of few lines instead of thousands.
func (vm *VM) overflowError() *goja.Object {
	thrown := vm.newError(vm.classes.internalError, "stack overflow")
	stack := thrown.Get("stack").String()
	end := 0
	for range shownFrames {
		if next := strings.IndexByte(stack[end:], '\n'); next >= 0 {
			end += next + 1
		}
	}
	vm.define(thrown, "stack", vm.rt.ToValue(stack[:end]))
	return thrown
}

// runJobs runs the jobs of promises, as goja does when it returns to the host.
func (vm *VM) runJobs() {
	queue := internal(vm.rt, "jobQueue")
	for queue.Len() > 0 {
		jobs := queue.Interface().([]func())
		queue.SetZero()
		for _, job := range jobs {
			job()
		}
	}
}
