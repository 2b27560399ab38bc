package faults

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestServices: a worker of its service processes each request, and every worker gets some; a
// request without a worker waits, and others do not wait for it.
func TestServices(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	forClients, forWorkers := "ipc://"+filepath.Join(dir, "clients"), "ipc://"+filepath.Join(dir, "workers")
	broker := newPeer(t, nil, script(t, "services.js"), forClients, forWorkers)
	// None asks twice, however slow the machine is.
	path := script(t, "services_client.js", "TIMEOUT = 1000", "TIMEOUT = -1")
	waits := newPeer(t, strings.NewReader("early\n"), path, "late", forClients)
	workers := map[string][]*peer{}
	for _, service := range []string{"one", "other"} {
		for range 2 {
			workers[service] = append(workers[service], newPeer(t, nil, serviceWorker(t), service, forWorkers))
		}
	}
	var clients []*peer
	for _, service := range []string{"one", "other"} {
		input := strings.Repeat(service+"\n", 200)
		clients = append(clients, newPeer(t, strings.NewReader(input), path, service, forClients))
	}
	for i, service := range []string{"one", "other"} {
		for range 200 {
			clients[i].Expect(service + " is done")
		}
		clients[i].end()
	}
	newPeer(t, nil, serviceWorker(t), "late", forWorkers).Expect("Doing early")
	waits.Expect("early is done")
	waits.end()
	for service, of := range workers {
		done := 0
		for _, worker := range of {
			worker.kill()
			for _, line := range worker.printed {
				if line != "" && line != "Doing "+service {
					t.Errorf("a worker of %s says %q", service, line)
				}
				done += len(line) / len("Doing "+service)
			}
		}
		if done != 200 {
			t.Errorf("%s was done %d times", service, done)
		}
	}
	broker.kill()
}

// TestServicesAreBounded: the broker accepts a limited number of waiting requests, and refuses
// others; when there is a worker, all accepted ones are processed.
func TestServicesAreBounded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	forClients, forWorkers := "ipc://"+filepath.Join(dir, "clients"), "ipc://"+filepath.Join(dir, "workers")
	broker := newPeer(t, nil, script(t, "services.js", "MOST_WAITING = 1000", "MOST_WAITING = 2", "std.err.puts(", "console.log("),
		forClients, forWorkers)
	path := script(t, "services_client.js", "TIMEOUT = 1000", "TIMEOUT = -1")
	var clients []*peer
	for range 5 {
		clients = append(clients, newPeer(t, strings.NewReader("x\n"), path, "echo", forClients))
	}
	broker.Line() // the other endpoint
	broker.Expect("services.js: 2 requests wait; no more are taken")
	newPeer(t, nil, serviceWorker(t), "echo", forWorkers)
	for _, client := range clients {
		client.Expect("x is done")
		client.end()
	}
	broker.kill()
}
