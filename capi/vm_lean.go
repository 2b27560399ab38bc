//go:build lean

package main

// #cgo CFLAGS: -DZMQJS_LEAN
// #include "capi.h"
import "C"

// A lean library has no bundled engine: with ZMQJS_LEAN defined, vm.c calls none of these
// functions.

//export goVMNew
func goVMNew(c *C.vm, memoryLimit C.uint64_t, handle *C.uintptr_t, text **C.char) C.int {
	return C.ZMQJS_UNAVAILABLE
}

//export goVMSetArguments
func goVMSetArguments(handle C.uintptr_t, count C.size_t, list **C.char) {}

//export goVMRun
func goVMRun(c *C.vm, handle C.uintptr_t, name, source *C.char, length C.size_t) {}

//export goVMResult
func goVMResult(handle C.uintptr_t, exitStatus *C.int, text **C.char) C.int {
	return C.ZMQJS_UNAVAILABLE
}

//export goVMInterrupt
func goVMInterrupt(handle C.uintptr_t) {}

//export goVMForget
func goVMForget(handle C.uintptr_t) {}

//export goVMSignal
func goVMSignal(handle C.uintptr_t, number C.int) {}

//export goVMClose
func goVMClose(c *C.vm, handle C.uintptr_t) {}
