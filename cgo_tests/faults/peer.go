package faults

import (
	"io"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A peer is a process that runs a script, and may be killed and started again.
type peer struct {
	t         testing.TB
	command   []string
	options   testkit.Options
	endpoints int // the number of endpoints that it reports
	*testkit.Child
	bound   []string // the reported endpoints
	printed []string // output of its former processes
}

// newPeer starts a script with a standard input, which may be nil.
func newPeer(t testing.TB, input io.Reader, path string, arguments ...string) *peer {
	t.Helper()
	p := &peer{
		t:         t,
		command:   append([]string{testkit.Program(t), path}, arguments...),
		options:   testkit.Options{Limit: limit, Stdin: input},
		endpoints: strings.Count(testkit.Read(t, path), "`Bound to "),
	}
	p.start()
	return p
}

func (p *peer) start() {
	p.t.Helper()
	p.Child = testkit.Start(p.t, p.options, p.command[0], p.command[1:]...)
	child := p.Child
	p.t.Cleanup(func() {
		if !p.t.Failed() || child.Running() {
			return
		}
		if result := child.Kill(); result.Signal != syscall.SIGKILL {
			p.t.Logf("%q ended by itself: status %d, %v: %s", p.command, result.Status, result.Signal, result.Stderr)
		}
	})
	p.bound = nil
	for range p.endpoints {
		line := p.Line()
		endpoint, ok := strings.CutPrefix(line, "Bound to ")
		if !ok {
			p.t.Fatalf("%q printed %q, not its endpoint", p.command, line)
		}
		p.bound = append(p.bound, endpoint)
	}
}

// notes are messages of scripts to their operator, on standard error: "cache.js: a subscriber is
// slow".
var notes = regexp.MustCompile(`^([a-z_]+\.js: .+\n)*$`)

// kill ends it as a crash would. It must not have ended otherwise before.
func (p *peer) kill() {
	p.t.Helper()
	result := p.Kill()
	if result.Signal != syscall.SIGKILL || !notes.MatchString(result.Stderr) {
		p.t.Errorf("%q ended by itself: status %d, %v: %s", p.command, result.Status, result.Signal, result.Stderr)
	}
	p.printed = append(p.printed, strings.Split(result.Stdout, "\n")...)
}

func (p *peer) restart() {
	p.t.Helper()
	p.kill()
	p.start()
}

// end expects that it ends by itself, without an error.
func (p *peer) end() {
	p.t.Helper()
	if result := p.Wait(); result.Status != 0 || !notes.MatchString(result.Stderr) {
		p.t.Errorf("%q: status %d, %v: %s", p.command, result.Status, result.Signal, result.Stderr)
	}
}
