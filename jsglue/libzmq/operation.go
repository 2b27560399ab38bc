package libzmq

// #include <stdlib.h>
// #include "names.h"
// #include "operation.h"
import "C"

import "unsafe"

// An Operation is the C function that implements a function of the module: for a zmqjs_function's call, and
// for its fast_call, or nil.
type Operation struct{ Call, FastCall unsafe.Pointer }

// Operations are the functions of the module that are implemented in C, by their titles ("Socket.send").
func Operations() map[string]Operation {
	var count C.size_t
	listed := unsafe.Slice(C.core_operations(&count), count)
	operations := make(map[string]Operation, count)
	for _, entry := range listed {
		operations[C.GoString(entry.title)] = Operation{unsafe.Pointer(entry.operation), unsafe.Pointer(entry.fast)}
	}
	return operations
}

// NameEvent names a monitor's event, and NameProtocolError a protocol error. They are called before
// the first operation.
func NameEvent(event int, name string) { C.core_name_event(C.int(event), C.CString(name)) }

// NameProtocolError is NameEvent for the value of ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL.
func NameProtocolError(number int, name string) {
	C.core_name_protocol_error(C.int(number), C.CString(name))
}

// NoteOtherOption notes that a socket option does not have 32 bits.
func NoteOtherOption(number int) {
	if number >= 0 && number < C.CORE_OPTIONS {
		C.core_other_options[number] = 1
	}
}

// GetInt reads an option of 32 bits (zmq_getsockopt). size is 4; or another size of the option, and
// then its value is not read.
func (s *Socket) GetInt(option int) (value, size int, err error) {
	var number C.int
	var bytes C.size_t
	errno := C.core_get_int(s.c, C.int(option), &number, &bytes)
	if errno > 0 {
		return 0, 0, Errno(errno)
	}
	return int(number), int(bytes), nil
}
