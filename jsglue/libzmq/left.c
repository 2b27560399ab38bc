/*
 * Calls that end otherwise than by returning. A thread that is cancelled, or that a handler of the
 * host's ends by pthread_exit(), unwinds. One that a handler jumps out of goes on elsewhere; by its
 * stack it is noticed when the thread frees the runtime.
 *
 * It is cancelled in waits, where nothing is half done, and the wait's cleanup ends the call. The other
 * slow parts disable that, and those that several steps, locks or Go must finish block the host's
 * handlers too (core_guard). What is left are the calls of libzmq that do not wait, of which every
 * instruction counts, so that they have no cleanup. libzmq knows nothing of cancelling: it may have
 * put a message into a queue and not have woken who reads it. When such a thread ends it is still inside,
 * and then its sockets are not touched any more.
 */
#include "left.h"
#include "frame.h"
#include "runtime.h"

void core_cancel_disable(core_runtime *runtime)
{
    if (runtime->uncancelled > 0 && atomic_load(&runtime->waits_at) != 0) { /* a wait was left by a jump */
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
    runtime->uncancelled = 0; /* the thread is not going to call any more */
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
