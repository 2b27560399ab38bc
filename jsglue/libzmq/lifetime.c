/*
 * References: an instance in the engine owns its socket or context, and closes it. A socket's
 * memory stays as long as an entry of a poller or a monitor refers to it; an open socket keeps its
 * context. A context without owner and without open sockets is terminated in the background. A
 * shared context is owned by its members and by hosts; see shared.c. One mutex guards all of this.
 * Nothing blocks while it is locked, and the hot path does not lock it.
 */
#include "lifetime.h"
#include "buffer.h"
#include "draft.h"
#include "environment.h"
#include "guard.h"
#include "inproc.h"
#include "message.h"
#include "monitor.h"
#include "parts.h"
#include "readable.h"
#include "runtime.h"
#include "shared.h"
#include "socket.h"
#include "thread.h"
#include "unsent_report.h"
#include "wait.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

pthread_mutex_t core_lifetime_lock = PTHREAD_MUTEX_INITIALIZER;
static core_word terminations; /* the number of contexts that were terminated */
static pthread_once_t once = PTHREAD_ONCE_INIT;
/* The maximum of open sockets that a report of term() names. */
enum { LISTED = 8 };

static uint64_t last_number;
static core_context *orphans; /* contexts that still terminate, and whose runtime is freed */
static core_runtime *runtimes; /* those that have contexts */
static atomic_int leave_timeout;
static _Atomic int64_t last_closed;
static atomic_uint_fast64_t closed_sockets;

int64_t core_last_closed(void)
{
    return atomic_load(&last_closed);
}

uint64_t core_closed_sockets(void)
{
    return atomic_load(&closed_sockets);
}

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

/* The thread cannot be cancelled, nor a handler jump out, while it has the lock. */
void core_lifetime_acquire(core_guard *guard)
{
    core_guard_begin(guard);
    pthread_mutex_lock(&core_lifetime_lock);
}

void core_lifetime_release(const core_guard *guard)
{
    pthread_mutex_unlock(&core_lifetime_lock);
    core_guard_end(guard);
}

static void initialize(void)
{
    core_at_exit(core_leave_process);
}

core_context *core_context_new(void *context)
{
    core_context *made = calloc(1, sizeof *made);
    if (made == NULL)
        return NULL;
    pthread_once(&once, initialize);
    made->context = context;
    made->owned = 1;
    made->done_event = CORE_NO_FD;
    made->scheduling.priority = ZMQ_THREAD_PRIORITY_DFLT;
    made->scheduling.policy = ZMQ_THREAD_SCHED_POLICY_DFLT;
    return made;
}

void core_context_link(core_context *context, core_runtime *runtime)
{
    core_context **list = runtime != NULL ? &runtime->contexts : &orphans;
    if (runtime != NULL && runtime->contexts == NULL) {
        runtime->next = runtimes;
        runtimes = runtime;
    }
    context->runtime = runtime;
    context->next = *list;
    *list = context;
}

core_context *core_context_adopt(core_runtime *runtime, void *context)
{
    core_guard guard;
    core_context *adopted = core_context_new(context);
    if (adopted == NULL)
        return NULL;
    core_lifetime_acquire(&guard);
    core_context_link(adopted, runtime);
    core_lifetime_release(&guard);
    return adopted;
}

/* Under the lock: removes a runtime without contexts from the list. */
static void unlink_runtime(const core_runtime *runtime)
{
    core_runtime **link = &runtimes;
    while (*link != runtime)
        link = &(*link)->next;
    *link = runtime->next;
}

/* Under the lock: removes the context from its list. */
static void unlink_context(const core_context *context)
{
    core_runtime *runtime = context->runtime;
    core_context **link = runtime != NULL ? &runtime->contexts : &orphans;
    while (*link != context)
        link = &(*link)->next;
    *link = context->next;
    if (runtime != NULL && runtime->contexts == NULL)
        unlink_runtime(runtime);
}

static void close_event(core_context *context)
{
    if (context->done_event != CORE_NO_FD)
        core_event_close(context->done_event);
    context->done_event = CORE_NO_FD;
}

