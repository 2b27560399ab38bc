/*
 * References: an instance in the engine owns its socket or context, and closes it. A socket's
 * memory stays as long as an entry of a poller or a monitor refers to it; an open socket keeps its
 * context. A context without owner and without open sockets is terminated in the background. A
 * shared context is owned by its members and by hosts; see shared.c. One mutex guards all of this.
 * Nothing blocks while it is locked, and the hot path does not lock it.
 */
#include "lifetime.h"
#include "draft.h"
#include "guard.h"
#include "inproc.h"
#include "message.h"
#include "monitor.h"
#include "parts.h"
#include "prefetched.h"
#include "readable.h"
#include "runtime.h"
#include "socket.h"
#include "unsent_report.h"
#include "wait.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

pthread_mutex_t core_lifetime_lock = PTHREAD_MUTEX_INITIALIZER;
core_context *core_orphans;
core_runtime *core_runtimes_with_contexts;
static uint64_t last_number;
static _Atomic int64_t last_closed;
static atomic_uint_fast64_t closed_sockets;

int64_t core_last_closed(void)
{
    return atomic_load(&last_closed);
}

void core_note_closed(int64_t time)
{
    atomic_store(&last_closed, time);
}

uint64_t core_closed_sockets(void)
{
    return atomic_load(&closed_sockets);
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

core_context *core_context_new(void *context)
{
    core_context *made = calloc(1, sizeof *made);
    if (made == NULL)
        return NULL;
    core_leave_at_exit();
    made->context = context;
    made->owned = 1;
    made->done_event = CORE_NO_FD;
    made->scheduling.priority = ZMQ_THREAD_PRIORITY_DFLT;
    made->scheduling.policy = ZMQ_THREAD_SCHED_POLICY_DFLT;
    return made;
}

void core_context_link(core_context *context, core_runtime *runtime)
{
    core_context **list = runtime != NULL ? &runtime->contexts : &core_orphans;
    if (runtime != NULL && runtime->contexts == NULL) {
        runtime->next = core_runtimes_with_contexts;
        core_runtimes_with_contexts = runtime;
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

void core_runtime_unlink(const core_runtime *runtime)
{
    core_runtime **link = &core_runtimes_with_contexts;
    while (*link != runtime)
        link = &(*link)->next;
    *link = runtime->next;
}

void core_context_unlink(const core_context *context)
{
    core_runtime *runtime = context->runtime;
    core_context **link = runtime != NULL ? &runtime->contexts : &core_orphans;
    while (*link != context)
        link = &(*link)->next;
    *link = context->next;
    if (runtime != NULL && runtime->contexts == NULL)
        core_runtime_unlink(runtime);
}

void core_context_close_event(core_context *context)
{
    if (context->done_event != CORE_NO_FD)
        core_event_close(context->done_event);
    context->done_event = CORE_NO_FD;
}

void core_context_free(core_context *context)
{
    core_context_close_event(context);
    core_report_forget(context);
    core_sharing_free(context->sharing);
    free(context);
}

void core_context_forget(core_context *context)
{
    core_context_unlink(context);
    core_context_free(context);
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

void *core_socket_detach(core_socket *socket)
{
    void *detached = socket->socket;
    if (detached == NULL)
        return NULL;
    core_note_closed(core_now());
    core_report_note(core_context_base(socket->context), socket);
    core_inproc_closed(socket);
    if (atomic_load(&socket->monitor) != NULL || atomic_load(&socket->receives) != NULL)
        core_monitor_detach(socket);
    core_parts_drop(socket);
    core_prefetched_drop(socket);
    core_readable_end(socket);
    core_own_poller_end(socket);
    socket->socket = NULL;
    atomic_fetch_add(&closed_sockets, 1);
    *socket->link = socket->next;
    if (socket->next != NULL)
        socket->next->link = socket->link;
    return detached;
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
    if (core_context_begin_termination(context) != 0)
        return; /* it stays until the process exits */
    if (!core_context_has_thread(context)) /* otherwise the thread frees it */
        core_context_forget(context);
}

static int close_socket(core_socket *socket)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    void *detached = core_socket_detach(socket);
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
        detached = core_socket_detach(context->sockets);
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
        core_prefetched_drop(socket);
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
