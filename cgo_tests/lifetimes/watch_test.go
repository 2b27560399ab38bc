package lifetimes

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/pebbe/zmq4"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// patience is how long the process may have more than before after a round: contexts end, and
// some collectors work, in the background.
const patience = 10 * time.Second

// A watch examines the process after each round; scripts ask through a socket whether they may
// continue.
type watch struct {
	socket  *zmq4.Socket
	before  testkit.Sample   // the first
	samples []testkit.Sample // after each round

	patience time.Duration
}

func newWatch(t *testing.T, directory string) (*watch, string) {
	t.Helper()
	socket, err := zmq4.NewSocket(zmq4.REP)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = socket.SetLinger(0)
		_ = socket.Close()
	})
	endpoint := "ipc://" + filepath.Join(directory, "control")
	if err := socket.Bind(endpoint); err != nil {
		t.Fatal(err)
	}
	if err := socket.SetRcvtimeo(100 * time.Millisecond); err != nil {
		t.Fatal(err)
	}
	return &watch{socket: socket, patience: patience}, endpoint
}

// follow answers until the child has ended. It reports resources that the child has kept, if there
// are too many.
func (w *watch) follow(t *testing.T, h host, child *testkit.Child) (grown string) {
	t.Helper()
	round, since := "", time.Now()
	for child.Running() {
		text, err := w.socket.Recv(0)
		if err != nil {
			continue
		}
		if text != round {
			round, since = text, time.Now()
		}
		sample, err := testkit.Look(child.Process())
		if err != nil {
			continue
		}
		answer := "next"
		switch {
		case text == "-1":
			w.before = sample
		case sample.Descriptors <= w.before.Descriptors+h.kept:
			w.samples = append(w.samples, sample)
		case time.Since(since) < w.patience:
			answer = "collect"
			time.Sleep(time.Millisecond)
		default:
			grown = fmt.Sprintf("after round %s the process has %+v, before the first %+v", text, sample, w.before)
			answer = "end"
		}
		if _, err := w.socket.Send(answer, 0); err != nil {
			t.Fatal(err)
		}
	}
	return grown
}
