package faults

import (
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"
)

// randomFaults chooses how connections end, and counts them.
func randomFaults(random *rand.Rand, cuts *atomic.Int32) func(int) fault {
	return func(int) fault {
		chosen := fault{after: random.IntN(max(4000, messages)), back: random.IntN(2) == 0}
		if random.IntN(3) == 0 {
			chosen.after = random.IntN(200) // in the handshake or soon after it
		}
		switch random.IntN(8) {
		case 0:
			chosen.refuse = true
		case 1:
			chosen.late = time.Duration(random.IntN(100)) * time.Millisecond
			chosen.cut = true
		case 2:
			chosen.slow = time.Duration(random.IntN(1000)) * time.Microsecond
			chosen.cut = true
		case 3:
			chosen.silent = true
		default:
			chosen.cut = true
		}
		cuts.Add(1)
		return chosen
	}
}

// TestRelayedPeers: the promises hold for connections that are late, slow, break or fall silent, at
// any byte.
func TestRelayedPeers(t *testing.T) {
	t.Parallel()
	for _, pattern := range patterns {
		t.Run(pattern.name, func(t *testing.T) {
			t.Parallel()
			random := chance(t)
			var cuts atomic.Int32
			c := pattern.start(t, t.TempDir(), func(endpoint string) string {
				own := rand.New(rand.NewPCG(random.Uint64(), 0))
				return newRelay(t, endpoint, randomFaults(own, &cuts)).endpoint()
			})
			pattern.check(t, c, c.run(t, func(int) {}))
			t.Logf("there were %d connections", cuts.Load())
			if cuts.Load() < 3 {
				t.Errorf("there were only %d connections", cuts.Load())
			}
		})
	}
}

// The promises of PUSH and PULL, by the fault of the connection.
var connections = []struct {
	name   string
	faults func(int) fault
	deeds  promise
}{
	{"slow", func(int) fault { return fault{late: 100 * time.Millisecond, slow: 100 * time.Microsecond} }, promise{}},
	{"cut", func(int) fault { return fault{cut: true, after: 2000, back: true} }, promise{missing: true}},
	// A sender that has no complete handshake has sent nothing.
	{"cut-in-greeting", func(number int) fault { return fault{cut: number < 7, after: number * 10, back: true} }, promise{}},
}

func TestRelayedPushPull(t *testing.T) {
	t.Parallel()
	for _, connection := range connections {
		t.Run(connection.name, func(t *testing.T) {
			t.Parallel()
			arrived := pushPull(t, chance(t), func(endpoint string) string {
				return newRelay(t, endpoint, connection.faults).endpoint()
			}, func(meanwhile func()) { meanwhile() })
			t.Logf("%d of %d messages have arrived", len(arrived), messages)
			expect(t, "deeds", connection.deeds, messages, arrived)
		})
	}
}
