package libzmq

import (
	"slices"
	"testing"
	"time"

	"github.com/pebbe/zmq4"
)

// These find in libzmq alone what parts.c is for. When one of them fails, libzmq has been mended, and parts.c
// may do less.

// peers are receivers of one PUSH, in the order of their turns.
func peers(t *testing.T, count int) (*zmq4.Socket, []*zmq4.Socket) {
	t.Helper()
	open := libzmqAlone(t)
	push := open(zmq4.PUSH, func(s *zmq4.Socket) error { return s.Bind("inproc://peers") })
	var pulls []*zmq4.Socket
	for range count {
		pulls = append(pulls, open(zmq4.PULL, func(s *zmq4.Socket) error { return s.Connect("inproc://peers") }))
	}
	return push, pulls
}

func sendPart(t *testing.T, push *zmq4.Socket, text string, flags zmq4.Flag) {
	t.Helper()
	if _, err := push.Send(text, flags|zmq4.DONTWAIT); err != nil {
		t.Fatal(err)
	}
}

// eventually tries something that needs libzmq to have noticed, in the background, that a peer has gone: for
// longer each time.
func eventually(t *testing.T, failure string, try func(t *testing.T, pause time.Duration) bool) {
	t.Helper()
	for pause := time.Millisecond; pause < 10*time.Second; pause *= 2 {
		done := false
		t.Run(pause.String(), func(t *testing.T) { done = try(t, pause) })
		if done || t.Failed() {
			return
		}
	}
	t.Error(failure)
}

// TestLibzmqTearsMessages: the rest of a message goes to a peer that has not got its beginning, when another peer has
// gone (lb.cpp; the like of it was https://github.com/zeromq/libzmq/issues/180).
func TestLibzmqTearsMessages(t *testing.T) {
	eventually(t, "libzmq gives all of a message to one peer", func(t *testing.T, pause time.Duration) bool {
		push, pulls := peers(t, 3)
		for range 5 { // the next one is the third peer's
			sendPart(t, push, "turn", 0)
		}
		for i, turns := range []int{2, 2, 1} {
			for range turns {
				if _, err := pulls[i].Recv(zmq4.DONTWAIT); err != nil {
					t.Fatal(err)
				}
			}
		}
		sendPart(t, push, "one", zmq4.SNDMORE)
		if err := pulls[1].Close(); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the end of a connection takes two commands to the sender, the second after its answer to the first
			time.Sleep(pause)
			if _, err := push.GetEvents(); err != nil {
				t.Fatal(err)
			}
		}
		sendPart(t, push, "two", 0)
		torn, err := pulls[0].RecvMessage(zmq4.DONTWAIT)
		return err == nil && slices.Equal(torn, []string{"two"})
	})
}

// TestLibzmqRefusesTheRest: what follows the part whose peer has gone is refused, once, as if there were no room
// (https://github.com/zeromq/libzmq/pull/3343).
func TestLibzmqRefusesTheRest(t *testing.T) {
	eventually(t, "libzmq takes the rest of a message whose peer has gone", func(t *testing.T, pause time.Duration) bool {
		push, pulls := peers(t, 1)
		sendPart(t, push, "one", zmq4.SNDMORE)
		if err := pulls[0].Close(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(pause)
		_, err := push.Send("two", zmq4.DONTWAIT)
		return err != nil
	})
}
