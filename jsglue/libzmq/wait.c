#include "wait.h"
#include "poller.h"
#include "runtime.h"

#include <errno.h>
#include <time.h>

/* How often the host's interrupted callback is called during a wait. */
#define SLICE_NANOSECONDS 50000000

int64_t core_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t core_deadline(int milliseconds)
{
    return milliseconds < 0 ? -1 : core_now() + (int64_t)milliseconds * 1000000;
}

/* An interrupt that finds the flag set does not set the event again: it is taken with the one
 * before. So its thread's writes before it must be visible to this thread afterwards, which an
 * exchange guarantees, and a store does not. */
static int take_interrupt(core_runtime *runtime)
{
    if (atomic_load(&runtime->interrupts) == 0)
        return 0;
    if (!core_event_reset(runtime->wake_event)) /* the flag is set but the event is not yet: next time */
        return 0;
    return atomic_exchange(&runtime->interrupts, 0);
}

/* Milliseconds until the deadline or the end of the slice, rounded up; -1: none. */
static int time_left(const core_wait *wait, int64_t now)
{
    int64_t until = wait->deadline;
    if (wait->interrupted != NULL && (until < 0 || until - now > SLICE_NANOSECONDS))
        until = now + SLICE_NANOSECONDS;
    if (until < 0)
        return -1;
    if (until <= now)
        return 0;
    int64_t milliseconds = (until - now + 999999) / 1000000;
    return milliseconds > 1000000000 ? 1000000000 : (int)milliseconds;
}

/* Calls in which the host may end the thread, for example by cancelling it. */
static void begin_cancellable(const core_runtime *runtime)
{
    if (runtime->uncancelled > 0)
        pthread_setcancelstate(runtime->cancel_state, NULL);
}

static void end_cancellable(const core_runtime *runtime)
{
    if (runtime->uncancelled > 0)
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
}

/* Returns the number of ready descriptors, without the wake descriptor; or -1 with errno. */
static int poll_once(core_runtime *runtime, const core_wait *wait, int timeout)
{
    struct pollfd one[2] = {{.fd = wait->descriptor, .events = POLLIN}};
    struct pollfd *polled = one;
    size_t count = 1;
    if (wait->descriptor == CORE_NO_FD) {
        count = wait->poller != NULL ? (size_t)core_poller_fill(wait->poller) : 0;
        if (count > 0)
            polled = wait->poller->polled;
    }
    struct pollfd *wake = &polled[count];
    *wake = (struct pollfd){.fd = runtime->wake_event, .events = POLLIN};
    begin_cancellable(runtime);
    int ready = core_poll(polled, count + 1, timeout);
    int error = errno;
    end_cancellable(runtime);
    errno = error;
    if (ready > 0 && (wake->revents & POLLNVAL) != 0) { /* the host has closed it */
        errno = EBADF;
        return -1;
    }
    return ready <= 0 ? ready : ready - (wake->revents != 0);
}

static int ask_interrupted(const core_runtime *runtime, const core_wait *wait)
{
    begin_cancellable(runtime);
    int interrupted = wait->interrupted(wait->argument);
    end_cancellable(runtime);
    return interrupted;
}

static enum core_wait_result wait_for(core_runtime *runtime, const core_wait *wait)
{
    for (;;) {
        int64_t now = core_now();
        int ready = poll_once(runtime, wait, time_left(wait, now));
        int error = errno;
        if (take_interrupt(runtime) &&
            (runtime->confirm_interrupt == NULL || runtime->confirm_interrupt(runtime->payload)))
            return CORE_WAIT_INTERRUPTED;
        if (ready > 0)
            return CORE_WAIT_READY;
        if (ready < 0 && error != EINTR) {
            errno = error;
            return CORE_WAIT_FAILED;
        }
        if (wait->interrupted != NULL) {
            if (ask_interrupted(runtime, wait))
                return CORE_WAIT_INTERRUPTED;
        } else if (ready < 0 && !runtime->retry_signals) {
            return CORE_WAIT_SIGNAL;
        }
        if (wait->deadline >= 0 && core_now() >= wait->deadline)
            return CORE_WAIT_TIMEOUT;
    }
}

enum core_wait_result core_wait_for(core_runtime *runtime, const core_wait *wait)
{
    atomic_store_explicit(&runtime->waits_in, core_thread(), memory_order_relaxed);
    atomic_store_explicit(&runtime->waits_at, (uintptr_t)__builtin_frame_address(0), memory_order_relaxed);
    atomic_signal_fence(memory_order_seq_cst);
    enum core_wait_result result = wait_for(runtime, wait);
    atomic_signal_fence(memory_order_seq_cst);
    atomic_store_explicit(&runtime->waits_at, 0, memory_order_relaxed);
    return result;
}
