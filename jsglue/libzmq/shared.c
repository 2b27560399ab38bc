/*
 * Shared contexts: one for each name, for all runtimes and hosts of the process. Each runtime that
 * uses one has a member of it, which has the runtime's sockets; so a runtime that ends closes its
 * own. The context ends with its last reference, and its name is then free.
 *
 * A host gets libzmq's context, and might terminate it, which frees it. So from then on there is a
 * socket (the keeper) with a thread that notices this; libzmq's context stays until the keeper is
 * closed, and that happens when no member needs the context any more.
 */
#include "shared.h"
#include "guard.h"
#include "inproc.h"
#include "lifetime.h"
#include "runtime.h"
#include "scheduling.h"
#include "socket.h"
#include "thread.h"

#include <stdlib.h>
#include <string.h>

/* An option that was set. */
typedef struct set_option {
    int option, value;
    struct set_option *next;
} set_option;

struct core_sharing {
    char *name;
    core_context *next; /* among those with a name */
    set_option *options;
    int pins;    /* open sockets of members, and calls under way that need libzmq's context */
    int watched; /* there is a keeper, whose thread refers to this context */
    int ended;   /* by a host */
};

static core_context *named; /* those with a name */
static pthread_cond_t unpinned = PTHREAD_COND_INITIALIZER;

int core_sharing_was_ended(const core_sharing *sharing)
{
    return sharing->ended;
}

int core_sharing_is_watched(const core_sharing *sharing)
{
    return sharing->watched;
}

void core_sharing_free(core_sharing *sharing)
{
    if (sharing == NULL)
        return;
    while (sharing->options != NULL) {
        set_option *next = sharing->options->next;
        free(sharing->options);
        sharing->options = next;
    }
    free(sharing->name);
    free(sharing);
}

/* ---- taking and giving up ---- */

/* Under the lock: where the shared context of a name is linked; or where the list ends. */
static core_context **find(const char *name)
{
    core_context **link = &named;
    while (*link != NULL && strcmp((*link)->sharing->name, name) != 0)
        link = &(*link)->sharing->next;
    return link;
}

/* Under the lock: frees the name for another context. */
static void forget_name(const core_context *shared)
{
    core_context **link = &named;
    while (*link != NULL && *link != shared)
        link = &(*link)->sharing->next;
    if (*link != NULL)
        *link = shared->sharing->next;
}

/* Under the lock: a new shared context without references; NULL with errno. */
static core_context *make(const char *name)
{
    core_sharing *sharing = calloc(1, sizeof *sharing);
    char *copy = strdup(name);
    core_context *made = core_context_new(NULL);
    if (sharing != NULL)
        sharing->name = copy;
    if (sharing != NULL && copy != NULL && made != NULL) {
        made->context = zmq_ctx_new();
        if (made->context != NULL) {
            made->sharing = sharing;
            made->owned = 0;
            sharing->next = named;
            named = made;
            return made;
        }
    }
    int error = sharing != NULL && copy != NULL && made != NULL ? zmq_errno() : ENOMEM;
    if (sharing == NULL)
        free(copy);
    core_sharing_free(sharing);
    free(made);
    errno = error;
    return NULL;
}

/* Under the lock: the context of a name, with one more reference; NULL with errno. */
static core_context *take(const char *name)
{
    core_context *shared = *find(name);
    if (shared == NULL)
        shared = make(name);
    if (shared != NULL)
        shared->owned++;
    return shared;
}

/* Under the lock: drops a reference of a runtime, or of none. */
static void give_up(core_context *shared, core_runtime *runtime)
{
    if (--shared->owned > 0)
        return;
    forget_name(shared);
    core_context_link(shared, shared->sharing->ended ? NULL : runtime);
    core_context_end_unreferenced(shared);
}

