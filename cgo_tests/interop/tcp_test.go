package interop

import (
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// A wire is a TCP connection of the test itself.
type wire struct {
	t *testing.T
	net.Conn
}

func newWire(t *testing.T, connection net.Conn, err error) wire {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	if err := connection.SetDeadline(time.Now().Add(limit)); err != nil {
		t.Fatal(err)
	}
	return wire{t, connection}
}

func dial(t *testing.T, endpoint string) wire {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(endpoint, "tcp://"))
	return newWire(t, connection, err)
}

func listen(t *testing.T) (net.Listener, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	_ = listener.(*net.TCPListener).SetDeadline(time.Now().Add(limit))
	return listener, "tcp://" + listener.Addr().String()
}

func accept(t *testing.T, listener net.Listener) wire {
	t.Helper()
	connection, err := listener.Accept()
	return newWire(t, connection, err)
}

func (w wire) write(bytes string) {
	w.t.Helper()
	if _, err := io.WriteString(w, bytes); err != nil {
		w.t.Fatal(err)
	}
}

// take reads exactly size bytes.
func (w wire) take(count int) string {
	w.t.Helper()
	bytes := make([]byte, count)
	if got, err := io.ReadFull(w, bytes); err != nil {
		w.t.Fatalf("%v after %q", err, bytes[:got])
	}
	return string(bytes)
}

func (w wire) expect(want string) {
	w.t.Helper()
	if got := w.take(len(want)); got != want {
		w.t.Fatalf("%q on the wire, want %q", got, want)
	}
}

// expectEnd skips further input; the other side has to close the connection.
func (w wire) expectEnd() {
	w.t.Helper()
	_, err := io.Copy(io.Discard, w)
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		w.t.Fatal("the connection remains open")
	}
}
