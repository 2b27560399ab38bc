package gojavm

import (
	"container/heap"
	"math"
	"slices"
	"time"

	"github.com/dop251/goja"
)

// maxDelay is the longest time of a timer or sleep, some 292 years in nanoseconds.
const maxDelay = math.MaxInt64 / int64(time.Millisecond)

// initTimers adds the global timer functions.
func (vm *VM) initTimers() {
	proto := vm.rt.NewObject()
	_ = proto.DefineDataPropertySymbol(goja.SymToStringTag, vm.rt.ToValue("OSTimer"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	vm.timerProto = proto
	vm.defineFuncs(vm.rt.GlobalObject(), []funcSpec{
		{"setTimeout", 2, vm.setTimer(false)},
		{"setInterval", 2, vm.setTimer(true)},
		{"clearTimeout", 1, vm.clearTimer},
		{"clearInterval", 1, vm.clearTimer},
		{"queueMicrotask", 1, vm.queueMicrotask},
	})
}

func toDelay(v goja.Value) time.Duration {
	ms := wrapInt64(toNumber(v))
	return time.Duration(min(max(ms, 0), maxDelay)) * time.Millisecond
}

// setTimer makes setTimeout or setInterval.
func (vm *VM) setTimer(repeat bool) nativeFunc {
	return func(call goja.FunctionCall) goja.Value {
		f := vm.function(call.Argument(0))
		delay := toDelay(call.Argument(1))
		var args []goja.Value
		if len(call.Arguments) > 2 {
			args = slices.Clone(call.Arguments[2:])
		}
		t := &timer{
			handle: vm.rt.CreateObject(vm.timerProto),
			f: func() error {
				_, err := f(goja.Undefined(), args...)
				return err
			},
		}
		if repeat {
			t.interval = max(delay, time.Millisecond)
		}
		vm.addTimer(t, delay)
		return t.handle
	}
}

// clearTimer is clearTimeout and clearInterval. It accepts timers that have fired, null and
// undefined.
func (vm *VM) clearTimer(call goja.FunctionCall) goja.Value {
	arg := call.Argument(0)
	if isNullish(arg) {
		return goja.Undefined()
	}
	handle, ok := arg.(*goja.Object)
	if !ok || handle.Prototype() != vm.timerProto {
		vm.throwType("not a timer")
	}
	for _, t := range vm.timers {
		if t.handle == handle {
			heap.Remove(&vm.timers, t.index)
			break
		}
	}
	return goja.Undefined()
}

// sleepAsync is os.sleepAsync(ms): a promise that a timer resolves.
func (vm *VM) sleepAsync(call goja.FunctionCall) goja.Value {
	delay := toDelay(call.Argument(0))
	promise, resolve, _ := vm.rt.NewPromise()
	vm.addTimer(&timer{f: func() error { return resolve(goja.Undefined()) }}, delay)
	return vm.rt.ToValue(promise)
}

func (vm *VM) queueMicrotask(call goja.FunctionCall) goja.Value {
	f := vm.function(call.Argument(0))
	promise, resolve, _ := vm.rt.NewPromise()
	rethrow(resolve(goja.Undefined()))
	obj := vm.rt.ToValue(promise).ToObject(vm.rt)
	then := vm.function(obj.Get("then"))
	_, err := then(obj, vm.newFunc("", 0, func(goja.FunctionCall) goja.Value {
		_, err := f(goja.Undefined())
		rethrow(err)
		return goja.Undefined()
	}))
	rethrow(err)
	return goja.Undefined()
}
