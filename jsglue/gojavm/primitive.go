package gojavm

import (
	"reflect"

	"github.com/dop251/goja"
)

// initPrimitive makes goja call a function here to find the method that converts an object to a
// primitive value. If the method is not a function, goja formats it for its error, which may need
// the same conversion and so on without end. So scripts have a Symbol.toPrimitive of their own, and
// Object.prototype has a getter under goja's. (Objects that do not inherit from it then have no
// such method.)
func (vm *VM) initPrimitive() {
	vm.toPrimitive = goja.NewSymbol("Symbol.toPrimitive")
	symbol := vm.global("Symbol")
	symbol.Get("toPrimitive") // goja makes it at its first use
	property := internal(symbol, "self", "values").MapIndex(reflect.ValueOf("toPrimitive").Convert(reflect.TypeOf(internal(symbol, "self", "values").Interface()).Key()))
	internal(property.Interface(), "value").Set(reflect.ValueOf(vm.toPrimitive))
	for _, name := range []string{"Date", "Symbol"} {
		proto := vm.global(name, "prototype")
		method := proto.GetSymbol(goja.SymToPrimitive)
		rethrow(proto.DefineDataPropertySymbol(vm.toPrimitive, method, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		rethrow(proto.DeleteSymbol(goja.SymToPrimitive))
	}
	getter := vm.newFunc("", 0, func(call goja.FunctionCall) goja.Value {
		object, ok := call.This.(*goja.Object)
		if !ok {
			return goja.Undefined()
		}
		method := object.GetSymbol(vm.toPrimitive)
		vm.checkConversion(method)
		if method == nil {
			return goja.Undefined()
		}
		return method
	})
	rethrow(vm.global("Object", "prototype").DefineAccessorPropertySymbol(goja.SymToPrimitive, getter, nil, goja.FLAG_FALSE, goja.FLAG_FALSE))
}

// checkConversion throws if a method that converts an object to a primitive value is not a
// function.
func (vm *VM) checkConversion(method goja.Value) {
	if isNullish(method) {
		return
	}
	if _, ok := goja.AssertFunction(method); !ok {
		vm.throwType("the method [Symbol.toPrimitive] of an object is not a function")
	}
}
