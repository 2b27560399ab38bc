package fuzz

import (
	"os"
	"strconv"
	"testing"
	"time"
)

// seed is the seed of all random numbers in a test: FUZZ_SEED, or a constant in a short run, or a
// new one in a long run.
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

// duration is the time of a test; 0 is a short run, of a fixed count.
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

// fuzzed reports the number of inputs; scripts/fuzz adds them up.
func fuzzed(t *testing.T, what string, count int) {
	t.Helper()
	t.Logf("fuzzed %d %s", count, what)
}

// A round may use the seeds that follow its own.
const seedsOfRound = 100000

// rounds calls round until the time is over, or a number of times in a short run, each time with a
// seed of its own. It stops at the first failure, and prints its seed.
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
