package fuzz

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// An attacked is a socket of the script.
type attacked struct {
	name     string // its type, and perhaps a mechanism
	address  string // where it listens
	listener net.Listener
}

func (t *attacked) socketType() string {
	socketType, _, _ := strings.Cut(t.name, "-")
	return socketType
}

// connection returns the next one, whichever side makes it.
func (t *attacked) connection() (net.Conn, error) {
	if t.listener == nil {
		return net.DialTimeout("tcp", t.address, 5*time.Second)
	}
	_ = t.listener.(*net.TCPListener).SetDeadline(time.Now().Add(20 * time.Second))
	return t.listener.Accept()
}

// disturb makes a connection that fails, and returns the number of sent bytes.
func (t *attacked) disturb(r *rand.Rand) (frames, bytes int, err error) {
	c, err := t.connection()
	if err != nil {
		return 0, 0, err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(time.Duration(5+r.IntN(50)) * time.Millisecond))
	steps, frames := junk(r, t.socketType())
	for i, step := range steps {
		if _, err := c.Write([]byte(step)); err != nil {
			return frames, bytes, nil
		}
		bytes += len(step)
		if i < 2 && r.IntN(8) > 0 || r.IntN(8) == 0 {
			_, _ = c.Read(make([]byte, 1+r.IntN(200)))
		}
	}
	if r.IntN(4) > 0 { // cut off instead of ended
		_ = c.(*net.TCPConn).SetLinger(0)
	}
	return frames, bytes, nil
}

// A host is the script with all its sockets.
type host struct {
	*testkit.Child
	targets []*attacked
	lines   map[string]chan string // of messages, by the name of the target
}

func startHost(t *testing.T) *host {
	t.Helper()
	h := &host{lines: map[string]chan string{}}
	arguments := []string{"testdata/wire/host.js"}
	names := []string{"PULL-PLAIN", "PULL-CURVE"}
	for name := range counterparts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		arguments = append(arguments, name+"=tcp://127.0.0.1:*")
		h.targets = append(h.targets, &attacked{name: name})
	}
	for _, name := range names {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = listener.Close() })
		if strings.Contains(name, "-") || name == "STREAM" { // they would wait for a greeting
			continue
		}
		arguments = append(arguments, name+"-CONNECTED=tcp://"+listener.Addr().String())
		h.targets = append(h.targets, &attacked{name: name + "-CONNECTED", listener: listener})
	}
	h.Child = testkit.Start(t, testkit.Options{Limit: duration(t) + 3*time.Minute}, testkit.Program(t), arguments...)
	for _, target := range h.targets {
		h.lines[target.name] = make(chan string, 1000)
		if target.listener == nil {
			_, address, _ := strings.Cut(h.Line(), " tcp://")
			target.address = address
		}
	}
	h.Expect("ready")
	return h
}

