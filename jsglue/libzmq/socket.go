package libzmq

// #include <stdlib.h>
// #include "zmq_draft.h"
// #include "monitor.h"
// #include "socket.h"
// #include "unsent_report.h"
// static int get_option(void *socket, int option, void *value, size_t *size)
// {
//     return CORE_RETRY(zmq_getsockopt(socket, option, value, size)) != 0 ? zmq_errno() : 0;
// }
// static int set_option(void *socket, int option, const void *value, size_t size)
// {
//     return CORE_RETRY(zmq_setsockopt(socket, option, value, size)) != 0 ? zmq_errno() : 0;
// }
import "C"

import (
	"runtime"
	"strings"
	"unsafe"

	"github.com/pebbe/zmq4"
)

// A Socket is a socket of libzmq that belongs to one instance in an engine, until Finalize.
type Socket struct {
	c       *C.core_socket
	zmq     *zmq4.Socket
	context *Context
}

// A SchedulingError reports that the system refuses the scheduling of a context's threads that its
// options demand (ZMQ_THREAD_SCHED_POLICY and others).
type SchedulingError struct{ Errno Errno }

func (e *SchedulingError) Error() string { return e.Errno.Error() }

func (e *SchedulingError) Unwrap() error { return e.Errno }

// newSocket makes a socket, and calls adopt while the context cannot end. The first socket starts
// the context's threads.
func (c *Context) newSocket(socketType zmq4.Type, adopt func(*zmq4.Socket) error) error {
	if err := check(C.core_context_pin(c.c)); err != nil {
		return err
	}
	defer C.core_context_unpin(c.c)
	if result := C.core_context_prepare(c.c); result <= C.CORE_UNSCHEDULED {
		return &SchedulingError{Errno(C.CORE_UNSCHEDULED - result)}
	} else if result != 0 {
		return Errno(result)
	}
	zmq, err := c.zmq.NewSocket(socketType)
	if err != nil {
		return asErrno(err)
	}
	return adopt(zmq)
}

// NewSocket makes a socket (zmq_socket).
func (c *Context) NewSocket(socketType int) (*Socket, error) {
	if c.Terminated() {
		return nil, EFAULT
	}
	return c.newOwned(socketType)
}

// newOwned makes a socket that belongs to an instance.
func (c *Context) newOwned(socketType int) (made *Socket, err error) {
	err = c.newSocket(zmq4.Type(socketType), func(zmq *zmq4.Socket) error {
		runtime.SetFinalizer(zmq, nil) // the core closes it
		socket, err := C.core_socket_adopt(c.c, rawPointer(zmq, "soc"), C.int(socketType))
		if socket == nil {
			zmq.Close()
			return asErrno(err)
		}
		made = &Socket{socket, zmq, c}
		return nil
	})
	return made, err
}

// newInner makes a socket for the library itself, which closes it.
func (c *Context) newInner(socketType zmq4.Type) (made *zmq4.Socket, err error) {
	err = c.newSocket(socketType, func(zmq *zmq4.Socket) error {
		made = zmq
		return nil
	})
	return made, err
}

// Pointer is the C structure (core_socket *).
func (s *Socket) Pointer() unsafe.Pointer { return unsafe.Pointer(s.c) }

// Type is the socket's type (ZMQ_TYPE), also after it was closed.
func (s *Socket) Type() int { return int(s.c._type) }

// TypeName is the name of a socket type: "PAIR".
func TypeName(socketType int) string { return C.GoString(C.core_type_name(C.int(socketType))) }

// Number is unique among all sockets of the process.
func (s *Socket) Number() uint64 { return uint64(s.c.number) }

// Endpoint is the endpoint that was bound or connected last, also after Close; "" if there is none.
func (s *Socket) Endpoint() string { return C.GoString(s.c.endpoint) }

// Closed reports whether the socket is closed.
func (s *Socket) Closed() bool { return s.c.socket == nil }

// use notes that the following call may change the socket's events, so that pollers look again.
func (s *Socket) use() { s.c.uses++ }

// usable explains why no call on the socket can succeed: it is closed, or its context has ended.
// This takes precedence over a refusal.
func (s *Socket) usable() error {
	_, _, err := s.GetInt(C.ZMQ_TYPE)
	return err
}

