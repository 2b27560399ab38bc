package gojavm

import (
	"container/heap"
	"slices"
	"time"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// timer is a pending call of a timer's function.
type timer struct {
	deadline time.Time
	interval time.Duration // 0 if it fires once
	seq      uint64        // order among equal deadlines
	handle   *goja.Object
	f        func() error
	index    int // in the queue
}

// timerQueue is a heap of timers, the earliest first.
type timerQueue []*timer

func (q timerQueue) Len() int { return len(q) }

func (q timerQueue) Less(i, j int) bool {
	if !q[i].deadline.Equal(q[j].deadline) {
		return q[i].deadline.Before(q[j].deadline)
	}
	return q[i].seq < q[j].seq
}

func (q timerQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}

func (q *timerQueue) Push(x any) {
	t := x.(*timer)
	t.index = len(*q)
	*q = append(*q, t)
}

func (q *timerQueue) Pop() any {
	last := len(*q) - 1
	t := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return t
}

func (vm *VM) addTimer(t *timer, delay time.Duration) {
	vm.timerSeq++
	t.seq = vm.timerSeq
	t.deadline = time.Now().Add(delay)
	heap.Push(&vm.timers, t)
}

// fdHandler has the functions set by os.setReadHandler and os.setWriteHandler
// for a descriptor.
type fdHandler struct {
	fd          int
	read, write goja.Callable
}

// loop runs timers, signal handlers and descriptor handlers until there are no
// timers and no descriptor handlers. As in qjs, signal handlers do not keep it
// running.
func (vm *VM) loop() error {
	for {
		vm.runJobs()
		if vm.Interrupted() {
			return nil
		}
		if err := vm.checkPromises(); err != nil {
			return err
		}
		more, err := vm.step()
		if err != nil || !more {
			return err
		}
	}
}

// step calls one handler, or waits until one may be ready. It returns false when
// there are no timers and no descriptor handlers.
func (vm *VM) step() (more bool, err error) {
	if h, ok := vm.nextSignal(); ok {
		return true, vm.callHandler(h.f)
	}
	timeout := time.Duration(-1)
	if len(vm.timers) > 0 {
		t := vm.timers[0]
		timeout = time.Until(t.deadline)
		if timeout <= 0 {
			heap.Pop(&vm.timers)
			if t.interval > 0 {
				vm.addTimer(t, t.interval)
			}
			return true, vm.handle(t.f())
		}
	} else if len(vm.fdHandlers) == 0 {
		return false, nil
	}
	fds := make([]posix.PollFd, len(vm.fdHandlers))
	for i, h := range vm.fdHandlers {
		fds[i].Fd = int32(h.fd)
		if h.read != nil {
			fds[i].Events |= posix.POLLIN
		}
		if h.write != nil {
			fds[i].Events |= posix.POLLOUT
		}
	}
	if err := vm.wait(fds, timeout); err != nil {
		return false, err
	}
	for i, h := range vm.fdHandlers {
		const failed = posix.POLLERR | posix.POLLHUP | posix.POLLNVAL
		switch {
		case h.read != nil && fds[i].Revents&(posix.POLLIN|failed) != 0:
			return true, vm.callHandler(h.read)
		case h.write != nil && fds[i].Revents&(posix.POLLOUT|failed) != 0:
			return true, vm.callHandler(h.write)
		}
	}
	return true, nil
}

func (vm *VM) callHandler(f goja.Callable) error {
	_, err := f(goja.Undefined())
	return vm.handle(err)
}

// handle reports an exception in a handler on standard error. The loop continues, as in qjs.
func (vm *VM) handle(err error) error {
	if err == nil || isUncatchable(err) {
		return err
	}
	e, ok := vm.asScriptError(err).(*ScriptError)
	if !ok {
		return err
	}
	e.Reported = true
	vm.stderr.write([]byte(e.Error() + "\n"))
	vm.reported = e
	return nil
}

// trackRejection maintains the list of rejected promises that have no handler.
func (vm *VM) trackRejection(p *goja.Promise, op goja.PromiseRejectionOperation) {
	if op == goja.PromiseRejectionReject {
		vm.rejections = append(vm.rejections, p)
		return
	}
	vm.rejections = slices.DeleteFunc(vm.rejections, func(x *goja.Promise) bool { return x == p })
}

// checkPromises returns an error for a rejected promise without a handler. It is
// called when no promise job is left.
func (vm *VM) checkPromises() error {
	if vm.main != nil && vm.main.State() == goja.PromiseStateRejected {
		return vm.describe(vm.main.Result(), nil)
	}
	for _, p := range vm.rejections {
		if p == vm.main {
			continue
		}
		e := vm.describe(p.Result(), nil)
		e.Message = "Possibly unhandled promise rejection: " + e.Message
		return e
	}
	return nil
}
