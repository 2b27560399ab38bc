package interop

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const beats = 10

var beating = []step{set("HEARTBEAT_IVL", 30), set("HEARTBEAT_TIMEOUT", 60000)}

// A connection survives many heartbeats: after a reconnection, ROUTER would not know its peer. The
// test counts heartbeats that pass, and measures no time. Each peer answers those of the other, if
// that sends any.
func withHeartbeats(t *testing.T, who counterparty, theirTypes ...string) {
	t.Helper()
	mandatory := append([]step{set("ROUTER_MANDATORY", 1)}, beating...)
	for _, theirType := range theirTypes {
		beaten := filepath.Join(t.TempDir(), "beaten")
		router := side{"ROUTER", mandatory, []step{recvID("before"), until(beaten), sendID("after")}}
		dealer := side{"DEALER", beating, []step{send("before"), recv("after")}}
		mine, theirs := router, dealer
		switch theirType {
		case "ROUTER":
			mine, theirs = dealer, router
		case "CONNECTION": // which sends no heartbeats
			theirs = side{theirType, nil, dealer.steps}
		}
		bothWays := theirType != "CONNECTION"
		name := "heartbeats/" + strings.ToLower(mine.socket+"-"+theirs.socket)
		t.Run(name+"/we-bind", func(t *testing.T) {
			beat(t, ours, mine, who, theirs, beaten, []bool{bothWays, true})
		})
		t.Run(name+"/they-bind", func(t *testing.T) {
			_ = os.Remove(beaten)
			beat(t, who, theirs, ours, mine, beaten, []bool{true, bothWays})
		})
	}
}

// beat connects a peer to one that binds, through a relay, and creates the file beaten once enough
// heartbeats were answered on the sides that have to.
func beat(t *testing.T, binder counterparty, bound side, connecter counterparty, connected side, beaten string, answers []bool) {
	t.Helper()
	first := start(t, binder, bound, "bind:tcp://127.0.0.1:*")
	relay := newBeatRelay(t, first.Line(), answers)
	second := start(t, connecter, connected, "connect:tcp://"+relay.listener.Addr().String())
	select {
	case <-relay.beaten:
	case <-time.After(limit):
		t.Fatal("there are not enough heartbeats")
	}
	if err := os.WriteFile(beaten, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	first.finish(t)
	second.finish(t)
}

// A beatRelay passes one connection on, and counts answers to heartbeats.
type beatRelay struct {
	listener net.Listener
	ended    chan struct{} // closed when the test ends
	beaten   chan struct{} // closed once there are enough
}

func newBeatRelay(t *testing.T, endpoint string, answers []bool) *beatRelay {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	made := &beatRelay{listener, make(chan struct{}), make(chan struct{})}
	var open sync.WaitGroup
	open.Go(func() { made.pass(t, strings.TrimPrefix(endpoint, "tcp://"), answers) })
	t.Cleanup(func() {
		_ = listener.Close()
		close(made.ended)
		open.Wait()
	})
	return made
}

// pass passes the first connection on until both of its ends are closed.
func (r *beatRelay) pass(t *testing.T, address string, answers []bool) {
	connecter, err := r.listener.Accept()
	if err != nil {
		return // the test has ended
	}
	binder, err := net.Dial("tcp", address)
	if err != nil {
		t.Error(err)
		_ = connecter.Close()
		return
	}
	var missing, copying sync.WaitGroup
	for i, connection := range [][2]net.Conn{{binder, connecter}, {connecter, binder}} {
		counter := &pongs{}
		if answers[i] {
			missing.Add(1)
			counter.enough = missing.Done
		}
		copying.Go(func() { counter.copy(connection[1], connection[0]) })
	}
	go func() { // for ever, if there are never enough
		missing.Wait()
		close(r.beaten)
	}()
	done := make(chan struct{})
	go func() {
		copying.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-r.ended:
	}
	_ = binder.Close()
	_ = connecter.Close()
	<-done
}

// pongs counts ZMTP's command that answers a heartbeat, in one direction.
type pongs struct {
	count  int
	rest   []byte // of the bytes read, which may contain the beginning of the next frame
	enough func() // called once
}

var pong = []byte("\x04PONG")

// copy continues until the input ends, even if the output fails: a side that still has messages to
// read may answer heartbeats meanwhile.
func (p *pongs) copy(to, from net.Conn) {
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		p.look(buffer[:n])
		_, _ = to.Write(buffer[:n])
		if err != nil {
			_ = to.(*net.TCPConn).CloseWrite()
			return
		}
	}
}

func (p *pongs) look(read []byte) {
	before := p.count
	seen := append(p.rest, read...)
	p.count += bytes.Count(seen, pong)
	p.rest = append([]byte(nil), seen[max(0, len(seen)-len(pong)+1):]...)
	if before < beats && p.count >= beats && p.enough != nil {
		p.enough()
	}
}
