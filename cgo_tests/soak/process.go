package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// An endpoint is where a client connects to, with the server's key if it is encrypted.
type endpoint struct {
	Endpoint string `json:"endpoint"`
	Key      string `json:"key"`
}

// A config is the configuration of a script.
type config struct {
	Name      string   `json:"name"`
	Role      string   `json:"role"`
	Seed      int      `json:"seed"`
	Epoch     int      `json:"epoch"` // how often it was started before
	Transport string   `json:"transport,omitempty"`
	Strict    bool     `json:"strict"` // nothing may be lost between two of these
	Directory string   `json:"directory,omitempty"`
	Public    string   `json:"public,omitempty"`
	Secret    string   `json:"secret,omitempty"`
	Clients   []string `json:"clients,omitempty"`
	Servers   []server `json:"servers,omitempty"`
	Workers   int      `json:"workers,omitempty"`
}

type server struct {
	Name      string              `json:"name"`
	Strict    bool                `json:"strict"`
	Endpoints map[string]endpoint `json:"endpoints"`
}

// A tally counts the messages that a process has received in one pattern.
type tally struct {
	Messages int64 `json:"messages"`
	Bytes    int64 `json:"bytes"`
}

// A line is a line of a script's output.
type line struct {
	Ready    map[string]endpoint `json:"ready"`
	Error    string              `json:"error"`
	Received map[string]tally    `json:"received"`
	Errors   int                 `json:"errors"`
}

// A process is one run of a script.
type process struct {
	command *exec.Cmd
	stdin   io.Closer
	ready   chan map[string]endpoint
	done    chan struct{}
	stderr  bytes.Buffer
	mutex   sync.Mutex
	last    line     // of its received messages
	wrong   []string // the errors that it has found
}

// mmapThreshold has glibc map every large message by itself. Otherwise each freed message raises
// the threshold, up to 32 MiB; smaller messages come from heaps, which shrink only at their end: in a
// process of libzmq alone, with the same messages and killed peers, the heaps grow to ninety times
// the memory in use.
const mmapThreshold = "MALLOC_MMAP_THRESHOLD_=131072"

// startProcess runs a program with a script, its configuration, and further arguments.
func startProcess(program, script string, c config, more ...string) (*process, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	p := &process{
		command: exec.Command(program, append([]string{script, string(text)}, more...)...),
		ready:   make(chan map[string]endpoint, 1), done: make(chan struct{}),
	}
	p.command.Env = testkit.Environment(mmapThreshold)
	p.command.Stderr = &p.stderr
	p.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	stdin, err := p.command.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.stdin = stdin
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go p.follow(stdout)
	return p, nil
}

func (p *process) follow(stdout io.Reader) {
	defer close(p.done)
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		var l line
		err := json.Unmarshal(lines.Bytes(), &l)
		p.mutex.Lock()
		switch {
		case err != nil:
			p.wrong = append(p.wrong, "prints "+lines.Text())
		case l.Ready != nil:
			p.ready <- l.Ready
		case l.Error != "":
			p.wrong = append(p.wrong, l.Error)
		default:
			p.last = l
		}
		p.mutex.Unlock()
	}
	_ = p.command.Wait()
}

// patience is more than a process takes to begin, or to end, on any busy machine.
const patience = 3 * time.Minute

func (p *process) endpoints() (map[string]endpoint, error) {
	select {
	case ready := <-p.ready:
		return ready, nil
	case <-p.done:
		return nil, fmt.Errorf("%s has ended: %s", p.command, p.stderr.String())
	case <-time.After(patience):
		return nil, fmt.Errorf("%s does not begin", p.command)
	}
}

func (p *process) running() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// kill ends it as no script can notice.
func (p *process) kill() {
	_ = p.command.Process.Kill()
	<-p.done
}

// leave lets it end by itself, and returns errors of that.
func (p *process) leave(within time.Duration) string {
	_ = p.stdin.Close()
	select {
	case <-p.done:
	case <-time.After(within):
		p.kill()
		return fmt.Sprintf("does not end within %v", within)
	}
	if !p.command.ProcessState.Success() || p.stderr.Len() > 0 {
		return fmt.Sprintf("ended with %v: %s", p.command.ProcessState, p.stderr.String())
	}
	return ""
}