static void free_context(core_context *context)
{
    close_event(context);
    core_report_forget(context);
    core_sharing_free(context->sharing);
    free(context);
}

void core_context_forget(core_context *context)
{
    unlink_context(context);
    free_context(context);
}

core_socket *core_socket_adopt(core_context *context, void *socket, int type)
{
    core_guard guard;
    core_socket *adopted = calloc(1, sizeof *adopted);
    if (adopted == NULL)
        return NULL;
    adopted->socket = socket;
    adopted->epoll = -1;
    adopted->context = context;
    atomic_init(&adopted->references, 1);
    adopted->type = type;
    core_note_checked(adopted);
    size_t size = sizeof adopted->descriptor;
    int error = zmq_getsockopt(socket, ZMQ_FD, &adopted->descriptor, &size) != 0 ? core_own_poller_make(adopted) : 0;
    if (error != 0) {
        free(adopted);
        errno = error;
        return NULL;
    }
    core_lifetime_acquire(&guard);
    adopted->number = ++last_number;
    core_expect(adopted);
    adopted->next = context->sockets;
    adopted->link = &context->sockets;
    if (adopted->next != NULL)
        adopted->next->link = &adopted->next;
    context->sockets = adopted;
    context->open_sockets++;
    core_context_base(context)->used = 1;
    if (context->shared != NULL)
        core_sharing_pin(context->shared->sharing);
    core_lifetime_release(&guard);
    return adopted;
}

/* Under the lock: removes the socket from its context and returns libzmq's socket, which the
 * caller closes; NULL if it is closed already. */
static void *detach_socket(core_socket *socket)
{
    void *detached = socket->socket;
    if (detached == NULL)
        return NULL;
    atomic_store(&last_closed, core_now());
    core_report_note(core_context_base(socket->context), socket);
    core_inproc_closed(socket);
    if (atomic_load(&socket->monitor) != NULL || atomic_load(&socket->receives) != NULL)
        core_monitor_detach(socket);
    core_parts_drop(socket);
    core_readable_end(socket);
    core_own_poller_end(socket);
    socket->socket = NULL;
    atomic_fetch_add(&closed_sockets, 1);
    *socket->link = socket->next;
    if (socket->next != NULL)
        socket->next->link = socket->link;
    return detached;
}

/* Terminates a context; it blocks until libzmq has sent the remaining messages. */
static void terminate_now(void *zmq)
{
    while (zmq_ctx_term(zmq) != 0 && errno == EINTR)
        continue;
}

/* Under the lock: ends the wait for the termination, if there is one. */
static void tell_terminated(const core_context *context)
{
    if (context->done_event != CORE_NO_FD)
        core_event_set(context->done_event);
}

/* Under the lock: whether the context's runtime or the process is leaving, and will report
 * dropped messages. */
static int is_awaited(const core_context *context)
{
    return context->left != 0 && (context->runtime != NULL || atomic_load(&core_process_ends));
}

static void terminate(void *argument)
{
    core_guard guard;
    core_context *context = argument;
    core_inproc_end(context);
    terminate_now(context->context);
    core_lifetime_acquire(&guard);
    context->context = NULL;
    context->terminating = 0;
    context->ended = core_now();
    atomic_store(&last_closed, context->ended);
    tell_terminated(context);
    if (context->runtime == NULL) /* no runtime waits for an orphan */
        close_event(context);
    int forget = !context->owned && context->open_sockets == 0 && !is_awaited(context);
    if (forget)
        unlink_context(context);
    core_word_change(&terminations);
    core_lifetime_release(&guard);
    if (forget)
        free_context(context);
}

/* Under the lock. Only a caller of core_context_terminate() waits by a descriptor: a context
 * that is dropped or left ends without one if there is none. Returns 0, or an errno. */
