package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/pebbe/zmq4"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A member is a process of the run, and those that had its place before.
type member struct {
	config  config
	program string
	script  string
	more    []string // arguments
	steady  bool     // it is never killed
	process *process
	starts  int
	before  map[string]tally // the tallies of its former processes
	samples []sample
	wrong   []string
}

type sample struct {
	Second float64 `json:"second"`
	testkit.Sample
}

type run struct {
	options   options
	drafts    bool // libzmq has its draft API
	random    *rand.Rand
	directory string
	members   []*member
	kills     int
	took      time.Duration
}

func newRun(o options) (*run, error) {
	directory, err := os.MkdirTemp("", "soak")
	if err != nil {
		return nil, err
	}
	drafts, err := exec.Command(o.runner, "-e", `import * as zmq from "zmq"; print(zmq.has("draft"))`).Output()
	if err != nil {
		return nil, err
	}
	return &run{
		options: o, drafts: string(drafts) == "1\n", directory: directory, random: rand.New(rand.NewPCG(uint64(o.seed), 1)),
	}, nil
}

// end leaves nothing.
func (r *run) end() {
	for _, m := range r.members {
		if m.process != nil && m.process.running() {
			m.process.kill()
		}
	}
	_ = os.RemoveAll(r.directory)
}

// start starts a server for each transport, a third one that is killed, clients of all of them, of which
// one is killed, a process that talks with itself, and one with several threads that do. It returns when all of them
// receive.
func (r *run) start() error {
	clients := []string{"stable", "killed"}
	var servers []server
	for _, place := range []struct {
		name, transport string
		steady          bool
	}{{"server-tcp", "tcp", true}, {"server-ipc", "ipc", true}, {"server-killed", "ipc", false}} {
		public, secret, err := zmq4.NewCurveKeypair()
		if err != nil {
			return err
		}
		directory := filepath.Join(r.directory, place.name)
		if err := os.Mkdir(directory, 0o777); err != nil {
			return err
		}
		m, err := r.add("peer.js", place.steady, config{
			Name: place.name, Role: "server", Transport: place.transport, Strict: place.steady, Directory: directory,
			Public: public, Secret: secret, Clients: clients,
		})
		if err != nil {
			return err
		}
		endpoints, err := m.process.endpoints()
		if err != nil {
			return err
		}
		servers = append(servers, server{place.name, place.steady, endpoints})
	}
	for _, name := range clients {
		public, secret, err := zmq4.NewCurveKeypair()
		if err != nil {
			return err
		}
		steady := name == "stable"
		if _, err := r.add("peer.js", steady, config{
			Name: name, Role: "client", Strict: steady, Public: public, Secret: secret, Servers: servers,
		}); err != nil {
			return err
		}
	}
	if _, err := r.add("local.js", true, config{Name: "local"}); err != nil {
		return err
	}
	if err := r.startThreads(); err != nil {
		return err
	}
	for _, m := range r.members {
		if m.config.Role == "server" {
			continue
		}
		if _, err := m.process.endpoints(); err != nil {
			return err
		}
	}
	return nil
}

// startThreads starts a process with a runtime on each of several threads.
func (r *run) startThreads() error {
	const workers = 3
	program := filepath.Join(r.directory, "threads")
	library, err := filepath.Abs(filepath.Dir(r.options.runner))
	if err != nil {
		return err
	}
	output, err := testkit.Host{
		Dir:      r.options.root,
		Standard: "c99",
		Flags:    []string{"-O2", "-D_POSIX_C_SOURCE=200809L", "-pthread"},
		Sources:  []string{"cgo_tests/soak/threads/main.c"},
		Library:  library,
	}.Build(r.options.root, program)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, output)
	}
	return r.place(&member{
		config: config{Name: "threads", Workers: workers}, program: program, script: "shared.js", more: []string{strconv.Itoa(workers)}, steady: true,
	})
}

func (r *run) add(script string, steady bool, c config) (*member, error) {
	m := &member{config: c, program: r.options.runner, script: script, steady: steady}
	return m, r.place(m)
}

func (r *run) place(m *member) error {
	m.before = map[string]tally{}
	r.members = append(r.members, m)
	return r.launch(m)
}

func (r *run) launch(m *member) error {
	m.config.Seed, m.config.Epoch = 1+r.random.IntN(1<<30), m.starts
	m.starts++
	process, err := startProcess(m.program, filepath.Join("cgo_tests/soak/scripts", m.script), m.config, m.more...)
	m.process = process
	return err
}

// watch takes samples once a second until the time is over, and kills some processes.
func (r *run) watch() {
	begin := time.Now()
	every := min(5*time.Second, r.options.time/4)
	kill := begin.Add(every)
	victim := 0
	tick := time.NewTicker(min(time.Second, r.options.time/40))
	defer tick.Stop()
	for now := range tick.C {
		r.took = now.Sub(begin)
		for _, m := range r.members {
			m.sample(r.took)
		}
		if r.took >= r.options.time {
			return
		}
		if now.After(kill) {
			kill = now.Add(every/2 + time.Duration(r.random.Int64N(int64(every))))
			r.killOne(victim)
			victim++
		}
	}
}

func (m *member) sample(at time.Duration) {
	if !m.process.running() {
		return
	}
	if s, err := testkit.Look(m.process.command.Process.Pid); err == nil && s.Resident > 0 {
		m.samples = append(m.samples, sample{at.Seconds(), s})
	}
}

// killOne kills one after the other of those that may be killed, and starts it again.
func (r *run) killOne(number int) {
	var mortal []*member
	for _, m := range r.members {
		if !m.steady {
			mortal = append(mortal, m)
		}
	}
	m := mortal[number%len(mortal)]
	if m.process.running() {
		m.process.kill()
		r.kills++
	} else {
		m.wrong = append(m.wrong, fmt.Sprintf("ended by itself: %v %s", m.process.command.ProcessState, m.process.stderr.String()))
	}
	m.collect()
	if err := r.launch(m); err != nil {
		m.wrong = append(m.wrong, err.Error())
	}
}

// collect evaluates the lines of the process.
func (m *member) collect() {
	m.process.mutex.Lock()
	defer m.process.mutex.Unlock()
	for pattern, t := range m.process.last.Received {
		sum := m.before[pattern]
		m.before[pattern] = tally{sum.Messages + t.Messages, sum.Bytes + t.Bytes}
	}
	m.wrong = append(m.wrong, m.process.wrong...)
	if hidden := m.process.last.Errors - len(m.process.wrong); hidden > 0 {
		m.wrong = append(m.wrong, fmt.Sprintf("and %d more", hidden))
	}
}

// stop lets all processes end, clients first.
func (r *run) stop() {
	for _, role := range []string{"", "client", "server"} {
		for _, m := range r.members {
			if m.config.Role != role {
				continue
			}
			if text := m.process.leave(patience); text != "" {
				m.wrong = append(m.wrong, text)
			}
			m.collect()
		}
	}
}

func (r *run) totals() map[string]tally {
	sums := map[string]tally{}
	for _, m := range r.members {
		for pattern, t := range maps.All(m.before) {
			sums[pattern] = tally{sums[pattern].Messages + t.Messages, sums[pattern].Bytes + t.Bytes}
		}
	}
	return sums
}
