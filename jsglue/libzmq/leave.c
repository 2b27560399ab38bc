/*
 * A runtime that is freed, or the process when it exits, closes the sockets that are open with a
 * bounded LINGER, and waits for the termination of their contexts until a time limit.
 */
#include "lifetime.h"
#include "environment.h"
#include "guard.h"
#include "runtime.h"
#include "shared.h"
#include "socket.h"
#include "unsent_report.h"
#include "wait.h"

#include <pthread.h>

static atomic_int leave_timeout;
static pthread_once_t once = PTHREAD_ONCE_INIT;

int core_leave_timeout(int milliseconds)
{
    if (milliseconds < 0)
        return atomic_load(&leave_timeout);
    return atomic_exchange(&leave_timeout, milliseconds);
}

__attribute__((constructor)) static void read_environment(void)
{
    atomic_store(&leave_timeout, (int)core_environment("ZMQJS_LEAVE_TIMEOUT", 1000000000, 1000));
}

static void initialize(void)
{
    core_at_exit(core_leave_process);
}

void core_leave_at_exit(void)
{
    pthread_once(&once, initialize);
}

/* Limits a socket's LINGER to timeout. */
static void bound_linger(void *socket, int timeout)
{
    int linger = -1;
    size_t size = sizeof linger;
    zmq_getsockopt(socket, ZMQ_LINGER, &linger, &size);
    if (linger < 0 || linger > timeout)
        zmq_setsockopt(socket, ZMQ_LINGER, &timeout, sizeof timeout);
}

/* Under the lock: closes a context's sockets with a LINGER of at most timeout, and starts its
 * termination. Sockets of a shared context that others still use keep their LINGER, since nobody
 * waits for them. */
static void close_context(core_context *context, int timeout)
{
    int stays = context->shared != NULL && core_member_has_company(context);
    while (context->sockets != NULL) {
        void *socket = core_socket_detach(context->sockets);
        if (!stays)
            bound_linger(socket, timeout);
        zmq_close(socket);
        core_context_count_closed(context);
    }
    if (context->shared == NULL) {
        core_context_begin_termination(context);
        return;
    }
    context->context = NULL;
    core_member_give_up(context);
}

#define MILLISECOND 1000000

/* libzmq needs some time after the time limit of the last message. */
#define GRACE 100

/* The least time, in milliseconds, after which a context without messages has terminated. */
#define LEAST_TIME 50

/*
 * One time limit applies to everything that is left. For a context it begins when its runtime
 * leaves, and does not begin again when the process exits; nor if another runtime has left before,
 * and this one has not been used since.
 */

/* Under the lock: the rest of timeout milliseconds for a runtime. */
static int rest_of(const core_runtime *runtime, int64_t now, int timeout)
{
    int64_t since = atomic_load(&runtime->unused_since);
    int64_t rest = since != 0 ? timeout - (now - since) / MILLISECOND : timeout;
    if (rest < LEAST_TIME)
        rest = timeout < LEAST_TIME ? timeout : LEAST_TIME;
    return (int)rest;
}

/* Under the lock: starts the time limit of contexts for which it has not begun. There is no
 * grace if it has passed before. */
static void begin_time(core_context *context, int64_t now, int rest, int timeout)
{
    int grace = rest == LEAST_TIME && timeout > LEAST_TIME ? 0 : GRACE;
    for (; context != NULL; context = context->next) {
        if (context->left != 0)
            continue;
        context->left = now;
        context->rest = rest;
        context->deadline = now + (rest + grace) * (int64_t)MILLISECOND;
    }
}

/* Under the lock: the latest deadline of contexts that are not terminated, or latest. */
static int64_t latest_deadline(const core_context *context, int64_t latest)
{
    for (; context != NULL; context = context->next)
        if (context->terminating && context->deadline > latest)
            latest = context->deadline;
    return latest;
}

/* Under the lock: for all contexts of the process. */
static int64_t latest_deadline_of_all(void)
{
    int64_t latest = latest_deadline(core_orphans, 0);
    for (const core_runtime *runtime = core_runtimes_with_contexts; runtime != NULL; runtime = runtime->next)
        latest = latest_deadline(runtime->contexts, latest);
    return latest;
}

