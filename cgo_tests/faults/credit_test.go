package faults

import (
	"strings"
	"testing"
	"time"
)

// TestCredit: a source whose worker has stopped reads no more lines than it has credits for, plus
// those in the pipe and in its input buffer.
func TestCredit(t *testing.T) {
	t.Parallel()
	const buffered = 20
	for _, window := range []struct {
		name  string
		edits []string
		most  bool // whether it reads at most 100 plus the buffered lines
	}{
		{"100", nil, true},
		{"1000", []string{"WINDOW = 100", "WINDOW = 1000"}, false},
	} {
		t.Run(window.name, func(t *testing.T) {
			t.Parallel()
			input := newFeed(t, 2)
			source := newPeer(t, input.read, script(t, "credit_source.js"), "tcp://127.0.0.1:*")
			worker := newPeer(t, nil, script(t, "credit_worker.js", window.edits...), source.bound[0])
			input.upTo(1)
			worker.Expect("Doing 0000001")
			worker.Stop()
			read := intake(t, input)
			source.kill()
			worker.kill()
			t.Logf("it has read %d lines", read)
			if most := read <= 100+buffered; most != window.most {
				t.Errorf("it has read %d lines", read)
			}
		})
	}
}

// intake is the number of long lines that a peer reads before it pauses.
func intake(t *testing.T, input *feed) (lines int) {
	t.Helper()
	line := strings.Repeat("x", 10000) + "\n"
	for {
		if err := input.write.SetWriteDeadline(time.Now().Add(2 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := input.write.WriteString(line); err != nil {
			return lines
		}
		lines++
	}
}
