package frames

// #include <stdlib.h>
// #include "operation.h"
import "C"

import (
	"strings"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
)

var errMemory = &jsglue.Error{Message: "out of memory", Code: "ENOMEM", Errno: int(C.ENOMEM)}

// put writes a result, in memory of the frame.
func put(frame *C.zmqjs_frame, into *Data, result *jsglue.Data, runtime unsafe.Pointer) error {
	*into = Data{Type: uint32(result.Kind)}
	switch result.Kind {
	case jsglue.Boolean, jsglue.Int32, jsglue.BigInt:
		into.As = uint64(result.Int)
		if result.Unsigned {
			into.Flags = Unsigned
		}
	case jsglue.Double:
		*(*float64)(unsafe.Pointer(&into.As)) = result.Number
	case jsglue.String:
		return putBytes(frame, into, []byte(jsglue.WellFormed(result.Text)))
	case jsglue.Bytes:
		return putBytes(frame, into, result.Bytes)
	case jsglue.Instance:
		instance, err := NewInstance(result.Object, runtime)
		if err != nil {
			return err
		}
		into.setPointer(instance)
		into.Length = uintptr(result.Object.Class().Number)
	case jsglue.Array, jsglue.Plain:
		return putElements(frame, into, result, runtime)
	}
	return nil
}

func (d *Data) setPointer(pointer unsafe.Pointer) {
	*(*unsafe.Pointer)(unsafe.Pointer(&d.As)) = pointer
}

func allocate(frame *C.zmqjs_frame, size int) unsafe.Pointer {
	return C.core_frame_allocate(frame, C.size_t(size))
}

func putBytes(frame *C.zmqjs_frame, into *Data, content []byte) error {
	memory := allocate(frame, len(content))
	if memory == nil {
		return errMemory
	}
	copy(unsafe.Slice((*byte)(memory), len(content)), content)
	into.setPointer(memory)
	into.Length = uintptr(len(content))
	return nil
}

// putElements writes those of an array, or names and values in turn.
func putElements(frame *C.zmqjs_frame, into *Data, result *jsglue.Data, runtime unsafe.Pointer) error {
	var list []jsglue.Data
	for i := range result.Elements {
		if result.Kind == jsglue.Plain {
			list = append(list, jsglue.Data{Kind: jsglue.String, Text: result.Names[i]})
		}
		list = append(list, result.Elements[i])
	}
	memory := allocate(frame, len(list)*int(unsafe.Sizeof(Data{})))
	if memory == nil {
		return errMemory
	}
	elements := unsafe.Slice((*Data)(memory), len(list))
	for i := range list {
		if err := put(frame, &elements[i], &list[i], runtime); err != nil {
			return err
		}
	}
	into.setPointer(memory)
	into.Length = uintptr(len(result.Elements))
	return nil
}

// Throw writes an error into a frame (zmqjs_frame *). The previous contents of the frame are freed.
func Throw(frame unsafe.Pointer, err *jsglue.Error) {
	f := (*C.zmqjs_frame)(frame)
	C.core_frame_release(f)
	f.keep_count = 0
	f.error = C.zmqjs_error{
		error_class:  C.uint32_t(err.Class),
		error_number: C.int32_t(err.Errno),
		message:      putText(f, strings.ReplaceAll(err.Message, "\x00", "\\0")),
	}
	if f.error.message == nil {
		f.error.message = outOfMemory
	}
	if err.Code != "" {
		f.error.code = putText(f, err.Code)
	}
	if err.Endpoint != nil {
		f.error.endpoint = putText(f, *err.Endpoint)
	}
}

var outOfMemory = C.CString("out of memory")

// putText writes a text with a NUL at its end; NULL if memory runs out.
func putText(frame *C.zmqjs_frame, text string) *C.char {
	text = jsglue.WellFormed(text)
	memory := allocate(frame, len(text)+1)
	if memory == nil {
		return nil
	}
	copy(unsafe.Slice((*byte)(memory), len(text)+1), text+"\x00")
	return (*C.char)(memory)
}
