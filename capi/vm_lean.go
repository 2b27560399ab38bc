//go:build lean

package main

// #include "capi.h"
import "C"

// A lean library has no bundled engine: no VM is ever made, so that only goVMNew can
// be called.

//export goVMNew
func goVMNew(c *C.vm, handle *C.uintptr_t, text **C.char) C.int {
	*text = C.CString("zmqjs_vm_new: this build of the library has no bundled engine")
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

//export goVMSignal
func goVMSignal(handle C.uintptr_t, number C.int) {}

//export goVMClose
func goVMClose(c *C.vm, handle C.uintptr_t) {}
