package libzmq

import (
	"testing"
	"time"

	"github.com/pebbe/zmq4"
)

// patience is longer than any busy machine takes.
const patience = 2 * time.Minute

// newAsker returns a socket that sends requests to a context's ZAP, as libzmq does.
func newAsker(t *testing.T, c *Context, socketType zmq4.Type) *zmq4.Socket {
	t.Helper()
	asker, err := c.zmq.NewSocket(socketType)
	if err == nil {
		err = asker.SetLinger(0)
	}
	if err == nil {
		err = asker.Connect(zapEndpoint)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = asker.Close() })
	return asker
}

func ask(asker *zmq4.Socket, delimiter ...any) error {
	request := append(delimiter, zapVersion, "1", "domain", "127.0.0.1", "", "NULL")
	_, err := asker.SendMessage(request...)
	return err
}

// A panic only refuses the peer.
func TestZapSurvivesPanics(t *testing.T) {
	context := newContext(t, newRuntime(t))
	calls := 0
	zap, err := context.ServeZAP(func(Authentication) (string, bool) {
		if calls++; calls == 1 {
			panic("planted")
		}
		return "user", true
	})
	if err != nil {
		t.Fatal(err)
	}
	asker := newAsker(t, context, zmq4.REQ)
	for _, status := range []string{"500", "200"} {
		if err := ask(asker); err != nil {
			t.Fatal(err)
		}
		answer, err := asker.RecvMessage(0)
		if err != nil || len(answer) != 6 || answer[1] != "1" || answer[2] != status {
			t.Errorf("%q, want status %s: %v", answer, status, err)
		}
	}
	zap.Close()
}

// Requests keep arriving: closing does not wait for the last one.
func TestZapEndsInAFlood(t *testing.T) {
	context := newContext(t, newRuntime(t))
	asker := newAsker(t, context, zmq4.DEALER)
	begun := make(chan struct{}, 1)
	zap, err := context.ServeZAP(func(Authentication) (string, bool) {
		if err := ask(asker, ""); err != nil {
			t.Error(err)
		}
		select {
		case begun <- struct{}{}:
		default:
		}
		return "", true
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := ask(asker, ""); err != nil {
		t.Fatal(err)
	}
	<-begun
	closed := make(chan struct{})
	go func() {
		zap.Close()
		close(closed)
	}()
	select {
	case <-closed:
	case <-time.After(patience):
		t.Fatal("Close() waits for ever")
	}
}

func TestPeersSurvivePanics(t *testing.T) {
	context := newContext(t, newRuntime(t))
	server, client := newSocket(t, context, int(zmq4.PULL)), newSocket(t, context, int(zmq4.PUSH))
	counts := make(chan int, 2)
	_, err := context.WatchPeers(server, func(count int) {
		counts <- count
		panic("planted")
	}, func(_, reason string) { t.Error(reason) })
	if err == nil {
		err = server.Bind("tcp://127.0.0.1:*")
	}
	if err != nil {
		t.Fatal(err)
	}
	endpoint, err := server.zmq.GetLastEndpoint()
	if err == nil {
		err = client.Connect(endpoint)
	}
	if err != nil {
		t.Fatal(err)
	}
	if count := <-counts; count != 1 {
		t.Errorf("%d peers", count)
	}
	if err := client.Close(); err != nil {
		t.Fatal(err)
	}
	if count := <-counts; count != 0 {
		t.Errorf("%d peers after the only one has disconnected", count)
	}
}
