package libzmq

// #include <stdlib.h>
// #include "names.h"
// #include "operation.h"
import "C"

import "unsafe"

// Operation is the C function that implements a function of the module ("Socket.send"), for a
// zmqjs_function's call; nil if it is implemented in Go.
func Operation(title string) unsafe.Pointer {
	text := C.CString(title)
	defer C.free(unsafe.Pointer(text))
	return unsafe.Pointer(C.core_operation_of(text))
}

// FastOperation is the form of an Operation for fast calls, for a zmqjs_function's fast_call; nil
// if it has none.
func FastOperation(title string) unsafe.Pointer {
	text := C.CString(title)
	defer C.free(unsafe.Pointer(text))
	return unsafe.Pointer(C.core_fast_operation_of(text))
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
