package gojavm

import (
	"runtime"
	"time"
)

// grace is the time that a run may continue after an interrupt. A built-in function that cannot be
// interrupted is then left running.
const grace = 50 * time.Millisecond

// stopPeriod is the time between two attempts to stop matches of regular expressions: the script
// may begin another one before it notices the interrupt.
const stopPeriod = 5 * time.Millisecond

// OnRunEnd has f called at the end of every run, on the run's thread, so that a native module can release
// what it keeps for that thread. It is called on the VM's goroutine.
func (vm *VM) OnRunEnd(f func()) { vm.runEnds = append(vm.runEnds, f) }

// run runs f and then the event loop on a goroutine and a thread of its own, and turns every way of
// ending into an error.
func (vm *VM) run(f func() error) error {
	if vm.isClosed() {
		return ErrClosed
	}
	if err := vm.awaitLeftover(); err != nil {
		return err
	}
	if vm.running {
		return ErrRunning
	}
	if vm.broken {
		return errBroken
	}
	if vm.exit != nil {
		return vm.exit
	}
	vm.running = true
	result := make(chan error, 1)
	done := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := vm.runNow(f)
		result <- err
		close(done)
	}()
	if vm.memory.limit > 0 {
		go vm.watchMemory(done)
	}
	var reason error
	select {
	case <-done:
		return <-result
	case reason = <-vm.state.stopped:
	}
	if vm.stopMatches(done, grace) {
		return <-result
	}
	vm.leftover = done
	go vm.stopMatches(done, 0)
	return reason
}

// awaitLeftover waits for a function that an interrupted run has left running.
func (vm *VM) awaitLeftover() error {
	if vm.leftover == nil {
		return nil
	}
	select {
	case <-vm.leftover:
	default:
		// The interrupt of the previous run does not apply to this one.
		vm.drainStopped()
		select {
		case <-vm.leftover:
		case reason := <-vm.state.stopped:
			return reason
		}
	}
	vm.leftover = nil
	return nil
}

// Idle is closed when the VM runs no code any more: a built-in function that was running when the
// last run was interrupted may take a while.
func (vm *VM) Idle() <-chan struct{} {
	if vm.leftover != nil {
		return vm.leftover
	}
	idle := make(chan struct{})
	close(idle)
	return idle
}

// runNow is a run, on its own goroutine.
func (vm *VM) runNow(f func() error) (err error) {
	defer func() {
		if x := recover(); x != nil {
			if e, ok := x.(error); ok && isUncatchable(e) {
				err = e
			} else {
				// goja unwinds its stacks only for its own errors.
				vm.broken = true
				err = panicError(x)
			}
		}
		err = vm.finish(err)
		for _, end := range vm.runEnds {
			end()
		}
		vm.running = false
	}()
	vm.reported = nil
	if vm.Interrupted() {
		return nil
	}
	return vm.withOverflow(func() error {
		if err := f(); err != nil {
			return err
		}
		return vm.loop()
	})
}
