package main

// #include "capi.h"
import "C"

import (
	"fmt"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/frames"
	"github.com/zmqjs/zmqjs/jsglue/gostall"
)

// guard turns a panic into an error of the call, since a panic would end the host.
func guard(frame *C.zmqjs_frame, status *C.int) {
	if panicked := recover(); panicked != nil {
		frames.Throw(unsafe.Pointer(frame), &jsglue.Error{Message: fmt.Sprintf("zmq: internal error: %v", panicked)})
		*status = C.ZMQJS_EXCEPTION
	}
}

// goCall runs a function inside the runtime and returns the status of the call.
//
//export goCall
func goCall(number C.uint32_t, frame *C.zmqjs_frame, runtime *C.core_runtime) (status C.int) {
	gostall.Touch()
	defer guard(frame, &status)
	frames.ForgetFinalized()
	return C.int(frames.Run(functions[number], unsafe.Pointer(frame), unsafe.Pointer(runtime)))
}

// goExplain writes the error for an operation that has failed.
//
//export goExplain
func goExplain(number C.uint32_t, frame *C.zmqjs_frame) {
	gostall.Touch()
	var status C.int
	defer guard(frame, &status)
	frames.Throw(unsafe.Pointer(frame), frames.Explain(functions[number], unsafe.Pointer(frame)))
}

//export goForgetFinalized
func goForgetFinalized() {
	gostall.Touch()
	frames.ForgetFinalized()
}
