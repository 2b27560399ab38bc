package coretest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

const (
	pollIn    = 1 // ZMQ_POLLIN
	highWater = 3 // messages

	maxSockets = 2 // ZMQ_MAX_SOCKETS
)

// link is two connected sockets, and how many messages are on their way to each.
type link struct {
	ends    [2]*libzmq.Socket
	waiting [2]int
}

// world is what the random operations happen in: links over several transports, and
// pollers that each know some of the sockets.
type world struct {
	t       *testing.T
	random  *rand.Rand
	links   []*link
	pollers []*Poller
	known   []map[int]*libzmq.Socket // by poller and index
}

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{t: t, random: rand.New(rand.NewPCG(seed, 0))}
	context := newContext(t, newRuntime(t))
	for i := range 6 {
		endpoint := fmt.Sprintf("inproc://%d", i)
		if i%3 == 1 {
			endpoint = "tcp://127.0.0.1:*"
		} else if i%3 == 2 {
			endpoint = fmt.Sprintf("ipc://%s/%d", t.TempDir(), i)
		}
		w.links = append(w.links, newLink(t, context, endpoint))
	}
	for range 3 {
		poller, err := NewPoller()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(poller.Free)
		w.pollers = append(w.pollers, poller)
		w.known = append(w.known, map[int]*libzmq.Socket{})
	}
	return w
}

func newLink(t *testing.T, context *libzmq.Context, endpoint string) *link {
	l := &link{}
	for i := range l.ends {
		socket := newSocket(t, context, pair)
		for _, option := range []int{23, 24} { // ZMQ_SNDHWM, ZMQ_RCVHWM
			if err := socket.SetOption(option, []byte{highWater, 0, 0, 0}); err != nil {
				t.Fatal(err)
			}
		}
		l.ends[i] = socket
	}
	if err := l.ends[0].Bind(endpoint); err != nil {
		t.Fatal(err)
	}
	bound := make([]byte, 200)
	size, err := l.ends[0].GetOption(32, bound) // ZMQ_LAST_ENDPOINT
	if err != nil {
		t.Fatal(err)
	}
	if err := l.ends[1].Connect(string(bound[:size-1])); err != nil {
		t.Fatal(err)
	}
	return l
}

// find is the link of a socket, and which end of it that is.
func (w *world) find(s *libzmq.Socket) (*link, int) {
	for _, l := range w.links {
		for end := range l.ends {
			if l.ends[end] == s {
				return l, end
			}
		}
	}
	w.t.Fatal("a socket of no link")
	return nil, 0
}

func (w *world) send(l *link, from int) {
	switch err := Send(l.ends[from], []byte("message"), 0); {
	case err == nil:
		l.waiting[1-from]++
	case !errors.Is(err, libzmq.Errno(syscall.EAGAIN)):
		w.t.Fatal(err)
	}
}

// receive receives what is there, and reports whether something was.
func (w *world) receive(l *link, at int) bool {
	message, err := Receive(l.ends[at], 0)
	if errors.Is(err, libzmq.Errno(syscall.EAGAIN)) {
		return false
	}
	if err != nil {
		w.t.Fatal(err)
	}
	message.Close()
	l.waiting[at]--
	return true
}

// register adds a socket to a poller, changes it there, or removes it.
func (w *world) register(poller int, s *libzmq.Socket) {
	p, known := w.pollers[poller], w.known[poller]
	if index := p.Find(s); index >= 0 {
		p.Remove(index)
		delete(known, index)
		return
	}
	index, err := p.Add(s, pollIn)
	if err != nil {
		w.t.Fatal(err)
	}
	known[index] = s
}

// poll looks once, and receives at what has events: something must be there.
func (w *world) poll(poller int) {
	events, err := w.pollers[poller].Look(1 + w.random.IntN(4))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, event := range events {
		l, end := w.find(w.known[poller][event.Index])
		if event.Events != pollIn || l.waiting[end] == 0 || w.random.IntN(2) == 0 && !w.receive(l, end) {
			w.t.Fatalf("event %+v, with %d messages on their way", event, l.waiting[end])
		}
	}
}

// drain requires of every poller that it hears of every message on its way to a socket
// that it knows, without anybody else using the sockets.
func (w *world) drain(runtime *libzmq.Runtime) {
	for poller, p := range w.pollers {
		for {
			due := 0
			for _, s := range w.known[poller] {
				l, end := w.find(s)
				due += l.waiting[end]
			}
			if due == 0 {
				break
			}
			events, err := p.Look(p.Size())
			if err != nil {
				w.t.Fatal(err)
			}
			if len(events) == 0 {
				if result := Wait(runtime, -1, p, 60_000); result != Ready {
					w.t.Fatalf("poller %d has lost an event: %d messages are on their way, but the wait ends with %d",
						poller, due, result)
				}
			}
			for _, event := range events {
				l, end := w.find(w.known[poller][event.Index])
				if !w.receive(l, end) {
					w.t.Fatalf("nothing at %+v", event)
				}
			}
		}
	}
}

// However sockets are used between two looks, by whom and through how many pollers, no
// poller misses a message.
func TestPollerLosesNothing(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	operations := 1_000_000
	w := newWorld(t, seed)
	runtime := newRuntime(t)
	for i := range operations {
		l, end := w.links[w.random.IntN(len(w.links))], w.random.IntN(2)
		switch poller := w.random.IntN(len(w.pollers)); w.random.IntN(10) {
		case 0, 1, 2:
			w.send(l, end)
		case 3, 4:
			w.receive(l, end)
		case 5:
			Refresh(l.ends[end])
		case 6:
			w.register(poller, l.ends[end])
		default:
			w.poll(poller)
		}
		if i%500 == 499 {
			w.drain(runtime)
		}
	}
}

// However many sockets become ready at once, a look finds each, and single looks in turn.
func TestThousandsReady(t *testing.T) {
	for _, count := range []int{1000, 5000} {
		t.Run(fmt.Sprint(count), func(t *testing.T) {
			context := newContext(t, newRuntime(t))
			if err := context.Set(maxSockets, 2*count+10); err != nil {
				t.Fatal(err)
			}
			poller, err := NewPoller()
			if err != nil {
				t.Fatal(err)
			}
			defer poller.Free()
			senders := make([]*libzmq.Socket, count)
			for i := range senders {
				receiver := newSocket(t, context, pair)
				senders[i] = newSocket(t, context, pair)
				endpoint := fmt.Sprintf("inproc://%d", i)
				if err := errors.Join(receiver.Bind(endpoint), senders[i].Connect(endpoint)); err != nil {
					t.Fatal(err)
				}
				if index, err := poller.Add(receiver, pollIn); err != nil || index != i {
					t.Fatal(index, err)
				}
			}
			if found, err := poller.Look(count); len(found) != 0 || err != nil {
				t.Fatalf("%d events, %v before anything is sent", len(found), err)
			}
			for _, sender := range senders {
				if err := Send(sender, []byte("x"), 0); err != nil {
					t.Fatal(err)
				}
			}
			for i := range count {
				found, err := poller.Look(1)
				if err != nil || len(found) != 1 || found[0].Index != i {
					t.Fatalf("look %d: %v, %v", i, found, err)
				}
			}
			found, err := poller.Look(count)
			if err != nil || len(found) != count {
				t.Fatalf("%d of %d events, %v", len(found), count, err)
			}
			for i, event := range found {
				if event.Index != i {
					t.Fatalf("event %d is of entry %d", i, event.Index)
				}
			}
		})
	}
}
