package fuzz

import (
	"os"
	"strconv"
	"testing"
	"time"
)

// seed is what everything random in a test follows from: FUZZ_SEED, or always the same in
// a short run, or a new one in a long run.
func seed(t *testing.T) uint32 {
	t.Helper()
	chosen := uint32(1)
	if text := os.Getenv("FUZZ_SEED"); text != "" {
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			t.Fatalf("FUZZ_SEED: %v", err)
		}
		chosen = uint32(n)
	} else if duration(t) > 0 {
		chosen = uint32(time.Now().UnixNano())
	}
	t.Logf("FUZZ_SEED=%d", chosen)
	return chosen
}

// duration is how long a test goes on; 0: it makes a short run, of a fixed count.
func duration(t *testing.T) time.Duration {
	t.Helper()
	text := os.Getenv("FUZZ_TIME")
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("FUZZ_TIME: %v", err)
	}
	return d
}

// fuzzed tells how much was tried; scripts/fuzz adds it up.
func fuzzed(t *testing.T, what string, count int) {
	t.Helper()
	t.Logf("fuzzed %d %s", count, what)
}

// A round may use the seeds that follow its own.
const seedsOfRound = 100000

// rounds calls round until the time is over, or as often as a short run has it, each time
// with a seed of its own. It stops at the first failure, whose seed it prints.
func rounds(t *testing.T, short int, round func(seed uint32)) {
	t.Helper()
	first, limit, started := seed(t), duration(t), time.Now()
	for i := 0; limit > 0 && time.Since(started) < limit || limit == 0 && i < short; i++ {
		round(first + uint32(i)*seedsOfRound)
		if t.Failed() {
			t.Fatalf("repeat it with FUZZ_SEED=%d", first+uint32(i)*seedsOfRound)
		}
	}
}
