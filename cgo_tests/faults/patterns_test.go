package faults

import (
	"path/filepath"
	"testing"
)

// A cast is the set of processes of a pattern: a client that prints results, workers, and others
// that may be killed.
type cast struct {
	client         *peer
	doers, brokers []*peer
	calm           map[int]bool // after these numbers of results the client waits for no answer
	input          *feed
	ahead          int // the maximum of lines that the client has read without printing their results
}

type pattern struct {
	name    string
	results promise // the client's output
	deeds   promise // the others' output
	start   func(t *testing.T, dir string, via route) cast
}

// The promises of the patterns, whatever happens to all processes except their clients.
var patterns = []pattern{
	{"retry", promise{}, promise{repeated: true, disorder: true}, startRetry},
	{"broker", promise{}, promise{repeated: true, disorder: true}, startBroker},
	{"services", promise{}, promise{repeated: true, disorder: true}, startServices},
	{"credit", promise{disorder: true}, promise{repeated: true, disorder: true}, startCredit},
}

const doers = 3

// A route gives the endpoint to connect to for one that is bound.
type route func(endpoint string) string

func directly(endpoint string) string { return endpoint }

func startRetry(t *testing.T, dir string, via route) cast {
	t.Helper()
	c := cast{input: newFeed(t, messages), ahead: 50}
	var endpoints []string
	for i := range doers {
		endpoint := "ipc://" + filepath.Join(dir, string(rune('a'+i)))
		c.doers = append(c.doers, newPeer(t, nil, script(t, "retry_server.js"), endpoint))
		endpoints = append(endpoints, via(endpoint))
	}
	path := script(t, "retry_client.js", "TIMEOUT = 1000", "TIMEOUT = 200")
	c.client = newPeer(t, c.input.read, path, endpoints...)
	return c
}

func startBroker(t *testing.T, dir string, via route) cast {
	t.Helper()
	c := cast{input: newFeed(t, messages), ahead: 50}
	clients, workers := "ipc://"+filepath.Join(dir, "clients"), "ipc://"+filepath.Join(dir, "workers")
	c.brokers = append(c.brokers, newPeer(t, nil, script(t, "broker.js"), clients, workers))
	for range doers {
		c.doers = append(c.doers, newPeer(t, nil, script(t, "broker_worker.js", "IDLE = 1000", "IDLE = 100", "SILENCE = 1000", "SILENCE = 300"), via(workers)))
	}
	path := script(t, "retry_client.js", "TIMEOUT = 1000", "TIMEOUT = 300")
	c.client = newPeer(t, c.input.read, path, via(clients))
	return c
}

func startServices(t *testing.T, dir string, via route) cast {
	t.Helper()
	c := cast{input: newFeed(t, messages), ahead: 50}
	clients, workers := "ipc://"+filepath.Join(dir, "clients"), "ipc://"+filepath.Join(dir, "workers")
	c.brokers = append(c.brokers, newPeer(t, nil, script(t, "services.js"), clients, workers))
	for range doers {
		c.doers = append(c.doers, newPeer(t, nil, serviceWorker(t), "counted", via(workers)))
	}
	newPeer(t, nil, serviceWorker(t), "other", via(workers))
	path := script(t, "services_client.js", "TIMEOUT = 1000", "TIMEOUT = 300")
	c.client = newPeer(t, c.input.read, path, "counted", via(clients))
	return c
}

func serviceWorker(t *testing.T) string {
	t.Helper()
	return script(t, "services_worker.js", "IDLE = 1000", "IDLE = 100", "SILENCE = 1000", "SILENCE = 300")
}

func startCredit(t *testing.T, dir string, via route) cast {
	t.Helper()
	c := cast{input: newFeed(t, messages), ahead: 1000}
	endpoint := "ipc://" + filepath.Join(dir, "source")
	c.client = newPeer(t, c.input.read, script(t, "credit_source.js"), endpoint)
	for range doers {
		c.doers = append(c.doers, newPeer(t, nil, script(t, "credit_worker.js", "SILENCE = 1000", "SILENCE = 300"), via(endpoint)))
	}
	return c
}

// run reads the results, and causes a fault after some of them.
func (c cast) run(t *testing.T, happen func(number int)) (results []int) {
	t.Helper()
	for number := 1; number <= messages; number++ {
		ahead := 0
		for ahead < c.ahead && !c.calm[number+ahead] {
			ahead++
		}
		c.input.upTo(number + ahead)
		results = append(results, parse(t, c.client.Line(), "", " is done"))
		happen(number)
	}
	return results
}

// check ends all processes and compares their output with the pattern's promises.
func (p pattern) check(t *testing.T, c cast, results []int) {
	t.Helper()
	c.client.end()
	for _, p := range append(c.doers, c.brokers...) {
		p.kill()
	}
	expect(t, "results", p.results, messages, results)
	expect(t, "deeds", p.deeds, messages, deeds(t, c.doers))
}
