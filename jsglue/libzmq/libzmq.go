// Package libzmq is the module's core in C, with its Go bindings: the operations that are called
// often or that wait (operation.h), interruptible waits, pollers, monitors, and the lifetimes of
// sockets and contexts, which may end on any thread on which an engine's collector runs. The
// bindings have what github.com/pebbe/zmq4 lacks.
package libzmq

/*
#cgo CFLAGS: -std=c11 -D_GNU_SOURCE -O3 -fno-plt -fexceptions -Wall -Wextra -I${SRCDIR}/../../include
#cgo windows CFLAGS: -D_WIN32_WINNT=0x0A00 -D__USE_MINGW_ANSI_STDIO=1
#cgo windows LDFLAGS: -lsynchronization -lntdll
#cgo pkg-config: libzmq
#include <stdlib.h>
#include "pool.h"
#include "runtime.h"
*/
import "C"

import (
	"reflect"
	"syscall"
	"unsafe"

	"github.com/pebbe/zmq4"
)

// Errno is an error number of the system or of libzmq; its text comes from zmq_strerror, but with another C library
// than glibc that of the system's from cerrno.
type Errno int

func (e Errno) Error() string { return C.GoString(C.core_error_text(C.int(e))) }

func check(errno C.int) error {
	if errno == 0 {
		return nil
	}
	return Errno(errno)
}

// asErrno converts the error numbers of zmq4 and of cgo to an Errno.
func asErrno(err error) error {
	switch errno := err.(type) {
	case zmq4.Errno:
		return Errno(errno)
	case syscall.Errno:
		return Errno(errno)
	}
	return err
}

// rawPointer reads a pointer that zmq4 keeps in an unexported field.
func rawPointer(of any, field string) unsafe.Pointer {
	return reflect.ValueOf(of).Elem().FieldByName(field).UnsafePointer()
}

// Has reports whether libzmq has a capability (zmq_has).
func Has(capability string) bool {
	text := C.CString(capability)
	defer C.free(unsafe.Pointer(text))
	return C.zmq_has(text) != 0
}

// LeaveTimeout sets how long leaving waits for unsent messages, in milliseconds; a negative value
// sets nothing. It returns the previous value.
func LeaveTimeout(milliseconds int) int {
	return int(C.core_leave_timeout(C.int(milliseconds)))
}

// PoolLimit sets the maximum of bytes of memory that are kept for the next large messages to be
// sent; a negative value sets nothing. It returns the previous value.
func PoolLimit(bytes int64) int64 { return int64(C.core_pool_limit(C.int64_t(bytes))) }

// PoolSize is the number of bytes that are kept now.
func PoolSize() int64 { return int64(C.core_pool_size()) }
