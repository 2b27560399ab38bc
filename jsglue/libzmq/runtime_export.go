package libzmq

import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// core_confirm_in_go calls the argument of AskBeforeInterrupt.
//
//export core_confirm_in_go
func core_confirm_in_go(payload unsafe.Pointer) C.int {
	confirm, ok := cgo.Handle(uintptr(payload)).Value().(func() bool)
	if ok && !confirm() {
		return 0
	}
	return 1
}
