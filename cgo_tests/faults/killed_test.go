package faults

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// moments chooses the numbers of results after which faults happen: count of them, or more for very
// many messages.
func moments(random *rand.Rand, count int) map[int]bool {
	chosen := map[int]bool{}
	for range count + messages/2000 {
		chosen[random.IntN(messages)] = true
	}
	return chosen
}

func TestKilledPeers(t *testing.T) {
	t.Parallel()
	for _, pattern := range patterns {
		t.Run(pattern.name, func(t *testing.T) {
			t.Parallel()
			random := chance(t)
			c := pattern.start(t, t.TempDir(), directly)
			kill := moments(random, 10)
			if len(c.brokers) > 0 {
				c.calm = some(kill, random)
			}
			pattern.check(t, c, c.run(t, c.killing(t, random, kill)))
		})
	}
}

// some are half of the moments.
func some(all map[int]bool, random *rand.Rand) map[int]bool {
	chosen := map[int]bool{}
	for _, moment := range slices.Sorted(maps.Keys(all)) {
		if random.IntN(2) == 0 {
			chosen[moment] = true
		}
	}
	return chosen
}

// killing kills one at each of the moments. One that does the work may be away until the
// next moment.
func (c cast) killing(t *testing.T, random *rand.Rand, kill map[int]bool) func(int) {
	victims := append(c.doers[:len(c.doers):len(c.doers)], c.brokers...)
	var away *peer
	killed := 0
	return func(number int) {
		if (number == messages || kill[number]) && away != nil {
			away.start()
			away = nil
		}
		if number == messages && killed < len(kill)/2 {
			t.Errorf("only %d of %d were killed before the client had ended", killed, len(kill))
		}
		if !kill[number] {
			return
		}
		if c.client.Running() {
			killed++
		}
		victim := random.IntN(len(victims))
		victims[victim].kill()
		if victim < len(c.doers) && random.IntN(2) == 0 {
			away = victims[victim]
		} else {
			victims[victim].start()
		}
		if c.calm[number] {
			time.Sleep(50 * time.Millisecond) // the broker notices it before the next request
		}
	}
}
