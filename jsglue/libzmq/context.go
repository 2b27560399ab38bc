package libzmq

// #include <stdlib.h>
// #include "shared.h"
// #include "socket.h"
import "C"

import (
	"reflect"
	"runtime"
	"unsafe"

	"github.com/pebbe/zmq4"
)

// A Context is a context of libzmq that belongs to one instance in an engine, until Finalize.
type Context struct {
	c    *C.core_context
	zmq  *zmq4.Context
	name string // of a shared context
}

// NewContext makes a context (zmq_ctx_new).
func NewContext(r *Runtime) (*Context, error) {
	zmq, err := zmq4.NewContext()
	if err != nil {
		return nil, asErrno(err)
	}
	runtime.SetFinalizer(zmq, nil) // zmq_ctx_term blocks; the core calls it instead
	c, err := C.core_context_adopt(r.c, rawPointer(zmq, "ctx"))
	if c == nil {
		zmq.Term()
		return nil, asErrno(err)
	}
	return &Context{c: c, zmq: zmq}, nil
}

// SharedContext returns the context with a name, which the whole process shares; it makes one if
// there is none (zmq_ctx_new). The context ends when all that share it have left: by term(), with
// their last socket, or with their runtime. The name contains no NUL.
func SharedContext(r *Runtime, name string) (*Context, error) {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	c, err := C.core_context_share(r.c, text)
	if c == nil {
		return nil, asErrno(err)
	}
	return &Context{c: c, zmq: borrowed(c.context), name: name}, nil
}

// borrowed wraps a context of libzmq that zmq4 has not made and does not terminate.
func borrowed(context unsafe.Pointer) *zmq4.Context {
	made := &zmq4.Context{}
	fields := reflect.ValueOf(made).Elem()
	*(*unsafe.Pointer)(fields.FieldByName("ctx").Addr().UnsafePointer()) = context
	for _, name := range []string{"opened", "retryEINTR"} {
		*(*bool)(fields.FieldByName(name).Addr().UnsafePointer()) = true
	}
	return made
}

// Pointer is the C structure (core_context *).
func (c *Context) Pointer() unsafe.Pointer { return unsafe.Pointer(c.c) }

// Terminated reports whether the context is terminated or terminating.
func (c *Context) Terminated() bool { return C.core_context_is_ending(c.c) != 0 }

// An OptionError reports that an option of a shared context can no longer be set. Present is its
// value, if Readable.
type OptionError struct {
	Name     string // of the context
	Present  int
	Readable bool
}

func (e *OptionError) Error() string { return EBUSY.Error() }

func (e *OptionError) Unwrap() error { return EBUSY }

// Set sets an option (zmq_ctx_set); of a shared context once, before its first socket.
func (c *Context) Set(option, value int) error {
	var present C.int
	switch result := C.core_context_set(c.c, C.int(option), C.int(value), &present); result {
	case C.CORE_OPTION_SET, C.CORE_OPTION_LATE:
		return &OptionError{c.name, int(present), result == C.CORE_OPTION_SET}
	default:
		return check(result)
	}
}

// Get reads an option (zmq_ctx_get).
func (c *Context) Get(option int) (int, error) {
	var value C.int
	err := check(C.core_context_get(c.c, C.int(option), &value))
	return int(value), err
}

// Shutdown makes every call on the context's sockets fail with ETERM
// (zmq_ctx_shutdown). It fails with EPERM for a shared context.
func (c *Context) Shutdown() error { return check(C.core_context_shut_down(c.c)) }

// WaitsFor describes what term() waits for.
func (c *Context) WaitsFor() string {
	text := C.core_context_waits_for(c.c)
	defer C.free(unsafe.Pointer(text))
	return C.GoString(text)
}

// Finalize reports that the engine has dropped the instance. The Context must not be
// used afterwards. Any goroutine; it does not block.
func (c *Context) Finalize() { C.core_context_finalize(c.c) }
