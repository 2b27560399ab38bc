package gojavm

import (
	"reflect"
	"slices"

	"github.com/dop251/goja"
)

// trapHandler is given to goja in place of a proxy's handler. If a trap is not a function, goja
// formats it for its error, which may use the same proxy again and so on without end; and goja
// counts only the calls of traps that scripts make.
type trapHandler struct {
	vm     *VM
	object *goja.Object // the handler
	traps  map[string]trap
}

// trap is the function of a handler, and the one that goja calls instead.
type trap struct{ given, called goja.Value }

func (h *trapHandler) Get(name string) goja.Value {
	v := h.object.Get(name)
	if isNullish(v) {
		return goja.Undefined()
	}
	if known, ok := h.traps[name]; ok && known.given == v {
		return known.called
	}
	f, ok := goja.AssertFunction(v)
	if !ok {
		h.vm.throwType("the trap '" + name + "' of a proxy is not a function")
	}
	called := h.vm.newFunc(name, 0, h.vm.counted(func(call goja.FunctionCall) goja.Value {
		if list, ok := argumentLists[name]; ok {
			ownElements(call.Argument(list))
		}
		return h.vm.callTrap(f, h.object, call.Arguments)
	}))
	if h.traps == nil {
		h.traps = map[string]trap{}
	}
	h.traps[name] = trap{v, called}
	return called
}

// argumentLists are the traps that get the arguments of a call, with the index of that parameter.
var argumentLists = map[string]int{"apply": 2, "construct": 1}

// ownElements copies the elements of an array made by goja: they may be part of goja's stack, which
// later calls reuse.
func ownElements(v goja.Value) {
	if array, ok := v.(*goja.Object); ok {
		if elements, ok := dense(array); ok {
			internal(array, "self", "values").Set(reflect.ValueOf(slices.Clone(elements)))
		}
	}
}

func (h *trapHandler) Set(string, goja.Value) bool { return false }
func (h *trapHandler) Has(string) bool             { return true }
func (h *trapHandler) Delete(string) bool          { return false }
func (h *trapHandler) Keys() []string              { return nil }

// callTrap calls a trap, with the script's Symbol.toPrimitive in place of goja's.
func (vm *VM) callTrap(f goja.Callable, handler goja.Value, args []goja.Value) goja.Value {
	if len(args) < 2 || args[1] != goja.Value(goja.SymToPrimitive) {
		return vm.callValue(f, handler, args...)
	}
	v := vm.callValue(f, handler, withArgument(args, 1, vm.toPrimitive)...)
	if len(args) > 2 { // get(target, key, receiver)
		vm.checkConversion(v)
	}
	return v
}

// patchProxy limits chains of proxies, and puts trapHandlers between goja and the handlers of
// scripts.
func (vm *VM) patchProxy() {
	wrapped := func(args []goja.Value) []goja.Value {
		for _, arg := range args[:min(2, len(args))] {
			vm.checkChain(arg)
		}
		if len(args) < 2 {
			return args
		}
		handler, ok := args[1].(*goja.Object)
		if !ok {
			return args
		}
		return withArgument(args, 1, vm.rt.NewDynamicObject(&trapHandler{vm: vm, object: handler}))
	}
	class := vm.global("Proxy")
	field := internal(class, "self", "construct")
	construct := field.Interface().(constructFunc)
	field.Set(reflect.ValueOf(constructFunc(func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		return construct(wrapped(args), newTarget)
	})))
	vm.patchMethod(class, "revocable", func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			call.Arguments = wrapped(call.Arguments)
			return next(call)
		}
	})
}

// handlerOf is the handler that the script gave to a proxy; nil if it is revoked or native.
func handlerOf(proxy goja.Proxy) *goja.Object {
	handler := proxy.Handler()
	if handler == nil {
		return nil
	}
	if h, ok := handler.Export().(*trapHandler); ok {
		return h.object
	}
	return handler
}
