package libzmq

import (
	"errors"
	"syscall"
	"testing"

	"github.com/pebbe/zmq4"
)

// TestLibzmqForgetsTheRest finds in libzmq alone what prefetched.c is for: the rest of a message goes with the
// connection that a socket ends, though the socket has given its first part. When it fails, libzmq has been mended.
func TestLibzmqForgetsTheRest(t *testing.T) {
	open := libzmqAlone(t)
	const endpoint = "inproc://ends"
	dealer := open(zmq4.DEALER, func(s *zmq4.Socket) error { return s.Bind(endpoint) })
	router := open(zmq4.ROUTER, func(s *zmq4.Socket) error { return s.Connect(endpoint) })
	if _, err := dealer.SendMessage("one", "two"); err != nil {
		t.Fatal(err)
	}
	if events, err := router.GetEvents(); err != nil || events&zmq4.POLLIN == 0 {
		t.Fatal(events, err)
	}
	if err := router.Disconnect(endpoint); err != nil {
		t.Fatal(err)
	}
	for _, socket := range []*zmq4.Socket{dealer, router} { // the peer answers; before that libzmq ends the process
		if _, err := socket.GetEvents(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := router.Recv(zmq4.DONTWAIT); err != nil { // the routing id
		t.Fatal(err)
	}
	first, err := router.Recv(zmq4.DONTWAIT)
	more, errMore := router.GetRcvmore()
	if first != "one" || !more || errors.Join(err, errMore) != nil {
		t.Fatalf("%q, %v, %v, %v", first, more, err, errMore)
	}
	if rest, err := router.Recv(zmq4.DONTWAIT); zmq4.AsErrno(err) != zmq4.Errno(syscall.EAGAIN) {
		t.Errorf("%q, %v", rest, err)
	}
}
