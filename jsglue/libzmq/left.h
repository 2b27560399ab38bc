/* Calls that are left without returning: by pthread_exit(), a cancellation, or a jump. */
#ifndef CORE_LEFT_H
#define CORE_LEFT_H

#include "core.h"

/* Surround slow parts of a call inside a runtime: the thread is cancelled only where it waits. They
 * nest. */
void core_cancel_disable(core_runtime *runtime);
void core_cancel_restore(core_runtime *runtime);

/* Whether the thread that calls has jumped out of the wait that a thread was in at an address of its stack:
 * it would be deeper in the stack than that otherwise, in a callback or a handler, and not here. 0 where
 * either is on another stack than the system's for the thread. */
int core_is_left(uintptr_t thread, uintptr_t at, uintptr_t here);

/* The thread is leaving a wait, and so the call of a frame, without returning from it. */
void core_wait_left(core_runtime *runtime, zmqjs_frame *frame);

/* Has core_runtimes_forget_thread called when the thread ends. */
void core_thread_note(void);

#endif
