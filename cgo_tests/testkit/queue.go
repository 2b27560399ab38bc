package testkit

import "sync"

// A queue holds any number of lines: the process that prints them never waits for the
// test to read them.
type queue struct {
	mutex  *sync.Mutex
	change *sync.Cond
	lines  []string
	closed bool
}

func newQueue() queue {
	mutex := new(sync.Mutex)
	return queue{mutex: mutex, change: sync.NewCond(mutex)}
}

func (q *queue) put(line string) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.lines = append(q.lines, line)
	q.change.Broadcast()
}

func (q *queue) close() {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	q.closed = true
	q.change.Broadcast()
}

// take waits for a line; false: there are no more.
func (q *queue) take() (string, bool) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	for len(q.lines) == 0 {
		if q.closed {
			return "", false
		}
		q.change.Wait()
	}
	line := q.lines[0]
	q.lines = q.lines[1:]
	return line, true
}
