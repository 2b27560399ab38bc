package main

// #include <stdlib.h>
// #include "capi.h"
import "C"

import (
	"fmt"
	"runtime/cgo"
	"sync"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/sysmon"
)

// newNative makes what an instance in the engine points to, or disowns the object.
func newNative(object any) *C.native {
	made := false
	defer func() {
		if owned, ok := object.(interface{ Disown() }); ok && !made {
			owned.Disown()
		}
	}()
	kind, glue := describeNative(object)
	native := allocate[C.native](1)
	native.kind, native.glue = kind, glue
	native.handle = C.uintptr_t(cgo.NewHandle(object))
	made = true
	return native
}

func describeNative(object any) (kind C.enum_native_kind, glue unsafe.Pointer) {
	switch object := object.(type) {
	case *jsglue.Context:
		return C.NATIVE_CONTEXT, object.Pointer()
	case *jsglue.Socket:
		return C.NATIVE_SOCKET, object.Pointer()
	case *jsglue.Poller:
		return C.NATIVE_POLLER, object.Pointer()
	case *jsglue.Authenticator:
		return C.NATIVE_AUTHENTICATOR, nil
	case *jsglue.Monitor:
		return C.NATIVE_MONITOR, object.Pointer()
	}
	panic(fmt.Sprintf("capi: no kind of native for %T", object))
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
	array := allocate[*C.char](len(list))
	for i, name := range list {
		unsafe.Slice(array, len(list))[i] = C.CString(name)
	}
	kept, _ := interned.LoadOrStore(&list[0], array)
	return kept.(**C.char)
}
