package coretest

import (
	"errors"
	"os"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A call that does not wait never tells of a signal, however many there are: those of
// Go's scheduler are nobody's business.
func TestSignalsDoNotInterruptCallsThatDoNotWait(t *testing.T) {
	context := newContext(t, newRuntime(t))
	socket := newSocket(t, context, 7) // ZMQ_PULL
	if err := socket.Bind("inproc://signals"); err != nil {
		t.Fatal(err)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var done atomic.Bool
	defer done.Store(true)
	thread := unix.Gettid()
	go func() {
		for !done.Load() {
			_ = unix.Tgkill(os.Getpid(), thread, unix.SIGURG) // harmless to Go
		}
	}()
	poller, err := NewPoller()
	if err != nil {
		t.Fatal(err)
	}
	defer poller.Free()
	if _, err := poller.Add(socket, 1); err != nil {
		t.Fatal(err)
	}
	var events [4]byte
	for range 20000 {
		if _, err := Receive(socket, 0); !errors.Is(err, libzmq.Errno(syscall.EAGAIN)) {
			t.Fatalf("receiving: %v", err)
		}
		if _, err := socket.GetOption(15, events[:]); err != nil { // ZMQ_EVENTS
			t.Fatalf("reading an option: %v", err)
		}
		if err := socket.SetOption(17, []byte{0, 0, 0, 0}); err != nil { // ZMQ_LINGER
			t.Fatalf("writing an option: %v", err)
		}
		if _, err := poller.Look(1); err != nil {
			t.Fatalf("polling: %v", err)
		}
	}
}
