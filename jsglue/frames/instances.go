package frames

// #include <stdlib.h>
// #include "operation.h"
import "C"

import (
	"runtime/cgo"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
)

// NewInstance makes the C part of an instance in an engine (zmqjs_instance *), which Finalize ends. runtime
// is a *core_runtime.
func NewInstance(object jsglue.Object, runtime unsafe.Pointer) (unsafe.Pointer, error) {
	handle := cgo.NewHandle(object)
	instance := C.core_instance_new(C.uint32_t(object.Class().Number), object.Pointer(), C.uintptr_t(handle),
		(*C.core_runtime)(runtime))
	if instance == nil {
		handle.Delete()
		object.Finalize()
		return nil, errMemory
	}
	return unsafe.Pointer(instance), nil
}

// Finalize reports that the engine has dropped an instance (zmqjs_instance *). Any goroutine.
func Finalize(instance unsafe.Pointer) {
	C.core_instance_finalize((*C.zmqjs_instance)(instance))
	ForgetFinalized()
}

// ForgetFinalized lets go of the objects whose instances were finalized. C has ended what they have there.
func ForgetFinalized() {
	for instance := C.core_instance_take_finalized(); instance != nil; {
		next := instance.next
		handle := cgo.Handle(instance.handle)
		if object, ok := handle.Value().(jsglue.Object); ok && object.Pointer() == nil {
			object.Finalize()
		}
		handle.Delete()
		C.free(unsafe.Pointer(instance))
		instance = next
	}
}
