package libzmq

// #include "socket.h"
// // Waits until a descriptor is readable or an event is set: 1 if the event is.
// static int wait_for_either(zmq_fd_t descriptor, zmq_fd_t event)
// {
//     struct pollfd polled[2] = {{.fd = descriptor, .events = POLLIN}, {.fd = event, .events = POLLIN}};
//     while (core_poll(polled, 2, -1) < 0)
//         polled[1].revents = 0; // EINTR
//     return polled[1].revents != 0;
// }
import "C"

import (
	"errors"
	"sync"
	"sync/atomic"

	"github.com/pebbe/zmq4"
)

// An Authentication is a request of libzmq about a peer that is connecting, by ZAP (ZeroMQ RFC 27).
type Authentication struct {
	Domain, Address, Mechanism string
	Credentials                []string
}

// A ZAP answers these requests for a context's sockets, on a goroutine of its own, until it is
// closed, the context ends, or the runtime has left a shared one.
type ZAP struct {
	socket *zmq4.Socket         // REP
	wake   *C.core_shared_event // set by Close, or when the runtime leaves
	closed atomic.Bool
	done   chan struct{}
	once   sync.Once
	decide func(Authentication) (userID string, allowed bool)
}

const zapEndpoint = "inproc://zeromq.zap.01"

// ServeZAP begins to answer. It fails with EADDRINUSE if the context has another one.
func (c *Context) ServeZAP(decide func(Authentication) (userID string, allowed bool)) (*ZAP, error) {
	socket, err := c.newInner(zmq4.REP)
	if err != nil {
		return nil, err
	}
	wake, err := C.core_shared_event_new()
	if wake == nil {
		_ = socket.Close()
		return nil, asErrno(err)
	}
	if err := errors.Join(socket.SetLinger(0), socket.Bind(zapEndpoint)); err != nil {
		C.core_shared_event_release(wake)
		_ = socket.Close()
		var errno zmq4.Errno
		if errors.As(err, &errno) {
			return nil, Errno(errno)
		}
		return nil, asErrno(err)
	}
	C.core_context_note_zap(c.c, wake)
	zap := &ZAP{socket: socket, wake: wake, done: make(chan struct{}), decide: decide}
	go zap.serve()
	return zap, nil
}

// Close ends it; a second call does nothing.
func (z *ZAP) Close() {
	z.once.Do(func() {
		z.closed.Store(true)
		C.core_event_set(z.wake.event)
		<-z.done
		C.core_shared_event_release(z.wake)
	})
}

func (z *ZAP) serve() {
	defer close(z.done)
	defer z.end()
	descriptor, err := z.socket.GetFd()
	if err != nil {
		return
	}
	for z.answerAll() && C.wait_for_either(C.zmq_fd_t(descriptor), z.wake.event) == 0 {
		continue
	}
}

// end closes the socket, so that another one can have the endpoint at once.
func (z *ZAP) end() {
	_ = z.socket.Unbind(zapEndpoint) // ETERM: nobody will
	_ = z.socket.Close()
}

// answerAll answers all waiting requests. It returns false once the context ends or the ZAP is
// closed, since requests may arrive at any time.
func (z *ZAP) answerAll() bool {
	for !z.closed.Load() {
		request, err := z.socket.RecvMessage(zmq4.DONTWAIT)
		if err != nil {
			errno := asErrno(err)
			return errors.Is(errno, EAGAIN) || errors.Is(errno, EINTR)
		}
		if _, err := z.socket.SendMessage(z.answer(request)); err != nil {
			return false
		}
	}
	return false
}

const zapVersion = "1.0"

// answer is the reply to a request: version, request, status, its text, user id, metadata.
func (z *ZAP) answer(request []string) []string {
	if len(request) < 6 || request[0] != zapVersion {
		return []string{zapVersion, "", "500", "Malformed request", "", ""}
	}
	var userID string
	var allowed bool
	failed := recovered("the authenticator", func() {
		userID, allowed = z.decide(Authentication{
			Domain:      request[2],
			Address:     request[3],
			Mechanism:   request[5],
			Credentials: request[6:],
		})
	})
	switch {
	case failed:
		return []string{zapVersion, request[1], "500", "Internal error", "", ""}
	case !allowed:
		return []string{zapVersion, request[1], "400", "Denied", "", ""}
	}
	return []string{zapVersion, request[1], "200", "OK", userID, ""}
}
