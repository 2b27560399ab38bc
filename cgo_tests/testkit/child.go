package testkit

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
)

// Limit is the time limit of a child, after which it is killed and its test fails, unless its
// Options have another one: longer than it takes on a machine with ten times too much to do.
const Limit = 3 * time.Minute

// Options are those of a child. The zero value is usable.
type Options struct {
	Dir   string    // its working directory
	Env   []string  // added to the environment: NAME=value
	Stdin io.Reader // none: empty
	// Stdout, if not nil, gets the standard output instead of the Child.
	Stdout *os.File
	// Limit is how long it may take; 0: the constant Limit.
	Limit time.Duration
	// the child starts processes of its own, which shall end with it
	Group bool
}

// A Child is a process under a time limit.
type Child struct {
	t       testing.TB
	command *exec.Cmd
	group   bool
	started time.Time
	lines   queue         // of standard output
	stderr  bytes.Buffer  // to be read when done is closed
	done    chan struct{} // closed when result is complete
	result  Result
	stuck   atomic.Value // a string: the state of its threads at its time limit
}

// A Result is how a child has ended.
type Result struct {
	Status         int            // exit status, -1 if a signal ended it
	Signal         syscall.Signal // that ended it, or 0
	Stdout, Stderr string
	Took           time.Duration
}

// tail shortens the output to its end, for a message.
func (r Result) tail() Result {
	const most = 2000
	for _, text := range []*string{&r.Stdout, &r.Stderr} {
		if length := len(*text); length > most {
			*text = "..." + (*text)[length-most:]
		}
	}
	return r
}

// Check compares the output of a child, and its end.
func (r Result) Check(t testing.TB, status int, stdout, stderr string) {
	t.Helper()
	if r.Status != status || r.Stdout != stdout || r.Stderr != stderr {
		t.Errorf("status %d, stdout %q, stderr %q;\nwant status %d, stdout %q, stderr %q\n(signal: %v)",
			r.Status, r.Stdout, r.Stderr, status, stdout, stderr, r.Signal)
	}
}

// Environment is that of every child: this process's, with cgo's checks, and without settings that
// would change the result of a test.
func Environment(added ...string) []string {
	environment := []string{"GODEBUG=cgocheck=1"}
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "GODEBUG=") && !strings.HasPrefix(entry, "ZMQJS_") {
			environment = append(environment, entry)
		}
	}
	return append(environment, added...)
}

// Start starts a program. It is killed at the end of the test, if not before.
func Start(t testing.TB, options Options, program string, arguments ...string) *Child {
	t.Helper()
	c := &Child{t: t, group: options.Group, lines: newQueue(), done: make(chan struct{})}
	line := target.Command(program, arguments...)
	c.command = exec.Command(line[0], line[1:]...)
	c.command.Dir = options.Dir
	c.command.Env = Environment(options.Env...)
	c.command.Stdin = options.Stdin
	c.command.Stderr = &c.stderr
	c.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: c.group}
	var stdout io.Reader = strings.NewReader("")
	if options.Stdout != nil {
		c.command.Stdout = options.Stdout
	} else {
		var err error
		if stdout, err = c.command.StdoutPipe(); err != nil {
			t.Fatal(err)
		}
	}
	c.started = time.Now()
	if err := c.command.Start(); err != nil {
		t.Fatal(err)
	}
	limit := time.AfterFunc(cmp.Or(options.Limit, Limit), c.expire)
	t.Cleanup(func() {
		limit.Stop()
		c.kill()
		<-c.done
	})
	go c.follow(stdout)
	return c
}

// expire ends a child whose time is up.
func (c *Child) expire() {
	if c.Running() {
		c.stuck.Store("its threads at its time limit:\n" + Threads(c.command.Process.Pid))
		c.kill()
	}
}

func (c *Child) kill() {
	if !c.Running() {
		return
	}
	if c.group {
		_ = syscall.Kill(-c.command.Process.Pid, syscall.SIGKILL)
	}
	_ = c.command.Process.Kill()
}

func (c *Child) follow(stdout io.Reader) {
	defer close(c.done)
	var all strings.Builder
	reader := bufio.NewReader(stdout)
	for {
		line, err := reader.ReadString('\n')
		all.WriteString(line)
		if line != "" {
			c.lines.put(strings.TrimSuffix(line, "\n"))
		}
		if err != nil {
			break
		}
	}
	c.lines.close()
	_ = c.command.Wait() // ProcessState has the result
	c.result = Result{
		Status: c.command.ProcessState.ExitCode(),
		Stdout: all.String(),
		Stderr: c.stderr.String(),
		Took:   time.Since(c.started),
	}
	if status := c.command.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() {
		c.result.Signal = status.Signal()
	}
}

// Line waits for the next line of standard output.
func (c *Child) Line() string {
	c.t.Helper()
	line, more := c.lines.take()
	if !more {
		<-c.done
		c.t.Fatalf("%s ended without a further line: %+v", c.command, c.result.tail())
	}
	return line
}

// Next waits for the next line of standard output; false: there are no more.
func (c *Child) Next() (line string, more bool) { return c.lines.take() }

// Expect waits for the next line of standard output, which must be this one.
func (c *Child) Expect(want string) {
	c.t.Helper()
	if got := c.Line(); got != want {
		c.t.Fatalf("%s printed %q, want %q", c.command, got, want)
	}
}

// Signal sends a signal, to the whole group if it has one, as a terminal does.
func (c *Child) Signal(signal syscall.Signal) {
	c.t.Helper()
	receiver := c.command.Process.Pid
	if c.group {
		receiver = -receiver
	}
	if err := syscall.Kill(receiver, signal); err != nil {
		c.t.Fatal(err)
	}
}

// Process is the child's process id.
func (c *Child) Process() int { return c.command.Process.Pid }

// Running reports whether the child has not ended yet.
func (c *Child) Running() bool {
	select {
	case <-c.done:
		return false
	default:
		return true
	}
}

// Wait waits for the end. The test fails if the time limit had to be enforced.
func (c *Child) Wait() Result {
	c.t.Helper()
	<-c.done
	if c.result.Signal == syscall.SIGKILL {
		stuck, _ := c.stuck.Load().(string)
		c.t.Fatalf("%s was killed, perhaps since it took too long: %+v\n%s", c.command, c.result.tail(), stuck)
	}
	return c.result
}

// Kill ends it at once, as a crash would, and returns the output.
func (c *Child) Kill() Result {
	c.kill()
	<-c.done
	return c.result
}

// Run starts a program and waits for its end.
func Run(t testing.TB, options Options, program string, arguments ...string) Result {
	t.Helper()
	return Start(t, options, program, arguments...).Wait()
}

// Stop stops it, and waits until each of its threads has: a busy machine takes its time.
func (c *Child) Stop() {
	c.t.Helper()
	c.Signal(syscall.SIGSTOP)
	for started := time.Now(); !stopped(c.command.Process.Pid); time.Sleep(time.Millisecond) {
		if time.Since(started) > Limit {
			c.t.Fatalf("%s does not stop", c.command)
		}
	}
}
