package gojavm

import (
	_ "embed"
	"unsafe"

	"github.com/dop251/goja"
)

// ffClasses has the classes and functions by which Go makes FFArrays.
type ffClasses struct {
	uint8Array   goja.Constructor // the plain typed array
	uint8FFArray *goja.Object     // FFglitch's class
	byteLength   goja.Callable    // the getter of every typed array's byteLength
}

//go:embed ffarray.js
var ffarraySource string

var ffarrayProgram = setupProgram(bundleName, &ffarraySource)

// ffKind is the key under which the FF prototypes store the index of their element type.
var ffKind = goja.NewSymbol("FFArray")

// initFFArrays adds the FFArray and FFPtr classes. Their objects are typed arrays with another
// prototype, so that access to elements is as fast, and [VM.Bytes] accepts both.
func (vm *VM) initFFArrays() error {
	if _, err := vm.setUp(ffarrayProgram, vm.rt.GlobalObject(), ffKind, vm.newFunc("", 2, vm.defineMethods)); err != nil {
		return err
	}
	vm.ff.uint8Array, _ = goja.AssertConstructor(vm.rt.Get("Uint8Array"))
	vm.ff.uint8FFArray = vm.rt.Get("Uint8FFArray").ToObject(vm.rt)
	getter, err := vm.rt.RunString(`Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), "byteLength").get`)
	vm.ff.byteLength, _ = goja.AssertFunction(getter)
	return err
}

// defineMethods adds the methods of one object to another. In JavaScript this would take most of
// the time of making a VM.
func (vm *VM) defineMethods(call goja.FunctionCall) goja.Value {
	methods := call.Argument(1).(*goja.Object)
	for _, name := range methods.Keys() {
		vm.define(call.Argument(0).(*goja.Object), name, methods.Get(name))
	}
	return goja.Undefined()
}

// NewUint8FFArray makes a Uint8FFArray of b without copying it: the script and
// the caller share the memory.
func (vm *VM) NewUint8FFArray(b []byte) *goja.Object {
	buffer := vm.rt.ToValue(vm.rt.NewArrayBuffer(b))
	obj, err := vm.ff.uint8Array(vm.ff.uint8FFArray, buffer)
	rethrow(err)
	return obj
}

// IsFFArray reports whether v is an FFArray or FFPtr of any element type.
func IsFFArray(v goja.Value) bool {
	obj, ok := v.(*goja.Object)
	return ok && obj.GetSymbol(ffKind) != nil
}

// Bytes returns the memory behind v, without copying it, if v is an FFArray,
// an FFPtr, a typed array or an ArrayBuffer.
func (vm *VM) Bytes(v goja.Value) ([]byte, bool) {
	obj, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	// For an empty array goja may return a pointer to the end of its memory, which belongs to
	// another object; the garbage collector crashes on it.
	if length, err := vm.ff.byteLength(obj); err == nil && length.ToInteger() == 0 {
		return nil, true
	}
	switch a := obj.Export().(type) {
	case []byte:
		// If a Go slice was given to the runtime, v is not a typed array, but the slice is its
		// memory.
		return a, true
	case []int8:
		return bytesOf(a), true
	case []uint16:
		return bytesOf(a), true
	case []int16:
		return bytesOf(a), true
	case []uint32:
		return bytesOf(a), true
	case []int32:
		return bytesOf(a), true
	case []uint64:
		return bytesOf(a), true
	case []int64:
		return bytesOf(a), true
	case []float32:
		return bytesOf(a), true
	case []float64:
		return bytesOf(a), true
	case goja.ArrayBuffer:
		return a.Bytes(), true
	}
	return nil, false
}

func bytesOf[T any](a []T) []byte {
	var element T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(a))), len(a)*int(unsafe.Sizeof(element)))
}
