package faults

import (
	"strconv"
	"syscall"
	"testing"
	"time"
)

const published, publishedBytes = 20000, 10000

// How a publisher treats a subscriber that reads nothing for a while.
var publishers = []struct {
	name   string
	edits  []string
	slow   promise
	waits  bool // for the subscriber
	memory bool // whether its memory stays small
}{
	{"drops", nil, promise{missing: true}, false, true},
	{"waits", []string{`zmq.SNDHWM, 100)`, `zmq.XPUB_NODROP, 1)`}, promise{}, true, true},
	{"keeps", []string{`zmq.SNDHWM, 100)`, `zmq.SNDHWM, 0)`}, promise{}, false, false},
}

// TestSlowSubscriber: at the high-water mark PUB drops messages for a slow subscriber, without
// waiting, and in limited memory.
func TestSlowSubscriber(t *testing.T) {
	t.Parallel()
	for _, publisher := range publishers {
		t.Run(publisher.name, func(t *testing.T) {
			t.Parallel()
			input := newFeed(t, 2)
			path := script(t, "publish.js", publisher.edits...)
			sender := newPeer(t, input.read, path, "tcp://127.0.0.1:*", strconv.Itoa(published), strconv.Itoa(publishedBytes))
			slow := newPeer(t, nil, script(t, "subscribe.js"), sender.bound[0])
			slow.Expect("Doing hello")
			slow.Stop()
			if publisher.waits {
				time.AfterFunc(500*time.Millisecond, func() { slow.Signal(syscall.SIGCONT) })
			}
			input.upTo(1)
			used := parse(t, sender.Line(), "", "")
			slow.Signal(syscall.SIGCONT)
			for slow.Line() != "Doing end" {
			}
			slow.kill()
			sender.kill()
			arrived := deeds(t, []*peer{slow})
			t.Logf("the publisher used %d kB; %d of %d messages have arrived", used, len(arrived), published)
			expect(t, "messages", publisher.slow, published, arrived)
			if publisher.slow.missing && len(arrived) > published/2 {
				t.Error("the subscriber was not slow")
			}
			if small := used < published*publishedBytes/1024/2; small != publisher.memory {
				t.Errorf("the publisher used %d kB for %d", used, published*publishedBytes/1024)
			}
		})
	}
}
