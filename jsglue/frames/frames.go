// Package frames carries out calls whose data are in C: it reads the arguments of a zmqjs_frame, runs
// the functions that package jsglue has in Go, and puts results and errors into the frame. The C ABI and
// package gojazmq call the module through it.
package frames

// #cgo CFLAGS: -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -I${SRCDIR}/../../include -I${SRCDIR}/../libzmq
// #cgo windows CFLAGS: -D_WIN32_WINNT=0x0A00 -D__USE_MINGW_ANSI_STDIO=1
// #cgo pkg-config: libzmq
// #include <stdlib.h>
// #include "operation.h"
import "C"

import (
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// Statuses of a call (enum zmqjs_status).
const (
	OK        = int(C.ZMQJS_OK)
	Held      = int(C.ZMQJS_HELD)
	Exception = int(C.ZMQJS_EXCEPTION)
)

// Run runs a function that has no operation in C, inside the frame's runtime, and returns a status. frame is
// a *zmqjs_frame, runtime a *core_runtime.
func Run(function *jsglue.Function, frame, runtime unsafe.Pointer) int {
	f := (*C.zmqjs_frame)(frame)
	C.core_frame_of(f).held = C.CORE_HOLDS_NOTHING
	f.keep_count = 0
	call := &jsglue.Call{
		Runtime:   &jsglue.Runtime{Runtime: libzmq.RuntimeAt(runtime)},
		Arguments: arguments(f, function),
	}
	if function.Class != nil {
		call.This = objectOf(f.self, f.runtime)
	}
	result, err := function.Run(call)
	if err == nil {
		err = put(f, (*Data)(unsafe.Pointer(&f.result)), &result, runtime)
	}
	if err != nil {
		Throw(frame, jsglue.ErrorOf(err))
		return Exception
	}
	if C.core_frame_of(f).held != C.CORE_HOLDS_NOTHING {
		return Held
	}
	return OK
}

// Explain is the error for an operation that has failed.
func Explain(function *jsglue.Function, frame unsafe.Pointer) *jsglue.Error {
	f := (*C.zmqjs_frame)(frame)
	call := &jsglue.Call{This: objectOf(f.self, f.runtime), Arguments: arguments(f, function)}
	return function.Explain(call, libzmq.FailureOf(frame))
}
