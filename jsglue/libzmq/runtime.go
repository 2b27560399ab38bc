package libzmq

// #include "operation.h"
// #include "runtime.h"
// // Go's own signals end no wait.
// static core_runtime *new_runtime(void)
// {
//     core_runtime *runtime = core_runtime_new(NULL, NULL);
//     if (runtime != NULL)
//         runtime->retry_signals = 1;
//     return runtime;
// }
// int core_confirm_in_go(void *payload);
// static void ask_go(core_runtime *runtime, uintptr_t handle)
// {
//     runtime->payload = (void *)handle;
//     runtime->confirm_interrupt = core_confirm_in_go;
// }
// static zmqjs_runtime *handle_of(core_runtime *runtime) { return atomic_load(&runtime->handle); }
// static core_runtime *enter(zmqjs_runtime *handle)
// {
//     zmqjs_frame frame = {.runtime = handle};
//     return core_frame_enter(&frame);
// }
// static int refuse(zmqjs_runtime *handle)
// {
//     zmqjs_frame frame = {.runtime = handle};
//     core_refuse(NULL, &frame);
//     return (int)core_frame_of(&frame)->as.failure.kind;
// }
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// A Runtime is the state of one JavaScript runtime: its contexts, the thread that is inside, and
// the interrupts of its waits.
type Runtime struct {
	handle *C.zmqjs_runtime
	c      *C.core_runtime // never freed
	asks   cgo.Handle      // the argument of AskBeforeInterrupt; or 0
}

// NewRuntime makes a runtime; it opens one descriptor (eventfd).
func NewRuntime() (*Runtime, error) {
	c, err := C.new_runtime()
	if c == nil {
		return nil, asErrno(err)
	}
	return &Runtime{handle: C.handle_of(c), c: c}, nil
}

// RuntimeAt is the runtime at a C pointer (core_runtime *), which the caller has entered.
func RuntimeAt(c unsafe.Pointer) *Runtime {
	runtime := (*C.core_runtime)(c)
	return &Runtime{handle: C.handle_of(runtime), c: runtime}
}

// Pointer is the C structure (core_runtime *), which is never freed.
func (r *Runtime) Pointer() unsafe.Pointer { return unsafe.Pointer(r.c) }

// Handle is the runtime in a zmqjs_frame (zmqjs_runtime *).
func (r *Runtime) Handle() unsafe.Pointer { return unsafe.Pointer(r.handle) }

// Interrupt ends the current wait, or otherwise the next one; after Close it does nothing. Any
// goroutine.
func (r *Runtime) Interrupt() { C.core_runtime_interrupt(r.handle) }

// AskBeforeInterrupt sets a function that runs when Interrupt has ended a wait; if it returns
// false, the wait continues. It runs on the waiting thread, and must not panic. It is set once,
// before the first call.
func (r *Runtime) AskBeforeInterrupt(confirm func() bool) {
	r.asks = cgo.NewHandle(confirm)
	C.ask_go(r.c, C.uintptr_t(r.asks))
}

// Enter begins a call in the runtime; Exit ends it. It fails if the runtime is closed, or if
// another thread is inside.
func (r *Runtime) Enter() *Failure {
	if C.enter(r.handle) == nil {
		return &Failure{Kind: FailureKind(C.refuse(r.handle))}
	}
	return nil
}

// Exit ends the call that Enter has begun, on the same thread.
func (r *Runtime) Exit() { C.core_runtime_exit(r.c) }

// Detach is called on a thread that will not enter for a while, or never again. Otherwise Close, or the
// next call, on another thread waits some milliseconds for the first thread that has entered
// (membarrier).
func (r *Runtime) Detach() { C.core_runtime_detach(r.c) }

// Close closes the runtime's sockets and contexts, waits at most timeout milliseconds for unsent
// messages, and ends the runtime. It fails with EBUSY while a call is under way; a second call does
// nothing.
func (r *Runtime) Close(timeout int) error {
	errno := C.core_runtime_free(r.handle, C.int(timeout), 0)
	if errno == C.int(EINVAL) {
		return nil
	}
	if errno == 0 && r.asks != 0 {
		r.asks.Delete()
		r.asks = 0
	}
	return check(errno)
}
