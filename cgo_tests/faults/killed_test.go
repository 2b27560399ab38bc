package faults

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
)

// A cast is who takes part in a pattern: a client that prints results, those that do the
// work, and who else may be killed.
type cast struct {
	client         *peer
	doers, brokers []*peer
	input          *feed
	ahead          int // so many lines at most the client has without having printed their results
}

// What the patterns promise, while all but their clients are killed and started again.
var patterns = []struct {
	name    string
	results promise // what the client prints
	deeds   promise // what the others do
	start   func(t *testing.T, dir string) cast
}{
	{"retry", promise{}, promise{repeated: true, disorder: true}, startRetry},
	{"broker", promise{}, promise{repeated: true, disorder: true}, startBroker},
	{"credit", promise{disorder: true}, promise{repeated: true, disorder: true}, startCredit},
}

const doers = 3

func startRetry(t *testing.T, dir string) cast {
	t.Helper()
	c := cast{input: newFeed(t, messages), ahead: 50}
	var endpoints []string
	for i := range doers {
		endpoints = append(endpoints, "ipc://"+filepath.Join(dir, string(rune('a'+i))))
		c.doers = append(c.doers, newPeer(t, nil, script(t, "retry_server.js"), endpoints[i]))
	}
	path := script(t, "retry_client.js", "TIMEOUT = 1000", "TIMEOUT = 200")
	c.client = newPeer(t, c.input.read, path, endpoints...)
	return c
}

func startBroker(t *testing.T, dir string) cast {
	t.Helper()
	c := cast{input: newFeed(t, messages), ahead: 50}
	clients, workers := "ipc://"+filepath.Join(dir, "clients"), "ipc://"+filepath.Join(dir, "workers")
	c.brokers = append(c.brokers, newPeer(t, nil, script(t, "broker.js"), clients, workers))
	for range doers {
		c.doers = append(c.doers, newPeer(t, nil, script(t, "broker_worker.js", "IDLE = 1000", "IDLE = 100"), workers))
	}
	path := script(t, "retry_client.js", "TIMEOUT = 1000", "TIMEOUT = 300")
	c.client = newPeer(t, c.input.read, path, clients)
	return c
}

func startCredit(t *testing.T, dir string) cast {
	t.Helper()
	c := cast{input: newFeed(t, messages), ahead: 1000}
	endpoint := "ipc://" + filepath.Join(dir, "source")
	c.client = newPeer(t, c.input.read, script(t, "credit_source.js"), endpoint)
	for range doers {
		c.doers = append(c.doers, newPeer(t, nil, script(t, "credit_worker.js"), endpoint))
	}
	return c
}

// moments chooses when to kill: after how many results.
func moments(random *rand.Rand) map[int]bool {
	chosen := map[int]bool{}
	for range 10 + messages/2000 {
		chosen[random.IntN(messages)] = true
	}
	return chosen
}

func TestKilledPeers(t *testing.T) {
	for _, pattern := range patterns {
		t.Run(pattern.name, func(t *testing.T) {
			t.Parallel()
			random := chance(t)
			c := pattern.start(t, t.TempDir())
			results := c.run(t, random)
			c.client.end()
			for _, p := range append(c.doers, c.brokers...) {
				p.kill()
			}
			expect(t, "results", pattern.results, messages, results)
			expect(t, "deeds", pattern.deeds, messages, deeds(t, c.doers))
		})
	}
}

// run reads the results and kills meanwhile. One that does the work may be away until the next
// one is killed.
func (c cast) run(t *testing.T, random *rand.Rand) (results []int) {
	t.Helper()
	kill := moments(random)
	victims := append(c.doers[:len(c.doers):len(c.doers)], c.brokers...)
	var away *peer
	killed := 0
	for i := range messages {
		c.input.upTo(i + c.ahead)
		results = append(results, parse(t, c.client.Line(), "", " is done"))
		if !kill[i] {
			continue
		}
		if away != nil {
			away.start()
			away = nil
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
	}
	if away != nil {
		away.start()
	}
	t.Logf("%d kills, %d of them before the client had ended", len(kill), killed)
	if killed < len(kill)/2 {
		t.Errorf("the client was too fast for that")
	}
	return results
}
