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

func allows(operation jsglue.Operation, endpoint string) bool {
	text := C.CString(endpoint)
	defer C.free(unsafe.Pointer(text))
	return C.policy_allows(C.int(operation), text) != 0
}
