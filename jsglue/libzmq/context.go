package libzmq

// #include <stdlib.h>
// #include "glue.h"
// static int set_context(void *context, int option, int value)
// {
//     return zmq_ctx_set(context, option, value) < 0 ? zmq_errno() : 0;
// }
// static int get_context(void *context, int option, int *value)
// {
//     *value = zmq_ctx_get(context, option);
//     return *value < 0 ? zmq_errno() : 0;
// }
import "C"

import (
	"runtime"
	"syscall"
	"unsafe"

	"github.com/pebbe/zmq4"
)

// A Context is a context of libzmq that one instance in an engine owns, until
// Disown.
type Context struct {
	c   *C.glue_context
	zmq *zmq4.Context
}

// NewContext makes a context (zmq_ctx_new).
func NewContext(r *Runtime) (*Context, error) {
	zmq, err := zmq4.NewContext()
	if err != nil {
		return nil, asErrno(err)
	}
	runtime.SetFinalizer(zmq, nil) // zmq_ctx_term blocks; glue ends it instead
	c, err := C.glue_context_adopt(r.c, rawPointer(zmq, "ctx"))
	if c == nil {
		zmq.Term()
		return nil, asErrno(err)
	}
	return &Context{c, zmq}, nil
}

// Pointer is the C structure (glue_context *).
func (c *Context) Pointer() unsafe.Pointer { return unsafe.Pointer(c.c) }

// Terminated tells whether the context is terminated or terminating.
func (c *Context) Terminated() bool { return C.glue_context_is_ending(c.c) != 0 }

// largest are values of options with which libzmq ends the process when it makes the
// context's first socket.
var largest = map[int]int{
	C.ZMQ_IO_THREADS:                 1024,
	C.ZMQ_MAX_SOCKETS:                1 << 24,
	C.ZMQ_THREAD_AFFINITY_CPU_ADD:    C.GLUE_PROCESSORS - 1,
	C.ZMQ_THREAD_AFFINITY_CPU_REMOVE: C.GLUE_PROCESSORS - 1,
}

// Set sets an option (zmq_ctx_set).
func (c *Context) Set(option, value int) error {
	if c.Terminated() {
		return Errno(syscall.EFAULT)
	}
	if most, limited := largest[option]; limited && value > most {
		return Errno(syscall.EINVAL)
	}
	err := check(C.set_context(c.c.context, C.int(option), C.int(value)))
	if err == nil {
		C.glue_scheduling_note(&c.c.scheduling, C.int(option), C.int(value))
	}
	return err
}

// Get reads an option (zmq_ctx_get).
func (c *Context) Get(option int) (int, error) {
	if c.Terminated() {
		return 0, Errno(syscall.EFAULT)
	}
	var value C.int
	err := check(C.get_context(c.c.context, C.int(option), &value))
	return int(value), err
}

// Shutdown makes every call on the context's sockets fail with ETERM
// (zmq_ctx_shutdown).
func (c *Context) Shutdown() error { return check(C.glue_context_shut_down(c.c)) }

// WaitsFor tells what term() waits for, in words.
func (c *Context) WaitsFor() string {
	text := C.glue_context_waits_for(c.c)
	defer C.free(unsafe.Pointer(text))
	return C.GoString(text)
}

// Disown tells that the engine has dropped the instance. The Context must not be
// used afterwards. Any goroutine; it does not block.
func (c *Context) Disown() { C.glue_context_disown(c.c) }