core_context *core_context_share(core_runtime *runtime, const char *name)
{
    core_guard guard;
    core_context *member = core_context_new(NULL);
    if (member == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    core_lifetime_acquire(&guard);
    member->shared = take(name);
    int error = errno;
    if (member->shared != NULL) {
        member->context = member->shared->context;
        core_context_link(member, runtime);
    }
    core_lifetime_release(&guard);
    if (member->shared != NULL)
        return member;
    free(member);
    errno = error;
    return NULL;
}

const char *core_context_name(core_context *context)
{
    const core_context *base = core_context_base(context);
    return base->sharing != NULL ? base->sharing->name : NULL;
}

void core_member_give_up(core_context *member)
{
    core_context *shared = member->shared;
    if (shared == NULL)
        return;
    if (member->zap != NULL) {
        core_event_set(member->zap->event);
        core_shared_event_release(member->zap);
        member->zap = NULL;
    }
    member->shared = NULL;
    give_up(shared, member->runtime);
}

int core_member_has_company(const core_context *member)
{
    int others = member->shared->owned;
    for (const core_context *context = member->runtime->contexts; context != NULL; context = context->next)
        others -= context->shared == member->shared;
    return others > 0;
}

core_shared_event *core_shared_event_new(void)
{
    core_shared_event *made = malloc(sizeof *made);
    if (made == NULL)
        return NULL;
    made->event = core_event_new();
    atomic_init(&made->references, 1);
    if (made->event != CORE_NO_FD)
        return made;
    int error = errno;
    free(made);
    errno = error;
    return NULL;
}

void core_shared_event_release(core_shared_event *event)
{
    if (atomic_fetch_sub(&event->references, 1) > 1)
        return;
    core_event_close(event->event);
    free(event);
}

void core_context_note_zap(core_context *context, core_shared_event *event)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    if (context->shared != NULL) {
        if (context->zap != NULL)
            core_shared_event_release(context->zap);
        context->zap = event;
        atomic_fetch_add(&event->references, 1);
    }
    core_lifetime_release(&guard);
}

core_context *core_context_take(const char *name)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    core_context *shared = take(name);
    core_lifetime_release(&guard);
    return shared;
}

void core_context_release(core_context *shared)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    give_up(shared, NULL);
    core_lifetime_release(&guard);
}

/* ---- keeping libzmq's context ---- */

void core_sharing_pin(core_sharing *sharing)
{
    sharing->pins++;
}

/* Under the lock. */
static void unpin(core_context *base)
{
    if (base->sharing != NULL && --base->sharing->pins == 0)
        pthread_cond_broadcast(&unpinned);
}

void core_context_count_closed(core_context *context)
{
    context->open_sockets--;
    unpin(core_context_base(context));
}

/* Under the lock: the errno why libzmq's context cannot be used, or 0. A member that has left
 * can use it as long as it has open sockets. */
static int ended(core_context *context)
{
    const core_context *base = core_context_base(context);
    if (base->sharing != NULL && base->sharing->ended)
        return ETERM;
    return base->context == NULL || base->terminating ? EFAULT : 0;
}

int core_context_pin(core_context *context)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    int error = ended(context);
    if (error == 0 && core_context_base(context)->sharing != NULL)
        core_sharing_pin(core_context_base(context)->sharing);
    core_lifetime_release(&guard);
    return error;
}

void core_context_unpin(core_context *context)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    unpin(core_context_base(context));
    core_lifetime_release(&guard);
}

int core_context_prepare(core_context *context)
{
    core_context *base = core_context_base(context);
    if (base->used) {
        core_streams_hold();
        return 0;
    }
    int threads = 1 + zmq_ctx_get(base->context, ZMQ_IO_THREADS);
    int error = core_descriptors_left(2 * threads + 1); /* two for each thread, and one for the socket */
    if (error != 0)
        return error;
    error = core_scheduling_try(&base->scheduling);
    return error != 0 ? CORE_UNSCHEDULED - error : 0;
}

/* ---- options ---- */

/* For values above these libzmq ends the process when it makes the context's first socket. */
static int largest(int option)
{
    switch (option) {
    case ZMQ_IO_THREADS:
        return 1024;
    case ZMQ_MAX_SOCKETS:
        return 1 << 24;
    case ZMQ_THREAD_AFFINITY_CPU_ADD:
    case ZMQ_THREAD_AFFINITY_CPU_REMOVE:
        return CORE_PROCESSORS - 1;
    default:
        return INT_MAX;
    }
}

/* Whether each value of an option is one of several. */
static int is_cumulative(int option)
{
    return option == ZMQ_THREAD_AFFINITY_CPU_ADD || option == ZMQ_THREAD_AFFINITY_CPU_REMOVE;
}

/* Reads an option of libzmq's context; values may be -1. 0, or an errno. */
static int get(void *context, int option, int *value)
{
    errno = 0;
    *value = zmq_ctx_get(context, option);
    return *value < 0 ? zmq_errno() : 0;
}

/* Under the lock: the default of an option that was never set: 0, or -1 if it cannot be read. */
static int read_default(int option, int *value)
{
    void *fresh = zmq_ctx_new();
    if (fresh == NULL)
        return -1;
    int failed = get(fresh, option, value);
    zmq_ctx_term(fresh);
    return failed != 0 ? -1 : 0;
}

enum { MAY_SET = -100 };

/* Under the lock: whether an option of a shared context may be set to a value: MAY_SET, or a
 * result of core_context_set. */