// serves checks that the target serves a good peer, with as many attempts as necessary: earlier
// input may keep the socket busy for a while.
func (h *host) serves(t *attacked, word string) error {
	var err error
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		if err = h.servesOnce(t, word); err == nil {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

func (h *host) servesOnce(t *attacked, word string) error {
	c, err := t.connection()
	if err != nil {
		return err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(2 * time.Second))
	ours := t.socketType()
	talk := conversation(ours, word)
	if ours == "REQ" { // the peer answers
		talk = talk[:2]
	}
	for i, step := range talk {
		if _, err := c.Write([]byte(step)); err != nil {
			return err
		}
		if err := hear(c, ours, i); err != nil {
			return err
		}
	}
	switch ours {
	case "PUSH", "PUB", "XPUB":
		return waitFor(c, "\x04tick")
	case "REQ":
		if err := answer(c, word); err != nil {
			return err
		}
	}
	for timeout := time.After(2 * time.Second); ; {
		select {
		case got := <-h.lines[t.name]:
			if got == word {
				return nil
			}
		case <-timeout:
			return fmt.Errorf("%s: %q does not arrive", t.name, word)
		}
	}
}

// hear reads the answer to a step of the handshake: the greeting, or the command READY.
func hear(c net.Conn, ours string, step int) error {
	if ours == "STREAM" || step > 1 {
		return nil
	}
	if step == 0 {
		_, err := io.ReadFull(c, make([]byte, 64))
		return err
	}
	header := make([]byte, 2)
	if _, err := io.ReadFull(c, header); err != nil {
		return err
	}
	_, err := io.ReadFull(c, make([]byte, header[1]))
	return err
}

// waitFor reads until data arrive.
func waitFor(c net.Conn, want string) error {
	got := ""
	for buffer := make([]byte, 4096); !strings.Contains(got, want); {
		n, err := c.Read(buffer)
		if err != nil {
			return fmt.Errorf("%w after %q", err, got)
		}
		got += string(buffer[:n])
	}
	return nil
}

// answer takes a question of a REQ socket, which has a number and an empty part.
func answer(c net.Conn, word string) error {
	got := ""
	for buffer := make([]byte, 4096); ; {
		n, err := c.Read(buffer)
		if err != nil {
			return fmt.Errorf("%w after %q", err, got)
		}
		got += string(buffer[:n])
		if before, _, found := strings.Cut(got, "\x01\x00\x00\x04tick"); found && len(before) > 4 {
			_, err := c.Write([]byte(frame(1, before[len(before)-4:]) + frame(1, "") + frame(0, word)))
			return err
		}
	}
}

// follow distributes the script's output.
func (h *host) follow(stop <-chan struct{}) {
	for {
		text, more := h.Next()
		if !more {
			return
		}
		name, word, _ := strings.Cut(text, " ")
		select {
		case h.lines[name] <- word:
		case <-stop:
			return
		}
	}
}

// connectionsOf is how many a target gets in a round.
func connectionsOf(t *testing.T, target *attacked) int {
	switch {
	case target.listener != nil: // the script reconnects after a while
		return 4
	case duration(t) > 0:
		return 200
	}
	return 20
}

// Peers that send any bytes do not harm a script, nor later peers.
func TestWire(t *testing.T) {
	h := startHost(t)
	stop := make(chan struct{})
	defer close(stop)
	go h.follow(stop)
	var connections, frames, bytes atomic.Int64
	rounds(t, 1, func(seed uint32) {
		var all sync.WaitGroup
		for i, target := range h.targets {
			all.Go(func() {
				r := rand.New(rand.NewPCG(uint64(seed), uint64(i)))
				for range connectionsOf(t, target) {
					sentFrames, sentBytes, err := target.disturb(r)
					if err != nil && h.Running() {
						t.Errorf("%s: %v", target.name, err)
						return
					}
					connections.Add(1)
					frames.Add(int64(sentFrames))
					bytes.Add(int64(sentBytes))
				}
				if strings.HasSuffix(target.name, "-PLAIN") || strings.HasSuffix(target.name, "-CURVE") {
					return // they accept no peers
				}
				if err := h.serves(target, fmt.Sprintf("good-%d-%d", seed, i)); err != nil {
					t.Errorf("%s serves no good peer: %v", target.name, err)
				}
			})
		}
		all.Wait()
		if !h.Running() {
			t.Errorf("the script has ended: %+v", h.Wait())
		} else if t.Failed() {
			h.Signal(syscall.SIGTERM)
			t.Logf("the script: %+v", h.Wait())
		}
	})
	h.Signal(syscall.SIGTERM)
	if result := h.Wait(); result.Signal != syscall.SIGTERM || result.Stderr != "" {
		t.Errorf("status %d, signal %v: %s", result.Status, result.Signal, result.Stderr)
	}
	t.Logf("%d connections, %d bytes", connections.Load(), bytes.Load())
	fuzzed(t, "frames of peers that send anything", int(frames.Load()))
}
