package faults

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// A watcher is a peer that prints the values of topics, which are numbers that only grow.
type watcher struct {
	*peer
	values map[string]int
}

func (w *watcher) restart() {
	w.t.Helper()
	w.peer.restart()
	w.values = map[string]int{}
}

// next reads one value, which must not be older than the one before.
func (w *watcher) next() (topic string) {
	w.t.Helper()
	topic, text, _ := strings.Cut(w.Line(), " ")
	value, err := strconv.Atoi(text)
	if err != nil || value < w.values[topic] {
		w.t.Errorf("%s is %q after %d", topic, text, w.values[topic])
	}
	w.values[topic] = value
	return topic
}

// sees waits until it has these values.
func (w *watcher) sees(values map[string]int) {
	w.t.Helper()
	for delete(w.values, "probe"); !maps.Equal(w.values, values); delete(w.values, "probe") {
		w.next()
	}
}

const rounds = 10

// cutOff adds half a line to a file, as a cache leaves it that dies while it writes.
func cutOff(t *testing.T, path string) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = file.WriteString(`["topic0","9`)
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestCache: all subscribers get the last value of each topic, even if they come late or lose their
// connections. A cache that is killed loses its values, unless it has a file; later values arrive.
func TestCache(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]string{"in memory": nil, "in a file": {filepath.Join(t.TempDir(), "values")}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testCache(t, file)
		})
	}
}

func testCache(t *testing.T, file []string) {
	t.Helper()
	random := chance(t)
	dir := t.TempDir()
	arguments := append([]string{"ipc://" + filepath.Join(dir, "in"), "ipc://" + filepath.Join(dir, "out")}, file...)
	cache := newPeer(t, nil, script(t, "cache.js"), arguments...)
	input := newFeed(t, 1)
	setter := newPeer(t, input.read, script(t, "cache_set.js"), arguments[0])
	var cuts atomic.Int32
	relay := newRelay(t, arguments[1], randomFaults(rand.New(rand.NewPCG(random.Uint64(), 0)), &cuts))
	watch := script(t, "cache_watch.js", "SILENCE = 1000", "SILENCE = 300")
	var watchers []*watcher
	for _, endpoint := range []string{arguments[1], relay.endpoint(), relay.endpoint()} {
		watchers = append(watchers, &watcher{newPeer(t, nil, watch, endpoint), map[string]int{}})
	}
	values := map[string]int{}
	count := 0
	for round := range rounds {
		if round == rounds/2 {
			if file == nil {
				cache.restart()
				values = map[string]int{}
			} else {
				cache.kill()
				cutOff(t, file[0])
				cache.start()
			}
			for _, w := range watchers {
				w.restart()
			}
			input.repeat("probe 0", func() {
				for watchers[0].next() != "probe" {
				}
			})
			if file != nil {
				for _, w := range watchers {
					w.sees(values)
				}
			}
		}
		changes := min(messages/rounds, 500) // at most as many as the queues have room for
		late := random.IntN(changes)
		for change := range changes {
			count++
			topic := fmt.Sprint("topic", random.IntN(20))
			values[topic] = count
			input.line(fmt.Sprint(topic, " ", count))
			if change == late {
				watchers[random.IntN(len(watchers))].restart()
			}
		}
		for _, w := range watchers {
			w.sees(values)
		}
	}
	for _, p := range []*peer{cache, setter, watchers[0].peer, watchers[1].peer, watchers[2].peer} {
		p.kill()
	}
	t.Logf("there were %d connections", cuts.Load())
}
