package libzmq

import (
	"errors"
	"testing"

	"github.com/pebbe/zmq4"
)

func newRuntime(t *testing.T) *Runtime {
	t.Helper()
	r, err := NewRuntime()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(1000); err != nil {
			t.Error(err)
		}
	})
	return r
}

func newContext(t *testing.T, r *Runtime) *Context {
	t.Helper()
	c, err := NewContext(r)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func newSocket(t *testing.T, c *Context, socketType int) *Socket {
	t.Helper()
	s, err := c.NewSocket(socketType)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// libzmqAlone makes a context, and returns a function that opens sockets there, which are closed after the test.
func libzmqAlone(t *testing.T) func(zmq4.Type, func(*zmq4.Socket) error) *zmq4.Socket {
	t.Helper()
	context, err := zmq4.NewContext()
	if err != nil {
		t.Fatal(err)
	}
	var opened []*zmq4.Socket
	t.Cleanup(func() {
		for _, socket := range opened {
			_ = socket.Close() // a test may have closed it
		}
		if err := context.Term(); err != nil {
			t.Error(err)
		}
	})
	return func(socketType zmq4.Type, begin func(*zmq4.Socket) error) *zmq4.Socket {
		t.Helper()
		socket, err := context.NewSocket(socketType)
		if err == nil {
			opened = append(opened, socket)
			err = errors.Join(socket.SetLinger(0), begin(socket))
		}
		if err != nil {
			t.Fatal(err)
		}
		return socket
	}
}
