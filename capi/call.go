package main

// #include <errno.h>
// #include <stdlib.h>
// #include "capi.h"
import "C"

import (
	"errors"
	"fmt"
	"runtime/cgo"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
	"github.com/zmqjs/zmqjs/jsglue/libzmq"
	"github.com/zmqjs/zmqjs/jsglue/sysmon"
)

// goCall runs the function of a call, or runs it again after a wait. It returns an
// enum call_state, with the call's wait, result or error.
//
//export goCall
func goCall(c *C.call) (state C.int) {
	sysmon.Touch()
	defer func() {
		panicked := recover() // the host must not end by it
		if panicked == nil {
			return
		}
		failed := jsglue.Error{Message: fmt.Sprintf("zmq: internal error: %v", panicked)}
		if panicked == any(outOfMemory{}) {
			failed = jsglue.Error{Message: "zmq: out of memory", Code: "ENOMEM", Errno: int(C.ENOMEM)}
		}
		C.result_free(&c.result)
		fillError(&c.error, &failed)
		state = C.CALL_ERROR
	}()
	forgetDead()
	progress := jsglue.Progress{Result: libzmq.Result(c.wait_result), Deadline: int64(c.deadline)}
	if c.received != nil {
		progress.Received = libzmq.MessageAt(unsafe.Pointer(c.received))
		c.received = nil
	}
	call := &jsglue.Call{
		Runtime:   &jsglue.Runtime{Runtime: libzmq.RuntimeAt(unsafe.Pointer(c.runtime.glue))},
		Engine:    engine{c},
		This:      object(&c.this_data),
		Arguments: arguments(c),
		Progress:  progress,
	}
	result, err := functions[c.function.number].Run(call)
	var failed *jsglue.Error
	switch {
	case err == nil:
		fill(&c.result, &result)
		return C.CALL_DONE
	case errors.Is(err, jsglue.ErrWait):
		c.deadline = C.int64_t(call.Deadline)
		call.Wait().Fill(unsafe.Pointer(&c.wait))
		return C.CALL_WAIT
	case errors.As(err, &failed):
		fillError(&c.error, failed)
		return C.CALL_ERROR
	}
	return C.CALL_PENDING // jsglue.ErrEngine
}

// engine is what a call needs of the C engine.
type engine struct{ c *C.call }

func (e engine) SetSlot(slot uint32, argument int) error {
	if C.call_set_slot(e.c, C.uint32_t(slot), C.int(argument)) != C.ZMQJS_OK {
		return jsglue.ErrEngine
	}
	return nil
}

func arguments(c *C.call) []jsglue.Data {
	read := make([]jsglue.Data, c.argument_count, C.ZMQJS_PARAMETER_MAXIMUM)
	for i, argument := range unsafe.Slice(c.arguments, len(read)) {
		read[i] = data(&argument)
		if read[i].Kind == jsglue.Array && c.function.arrays&(1<<i) != 0 {
			read[i].Elements = make([]jsglue.Data, c.element_count)
			for j, element := range unsafe.Slice(c.elements, int(c.element_count)) {
				read[i].Elements[j] = data(&element)
			}
		}
	}
	return read
}

// data reads what the adapter has read; text and bytes stay the engine's.
func data(c *C.zmqjs_data) jsglue.Data {
	kind := jsglue.Kind(c._type)
	as := unsafe.Pointer(&c.as)
	switch kind {
	case jsglue.Boolean:
		if *(*C.int)(as) != 0 {
			return jsglue.Data{Kind: kind, Int: 1}
		}
	case jsglue.Int32:
		return jsglue.Data{Kind: kind, Int: int64(*(*C.int32_t)(as))}
	case jsglue.Double:
		return jsglue.Data{Kind: kind, Number: float64(*(*C.double)(as))}
	case jsglue.BigInt:
		return jsglue.Data{
			Kind:      kind,
			Int:       int64(*(*C.int64_t)(as)),
			Unsigned:  c.flags&C.ZMQJS_BIGINT_UNSIGNED != 0,
			Truncated: c.flags&C.ZMQJS_BIGINT_TRUNCATED != 0,
		}
	case jsglue.String:
		return jsglue.Data{Kind: kind, Text: unsafe.String(memory(as))}
	case jsglue.Bytes:
		return jsglue.Data{Kind: kind, Bytes: unsafe.Slice(memory(as))}
	case jsglue.Array:
		return jsglue.Data{Kind: kind, Length: int((*elements)(as).length)}
	case jsglue.Native:
		return jsglue.Data{Kind: kind, Object: object(c)}
	}
	return jsglue.Data{Kind: kind}
}

