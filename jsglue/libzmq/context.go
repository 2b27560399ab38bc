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
	c, err := C.glue_context_adopt((*C.glue_runtime)(r.c), rawPointer(zmq, "ctx"))
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
	C.ZMQ_THREAD_AFFINITY_CPU_ADD:    C.CPU_SETSIZE - 1,
	C.ZMQ_THREAD_AFFINITY_CPU_REMOVE: C.CPU_SETSIZE - 1,
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

// Terminate begins to terminate the context (zmq_ctx_term) on a thread of its
// own. The wait that it returns ends when that is done; nil: it is done already.
func (c *Context) Terminate() (*Wait, error) {
	var descriptor C.int
	if result, err := C.glue_context_terminate(c.c, &descriptor); result != 0 {
		return nil, asErrno(err)
	}
	if descriptor < 0 {
		return nil, nil
	}
	return &Wait{Descriptor: int(descriptor)}, nil
}

// A ClosedSocket is one that CloseSocket has closed.
type ClosedSocket struct {
	Type    int
	Number  uint64
	Monitor bool // NewMonitor has made it
}

// CloseSocket closes one of the context's open sockets; ok is false if there is none.
func (c *Context) CloseSocket() (socket ClosedSocket, ok bool) {
	var closed C.glue_socket
	ok = C.glue_context_close_socket(c.c, &closed) != 0
	return ClosedSocket{int(closed._type), uint64(closed.number), closed.receives != nil}, ok
}

// An OpenSocket is one that was not closed.
type OpenSocket struct {
	Type     int
	Endpoint string // bound or connected last; "" for none
}

const openSocketsListed = 8

// OpenSockets lists the first of the context's open sockets, and tells how many there are.
func (c *Context) OpenSockets() (list []OpenSocket, count int) {
	var listed [openSocketsListed]C.glue_open_socket
	count = int(C.glue_context_list(c.c, &listed[0], C.int(len(listed))))
	for _, open := range listed[:min(count, len(listed))] {
		list = append(list, OpenSocket{int(open._type), C.GoString(open.endpoint)})
		C.free(unsafe.Pointer(open.endpoint))
	}
	return list, count
}

// ClosedSockets names those that have sent something and were closed last.
func (c *Context) ClosedSockets() string {
	closed := C.glue_context_closed(c.c)
	defer C.free(unsafe.Pointer(closed))
	return C.GoString(closed)
}

// Disown tells that the engine has dropped the instance. The Context must not be
// used afterwards. Any goroutine; it does not block.
func (c *Context) Disown() { C.glue_context_disown(c.c) }
