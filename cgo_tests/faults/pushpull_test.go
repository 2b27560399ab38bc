package faults

import (
	"path/filepath"
	"testing"
	"time"
)

// The promises of PUSH and PULL, by the processes that are killed. No message arrives twice.
// Messages on their way to a receiver or from a sender that is killed are lost.
var pipelines = []struct {
	name              string
	sender, receivers bool // the ones that are killed
	deeds             promise
}{
	{"nobody", false, false, promise{disorder: true}},
	{"receivers", false, true, promise{missing: true, disorder: true}},
	{"sender", true, false, promise{missing: true, disorder: true}},
	{"both", true, true, promise{missing: true, disorder: true}},
}

func TestPushPull(t *testing.T) {
	t.Parallel()
	for _, pipeline := range pipelines {
		t.Run(pipeline.name, func(t *testing.T) {
			t.Parallel()
			random := chance(t)
			endpoint := "ipc://" + filepath.Join(t.TempDir(), "pipeline")
			input := newFeed(t, messages+1) // it does not end by itself
			sender := newPeer(t, input.read, script(t, "push.js"), endpoint)
			var receivers, victims []*peer
			for range doers {
				receivers = append(receivers, newPeer(t, nil, script(t, "pull.js"), endpoint))
			}
			if pipeline.receivers {
				victims = append(victims, receivers...)
			}
			if pipeline.sender {
				victims = append(victims, sender)
			}
			kill := moments(random, 10)
			for number := 1; number <= messages; number++ {
				input.upTo(number)
				if kill[number] && len(victims) > 0 {
					time.Sleep(time.Duration(random.IntN(200)) * time.Millisecond) // they connect and get to work
					input.upTo(min(number+100, messages))
					victims[random.IntN(len(victims))].restart()
				}
			}
			drain(input, receivers)
			for _, p := range append(receivers, sender) {
				p.kill()
			}
			arrived := deeds(t, receivers)
			t.Logf("%d of %d messages have arrived", len(arrived), messages)
			if len(arrived) < messages/100 {
				t.Errorf("only %d of %d messages have arrived", len(arrived), messages)
			}
			expect(t, "deeds", pipeline.deeds, messages, arrived)
		})
	}
}

// drain sends lines that are not numbers until each receiver has had one, and so all earlier
// messages.
func drain(input *feed, receivers []*peer) {
	input.repeat("end", func() {
		for _, receiver := range receivers {
			for receiver.Line() != "Doing end" {
			}
		}
	})
}
