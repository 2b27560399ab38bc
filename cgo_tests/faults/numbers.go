package faults

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A feed writes the lines 1 to count, all of the same length, to a peer's standard input.
type feed struct {
	t           testing.TB
	read, write *os.File
	count, sent int
}

func newFeed(t testing.TB, count int) *feed {
	t.Helper()
	read, write := testkit.Pipe(t)
	return &feed{t, read, write, count, 0}
}

// upTo writes the rest of the first lines; after the last one the input ends.
func (f *feed) upTo(number int) {
	f.t.Helper()
	for ; f.sent < min(number, f.count); f.sent++ {
		f.line(fmt.Sprintf("%07d", f.sent+1))
		if f.sent+1 == f.count {
			_ = f.write.Close()
		}
	}
}

func (f *feed) line(text string) {
	f.t.Helper()
	if _, err := f.write.WriteString(text + "\n"); err != nil {
		f.t.Fatal(err)
	}
}

// repeat writes a line repeatedly while a condition holds.
func (f *feed) repeat(text string, during func()) {
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for !closed(stop) {
			_, _ = f.write.WriteString(text + "\n")
			time.Sleep(5 * time.Millisecond)
		}
	})
	defer writing.Wait()
	defer close(stop)
	during()
}

// parse gives the number of a line such as "Doing 0000012" or "0000012 is done".
func parse(t testing.TB, line, before, after string) int {
	t.Helper()
	text, ok := strings.CutPrefix(line, before)
	text, okAfter := strings.CutSuffix(text, after)
	number, err := strconv.Atoi(text)
	if !ok || !okAfter || err != nil {
		t.Fatalf("%q is not %q, a number and %q", line, before, after)
	}
	return number
}

// deeds are the numbers that peers have said they were doing, all of which have been killed.
func deeds(t testing.TB, peers []*peer) (done []int) {
	t.Helper()
	for _, p := range peers {
		for _, line := range p.printed {
			switch {
			case line == "", strings.HasPrefix(line, "Bound to "), line == "Doing hello", line == "Doing end":
			default:
				done = append(done, parse(t, line, "Doing ", ""))
			}
		}
	}
	return done
}

// expect reports how a promise was broken, if it was.
func expect(t testing.TB, what string, p promise, count int, arrived []int) {
	t.Helper()
	broken := p.broken(count, arrived)
	for i, line := range broken {
		if i == 10 {
			t.Errorf("%s: and %d more", what, len(broken)-i)
			return
		}
		t.Errorf("%s: %s", what, line)
	}
}
