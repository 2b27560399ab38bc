package faults

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"
)

const filter = "nft add table inet faults; nft 'add chain inet faults input { type filter hook input priority 0; }'; nft add rule inet faults input "

// Faults of the network that last some milliseconds, and the promises of PUSH and PULL then. The
// promises of the other patterns do not change.
var troubles = []struct {
	name       string
	tool       string
	begin, end string
	most       int // milliseconds
	deeds      promise
}{
	{"down", "ip", "ip link set lo down", "ip link set lo up", 200, promise{}},
	{"loss", "nft", filter + "numgen random mod 100 '<' 20 drop", "nft flush ruleset", 300, promise{}},
	{"silence", "nft", filter + "drop", "nft flush ruleset", 300, promise{}},
	{"reset", "nft", filter + "'tcp flags & rst == 0' reject with tcp reset", "nft flush ruleset", 50, promise{missing: true}},
	{"rate", "tc", "tc qdisc add dev lo root tbf rate 100kbit burst 5kb latency 50ms", "tc qdisc del dev lo root", 300, promise{}},
}

func TestNetwork(t *testing.T) {
	t.Parallel()
	for _, trouble := range troubles {
		t.Run(trouble.name, func(t *testing.T) {
			t.Parallel()
			if !isolated(t, trouble.tool) {
				return
			}
			random := chance(t)
			happens := 0
			happen := func(meanwhile func()) {
				happens++
				shell(t, trouble.begin)
				meanwhile()
				time.Sleep(time.Duration(random.IntN(trouble.most)) * time.Millisecond)
				shell(t, trouble.end)
			}
			// The relay provides TCP.
			faultless := func(endpoint string) string {
				return newRelay(t, endpoint, func(int) fault { return fault{} }).endpoint()
			}
			arrived := pushPull(t, random, faultless, happen)
			expect(t, "PUSH and PULL", trouble.deeds, messages, arrived)
			for _, pattern := range patterns {
				c := pattern.start(t, t.TempDir(), faultless)
				moment := moments(random, 3)
				pattern.check(t, c, c.run(t, func(number int) {
					if moment[number] {
						happen(func() {})
					}
				}))
			}
			if happens < 6 {
				t.Errorf("it happened only %d times", happens)
			}
		})
	}
}

// pushPull sends the numbers from a PUSH to a PULL, and returns those that arrived. The function
// for a fault gets a function that sends some of them meanwhile.
func pushPull(t *testing.T, random *rand.Rand, via route, happen func(meanwhile func())) []int {
	t.Helper()
	endpoint := "ipc://" + filepath.Join(t.TempDir(), "pipeline")
	input := newFeed(t, messages+1) // it does not end by itself
	sender := newPeer(t, input.read, script(t, "push.js"), endpoint)
	receiver := newPeer(t, nil, script(t, "pull.js"), via(endpoint))
	moment := moments(random, 3)
	for number := 1; number <= messages; number++ {
		input.upTo(number)
		if moment[number] {
			happen(func() { input.upTo(min(number+50, messages)) })
		}
	}
	drain(input, []*peer{receiver})
	receiver.kill()
	sender.kill()
	return deeds(t, []*peer{receiver})
}
