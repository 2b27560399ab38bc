package coretest

import (
	"errors"
	"fmt"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// ask receives many times where there is nothing.
func ask(t *testing.T, socket *libzmq.Socket) {
	t.Helper()
	for range 40 {
		if message, err := Receive(socket, 0); !errors.Is(err, libzmq.Errno(syscall.EAGAIN)) {
			t.Fatalf("an empty socket gives %v, %v", message, err)
		}
	}
}

// Sockets that are asked often are told of every message; not too many of them take a descriptor for that, and closing
// them gives it back.
func TestAskedOften(t *testing.T) {
	const pairs, epolls = 70, 64
	before := descriptors(t)
	context := newContext(t, newRuntime(t))
	var senders, receivers []*libzmq.Socket
	for i := range pairs {
		sender, receiver := newSocket(t, context, pair), newSocket(t, context, pair)
		endpoint := fmt.Sprintf("inproc://asked-%d", i)
		if err := errors.Join(receiver.Bind(endpoint), sender.Connect(endpoint)); err != nil {
			t.Fatal(err)
		}
		senders, receivers = append(senders, sender), append(receivers, receiver)
	}
	opened := descriptors(t)
	for range 3 {
		for i, receiver := range receivers {
			ask(t, receiver)
			for content := range byte(3) {
				send(t, senders[i], []byte{content})
				message := receive(t, receiver)
				if len(message.Content) != 1 || message.Content[0] != content {
					t.Fatalf("%v was received instead of %d", message.Content, content)
				}
				message.Close()
			}
		}
	}
	if more := descriptors(t) - opened; more != epolls {
		t.Errorf("%d sockets take %d descriptors to be asked, want %d", pairs, more, epolls)
	}
	for i := range pairs {
		if err := errors.Join(senders[i].Close(), receivers[i].Close()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Terminate(context); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the descriptors to be closed", func() bool { return descriptors(t) <= before+2 })
}
