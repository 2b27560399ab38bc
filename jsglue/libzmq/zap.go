package libzmq

import (
	"errors"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/pebbe/zmq4"
	"golang.org/x/sys/unix"
)

// An Authentication is what libzmq asks about a peer that wants to connect, by ZAP
// (ZeroMQ RFC 27).
type Authentication struct {
	Domain, Address, Mechanism string
	Credentials                []string
}

// A ZAP answers these questions for a context's sockets, on a goroutine of its own, until it
// is closed or the context ends.
type ZAP struct {
	socket *zmq4.Socket // REP
	wake   int          // eventfd: close
	closed atomic.Bool
	done   chan struct{}
	once   sync.Once
	decide func(Authentication) (userID string, allowed bool)
}

const zapEndpoint = "inproc://zeromq.zap.01"

// ServeZAP begins to answer. It fails with EADDRINUSE if something else of the context does.
func (c *Context) ServeZAP(decide func(Authentication) (userID string, allowed bool)) (*ZAP, error) {
	if err := c.prepareSocket(); err != nil {
		return nil, err
	}
	socket, err := c.zmq.NewSocket(zmq4.REP)
	if err != nil {
		return nil, asErrno(err)
	}
	wake, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err == nil {
		err = errors.Join(socket.SetLinger(0), socket.Bind(zapEndpoint))
	}
	if err != nil {
		if wake >= 0 {
			_ = unix.Close(wake)
		}
		_ = socket.Close()
		var errno zmq4.Errno
		if errors.As(err, &errno) {
			return nil, Errno(errno)
		}
		return nil, asErrno(err)
	}
	zap := &ZAP{socket: socket, wake: wake, done: make(chan struct{}), decide: decide}
	go zap.serve()
	return zap, nil
}

// Close ends it; a second call does nothing.
func (z *ZAP) Close() {
	z.once.Do(func() {
		z.closed.Store(true)
		one := [8]byte{1}
		_, _ = unix.Write(z.wake, one[:])
		<-z.done
		_ = unix.Close(z.wake)
	})
}

func (z *ZAP) serve() {
	defer close(z.done)
	defer z.end()
	descriptor, err := z.socket.GetFd()
	if err != nil {
		return
	}
	polled := []unix.PollFd{{Fd: int32(descriptor), Events: unix.POLLIN}, {Fd: int32(z.wake), Events: unix.POLLIN}}
	for z.answerAll() {
		_, _ = unix.Poll(polled, -1) // EINTR: looks again
		if polled[1].Revents != 0 {
			return
		}
	}
}

// end closes the socket, of which another one may have the endpoint at once.
func (z *ZAP) end() {
	_ = z.socket.Unbind(zapEndpoint) // ETERM: nobody will
	_ = z.socket.Close()
}

// answerAll answers what is there. It returns false once the context ends, or the ZAP is closed:
// there may be more to answer at any time.
func (z *ZAP) answerAll() bool {
	for !z.closed.Load() {
		request, err := z.socket.RecvMessage(zmq4.DONTWAIT)
		if err != nil {
			errno := asErrno(err)
			return errors.Is(errno, Errno(syscall.EAGAIN)) || errors.Is(errno, Errno(syscall.EINTR))
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
