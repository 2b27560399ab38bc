// Package interop tests that scripts talk to programs that use other bindings of libzmq,
// another implementation of ZMTP, or plain TCP.
package interop

import (
	"cmp"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// The peers have a shorter one for each step.
const limit = 5 * time.Minute

// A peer is a running side.
type peer struct {
	*testkit.Child
	side side
}

// start starts a peer; if the test fails, it shows the peer's output.
func start(t *testing.T, who counterparty, s side, where string) peer {
	t.Helper()
	command := append(who(t), s.arguments(where)...)
	var child *testkit.Child
	t.Cleanup(func() {
		if t.Failed() && child != nil {
			t.Logf("%q: %+v", command, child.Wait())
		}
	})
	child = testkit.Start(t, testkit.Options{Limit: limit}, command[0], command[1:]...)
	return peer{child, s}
}

// slowEnd is a warning of zeromq.js on a busy machine, when its end takes a moment.
var slowEnd = regexp.MustCompile(`(?m)^\(node:\d+\) WARNING: Waiting for queued ZeroMQ messages .*\n(\(Use .node --trace-warnings.*\n)?`)

// finish expects the output of the peer, and its end.
func (p peer) finish(t *testing.T) {
	t.Helper()
	for _, line := range p.side.prints() {
		p.Expect(line)
	}
	if p.side.endless() {
		return
	}
	if result := p.Wait(); result.Status != 0 || slowEnd.ReplaceAllString(result.Stderr, "") != "" {
		t.Errorf("%q ended with status %d", p.side.arguments(""), result.Status)
	}
}

// A scenario is the behaviour of two sides. Each binds once.
type scenario struct {
	name         string // "": the types of the two sockets
	ours, theirs side
	endpoint     string // "": any TCP port
}

// transposed are the same scenarios with the sides exchanged.
func transposed(scenarios ...scenario) []scenario {
	all := scenarios
	for _, s := range scenarios {
		if s.ours.socket != s.theirs.socket || s.name != "" {
			s.ours, s.theirs = s.theirs, s.ours
			all = append(all, s)
		}
	}
	return all
}

func (s scenario) title() string {
	types := strings.ToLower(s.ours.socket + "-" + s.theirs.socket)
	return strings.TrimPrefix(s.name+"/"+types, "/")
}

// with runs scenarios with a counterparty.
func with(t *testing.T, who counterparty, scenarios []scenario) {
	t.Helper()
	who(t) // reports missing output once
	for _, s := range scenarios {
		endpoint := cmp.Or(s.endpoint, "tcp://127.0.0.1:*")
		t.Run(s.title()+"/we-bind", func(t *testing.T) {
			t.Parallel()
			talk(t, start(t, ours, s.ours, "bind:"+endpoint), who, s.theirs)
		})
		t.Run(s.title()+"/they-bind", func(t *testing.T) {
			t.Parallel()
			talk(t, start(t, who, s.theirs, "bind:"+endpoint), ours, s.ours)
		})
	}
}

// talk connects a second peer to one that binds, and waits for both.
func talk(t *testing.T, bound peer, who counterparty, s side) {
	t.Helper()
	connected := start(t, who, s, "connect:"+bound.Line())
	if bound.side.endless() {
		bound, connected = connected, bound
	}
	bound.finish(t)
	connected.finish(t)
}
