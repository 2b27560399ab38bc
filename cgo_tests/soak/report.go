package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"text/tabwriter"
	"time"
)

// A result is that of one place in the run.
type result struct {
	Name     string           `json:"name"`
	Steady   bool             `json:"steady"`
	Starts   int              `json:"starts"`
	Received map[string]tally `json:"received"`
	Trend    *trend           `json:"trend,omitempty"` // of those that are never killed
	Samples  []sample         `json:"samples"`
	Wrong    []string         `json:"wrong,omitempty"`
}

type report struct {
	Seed    int              `json:"seed"`
	Seconds float64          `json:"seconds"`
	Kills   int              `json:"kills"`
	Totals  map[string]tally `json:"totals"`
	Results []*result        `json:"results"`
	Wrong   []string         `json:"wrong,omitempty"`
}

// patterns are those in which every run must have received messages, draftPatterns those with
// libzmq's draft API too.
var (
	patterns = []string{
		"REQ/REP", "REQ/REP, CURVE", "PUB/SUB", "PUSH/PULL", "PUSH/PULL, CURVE", "DEALER/ROUTER", "XPUB/XSUB", "XPUB/XSUB, CURVE",
		"PAIR", "STREAM", "PUSH/PULL, shared", "DEALER/ROUTER, shared",
	}
	draftPatterns = []string{
		"CLIENT/SERVER", "CLIENT/SERVER, CURVE", "CHANNEL", "PEER", "SCATTER/GATHER", "RADIO/DISH", "RADIO/DISH, CURVE", "DGRAM",
		"CLIENT/SERVER, shared",
	}
)

// spare is how many more descriptors and threads a process may have: of connections that
// are made and ended.
const spare = 4

func (r *run) report() *report {
	made := &report{Seed: r.options.seed, Seconds: r.took.Seconds(), Kills: r.kills, Totals: r.totals()}
	for _, m := range r.members {
		one := &result{Name: m.config.Name, Steady: m.steady, Starts: m.starts, Received: m.before, Samples: m.samples, Wrong: m.wrong}
		if m.steady {
			one.check()
		}
		for _, text := range one.Wrong {
			made.Wrong = append(made.Wrong, one.Name+": "+text)
		}
		made.Results = append(made.Results, one)
	}
	wanted := patterns
	if r.drafts {
		wanted = slices.Concat(patterns, draftPatterns)
	}
	for _, pattern := range wanted {
		if made.Totals[pattern].Messages == 0 {
			made.Wrong = append(made.Wrong, pattern+": nothing was received")
		}
	}
	if r.kills == 0 {
		made.Wrong = append(made.Wrong, "no process was killed")
	}
	return made
}

func (r *result) check() {
	found := trendOf(r.Samples)
	r.Trend = &found
	if found.grows() {
		r.Wrong = append(r.Wrong, fmt.Sprintf("memory grows by %.0f ± %.0f bytes a second", found.Slope, found.Noise))
	}
	if more := increase(r.Samples, func(s sample) int { return s.Descriptors }); more > spare {
		r.Wrong = append(r.Wrong, fmt.Sprintf("%d more descriptors", more))
	}
	if more := increase(r.Samples, func(s sample) int { return s.Threads }); more > spare {
		r.Wrong = append(r.Wrong, fmt.Sprintf("%d more threads", more))
	}
	if len(r.Samples) == 0 {
		r.Wrong = append(r.Wrong, "there is no sample of it")
	}
}

func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, "%v, %d processes killed and started again\n\n", time.Duration(r.Seconds*float64(time.Second)).Round(time.Second), r.Kills)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "received\tmessages\tMB\t")
	for _, pattern := range slices.Sorted(maps.Keys(r.Totals)) {
		fmt.Fprintf(table, "%s\t%d\t%.1f\t\n", pattern, r.Totals[pattern].Messages, float64(r.Totals[pattern].Bytes)/1e6)
	}
	_ = table.Flush()
	fmt.Fprintln(w)
	fmt.Fprintln(table, "process\tmessages\tMB\terrors\tstarts\tRSS/MB\tdescriptors\tthreads\tKB/s in the second half\t± \t")
	for _, one := range r.Results {
		var sum tally
		for _, t := range one.Received {
			sum.Messages, sum.Bytes = sum.Messages+t.Messages, sum.Bytes+t.Bytes
		}
		var last sample
		if len(one.Samples) > 0 {
			last = one.Samples[len(one.Samples)-1]
		}
		slope, noise := "-", "-"
		if one.Trend != nil {
			slope, noise = fmt.Sprintf("%.1f", one.Trend.Slope/1e3), fmt.Sprintf("%.1f", one.Trend.Noise/1e3)
		}
		fmt.Fprintf(table, "%s\t%d\t%.1f\t%d\t%d\t%.1f\t%d\t%d\t%s\t%s\t\n", one.Name, sum.Messages, float64(sum.Bytes)/1e6,
			len(one.Wrong), one.Starts, float64(last.Resident)/1e6, last.Descriptors, last.Threads, slope, noise)
	}
	_ = table.Flush()
	for _, text := range r.Wrong {
		fmt.Fprintln(w, "wrong:", text)
	}
}

func (r *report) write(file string) error {
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o666)
}
