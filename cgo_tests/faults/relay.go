package faults

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// A fault is the treatment of a connection by a relay. The zero value passes everything on. A cut
// or silence begins after a number of bytes in one of the directions.
type fault struct {
	refuse bool          // closes it at once
	late   time.Duration // the delay before it is made, so that others overtake it
	slow   time.Duration // the delay of each piece of a few bytes
	after  int           // the number of bytes before the following faults
	back   bool          // counts the bytes of the bound side, not of the connecting one
	cut    bool          // ends it
	silent bool          // passes on nothing in both directions, and does not end it
	happen func()        // is called before that
}

// A relay passes connections on to an endpoint.
type relay struct {
	listener net.Listener
	target   []string // network and address
	faults   func(connection int) fault
	silence  chan struct{} // closed: nothing passes
	ended    chan struct{}
	open     sync.WaitGroup
}

// newRelay starts a relay to an endpoint. The faults of a connection are chosen by a function,
// which is called for one connection after the other.
func newRelay(t testing.TB, endpoint string, faults func(connection int) fault) *relay {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	network, address, _ := strings.Cut(endpoint, "://")
	if network == "ipc" {
		network = "unix"
	}
	r := &relay{
		listener: listener,
		target:   []string{network, address},
		faults:   faults,
		silence:  make(chan struct{}),
		ended:    make(chan struct{}),
	}
	r.open.Go(r.accept)
	t.Cleanup(func() {
		_ = listener.Close()
		close(r.ended)
		r.open.Wait()
	})
	return r
}

func (r *relay) endpoint() string { return "tcp://" + r.listener.Addr().String() }

// hush silences present and future connections. It ends none.
func (r *relay) hush() { close(r.silence) }

func (r *relay) accept() {
	for number := 1; ; number++ {
		connection, err := r.listener.Accept()
		if err != nil {
			return
		}
		chosen := r.faults(number)
		r.open.Go(func() { r.pass(connection, chosen) })
	}
}

// pass serves a connection until one of the sides ends it.
func (r *relay) pass(near net.Conn, chosen fault) {
	defer func() { _ = near.Close() }()
	if chosen.refuse {
		return
	}
	select {
	case <-time.After(chosen.late):
	case <-r.ended:
		return
	}
	far, err := net.Dial(r.target[0], r.target[1])
	if err != nil {
		return
	}
	defer func() { _ = far.Close() }()
	over := make(chan struct{}, 2) // one direction has ended
	hush := make(chan struct{})    // both directions shall be silent
	var copying sync.WaitGroup
	copying.Go(func() { r.copy(far, near, chosen, !chosen.back, hush, over) })
	copying.Go(func() { r.copy(near, far, chosen, chosen.back, hush, over) })
	select {
	case <-over:
	case <-r.ended:
	}
	_ = near.Close()
	_ = far.Close()
	copying.Wait()
}

// copy passes on bytes in one direction, in which the fault may happen.
func (r *relay) copy(to io.Writer, from io.Reader, chosen fault, faulty bool, hush chan struct{}, over chan struct{}) {
	defer func() { over <- struct{}{} }()
	faulty = faulty && (chosen.cut || chosen.silent)
	buffer := make([]byte, 4096)
	if chosen.slow > 0 {
		buffer = buffer[:7]
	}
	left := chosen.after
	for {
		if faulty && left == 0 {
			if chosen.happen != nil {
				chosen.happen()
			}
			if !chosen.silent {
				return
			}
			close(hush)
		}
		piece := buffer
		if faulty && left > 0 {
			piece = buffer[:min(left, len(buffer))]
		}
		count, err := from.Read(piece)
		time.Sleep(chosen.slow)
		if closed(hush) || closed(r.silence) {
			<-r.ended
			return
		}
		left -= count
		if _, failed := to.Write(piece[:count]); err != nil || failed != nil {
			return
		}
	}
}

func closed(channel chan struct{}) bool {
	select {
	case <-channel:
		return true
	default:
		return false
	}
}
