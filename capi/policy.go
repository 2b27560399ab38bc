package main

// #include <stdlib.h>
// #include "capi.h"
import "C"

import (
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/gostall"
)

//export goPolicy
func goPolicy(on C.int) {
	gostall.Touch()
	if on == 0 {
		jsglue.SetPolicy(nil)
		return
	}
	jsglue.SetPolicy(allows)
}

// The numbers of operations are those of zmqjs.h: the compiler refuses every index but 0.
var (
	_ = [1]struct{}{}[jsglue.BindOperation-C.ZMQJS_OPERATION_BIND]
	_ = [1]struct{}{}[jsglue.ConnectOperation-C.ZMQJS_OPERATION_CONNECT]
)

func allows(operation jsglue.Operation, endpoint string) bool {
	text := C.CString(endpoint)
	defer C.free(unsafe.Pointer(text))
	return C.policy_allows(C.int(operation), text) != 0
}
