package coretest

import (
	"runtime"
	"testing"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// onThread runs f on a thread that nothing else uses meanwhile, and which ends with it unless it stays.
func onThread(f func()) {
	done := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer close(done)
		f()
	}()
	<-done
}

func enterAndExit(t *testing.T, r *libzmq.Runtime) {
	t.Helper()
	if failure := r.Enter(); failure != nil {
		t.Fatalf("entering: %+v", failure)
	}
	r.Exit()
}

// TestDetach: a runtime whose owner has detached itself has the next thread as its owner, and is not taken.
func TestDetach(t *testing.T) {
	if !HasBarrier() {
		t.Skip("skipped, for without barriers a runtime has no owner")
	}
	for name, test := range map[string]struct {
		first func(r *libzmq.Runtime) // on the first thread, which owns the runtime
		taken bool                    // by the second thread
	}{
		"detached":          {(*libzmq.Runtime).Detach, false},
		"not detached":      {func(*libzmq.Runtime) {}, true},
		"detached by other": {func(r *libzmq.Runtime) { onThread(r.Detach) }, true},
		"detached inside":   {func(r *libzmq.Runtime) { _ = r.Enter(); r.Detach(); r.Exit() }, true},
		"detached early":    {func(r *libzmq.Runtime) { r.Detach(); _ = r.Enter(); r.Exit() }, true},
		"detached twice":    {func(r *libzmq.Runtime) { r.Detach(); r.Detach() }, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRuntime(t)
			for Owner(r) != NoThread { // the memory of one that another test has left so is used again
				r = newRuntime(t)
			}
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			enterAndExit(t, r)
			if got := Owner(r); got != Thread() {
				t.Fatalf("the owner is %#x, not the first thread", got)
			}
			test.first(r)
			onThread(func() {
				enterAndExit(t, r)
				want := Thread()
				if test.taken {
					want = ManyThreads
				}
				if got := Owner(r); got != want {
					t.Errorf("the owner is %#x, want %#x", got, want)
				}
			})
			enterAndExit(t, r)
		})
	}
}
