package frames

// #include "operation.h"
import "C"

import (
	"runtime/cgo"
	"unicode/utf16"
	"unsafe"

	"github.com/zmqjs/zmqjs/jsglue"
)

// A Data is a zmqjs_data.
type Data struct {
	Type, Flags uint32
	As          uint64 // the union: an int32 in its lower half, the bits of a double, a pointer
	Length      uintptr
}

// The layout is that of C.
var (
	_ = [1]struct{}{}[unsafe.Sizeof(Data{})-C.sizeof_zmqjs_data]
	_ = [1]struct{}{}[unsafe.Offsetof(Data{}.Length)-unsafe.Offsetof(C.zmqjs_data{}.length)]
)

// Flags of a Data (enum zmqjs_data_flags).
const (
	Unsigned  = uint32(C.ZMQJS_UNSIGNED)
	Truncated = uint32(C.ZMQJS_TRUNCATED)
	latin1    = uint32(C.ZMQJS_LATIN1)
	utf16Flag = uint32(C.ZMQJS_UTF16)
)

// lent is the type of bytes that may be used after the call.
const lent = jsglue.Kind(C.ZMQJS_LENT)

// pointer reads the union as a pointer.
func (d *Data) pointer() unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&d.As)) }

// Bytes is the memory that bytes or a string of UTF-8 show, borrowed as long as the frame says.
func (d *Data) Bytes() []byte {
	if d.Length == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(d.pointer()), int(d.Length))
}

// Elements are those of an array, or names and values in turn of an object.
func (d *Data) Elements() []Data {
	count := int(d.Length)
	if jsglue.Kind(d.Type) == jsglue.Plain {
		count *= 2
	}
	if count == 0 || d.pointer() == nil {
		return nil
	}
	return unsafe.Slice((*Data)(d.pointer()), count)
}

// objectOf returns the object of an instance; nil for NULL, and for one of another runtime, which another thread may
// be inside of.
func objectOf(instance *C.zmqjs_instance, home *C.zmqjs_runtime) jsglue.Object {
	if instance == nil || instance.home != home {
		return nil
	}
	object, _ := cgo.Handle(instance.handle).Value().(jsglue.Object)
	return object
}

func arguments(frame *C.zmqjs_frame, function *jsglue.Function) []jsglue.Data {
	count := int(min(frame.argument_count, C.size_t(len(function.Parameters))))
	if frame.arguments == nil {
		count = 0
	}
	read := make([]jsglue.Data, count, len(function.Parameters))
	for i, argument := range unsafe.Slice((*Data)(unsafe.Pointer(frame.arguments)), count) {
		read[i] = argument.read(frame.runtime)
		if function.Parameters[i].Type == jsglue.List && read[i].Kind == jsglue.Array {
			read[i].Length = int(argument.Length)
			read[i].Elements = argument.list(frame.runtime)
		}
	}
	return read
}

// list reads the elements of an array; none if there are more than are read.
func (d *Data) list(home *C.zmqjs_runtime) []jsglue.Data {
	if d.Length > C.ZMQJS_ELEMENT_MAXIMUM {
		return nil
	}
	elements := d.Elements()
	read := make([]jsglue.Data, len(elements))
	for i := range elements {
		read[i] = elements[i].read(home)
	}
	return read
}

// read reads an argument; text and bytes stay where they are.
func (d *Data) read(home *C.zmqjs_runtime) jsglue.Data {
	kind := jsglue.Kind(d.Type)
	switch kind {
	case jsglue.Undefined, jsglue.Null, jsglue.Array:
		return jsglue.Data{Kind: kind}
	case jsglue.Boolean:
		if int32(d.As) != 0 {
			return jsglue.Data{Kind: kind, Int: 1}
		}
		return jsglue.Data{Kind: kind}
	case jsglue.Int32:
		return jsglue.Data{Kind: kind, Int: int64(int32(d.As))}
	case jsglue.Double:
		return jsglue.Data{Kind: kind, Number: *(*float64)(unsafe.Pointer(&d.As))}
	case jsglue.BigInt:
		return jsglue.Data{Kind: kind, Int: int64(d.As), Unsigned: d.Flags&Unsigned != 0, Truncated: d.Flags&Truncated != 0}
	case jsglue.String:
		return jsglue.Data{Kind: kind, Text: d.text()}
	case jsglue.Bytes:
		return jsglue.Data{Kind: kind, Bytes: d.Bytes()}
	case lent:
		shown := Data{As: uint64(uintptr((*C.zmqjs_lent)(d.pointer()).data)), Length: d.Length}
		return jsglue.Data{Kind: jsglue.Bytes, Bytes: shown.Bytes()}
	case jsglue.Instance:
		if object := objectOf((*C.zmqjs_instance)(d.pointer()), home); object != nil {
			return jsglue.Data{Kind: kind, Object: object}
		}
	}
	return jsglue.Data{Kind: jsglue.Plain}
}

// text is a string in UTF-8, in the engine's memory where it is that already.
func (d *Data) text() string {
	switch {
	case d.Length == 0:
		return ""
	case d.Flags&utf16Flag != 0:
		units := make([]uint16, d.Length)
		copy(unsafe.Slice((*byte)(unsafe.Pointer(&units[0])), 2*len(units)), unsafe.Slice((*byte)(d.pointer()), 2*len(units)))
		return string(utf16.Decode(units))
	case d.Flags&latin1 != 0:
		characters := make([]rune, 0, d.Length)
		for _, character := range d.Bytes() {
			characters = append(characters, rune(character))
		}
		return string(characters)
	}
	return unsafe.String((*byte)(d.pointer()), int(d.Length))
}
