// Package fuzz tests what random use finds: scripts that make calls at random, hostile hosts
// of the C ABI, peers that send anything, and broken sources for the bundled engine.
//
// A short run of each is part of the tests. FUZZ_SEED=n repeats a run, FUZZ_TIME=60s makes
// each part go on for so long, with seeds of its own (make fuzz).
package fuzz
