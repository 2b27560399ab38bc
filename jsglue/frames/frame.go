package frames

// #include <stdlib.h>
// #include <string.h>
// #include "operation.h"
// struct memory {
//     zmqjs_frame frame;
//     zmqjs_data arguments[ZMQJS_PARAMETER_MAXIMUM];
// };
// // Calls an operation; the memory of one argument is lent as a parameter of the call, so that it stays where it
// // is.
// static int call(void *operation, zmqjs_frame *frame, zmqjs_data *lent, void *data)
// {
//     lent->as.data = data;
//     int status = ((core_operation *)operation)(NULL, frame);
//     lent->as.data = NULL;
//     return status;
// }
// static int call_plain(void *operation, zmqjs_frame *frame)
// {
//     return ((core_operation *)operation)(NULL, frame);
// }
import "C"

import (
	"runtime"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A Frame is a call from Go: a zmqjs_frame with room for its arguments. It may be used for one call after
// another.
type Frame struct {
	c         *C.struct_memory
	Arguments []Data // in C memory, as many as any function has
	lent      *Data  // whose memory is passed with the call
	data      unsafe.Pointer
	pinner    runtime.Pinner
	lists     []unsafe.Pointer // from malloc
}

// New makes a frame.
func New() *Frame {
	c := (*C.struct_memory)(C.calloc(1, C.sizeof_struct_memory))
	if c == nil {
		panic("frames: out of memory")
	}
	f := &Frame{c: c, Arguments: unsafe.Slice((*Data)(unsafe.Pointer(&c.arguments[0])), C.ZMQJS_PARAMETER_MAXIMUM)}
	runtime.AddCleanup(f, func(c *C.struct_memory) { C.free(unsafe.Pointer(c)) }, c)
	return f
}

// Lend has an argument show the memory of bytes or of a string of UTF-8, which the caller keeps alive until the
// call returns.
func (f *Frame) Lend(d *Data, data *byte, length int) {
	d.Flags = 0
	d.As = 0
	d.Length = uintptr(length)
	switch {
	case length == 0:
	case f.lent == nil:
		f.lent, f.data = d, unsafe.Pointer(data)
	default:
		f.pinner.Pin(data)
		d.setPointer(unsafe.Pointer(data))
	}
}

// List has an argument show an array's elements, which are to be filled in; nil if memory runs out.
func (f *Frame) List(d *Data, length int) []Data {
	d.Length = uintptr(length)
	d.As = 0
	memory := C.calloc(C.size_t(length)+1, C.sizeof_zmqjs_data)
	if memory == nil {
		return nil
	}
	f.lists = append(f.lists, memory)
	d.setPointer(memory)
	return unsafe.Slice((*Data)(memory), length)
}

// SetInstance has an argument show an instance (zmqjs_instance *).
func (d *Data) SetInstance(instance unsafe.Pointer) { d.setPointer(instance) }

// Instance is that of a result.
func (d *Data) Instance() unsafe.Pointer { return d.pointer() }

// Call calls a function with the first count arguments, and returns a status: Release is to be called after
// Held. After Exception the error is returned, and there is nothing to release. Where descriptors or sockets have
// run out, again reports whether to try once more.
func (f *Frame) Call(function *jsglue.Function, in *jsglue.Runtime, self unsafe.Pointer, count int, again func(attempt int) bool) (status int, err *jsglue.Error) {
	c := &f.c.frame
	c.runtime = (*C.zmqjs_runtime)(in.Handle())
	c.self = (*C.zmqjs_instance)(self)
	c.arguments = &f.c.arguments[0]
	c.argument_count = C.size_t(count)
	status = f.once(function, in)
	for attempt := 0; status == Exception && f.hasRunOut(function) && again(attempt); attempt++ {
		f.Release()
		status = f.once(function, in)
	}
	if status == Exception {
		err = f.explain(function)
	}
	f.giveBack()
	return status, err
}

// once calls a function, and returns its status.
func (f *Frame) once(function *jsglue.Function, in *jsglue.Runtime) int {
	switch {
	case function.Operation == nil:
		return f.run(function, in)
	case f.lent == nil:
		return int(C.call_plain(function.Operation, &f.c.frame))
	}
	return int(C.call(function.Operation, &f.c.frame, (*C.zmqjs_data)(unsafe.Pointer(f.lent)), f.data))
}

// run runs a function that Go does, inside the runtime.
func (f *Frame) run(function *jsglue.Function, in *jsglue.Runtime) int {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	frame := unsafe.Pointer(&f.c.frame)
	if failure := in.Enter(); failure != nil {
		Throw(frame, function.Refused(failure.Kind))
		return Exception
	}
	defer in.Exit()
	f.pinLent()
	return Run(function, frame, in.Pointer())
}

// pinLent has the lent argument show its memory in Go too, which giveBack ends.
func (f *Frame) pinLent() {
	if f.lent != nil {
		f.pinner.Pin((*byte)(f.data))
		f.lent.setPointer(f.data)
	}
}

// hasRunOut reports whether the call has failed because there are no descriptors left, or no sockets.
func (f *Frame) hasRunOut(function *jsglue.Function) bool {
	errno := libzmq.Errno(f.c.frame.error.error_number)
	if function.Operation != nil {
		failure := libzmq.FailureOf(unsafe.Pointer(&f.c.frame))
		if failure.Kind != libzmq.FailedErrno {
			return false
		}
		errno = libzmq.Errno(failure.Number)
	}
	return errno == libzmq.EMFILE || errno == libzmq.ENFILE
}

// explain returns the error in the frame, or one for the operation's failure.
func (f *Frame) explain(function *jsglue.Function) *jsglue.Error {
	frame := &f.c.frame
	if function.Operation != nil {
		f.pinLent()
		return Explain(function, unsafe.Pointer(frame))
	}
	err := &jsglue.Error{
		Class:   jsglue.ErrorClass(frame.error.error_class),
		Errno:   int(frame.error.error_number),
		Message: C.GoString(frame.error.message),
		Code:    C.GoString(frame.error.code),
	}
	if frame.error.endpoint != nil {
		endpoint := C.GoString(frame.error.endpoint)
		err.Endpoint = &endpoint
	}
	f.Release()
	return err
}

// giveBack ends the lending of arguments.
func (f *Frame) giveBack() {
	if f.lent != nil {
		f.lent.As = 0
		f.lent, f.data = nil, nil
	}
	f.pinner.Unpin()
	for _, list := range f.lists {
		C.free(list)
	}
	f.lists = f.lists[:0]
}

// Result is the call's result, in the frame's memory.
func (f *Frame) Result() *Data { return (*Data)(unsafe.Pointer(&f.c.frame.result)) }

// A Keep is a zmqjs_keep.
type Keep struct {
	Index    uint32
	Argument int32 // -1: drop
}

var _ = [1]struct{}{}[unsafe.Sizeof(Keep{})-C.sizeof_zmqjs_keep]

// Keep returns the values that this keeps and drops, after Held.
func (f *Frame) Keep() []Keep {
	if f.c.frame.keep_count == 0 {
		return nil
	}
	return unsafe.Slice((*Keep)(unsafe.Pointer(f.c.frame.keep)), int(f.c.frame.keep_count))
}

// Release frees the result.
func (f *Frame) Release() { C.core_frame_release(&f.c.frame) }
