package gojavm

import (
	"math"
	"reflect"

	"github.com/dop251/goja"
)

const (
	bufferClass       = "ArrayBuffer"
	sharedBufferClass = "SharedArrayBuffer"
)

// isSharedBuffer reports whether v is a SharedArrayBuffer: an ArrayBuffer of goja with another
// class. (A script has one thread, so that it is never shared.)
func isSharedBuffer(v goja.Value) bool {
	object, ok := v.(*goja.Object)
	return ok && object.ClassName() == sharedBufferClass
}

// initSharedMemory adds SharedArrayBuffer, and Atomics, whose members addLateFunctions adds. It
// runs after limitSizes.
func (vm *VM) initSharedMemory() {
	global, buffer := vm.rt.GlobalObject(), vm.global(bufferClass)
	bufferProto := buffer.Get("prototype").(*goja.Object)
	class := vm.newFunc(sharedBufferClass, 1, func(goja.FunctionCall) goja.Value {
		vm.throwType("constructor SharedArrayBuffer requires 'new'")
		return nil
	})
	proto := vm.rt.NewObject()
	makeBuffer := internal(buffer, "self", "construct").Interface().(constructFunc)
	internal(class, "self", "construct").Set(reflect.ValueOf(constructFunc(func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		length := int64(0)
		if len(args) > 0 {
			length = vm.toIndex(args[0])
		}
		made := proto
		if newTarget != nil {
			if own, ok := newTarget.Get("prototype").(*goja.Object); ok {
				made = own
			}
		}
		object := makeBuffer([]goja.Value{vm.rt.ToValue(length)}, nil)
		internal(object, "self", "class").SetString(sharedBufferClass)
		rethrow(object.SetPrototype(made))
		return object
	})))
	rethrow(class.DefineDataProperty("prototype", proto, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	species := vm.newFunc("get [Symbol.species]", 0, func(call goja.FunctionCall) goja.Value { return call.This })
	rethrow(class.DefineAccessorPropertySymbol(goja.SymSpecies, species, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
	vm.define(proto, "constructor", class)
	rethrow(proto.DefineDataPropertySymbol(goja.SymToStringTag, vm.rt.ToValue(sharedBufferClass), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	byteLength := vm.newFunc("get byteLength", 0, func(call goja.FunctionCall) goja.Value {
		return vm.rt.ToValue(len(vm.sharedBytes("byteLength", call.This)))
	})
	rethrow(proto.DefineAccessorProperty("byteLength", byteLength, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
	vm.define(proto, "slice", vm.newFunc("slice", 2, func(call goja.FunctionCall) goja.Value { return vm.sliceShared(class, call) }))
	vm.define(global, sharedBufferClass, class)

	unshared := func(next nativeFunc) nativeFunc {
		return func(call goja.FunctionCall) goja.Value {
			if isSharedBuffer(call.This) {
				vm.throwType("a method of ArrayBuffer was called on a SharedArrayBuffer")
			}
			return next(call)
		}
	}
	vm.patch(vm.accessor(bufferProto, "byteLength", "get"), unshared)
	vm.patchMethod(bufferProto, "slice", unshared)

	atomics := vm.rt.NewObject()
	rethrow(atomics.DefineDataPropertySymbol(goja.SymToStringTag, vm.rt.ToValue("Atomics"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	vm.define(global, "Atomics", atomics)
}

func (vm *VM) sharedBytes(name string, v goja.Value) []byte {
	if !isSharedBuffer(v) {
		vm.throwType("SharedArrayBuffer.prototype." + name + " called on an object that is no SharedArrayBuffer")
	}
	return v.Export().(goja.ArrayBuffer).Bytes()
}

// sliceShared is SharedArrayBuffer.prototype.slice.
func (vm *VM) sliceShared(class *goja.Object, call goja.FunctionCall) goja.Value {
	from := vm.sharedBytes("slice", call.This)
	length := float64(len(from))
	relative := func(v goja.Value, otherwise float64) float64 {
		if goja.IsUndefined(v) {
			return otherwise
		}
		f := math.Trunc(toNumber(v))
		switch {
		case f != f:
			return 0
		case f < 0:
			return max(length+f, 0)
		}
		return min(f, length)
	}
	first := relative(call.Argument(0), 0)
	size := max(relative(call.Argument(1), length)-first, 0)
	made, err := vm.rt.New(vm.species(call.This.(*goja.Object), class), vm.rt.ToValue(size))
	rethrow(err)
	to := vm.sharedBytes("slice", made)
	if made.SameAs(call.This) || float64(len(to)) < size {
		vm.throwType("SharedArrayBuffer.prototype.slice: the constructor made the same buffer, or too small a one")
	}
	copy(to, from[int(first):int(first+size)])
	return made
}

// species is SpeciesConstructor of ECMAScript.
func (vm *VM) species(object, otherwise *goja.Object) goja.Value {
	constructor := object.Get("constructor")
	if constructor == nil || goja.IsUndefined(constructor) {
		return otherwise
	}
	class, ok := constructor.(*goja.Object)
	if !ok {
		vm.throwType("the constructor of an object is no object")
	}
	species := class.GetSymbol(goja.SymSpecies)
	if isNullish(species) {
		return otherwise
	}
	if _, ok := goja.AssertConstructor(species); !ok {
		vm.throwType("the species of an object is no constructor")
	}
	return species
}

// isDetached reports whether an ArrayBuffer is detached.
func (vm *VM) isDetached(call goja.FunctionCall) goja.Value {
	buffer, _ := call.Argument(0).Export().(goja.ArrayBuffer)
	return vm.rt.ToValue(buffer.Detached())
}
