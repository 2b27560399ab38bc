package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/pebbe/zmq4"
)

// errMissing reports a case that a program does not have.
var errMissing = errors.New("not in this program")

// longest is how long one run of a program may take, and for each message of its case.
const (
	longest           = time.Minute
	longestForMessage = 100 * time.Microsecond
)

// raiseLimit raises the limit of descriptors to the highest one possible: each socket has one.
func raiseLimit(sockets uint64) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	if wanted := sockets + 500; limit.Max < wanted {
		return fmt.Errorf("a process needs %d descriptors for the largest case, and the limit is %d (ulimit -Hn): see -largest", wanted, limit.Max)
	}
	limit.Cur = limit.Max
	return syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit) // which programs inherit
}

// A program runs the cases: a command to which the case is added.
type program struct {
	Name    string   `json:"name"`
	Command []string `json:"command"`
	Version string   `json:"version"`
	has     func(benchCase) bool
}

// A runner runs cases in programs.
type runner struct {
	milliseconds int
	directory    string   // for files of the runs
	pinger       *program // libzmq alone
	endpoints    atomic.Int64
}

// run runs a case once; its numbers are by the names of the quantiles, or "".
func (r *runner) run(p *program, c benchCase) (map[string]float64, error) {
	if p.has != nil && !p.has(c) {
		return nil, errMissing
	}
	ctx, cancel := context.WithTimeout(context.Background(), longest+time.Duration(c.count)*longestForMessage)
	defer cancel()
	switch c.kind {
	case pipeline:
		return r.runTwo(ctx, p, c, c.name, p, "source", "")
	case pingPong:
		return r.runTwo(ctx, r.pinger, c, "ping", p, "echo", "p50", "p99", "p99.9")
	case startUp:
		start := time.Now()
		err := p.start(ctx, c.argument(c.name, 0, "")).Run()
		return map[string]float64{"": float64(time.Since(start))}, err
	case memory:
		return r.runMemory(ctx, p, c)
	}
	output, err := output(p.start(ctx, c.argument(c.name, r.milliseconds, r.endpoint(c))))
	if err != nil {
		return nil, err
	}
	return parse(output, "")
}

func (p *program) start(ctx context.Context, argument string) *exec.Cmd {
	command := append(p.Command[1:len(p.Command):len(p.Command)], argument)
	return exec.CommandContext(ctx, p.Command[0], command...)
}

func output(command *exec.Cmd) (string, error) {
	var failure bytes.Buffer
	command.Stderr = &failure
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(command.Args, " "), err, failure.String())
	}
	return string(output), nil
}

func parse(output string, names ...string) (map[string]float64, error) {
	fields := strings.Fields(output)
	if len(fields) != len(names) {
		return nil, fmt.Errorf("%d numbers were to be printed: %q", len(names), output)
	}
	numbers := map[string]float64{}
	for i, name := range names {
		number, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return nil, err
		}
		numbers[name] = number
	}
	return numbers, nil
}

// endpoint is an unused one.
func (r *runner) endpoint(c benchCase) string {
	switch c.transport {
	case "tcp":
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return ""
		}
		defer func() { _ = listener.Close() }()
		return "tcp://" + listener.Addr().String()
	case "ipc":
		return "ipc://" + filepath.Join(r.directory, fmt.Sprintf("ipc-%d", r.endpoints.Add(1)))
	}
	return ""
}

// runTwo runs two processes and returns the output of the first.
func (r *runner) runTwo(ctx context.Context, first *program, c benchCase, role string, second *program, other string, names ...string) (map[string]float64, error) {
	endpoint := r.endpoint(c)
	counterpart := second.start(ctx, c.argument(other, r.milliseconds, endpoint))
	var failure bytes.Buffer
	counterpart.Stderr = &failure
	if err := counterpart.Start(); err != nil {
		return nil, err
	}
	text, err := output(first.start(ctx, c.argument(role, r.milliseconds, endpoint)))
	if err != nil {
		_ = counterpart.Process.Kill()
		_ = counterpart.Wait()
		return nil, err
	}
	if err := counterpart.Wait(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(counterpart.Args, " "), err, failure.String())
	}
	return parse(text, names...)
}

// runMemory compares a process that has many things with one that has one.
func (r *runner) runMemory(ctx context.Context, p *program, c benchCase) (map[string]float64, error) {
	var resident [2]float64
	for i, count := range []int{0, c.count} {
		many := c
		many.size = count
		endpoint := r.endpoint(many)
		bytes, err := residentOf(p.start(ctx, many.argument(c.name, 0, endpoint)), endpoint)
		if err != nil {
			return nil, err
		}
		resident[i] = bytes
	}
	return map[string]float64{"": (resident[1] - resident[0]) / float64(c.count)}, nil
}

// residentOf is the memory that a process has in RAM when it reports that it is ready, to the
// endpoint; bytes.
func residentOf(command *exec.Cmd, endpoint string) (float64, error) {
	socket, err := zmq4.NewSocket(zmq4.PULL)
	if err != nil {
		return 0, err
	}
	defer func() { _ = socket.Close() }()
	if err := errors.Join(socket.SetRcvtimeo(longest), socket.Bind(endpoint), command.Start()); err != nil {
		return 0, err
	}
	defer func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	}()
	if _, err := socket.Recv(0); err != nil {
		return 0, fmt.Errorf("%s: is not ready: %w", strings.Join(command.Args, " "), err)
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", command.Process.Pid))
	if err != nil {
		return 0, err
	}
	var size, pages int64
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		return 0, err
	}
	return float64(pages * int64(os.Getpagesize())), nil
}
