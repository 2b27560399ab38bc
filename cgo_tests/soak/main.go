// Command soak runs processes that send messages to each other for a time, over every pattern and
// transport, while some are killed and started again, and measures the resources of the others. It
// is `make soak`. The working directory is that of the module.
package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// options are the flags; see -help.
type options struct {
	time   time.Duration
	seed   int
	output string
	runner string
	root   string
}

func main() {
	o := options{}
	flag.DurationVar(&o.time, "time", 10*time.Minute, "how long it runs")
	flag.IntVar(&o.seed, "seed", 1+rand.IntN(1<<30), "what is random depends on it")
	flag.StringVar(&o.output, "output", "build/soak", "the directory for results.json and plot.svg")
	flag.StringVar(&o.runner, "runner", "build/zmqjs", "what runs a script")
	flag.StringVar(&o.root, "root", ".", "the directory of the module")
	flag.Parse()
	found, err := soak(o, os.Stdout)
	if err == nil && len(found.Wrong) > 0 {
		err = fmt.Errorf("%d things are wrong", len(found.Wrong))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// soak runs it and prints the table.
func soak(o options, stdout io.Writer) (*report, error) {
	if err := os.MkdirAll(o.output, 0o777); err != nil {
		return nil, err
	}
	fmt.Fprintf(stdout, "seed %d, %v\n", o.seed, o.time)
	run, err := newRun(o)
	if err != nil {
		return nil, err
	}
	defer run.end()
	if err := run.start(); err != nil {
		return nil, err
	}
	run.watch()
	run.stop()
	made := run.report()
	made.print(stdout)
	if err := made.write(filepath.Join(o.output, "results.json")); err != nil {
		return nil, err
	}
	return made, made.plot(filepath.Join(o.output, "plot.svg"))
}
