/*
 * Calls that end otherwise than by returning. A thread that is cancelled, or that a handler of the
 * host ends by pthread_exit(), unwinds. A thread that a handler makes jump out of a call continues
 * elsewhere; its stack reveals that when it frees the runtime.
 *
 * A thread can be cancelled in waits, where no operation is half done; the wait's cleanup ends the
 * call. Other slow parts disable cancellation. Parts with several steps, locks or Go code also
 * block the host's handlers (core_guard). The remaining parts are calls of libzmq that do not wait.
 * Every instruction counts there, so that they have no cleanup. libzmq does not expect
 * cancellation: it may have put a message into a queue without waking the reader. If such a thread
 * ends, it is still inside the runtime, and the library does not use its sockets any more.
 */
#include "left.h"
#include "frame.h"
#include "runtime.h"

void core_cancel_disable(core_runtime *runtime)
{
    if (runtime->uncancelled > 0 && atomic_load(&runtime->waits_at) != 0) { /* the thread has left a wait by a jump */
        pthread_setcancelstate(runtime->cancel_state, NULL);
        atomic_store(&runtime->waits_at, 0);
        runtime->uncancelled = 0;
    }
    if (runtime->uncancelled++ == 0)
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &runtime->cancel_state);
}

void core_cancel_restore(core_runtime *runtime)
{
    if (--runtime->uncancelled == 0)
        pthread_setcancelstate(runtime->cancel_state, NULL);
}

int core_is_left(uintptr_t thread, uintptr_t at, uintptr_t here)
{
    return at != 0 && thread == core_thread() && here > at && core_is_on_stack(here) && core_is_on_stack(at);
}

void core_wait_left(core_runtime *runtime, zmqjs_frame *frame)
{
    atomic_store(&runtime->waits_at, 0);
    runtime->uncancelled = 0; /* the thread will not call any more */
    core_frame_release(frame);
    core_runtime_exit(runtime);
}

/* ---- threads that end ---- */

static pthread_key_t key;
static int have_key;
static __thread int noted;

static void end_thread(void *unused)
{
    (void)unused;
    noted = 0;
    if (!core_forked() && !core_is_alone())
        core_runtimes_forget_thread();
}

__attribute__((constructor)) static void make_key(void)
{
    have_key = pthread_key_create(&key, end_thread) == 0;
}

void core_thread_note(void)
{
    if (!noted && have_key)
        noted = pthread_setspecific(key, &noted) == 0;
}