// The members of the union zmqjs_data.as that have several fields.
type (
	span struct {
		data   *byte
		length C.size_t
	}
	nativeMember struct {
		definition *C.zmqjs_class
		pointer    *C.native
		construct  *C.zmqjs_value
	}
	elements struct {
		values *C.zmqjs_value
		names  **C.char
		length C.size_t
	}
)

func memory(as unsafe.Pointer) (*byte, int) {
	member := (*span)(as)
	return member.data, int(member.length)
}

// object is the Go object of an instance; nil for any other value.
func object(c *C.zmqjs_data) any {
	member := (*nativeMember)(unsafe.Pointer(&c.as))
	if c._type != C.ZMQJS_NATIVE || member.pointer == nil {
		return nil
	}
	return cgo.Handle(member.pointer.handle).Value()
}

// fill writes a result in C memory.
func fill(c *C.result, d *jsglue.Data) {
	c.kind = C.uint32_t(d.Kind)
	c.integer = C.int64_t(d.Int)
	c.number = C.double(d.Number)
	switch d.Kind {
	case jsglue.Slot:
		c.kind = C.RESULT_SLOT
	case jsglue.This:
		c.kind = C.RESULT_THIS
	case jsglue.BigInt:
		if d.Unsigned {
			c.flags = C.ZMQJS_BIGINT_UNSIGNED
		}
	case jsglue.String, jsglue.Bytes:
		fillContent(c, d)
	case jsglue.Native:
		c.native = newNative(d.Object)
		c.definition = classes[c.native.kind]
	case jsglue.Array, jsglue.Object:
		c.elements = allocate[C.result](len(d.Elements))
		c.count = C.size_t(len(d.Elements))
		elements := unsafe.Slice(c.elements, len(d.Elements))
		for i := range elements {
			fill(&elements[i], &d.Elements[i])
		}
		if d.Names != nil {
			c.names = names(d.Names)
		}
	}
}

// fillContent hands a message over as it is; anything else is copied. A string is
// made well-formed.
func fillContent(c *C.result, d *jsglue.Data) {
	content := d.Content()
	c.length = C.size_t(len(content))
	illFormed := d.Kind == jsglue.String && !utf8.Valid(content)
	if d.Message != nil && !illFormed {
		c.data = unsafe.Pointer(unsafe.SliceData(content))
		c.message = (*C.zmq_msg_t)(d.Message.Take())
		c.adoptable = C.result_is_adoptable(c.message)
		return
	}
	if illFormed {
		content = []byte(jsglue.WellFormed(string(content)))
		c.length = C.size_t(len(content))
		d.Message.Close()
	}
	c.owned = C.CBytes(content)
	c.data = c.owned
}

func fillError(c *C.zmqjs_error, err *jsglue.Error) {
	c.error_class = C.uint32_t(err.Class)
	c.error_number = C.int32_t(err.Errno)
	c.message = C.CString(jsglue.WellFormed(strings.ReplaceAll(err.Message, "\x00", "\\0")))
	if err.Code != "" {
		c.code = C.CString(err.Code)
	}
	if err.Endpoint != nil {
		c.endpoint = C.CString(jsglue.WellFormed(*err.Endpoint))
	}
}