func (s *Socket) endpoint(call func(string) error, endpoint string) error {
	if err := s.usable(); err != nil {
		return err
	}
	s.use()
	err := call(endpoint)
	C.core_monitor_pass_on(s.c)
	return asErrno(err)
}

// addressDescriptors is the number of descriptors that libzmq needs for an address: to list the
// network devices, and to listen.
const addressDescriptors = 2

// open implements Bind and Connect.
func (s *Socket) open(binds bool, call func(string) error, endpoint string) error {
	if err := s.usable(); err != nil {
		return err
	}
	if err := s.checkEndpoint(endpoint); err != nil {
		return err
	}
	if !strings.HasPrefix(endpoint, inproc) {
		if err := checkDenied(binds, endpoint); err != nil {
			return err
		}
		if err := check(C.core_descriptors_left(addressDescriptors)); err != nil {
			return err
		}
	}
	err := s.endpoint(call, endpoint)
	if err == nil {
		s.notePackets(endpoint, true)
		text := C.CString(endpoint)
		C.core_socket_name(s.c, text)
		C.free(unsafe.Pointer(text))
	}
	return err
}

// Bind accepts connections at the endpoint (zmq_bind). It fails with a RefusalError if libzmq would
// do harm; so do the following methods.
func (s *Socket) Bind(endpoint string) error {
	if err := s.usable(); err != nil {
		return err
	}
	if err := checkPath(endpoint); err != nil {
		return err
	}
	C.core_monitor_take_bind_error(s.c) // of an earlier bind
	err := s.open(true, either(endpoint, s.bindInproc, s.zmq.Bind), endpoint)
	if err == error(EAGAIN) {
		if reported := C.core_monitor_take_bind_error(s.c); reported != 0 {
			return Errno(reported)
		}
	}
	return err
}

// Unbind ends a Bind (zmq_unbind).
func (s *Socket) Unbind(endpoint string) error {
	err := s.endpoint(either(endpoint, s.endInproc, s.zmq.Unbind), endpoint)
	if err == nil && s.Type() == C.ZMQ_DGRAM {
		s.notePackets(endpoint, false)
	}
	return err
}

// Connect connects to the endpoint (zmq_connect).
func (s *Socket) Connect(endpoint string) error {
	return s.connect(s.zmq.Connect, endpoint)
}

func (s *Socket) connect(call func(string) error, endpoint string) error {
	within := func(endpoint string) error { return s.connectInproc(call, endpoint) }
	return s.open(false, either(endpoint, within, call), endpoint)
}

// Disconnect ends a Connect (zmq_disconnect).
func (s *Socket) Disconnect(endpoint string) error {
	return s.endpoint(either(endpoint, s.endInproc, s.zmq.Disconnect), endpoint)
}

// GetOption reads an option into value (zmq_getsockopt) and returns its size in
// bytes.
func (s *Socket) GetOption(option int, value []byte) (int, error) {
	if s.Closed() {
		return 0, Errno(C.ENOTSOCK)
	}
	s.use()
	return getOption(s.c.socket, option, value)
}

func getOption(socket unsafe.Pointer, option int, value []byte) (int, error) {
	size := C.size_t(len(value))
	err := check(C.get_option(socket, C.int(option), unsafe.Pointer(unsafe.SliceData(value)), &size))
	return int(size), err
}

// SetOption sets an option to value (zmq_setsockopt). libzmq gets NULL for a nil value, and a
// pointer for one that is only empty: for some options NULL means off. It fails with a RefusalError
// if libzmq would do harm later.
func (s *Socket) SetOption(option int, value []byte) error {
	if s.Closed() {
		return Errno(C.ENOTSOCK)
	}
	if err := s.checkOption(option, value); err != nil {
		return err
	}
	s.use()
	return check(C.set_option(s.c.socket, C.int(option), unsafe.Pointer(unsafe.SliceData(value)), C.size_t(len(value))))
}

// Close closes the socket (zmq_close); a second call does nothing.
func (s *Socket) Close() error {
	if result, err := C.core_socket_close(s.c); result != 0 {
		return asErrno(err)
	}
	return nil
}

// Finalize reports that the engine has dropped the instance: an open socket is closed with its own
// LINGER, in the background. The Socket must not be used afterwards. Any goroutine; it does not
// block.
func (s *Socket) Finalize() { C.core_socket_finalize(s.c) }
