// Package fuzz tests with random input: scripts that make random calls, hostile hosts of the C ABI,
// peers that send any bytes, and broken sources for the bundled engine.
//
// A short run of each is part of the tests. FUZZ_SEED=n repeats a run, FUZZ_TIME=60s runs each part
// for that time, with new seeds (make fuzz).
package fuzz