/* Under the lock, which it releases while it waits: until no context of a runtime, NULL for all of them,
 * is terminating, or their deadlines have passed. During the wait there is nothing to release, so
 * that a handler of the host can jump out. */
static void wait_for_contexts(const core_runtime *runtime, core_guard *guard)
{
    for (;;) {
        int64_t deadline = runtime != NULL ? latest_deadline(runtime->contexts, 0) : latest_deadline_of_all();
        uint32_t seen = atomic_load(&core_terminations);
        if (deadline <= core_now())
            return;
        core_lifetime_release(guard);
        core_word_wait(&core_terminations, seen, deadline);
        core_lifetime_acquire(guard);
    }
}

/* Under the lock, after the wait: reports the contexts that have used up their time. */
static void report_dropped(core_context *context, int timeout)
{
    for (; context != NULL; context = context->next)
        if (context->terminating || context->ended - context->left >= context->rest * (int64_t)MILLISECOND)
            core_report(context, timeout);
}

/* Under the lock: keeps contexts that an instance or a thread still refers to, without their
 * runtime. */
static void orphan_contexts(core_runtime *runtime)
{
    core_context *context = runtime->contexts;
    if (context == NULL)
        return;
    runtime->contexts = NULL;
    core_runtime_unlink(runtime);
    while (context != NULL) {
        core_context *next = context->next;
        context->runtime = NULL;
        if (!context->terminating)
            core_context_close_event(context);
        if (context->owned || context->open_sockets > 0 || core_context_has_thread(context))
            core_context_link(context, NULL);
        else
            core_context_free(context);
        context = next;
    }
}

/* Under the lock. */
static void close_contexts(const core_runtime *runtime, int timeout)
{
    for (core_context *context = runtime->contexts; context != NULL; context = context->next)
        close_context(context, timeout);
}

/* Under the lock. */
static void note_others_unused(const core_runtime *leaving, int64_t now)
{
    for (core_runtime *runtime = core_runtimes_with_contexts; runtime != NULL; runtime = runtime->next)
        if (runtime != leaving)
            core_runtime_note_unused(runtime, now);
}

/* Under the lock. */
static void begin_to_leave(core_runtime *runtime, int timeout)
{
    int64_t now = core_now();
    int rest = rest_of(runtime, now, timeout);
    note_others_unused(runtime, now);
    close_contexts(runtime, rest);
    begin_time(runtime->contexts, now, rest, timeout);
}

void core_runtime_leave(core_runtime *runtime, int timeout)
{
    core_guard guard;
    core_leave_at_exit();
    core_lifetime_acquire(&guard);
    begin_to_leave(runtime, timeout);
    wait_for_contexts(runtime, &guard);
    report_dropped(runtime->contexts, timeout);
    orphan_contexts(runtime);
    core_lifetime_release(&guard);
}

/* A call that is under way continues until the process has ended, like other threads: if it was
 * woken, the host's code would run on while the process exits, and might end it in another way.
 * Every later call is refused, whether its runtime was in a call at that time or not. */
void core_leave_process(void)
{
    core_guard guard;
    if (core_forked() || core_is_alone() || atomic_exchange(&core_process_ends, 1))
        return;
    int timeout = core_leave_timeout(-1);
    core_lifetime_acquire(&guard);
    int64_t now = core_now();
    for (core_runtime *runtime = core_runtimes_with_contexts; runtime != NULL; runtime = runtime->next) {
        int rest = rest_of(runtime, now, timeout);
        if (core_runtime_end(runtime) == 0)
            close_contexts(runtime, rest);
        begin_time(runtime->contexts, now, rest, timeout);
    }
    begin_time(core_orphans, now, timeout, timeout); /* shared contexts whose last reference was a host's */
    wait_for_contexts(NULL, &guard);
    for (core_runtime *runtime = core_runtimes_with_contexts; runtime != NULL; runtime = runtime->next)
        report_dropped(runtime->contexts, timeout);
    report_dropped(core_orphans, timeout);
    core_lifetime_release(&guard);
}
