/*
 * The termination of contexts. zmq_ctx_term() blocks until the remaining messages are sent, so a
 * thread calls it; a caller of term() waits for an event.
 */
#include "lifetime.h"
#include "buffer.h"
#include "guard.h"
#include "inproc.h"
#include "runtime.h"
#include "shared.h"
#include "socket.h"
#include "thread.h"
#include "unsent_report.h"
#include "wait.h"

#include <errno.h>
#include <stdlib.h>

/* The maximum of open sockets that a report of term() names. */
enum { LISTED = 8 };

core_word core_terminations;

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
    core_note_closed(context->ended);
    tell_terminated(context);
    if (context->runtime == NULL) /* no runtime waits for an orphan */
        core_context_close_event(context);
    int forget = !context->owned && context->open_sockets == 0 && !is_awaited(context);
    if (forget)
        core_context_unlink(context);
    core_word_change(&core_terminations);
    core_lifetime_release(&guard);
    if (forget)
        core_context_free(context);
}

int core_context_begin_termination(core_context *context)
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
        zmq_close(core_socket_detach(socket));
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
        error = core_context_begin_termination(context);
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

int core_context_has_thread(const core_context *context)
{
    return context->terminating || (context->sharing != NULL && core_sharing_is_watched(context->sharing));
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
