package main

// #include <stdlib.h>
// #include "capi.h"
import "C"

import (
	"runtime/cgo"
	"sync"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/sysmon"
)

// newNative makes what an instance in the engine points to.
func newNative(object any) *C.native {
	native := allocate[C.native]()
	native.handle = C.uintptr_t(cgo.NewHandle(object))
	switch object := object.(type) {
	case *jsglue.Context:
		native.kind, native.glue = C.NATIVE_CONTEXT, object.Pointer()
	case *jsglue.Socket:
		native.kind, native.glue = C.NATIVE_SOCKET, object.Pointer()
	case *jsglue.Poller:
		native.kind, native.glue = C.NATIVE_POLLER, object.Pointer()
	case *jsglue.Authenticator:
		native.kind = C.NATIVE_AUTHENTICATOR
	case *jsglue.Monitor:
		native.kind, native.glue = C.NATIVE_MONITOR, object.Pointer()
	}
	return native
}

// forgetDead lets go of the objects whose instances were collected. What they have in C
// is ended already.
func forgetDead() {
	for native := C.native_take_dead(); native != nil; {
		next := native.next
		handle := cgo.Handle(native.handle)
		if authenticator, ok := handle.Value().(*jsglue.Authenticator); ok {
			authenticator.Disown()
		}
		handle.Delete()
		C.free(unsafe.Pointer(native))
		native = next
	}
}

//export goForgetDead
func goForgetDead() {
	sysmon.Touch()
	forgetDead()
}

// interned are arrays of names in C memory, which stay.
var interned sync.Map // of *string, the first name, to **C.char

func names(list []string) **C.char {
	if array, ok := interned.Load(&list[0]); ok {
		return array.(**C.char)
	}
	array := (**C.char)(C.calloc(C.size_t(len(list)), C.size_t(unsafe.Sizeof((*C.char)(nil)))))
	for i, name := range list {
		unsafe.Slice(array, len(list))[i] = C.CString(name)
	}
	kept, _ := interned.LoadOrStore(&list[0], array)
	return kept.(**C.char)
}