static int begin_termination(core_context *context)
{
    if (context->terminating || context->context == NULL)
        return 0;
    if (context->sharing != NULL && core_sharing_was_ended(context->sharing))
        return 0; /* the caller terminates it */
    if (!context->used) { /* libzmq has no threads for it */
        terminate_now(context->context);
        context->context = NULL;
        tell_terminated(context);
        return 0;
    }
    int error = core_thread_start(terminate, context);
    context->terminating = error == 0;
    return error;
}

/* Under the lock: makes the event that reports the end of a context for which libzmq has
 * threads. Returns 0, or an errno. */
static int make_event(core_context *context)
{
    if (context->context == NULL || !context->used || context->done_event != CORE_NO_FD)
        return 0;
    context->done_event = core_event_new();
    return context->done_event == CORE_NO_FD ? errno : 0;
}

/* Under the lock: closes sockets that receive events of monitors, since no more events will
 * come. */
static void close_receivers(core_context *context)
{
    for (core_socket *socket = context->sockets, *next; socket != NULL; socket = next) {
        next = socket->next;
        if (atomic_load(&socket->receives) == NULL)
            continue;
        zmq_close(detach_socket(socket));
        core_context_count_closed(context);
    }
}

/* Under the lock: the termination of a member. Its open sockets stay, and keep the shared
 * context until they are closed. */
static void leave_shared(core_context *member)
{
    if (member->context == NULL)
        return;
    close_receivers(member);
    member->context = NULL;
    core_context_end_unreferenced(member);
}

int core_context_terminate(core_context *context, zmq_fd_t *event)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    if (context->shared != NULL) {
        leave_shared(context);
        *event = CORE_NO_FD;
        core_lifetime_release(&guard);
        return 0;
    }
    int error = make_event(context);
    if (error == 0)
        close_receivers(context);
    if (error == 0)
        error = begin_termination(context);
    *event = context->context != NULL ? context->done_event : CORE_NO_FD;
    core_lifetime_release(&guard);
    errno = error;
    return error == 0 ? 0 : -1;
}

zmq_fd_t core_context_event(core_context *context)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    zmq_fd_t event = context->done_event;
    core_lifetime_release(&guard);
    return event;
}

int core_context_is_ending(core_context *context)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    int ending = context->context == NULL || context->terminating;
    core_lifetime_release(&guard);
    return ending;
}

int core_context_shut_down(core_context *context)
{
    core_guard guard;
    int error = 0;
    core_lifetime_acquire(&guard);
    if (context->context == NULL)
        error = EFAULT;
    else if (context->shared != NULL)
        error = EPERM;
    else if (!context->terminating) {
        core_inproc_end(context);
        if (zmq_ctx_shutdown(context->context) != 0)
            error = zmq_errno();
    }
    core_lifetime_release(&guard);
    return error;
}

/* Under the lock: whether a thread refers to the context, and frees it. */
static int has_thread(const core_context *context)
{
    return context->terminating || (context->sharing != NULL && core_sharing_is_watched(context->sharing));
}

/* Under the lock. */
static void end_member(core_context *member)
{
    if (member->open_sockets > 0 || (member->owned && member->context != NULL))
        return;
    core_member_give_up(member);
    if (!member->owned)
        core_context_forget(member);
}

void core_context_end_unreferenced(core_context *context)
{
    if (context->shared != NULL) {
        end_member(context);
        return;
    }
    if (context->owned || context->open_sockets > 0)
        return;
    if (begin_termination(context) != 0)
        return; /* it stays until the process exits */
    if (!has_thread(context)) /* otherwise the thread frees it */
        core_context_forget(context);
}

static int close_socket(core_socket *socket)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    void *detached = detach_socket(socket);
    core_lifetime_release(&guard);
    if (detached == NULL)
        return 0;
    int result = zmq_close(detached);
    int error = errno;
    core_lifetime_acquire(&guard);
    core_context_count_closed(socket->context);
    core_context_end_unreferenced(socket->context);
    core_lifetime_release(&guard);
    errno = error;
    return result;
}

int core_socket_close(core_socket *socket)
{
    core_guard guard;
    core_guard_begin(&guard);
    int result = close_socket(socket);
    core_guard_end(&guard);
    return result;
}

