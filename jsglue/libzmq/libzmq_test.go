package libzmq

import (
	"encoding/binary"
	"errors"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/pebbe/zmq4"
)

const (
	pair  = 0
	fdKey = 14 // ZMQ_FD
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

// zmq4 keeps libzmq's pointers in unexported fields; a version that names them
// otherwise must be noticed here, not in a crash.
func TestRawPointersAreWhereZmq4KeepsThem(t *testing.T) {
	context, err := zmq4.NewContext()
	if err != nil {
		t.Fatal(err)
	}
	if rawPointer(context, "ctx") == nil {
		t.Error("zmq4.Context has no pointer in its field ctx")
	}
	socket, err := context.NewSocket(zmq4.PAIR)
	if err != nil {
		t.Fatal(err)
	}
	if rawPointer(socket, "soc") == nil {
		t.Error("zmq4.Socket has no pointer in its field soc")
	}
	// The pointer is libzmq's: what is read through it is what zmq4 reads.
	var value [4]byte
	if _, err := getOption(rawPointer(socket, "soc"), fdKey, value[:]); err != nil {
		t.Fatal(err)
	}
	descriptor, err := socket.GetFd()
	if err != nil {
		t.Fatal(err)
	}
	if got := int(binary.NativeEndian.Uint32(value[:])); got != descriptor {
		t.Errorf("ZMQ_FD is %d through the pointer, and %d through zmq4", got, descriptor)
	}
	socket.Close()
	context.Term()
}

func TestSendAndReceive(t *testing.T) {
	r := newRuntime(t)
	c := newContext(t, r)
	a, b := newSocket(t, c, pair), newSocket(t, c, pair)
	if err := a.Bind("inproc://test"); err != nil {
		t.Fatal(err)
	}
	if err := b.Connect("inproc://test"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Receive(0); !errors.Is(err, Errno(syscall.EAGAIN)) {
		t.Errorf("receiving nothing: %v", err)
	}
	if err := a.Send([]byte("hello"), 0); err != nil {
		t.Errorf("Send: %v", err)
	}
	message, err := b.Receive(0)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(message.Bytes()); got != "hello" || message.More() {
		t.Errorf("received %q, more %t", got, message.More())
	}
	message.Close()
	message.Close()
}

func TestWaitEndsByMessageDeadlineAndInterrupt(t *testing.T) {
	r := newRuntime(t)
	c := newContext(t, r)
	a, b := newSocket(t, c, pair), newSocket(t, c, pair)
	if err := errors.Join(a.Bind("inproc://test"), b.Connect("inproc://test")); err != nil {
		t.Fatal(err)
	}
	wait := func(deadline int64) Result {
		t.Helper()
		if _, err := b.Receive(0); !errors.Is(err, Errno(syscall.EAGAIN)) {
			t.Fatalf("a message is there already: %v", err)
		}
		result, err := r.Wait(b.Ready(deadline))
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	started := time.Now()
	if got := wait(Deadline(50)); got != TimedOut {
		t.Errorf("nothing came: %v", got)
	}
	if waited := time.Since(started); waited < 50*time.Millisecond {
		t.Errorf("waited only %v", waited)
	}
	time.AfterFunc(10*time.Millisecond, r.Interrupt)
	if got := wait(-1); got != Interrupted {
		t.Errorf("interrupted: %v", got)
	}
	r.Interrupt()
	if got := wait(-1); got != Interrupted {
		t.Errorf("interrupted before the wait: %v", got)
	}
	time.AfterFunc(10*time.Millisecond, func() { _ = a.Send(nil, 0) })
	if got := wait(-1); got != Ready {
		t.Errorf("a message came: %v", got)
	}
}

func TestClosedSocketIsRefused(t *testing.T) {
	r := newRuntime(t)
	s := newSocket(t, newContext(t, r), pair)
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	enotsock := Errno(syscall.ENOTSOCK)
	sendErr := s.Send(nil, 0)
	_, receiveErr := s.Receive(0)
	_, optionErr := s.GetOption(fdKey, make([]byte, 4))
	for _, err := range []error{s.Bind("inproc://x"), sendErr, receiveErr, optionErr, s.SetOption(17, make([]byte, 4))} {
		if !errors.Is(err, enotsock) {
			t.Errorf("after Close: %v", err)
		}
	}
}

// Whatever the order in which an engine's collector drops them, everything ends.
func TestDisowningInAnyOrderLeavesNothing(t *testing.T) {
	r := newRuntime(t)
	before := descriptors(t)
	for range 50 {
		c := newContext(t, r)
		open, closed := newSocket(t, c, pair), newSocket(t, c, pair)
		if err := closed.Close(); err != nil {
			t.Fatal(err)
		}
		c.Disown()
		closed.Disown()
		open.Disown()

		c = newContext(t, r)
		s := newSocket(t, c, pair)
		c.Disown()
		if err := s.Close(); err != nil { // the context ends here
			t.Fatal(err)
		}
		s.Disown()
	}
	waitFor(t, "the descriptors to be closed", func() bool { return descriptors(t) <= before })
}

func TestTerminateWaitsForOpenSockets(t *testing.T) {
	r := newRuntime(t)
	c := newContext(t, r)
	s := newSocket(t, c, pair)
	wait, err := c.Terminate()
	if err != nil || wait == nil {
		t.Fatalf("Terminate: %v, %v", wait, err)
	}
	wait.Deadline = Deadline(50)
	if result, err := r.Wait(wait); result != TimedOut || err != nil {
		t.Errorf("with an open socket: %v, %v", result, err)
	}
	if err := s.Send(nil, 0); !errors.Is(err, Errno(156384712+53)) {
		t.Errorf("a send while terminating: %v", err)
	}
	if !c.Terminated() {
		t.Error("it does not count as terminating")
	}
	if err := c.Shutdown(); err != nil {
		t.Errorf("a shutdown while terminating: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wait.Deadline = Deadline(10_000)
	if result, err := r.Wait(wait); result != Ready || err != nil {
		t.Errorf("with no open socket: %v, %v", result, err)
	}
	if wait, err := c.Terminate(); wait != nil || err != nil {
		t.Errorf("a second time: %v, %v", wait, err)
	}
	if err := c.Shutdown(); !errors.Is(err, Errno(syscall.EFAULT)) {
		t.Errorf("a shutdown afterwards: %v", err)
	}
}

func descriptors(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !done(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
		time.Sleep(time.Millisecond)
	}
}
