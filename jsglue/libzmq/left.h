/* Calls that are left without returning: by pthread_exit(), a cancellation, or a jump. */
#ifndef CORE_LEFT_H
#define CORE_LEFT_H

#include "core.h"

/* Surround slow parts of a call inside a runtime, in which the thread can be cancelled only
 * where it waits. They nest. */
void core_cancel_disable(core_runtime *runtime);
void core_cancel_restore(core_runtime *runtime);

/* Whether the calling thread has jumped out of the wait that a thread was in, at an address of
 * its stack. Otherwise the call would come from a callback or a handler, deeper in the stack. 0
 * if either address is not on the stack that the system has given the thread. */
int core_is_left(uintptr_t thread, uintptr_t at, uintptr_t here);

/* Called when the thread leaves a wait, and so the call of a frame, without returning. */
void core_wait_left(core_runtime *runtime, zmqjs_frame *frame);

/* Makes core_runtimes_forget_thread run when the thread ends. */
void core_thread_note(void);

#endif
