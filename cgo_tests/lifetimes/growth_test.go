package lifetimes

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const (
	tolerantThreads  = 4
	fewestForCompare = 16
)

// median of one of the samples' values.
func median(samples []testkit.Sample, of func(testkit.Sample) int64) int64 {
	values := make([]int64, len(samples))
	for i, sample := range samples {
		values[i] = of(sample)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func resident(s testkit.Sample) int64 { return s.Resident }
func threads(s testkit.Sample) int64  { return int64(s.Threads) }

// least of one of the samples' values. A context's threads may still be ending when its
// descriptors are closed.
func least(samples []testkit.Sample, of func(testkit.Sample) int64) int64 {
	value := of(samples[0])
	for _, sample := range samples {
		value = min(value, of(sample))
	}
	return value
}

type typical func(samples []testkit.Sample, of func(testkit.Sample) int64) int64

// compare gives the growth from the second quarter of the rounds to the last.
func (w *watch) compare(typical typical, of func(testkit.Sample) int64) int64 {
	quarter := len(w.samples) / 4
	return typical(w.samples[3*quarter:], of) - typical(w.samples[quarter:2*quarter], of)
}

// checkGrowth: descriptors are compared after every round, and with them libzmq's contexts; the rest here.
func (w *watch) checkGrowth(t *testing.T, tolerance int64) {
	t.Helper()
	if len(w.samples) < fewestForCompare {
		return
	}
	if grown := w.compare(median, resident); grown > tolerance {
		t.Errorf("memory grows by %d bytes: %s", grown, w.summary())
	}
	if grown := w.compare(least, threads); grown > tolerantThreads {
		t.Errorf("%d more threads: %s", grown, w.summary())
	}
}

func (w *watch) summary() string {
	text := fmt.Sprintf("before: %v", w.before)
	if n := len(w.samples); n >= 4 {
		text += fmt.Sprintf(", after a quarter: %v, half: %v, at the end: %v", w.samples[n/4], w.samples[n/2], w.samples[n-1])
	}
	return text
}

// timeFor is how long a run may take: far more than it does.
func timeFor(h host, s settings) time.Duration {
	return testkit.Limit + time.Duration(s.rounds)*10*testkit.Limit*perRound/time.Duration(h.steps)
}
