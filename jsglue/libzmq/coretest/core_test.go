package coretest

import (
	"errors"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

const (
	pair  = 0
	fdKey = 14 // ZMQ_FD
)

func newRuntime(t *testing.T) *libzmq.Runtime {
	t.Helper()
	r, err := libzmq.NewRuntime()
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

func newContext(t *testing.T, r *libzmq.Runtime) *libzmq.Context {
	t.Helper()
	c, err := libzmq.NewContext(r)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func newSocket(t *testing.T, c *libzmq.Context, socketType int) *libzmq.Socket {
	t.Helper()
	s, err := c.NewSocket(socketType)
	if err != nil {
		t.Fatal(err)
	}
	return s
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
	if _, err := Receive(b, 0); !errors.Is(err, libzmq.Errno(syscall.EAGAIN)) {
		t.Errorf("receiving nothing: %v", err)
	}
	if err := Send(a, []byte("hello"), 0); err != nil {
		t.Errorf("Send: %v", err)
	}
	message, err := Receive(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(message.Content); got != "hello" || message.More() {
		t.Errorf("received %q, more %t", got, message.More())
	}
	message.Close()
}

func TestWaitEndsByMessageDeadlineAndInterrupt(t *testing.T) {
	r := newRuntime(t)
	c := newContext(t, r)
	a, b := newSocket(t, c, pair), newSocket(t, c, pair)
	if err := errors.Join(a.Bind("inproc://test"), b.Connect("inproc://test")); err != nil {
		t.Fatal(err)
	}
	wait := func(milliseconds int) int {
		t.Helper()
		if _, err := Receive(b, 0); !errors.Is(err, libzmq.Errno(syscall.EAGAIN)) {
			t.Fatalf("a message is there already: %v", err)
		}
		return WaitForSocket(r, b, milliseconds)
	}
	started := time.Now()
	if got := wait(50); got != TimedOut {
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
	time.AfterFunc(10*time.Millisecond, func() { _ = Send(a, nil, 0) })
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
	enotsock := libzmq.Errno(syscall.ENOTSOCK)
	sendErr := Send(s, nil, 0)
	_, receiveErr := Receive(s, 0)
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
		c.Finalize()
		closed.Finalize()
		open.Finalize()

		c = newContext(t, r)
		s := newSocket(t, c, pair)
		c.Finalize()
		if err := s.Close(); err != nil { // the context ends here
			t.Fatal(err)
		}
		s.Finalize()
	}
	waitFor(t, "the descriptors to be closed", func() bool { return descriptors(t) <= before })
}

func TestTerminateWaitsForOpenSockets(t *testing.T) {
	r := newRuntime(t)
	c := newContext(t, r)
	s := newSocket(t, c, pair)
	done, err := Terminate(c)
	if err != nil || done < 0 {
		t.Fatalf("Terminate: %v, %v", done, err)
	}
	if result := Wait(r, done, nil, 50); result != TimedOut {
		t.Errorf("with an open socket: %v", result)
	}
	if err := Send(s, nil, 0); !errors.Is(err, libzmq.Errno(156384712+53)) {
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
	if result := Wait(r, done, nil, -1); result != Ready {
		t.Errorf("with no open socket: %v", result)
	}
	if done, err := Terminate(c); done >= 0 || err != nil {
		t.Errorf("a second time: %v, %v", done, err)
	}
	if err := c.Shutdown(); !errors.Is(err, libzmq.Errno(syscall.EFAULT)) {
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
	for deadline := time.Now().Add(time.Minute); !done(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
		time.Sleep(time.Millisecond)
	}
}
