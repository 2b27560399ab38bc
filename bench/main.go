// Command bench measures the cost of sending and receiving in libzmq alone and in engines that have
// the module, in rounds that run every program once for each case. It is `make bench`;
// docs/performance.md explains its output. The working directory is that of the module.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// options are the flags; see -help.
type options struct {
	rounds, milliseconds int
	messages, largest    int
	only                 *regexp.Regexp
	peers                bool
	reference, linked    string
	output               string
}

func main() {
	var o options
	only := ""
	flag.IntVar(&o.rounds, "rounds", 5, "how often each program runs each case")
	flag.IntVar(&o.milliseconds, "ms", 100, "how long a run repeats its case at least, in milliseconds")
	flag.IntVar(&o.messages, "messages", 1_000_000, "how many messages go through one PUSH and PULL at most")
	flag.IntVar(&o.largest, "largest", 10_000, "how many sockets and peers there are at most")
	flag.StringVar(&only, "cases", "", "a regular expression for the names of the cases")
	flag.BoolVar(&o.peers, "peers", false, "measure pyzmq and npm's zeromq too")
	flag.StringVar(&o.reference, "reference", "", "a command that runs scripts, to be compared instead ...")
	flag.StringVar(&o.linked, "linked", "", "... with this one")
	flag.StringVar(&o.output, "output", "build/bench", "the directory for results.json, sizes.svg and growth.svg")
	flag.Parse()
	var err error
	if o.only, err = regexp.Compile(only); err == nil {
		err = bench(o, os.Stdout, os.Stderr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench measures, prints the table to stdout and the progress to stderr.
func bench(o options, stdout, stderr io.Writer) error {
	if err := os.MkdirAll(o.output, 0o777); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "zmqjs-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	if err := raiseLimit(uint64(o.largest)); err != nil {
		return err
	}
	raw, err := buildRaw(work)
	if err != nil {
		return err
	}
	programs, err := choose(o, raw, work)
	if err != nil {
		return err
	}
	report := &report{Machine: thisMachine(), Rounds: o.rounds, Programs: programs}
	if err := report.measure(o, &runner{milliseconds: o.milliseconds, directory: work, pinger: raw}, stderr); err != nil {
		return err
	}
	report.finish()
	return errors.Join(report.print(stdout), report.write(filepath.Join(o.output, "results.json")),
		report.plot(filepath.Join(o.output, "sizes.svg"), sizesChart),
		report.plot(filepath.Join(o.output, "growth.svg"), growthCharts()...))
}

func choose(o options, raw *program, work string) ([]*program, error) {
	if o.reference != "" || o.linked != "" {
		return hosts(o.reference, o.linked), nil
	}
	quickjs, err := buildQuickJS(work)
	if err != nil {
		return nil, err
	}
	abi, err := buildABI(work)
	if err != nil {
		return nil, err
	}
	programs := []*program{raw, quickjs, bundled(), abi}
	if o.peers {
		programs = append(programs, peers()...)
	}
	return programs, nil
}

func (r *report) measure(o options, runner *runner, progress io.Writer) error {
	cases := slices.DeleteFunc(allCases(o), func(c benchCase) bool { return !o.only.MatchString(c.title) })
	if len(cases) == 0 {
		return errors.New("no case has such a name")
	}
	for round := range o.rounds {
		fmt.Fprintf(progress, "round %d of %d\n", round+1, o.rounds)
		for _, c := range cases {
			for _, program := range r.Programs {
				numbers, err := runner.run(program, c)
				if errors.Is(err, errMissing) {
					continue
				}
				if err != nil {
					return fmt.Errorf("%s, %s: %w", program.Name, c.title, err)
				}
				r.add(c, program, numbers)
			}
		}
	}
	return nil
}