static int check_shared(const core_context *shared, int option, int value, int *present)
{
    int usual;
    for (const set_option *set = shared->sharing->options; set != NULL; set = set->next) {
        if (set->option != option || (is_cumulative(option) && set->value != value))
            continue;
        *present = set->value;
        return set->value == value ? 0 : CORE_OPTION_SET;
    }
    if (get(shared->context, option, present) != 0) /* there is no such option, or it cannot be read */
        return shared->used ? CORE_OPTION_LATE : MAY_SET;
    if (*present == value)
        return MAY_SET; /* the caller notes the value */
    if (shared->used)
        return CORE_OPTION_SET;
    return read_default(option, &usual) == 0 && *present != usual ? CORE_OPTION_SET : MAY_SET;
}

/* Under the lock. */
static int set(core_context *base, int option, int value, int *present)
{
    set_option *note = NULL;
    if (base->sharing != NULL) {
        int result = check_shared(base, option, value, present);
        if (result != MAY_SET)
            return result;
        note = malloc(sizeof *note);
        if (note == NULL)
            return ENOMEM;
    }
    if (zmq_ctx_set(base->context, option, value) != 0) {
        free(note);
        return zmq_errno();
    }
    core_scheduling_note(&base->scheduling, option, value);
    if (note != NULL) {
        *note = (set_option){option, value, base->sharing->options};
        base->sharing->options = note;
    }
    return 0;
}

/* Under the lock: the reason why no option of the context can be set or read. */
static int ended_or_left(core_context *context)
{
    return context->context == NULL && context->shared != NULL ? EFAULT : ended(context);
}

int core_context_set(core_context *context, int option, int value, int *present)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    int result = ended_or_left(context);
    if (result == 0 && value > largest(option))
        result = EINVAL;
    if (result == 0)
        result = set(core_context_base(context), option, value, present);
    core_lifetime_release(&guard);
    return result;
}

int core_context_get(core_context *context, int option, int *value)
{
    core_guard guard;
    core_lifetime_acquire(&guard);
    int error = ended_or_left(context);
    if (error == 0)
        error = get(core_context_base(context)->context, option, value);
    core_lifetime_release(&guard);
    return error;
}

/* ---- handing over ---- */

struct watch {
    core_context *shared;
    void *keeper;
};

/* Under the lock: a host has terminated the context. */
static void note_end(core_context *shared)
{
    core_sharing *sharing = shared->sharing;
    sharing->ended = 1;
    forget_name(shared);
    core_inproc_end(shared);
    while (sharing->pins > 0)
        pthread_cond_wait(&unpinned, &core_lifetime_lock);
    shared->context = NULL;
    sharing->watched = 0;
    if (shared->owned == 0)
        core_context_forget(shared);
}

/* Waits on the keeper, to which nothing is connected, until the context is terminated. If the
 * library terminates it, the termination waits for the keeper, and the shared context belongs to
 * it. */
static void watch(void *argument)
{
    core_guard guard;
    struct watch watch = *(struct watch *)argument;
    zmq_msg_t message;
    free(argument);
    zmq_msg_init(&message);
    while (zmq_msg_recv(&message, watch.keeper, 0) >= 0 || zmq_errno() != ETERM)
        continue;
    zmq_msg_close(&message);
    core_lifetime_acquire(&guard);
    if (!watch.shared->terminating)
        note_end(watch.shared);
    core_lifetime_release(&guard);
    zmq_close(watch.keeper);
}

/* Under the lock: 0, or an errno. */
static int begin_watch(core_context *shared)
{
    struct watch *begun = malloc(sizeof *begun);
    if (begun == NULL)
        return ENOMEM;
    *begun = (struct watch){shared, zmq_socket(shared->context, ZMQ_PULL)};
    int error = begun->keeper == NULL ? zmq_errno() : 0;
    if (error == 0) {
        shared->used = 1;
        error = core_thread_start(watch, begun);
    }
    shared->sharing->watched = error == 0;
    if (error != 0 && begun->keeper != NULL)
        zmq_close(begun->keeper);
    if (error != 0)
        free(begun);
    return error;
}

int core_context_hand_over(core_context *shared, void **context)
{
    core_guard guard;
    int error = core_context_pin(shared);
    if (error != 0)
        return error;
    error = core_context_prepare(shared);
    core_lifetime_acquire(&guard);
    if (error == 0)
        error = ended(shared);
    if (error == 0 && !shared->sharing->watched)
        error = begin_watch(shared);
    if (error == 0)
        *context = shared->context;
    unpin(shared);
    core_lifetime_release(&guard);
    return error;
}