static int close_socket_of(core_context *context, core_socket *closed)
{
    core_guard guard;
    void *detached = NULL;
    core_lifetime_acquire(&guard);
    if (context->sockets != NULL) {
        *closed = *context->sockets;
        detached = detach_socket(context->sockets);
    }
    core_lifetime_release(&guard);
    if (detached == NULL)
        return 0;
    zmq_close(detached); /* it does not fail for an open socket */
    core_lifetime_acquire(&guard);
    core_context_count_closed(context);
    core_lifetime_release(&guard);
    return 1;
}

int core_context_close_socket(core_context *context, core_socket *closed)
{
    core_guard guard;
    core_guard_begin(&guard);
    int there_was_one = close_socket_of(context, closed);
    core_guard_end(&guard);
    return there_was_one;
}

void core_socket_finalize(core_socket *socket)
{
    if (core_forked())
        return;
    core_socket_close(socket);
    if (atomic_load(&socket->receives) != NULL)
        core_monitor_release(socket);
    core_socket_release(socket);
}

void core_socket_retain(core_socket *socket)
{
    atomic_fetch_add_explicit(&socket->references, 1, memory_order_relaxed);
}

void core_socket_release(core_socket *socket)
{
    if (atomic_fetch_sub_explicit(&socket->references, 1, memory_order_acq_rel) > 1)
        return;
    free(socket->endpoint);
    free(socket);
}

void core_socket_name(core_socket *socket, const char *endpoint)
{
    core_guard guard;
    char *name = strdup(endpoint);
    core_lifetime_acquire(&guard);
    free(socket->endpoint);
    socket->endpoint = name;
    socket->has_inproc |= strncmp(endpoint, "inproc://", strlen("inproc://")) == 0;
    core_lifetime_release(&guard);
}

/* Lists the sockets that are open, at most eight of them. */
static void list_open(const core_context *context, int count, core_buffer *text)
{
    int listed = 0;
    core_buffer_add(text, "term() waits for open sockets:");
    for (const core_socket *socket = context->sockets; socket != NULL && listed < LISTED; socket = socket->next)
        core_buffer_add(text, "%s %s%s%s", listed++ > 0 ? "," : "", core_type_name(socket->type),
                        socket->endpoint != NULL ? " " : "", socket->endpoint != NULL ? socket->endpoint : "");
    if (count > listed)
        core_buffer_add(text, ", %d more", count - listed);
}

/* Under the lock. */
static char *waits_for(const core_context *context)
{
    core_buffer text = {0};
    int count = 0;
    for (const core_socket *socket = context->sockets; socket != NULL; socket = socket->next)
        count++;
    if (count > 0) {
        list_open(context, count, &text);
    } else {
        char *closed = core_report_closed(context);
        core_buffer_add(&text,
                        "term() waits for messages of closed sockets, which their LINGER keeps until they are sent; %s",
                        closed != NULL ? closed : "");
        free(closed);
    }
    return core_buffer_finish(&text);
}

char *core_context_waits_for(core_context *context)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    char *line = waits_for(context);
    core_lifetime_release(&guard);
    return line;
}

void core_context_finalize(core_context *context)
{
    core_guard guard;
    if (core_forked())
        return;
    core_lifetime_acquire(&guard);
    context->owned = 0;
    core_context_end_unreferenced(context);
    core_lifetime_release(&guard);
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

/* Under the lock: makes a context appear terminated and its sockets closed, without calling
 * libzmq. */
static void abandon(core_context *context)
{
    for (core_socket *socket = context->sockets; socket != NULL; socket = socket->next) {
        socket->socket = NULL;
        atomic_fetch_add(&closed_sockets, 1);
    }
    for (core_socket *socket = context->sockets; socket != NULL; socket = socket->next) {
        core_parts_drop(socket);
        if (atomic_load(&socket->monitor) != NULL || atomic_load(&socket->receives) != NULL)
            core_monitor_detach(socket);
    }
    context->sockets = NULL;
    if (context->shared == NULL) /* a member keeps the shared context for ever */
        context->open_sockets = 0;
    if (!context->terminating)
        context->context = NULL;
}

void core_contexts_abandon(core_runtime *runtime)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    for (core_context *context = runtime->contexts; context != NULL; context = context->next)
        abandon(context);
    core_lifetime_release(&guard);
}

