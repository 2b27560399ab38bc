package gojavm

import (
	"math/bits"
	"slices"
	"time"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

// WakeReason is the reason for the call of an OnWake function.
type WakeReason int

const (
	// WakeInterrupt is a call of [VM.Interrupt].
	WakeInterrupt WakeReason = iota
	// WakeSignal is a call of [VM.Signal] for a signal that has a handler.
	WakeSignal
)

type wakeFunc struct{ f func(WakeReason) }

// Interrupt ends the running Eval or RunFile with *[InterruptedError]; if none is
// running, the next one ends at once. No script code runs after it, not even
// catch or finally. The run returns within a tenth of a second. If a built-in function
// is running, such as a sort of a large array, it continues in the background until it
// ends (see [VM.Idle]), and the next run waits for it.
func (vm *VM) Interrupt() { vm.stop(&InterruptedError{}) }

// DropInterrupt drops an interrupt that arrived too late for the last run and would end the next one. It
// must be called between runs.
func (vm *VM) DropInterrupt() {
	select {
	case <-vm.Idle():
		_ = vm.takeInterrupt()
	default: // the interrupt is for the built-in function that the last run left running
	}
}

// stop ends the current run, or else the next one, with an error.
func (vm *VM) stop(reason error) {
	vm.state.Lock()
	if vm.state.closed {
		vm.state.Unlock()
		return
	}
	if vm.state.reason == nil {
		vm.state.reason = reason
	}
	select {
	case vm.state.stopped <- vm.state.reason:
	default:
	}
	vm.rt.Interrupt(&InterruptedError{})
	vm.wakeLocked()
	funcs := slices.Clone(vm.state.wakeFuncs)
	vm.state.Unlock()
	for _, w := range funcs {
		w.f(WakeInterrupt)
	}
}

func (vm *VM) drainStopped() {
	select {
	case <-vm.state.stopped:
	default:
	}
}

// Signal delivers sig to the script. Its handler runs when the script
// returns to the event loop; a blocking call such as os.sleep returns at once.
// Signal ignores a signal without a handler.
//
// Signal takes a lock. It must not be called from a signal handler of the
// operating system.
func (vm *VM) Signal(sig int) {
	if sig < 0 || sig >= maxSignal || vm.handled.Load()&(1<<sig) == 0 {
		return
	}
	vm.pending.Or(1 << sig)
	vm.sigSeq.Add(1)
	vm.state.Lock()
	if vm.state.closed {
		vm.state.Unlock()
		return
	}
	vm.wakeLocked()
	funcs := slices.Clone(vm.state.wakeFuncs)
	vm.state.Unlock()
	for _, w := range funcs {
		w.f(WakeSignal)
	}
}

// OnWake registers f. [VM.Interrupt] calls f, and so does [VM.Signal] for a signal
// that has a handler, so that a native module can end its wait. f runs on the goroutine
// of that call. remove unregisters f; a call of f may still be running when remove
// returns.
func (vm *VM) OnWake(f func(WakeReason)) (remove func()) {
	w := &wakeFunc{f}
	vm.state.Lock()
	vm.state.wakeFuncs = append(vm.state.wakeFuncs, w)
	vm.state.Unlock()
	return func() {
		vm.state.Lock()
		vm.state.wakeFuncs = slices.DeleteFunc(vm.state.wakeFuncs, func(x *wakeFunc) bool { return x == w })
		vm.state.Unlock()
	}
}

// Interrupted reports whether [VM.Interrupt] was called and the run has not
// returned yet. Any goroutine may call it.
func (vm *VM) Interrupted() bool {
	vm.state.Lock()
	defer vm.state.Unlock()
	return vm.state.reason != nil
}

// CheckInterrupt unwinds the script if the VM is interrupted. Native functions
// call it after a wait that an OnWake function ended.
func (vm *VM) CheckInterrupt() {
	if vm.Interrupted() {
		panic(&goja.InterruptedError{})
	}
}

// TakeSignal reports, once, whether a signal with a handler has arrived since the
// last blocking call or handler. Native functions that wait call it, and fail
// with EINTR if it returns true.
func (vm *VM) TakeSignal() bool {
	seq := vm.sigSeq.Load()
	if seq == vm.seenSeq {
		return false
	}
	vm.seenSeq = seq
	return true
}

// takeInterrupt clears the interrupt and returns its reason. The lock keeps goja's flag
// consistent with vm.state.reason.
func (vm *VM) takeInterrupt() error {
	vm.state.Lock()
	defer vm.state.Unlock()
	reason := vm.state.reason
	vm.state.reason = nil
	vm.drainStopped()
	vm.rt.ClearInterrupt()
	return reason
}

func (vm *VM) isClosed() bool {
	vm.state.Lock()
	defer vm.state.Unlock()
	return vm.state.closed
}

func (vm *VM) openWake() error {
	event, err := posix.NewEvent()
	vm.state.wakeEvent = event
	return err
}

// closeWake marks the VM as closed. It returns false if the VM was closed already.
func (vm *VM) closeWake() bool {
	vm.state.Lock()
	defer vm.state.Unlock()
	if vm.state.closed {
		return false
	}
	vm.state.closed = true
	vm.state.wakeFuncs = nil
	if vm.state.wakeEvent != posix.NoEvent {
		vm.state.wakeEvent.Close()
	}
	return true
}

func (vm *VM) wake() {
	vm.state.Lock()
	defer vm.state.Unlock()
	if !vm.state.closed {
		vm.wakeLocked()
	}
}

func (vm *VM) wakeLocked() { vm.state.wakeEvent.Set() }

// wait blocks until one of fds is ready, the VM is woken or the timeout has
// passed; a negative timeout waits for ever. It may return early without a reason:
// callers check their condition again.
func (vm *VM) wait(fds []posix.PollFd, timeout time.Duration) error {
	ms := -1
	if timeout >= 0 {
		ms = int(min((timeout+time.Millisecond-1)/time.Millisecond, 1<<30))
	}
	all := append(fds[:len(fds):len(fds)], posix.PollFd{Fd: int32(vm.state.wakeEvent), Events: posix.POLLIN})
	_, err := posix.Poll(all, ms)
	if err == posix.EINTR {
		for i := range fds {
			fds[i].Revents = 0
		}
		return nil
	}
	if err != nil {
		return err
	}
	copy(fds, all)
	if all[len(fds)].Revents != 0 {
		vm.state.wakeEvent.Reset()
	}
	return nil
}

// waitFD blocks until fd is ready for events. It returns EINTR if a signal
// ended the wait, and unwinds the script on an interrupt.
func (vm *VM) waitFD(fd int, events int16, signals bool) error {
	for {
		vm.CheckInterrupt()
		if signals && vm.TakeSignal() {
			return posix.EINTR
		}
		fds := []posix.PollFd{{Fd: int32(fd), Events: events}}
		if err := vm.wait(fds, -1); err != nil {
			return err
		}
		if fds[0].Revents != 0 {
			return nil
		}
	}
}

// sleep blocks for d; it returns EINTR if a signal ended it.
func (vm *VM) sleep(d time.Duration) error {
	deadline := time.Now().Add(d)
	for {
		vm.CheckInterrupt()
		if vm.TakeSignal() {
			return posix.EINTR
		}
		left := time.Until(deadline)
		if left <= 0 {
			return nil
		}
		if err := vm.wait(nil, left); err != nil {
			return err
		}
	}
}

// nextSignal returns the handler of a pending signal and clears the signal. Of several
// it takes the handler that was registered first.
func (vm *VM) nextSignal() (signalHandler, bool) {
	pending := vm.pending.Load()
	if bits.OnesCount64(pending) == 0 {
		return signalHandler{}, false
	}
	for _, h := range vm.signals {
		if pending&(1<<h.sig) != 0 {
			vm.pending.And(^uint64(1 << h.sig))
			vm.seenSeq = vm.sigSeq.Load()
			return h, true
		}
	}
	return signalHandler{}, false
}