/* Under the lock: closes a context's sockets with a LINGER of at most timeout, and starts its
 * termination. Sockets of a shared context that others still use keep their LINGER, since nobody
 * waits for them. */
static void close_context(core_context *context, int timeout)
{
    int stays = context->shared != NULL && core_member_has_company(context);
    while (context->sockets != NULL) {
        void *socket = detach_socket(context->sockets);
        if (!stays)
            bound_linger(socket, timeout);
        zmq_close(socket);
        core_context_count_closed(context);
    }
    if (context->shared == NULL) {
        begin_termination(context);
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

/* Waits until a context is terminated, after seen terminations: 0 if the deadline has passed.
 * Without the lock, and with nothing to release, so that a handler of the host can jump out. */
static int wait_until(int64_t deadline, uint32_t seen)
{
    if (deadline <= core_now())
        return 0;
    core_word_wait(&terminations, seen, deadline);
    return 1;
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
    unlink_runtime(runtime);
    while (context != NULL) {
        core_context *next = context->next;
        context->runtime = NULL;
        if (!context->terminating)
            close_event(context);
        if (context->owned || context->open_sockets > 0 || has_thread(context))
            core_context_link(context, NULL);
        else
            free_context(context);
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
    for (core_runtime *runtime = runtimes; runtime != NULL; runtime = runtime->next)
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

/* The state of a wait for contexts: their latest deadline, and how many had terminated before it
 * was computed. */
typedef struct outlook {
    int64_t deadline;
    uint32_t seen;
} outlook;

static outlook look_ahead(const core_runtime *runtime)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    const outlook outlook = {latest_deadline(runtime->contexts, 0), atomic_load(&terminations)};
    core_lifetime_release(&guard);
    return outlook;
}

static void wait_for_contexts(const core_runtime *runtime)
{
    outlook outlook;
    do
        outlook = look_ahead(runtime);
    while (wait_until(outlook.deadline, outlook.seen));
}

void core_runtime_leave(core_runtime *runtime, int timeout)
{
    core_guard guard;
    pthread_once(&once, initialize);
    core_lifetime_acquire(&guard);
    begin_to_leave(runtime, timeout);
    core_lifetime_release(&guard);
    wait_for_contexts(runtime);
    core_lifetime_acquire(&guard);
    report_dropped(runtime->contexts, timeout);
    orphan_contexts(runtime);
    core_lifetime_release(&guard);
}

/* Under the lock: for all contexts of the process. */
static int64_t latest_deadline_of_all(void)
{
    int64_t latest = latest_deadline(orphans, 0);
    for (const core_runtime *runtime = runtimes; runtime != NULL; runtime = runtime->next)
        latest = latest_deadline(runtime->contexts, latest);
    return latest;
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
    for (core_runtime *runtime = runtimes; runtime != NULL; runtime = runtime->next) {
        int rest = rest_of(runtime, now, timeout);
        if (core_runtime_end(runtime) == 0)
            close_contexts(runtime, rest);
        begin_time(runtime->contexts, now, rest, timeout);
    }
    begin_time(orphans, now, timeout, timeout); /* shared contexts whose last reference was a host's */
    for (;;) {
        const outlook outlook = {latest_deadline_of_all(), atomic_load(&terminations)};
        core_lifetime_release(&guard);
        int goes_on = wait_until(outlook.deadline, outlook.seen);
        core_lifetime_acquire(&guard);
        if (!goes_on)
            break;
    }
    for (core_runtime *runtime = runtimes; runtime != NULL; runtime = runtime->next)
        report_dropped(runtime->contexts, timeout);
    report_dropped(orphans, timeout);
    core_lifetime_release(&guard);
}
