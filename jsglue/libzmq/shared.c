/*
 * Shared contexts: one for each name, for all runtimes and hosts of the process. Each runtime that takes one has a
 * member of it, which has the runtime's sockets; so a runtime that ends closes its own. Who gives up last ends the
 * context, and a context that ends has its name no more.
 *
 * A host gets libzmq's context, and might terminate it, which frees it. So there is a socket from then on (the
 * keeper) on whose thread that is noticed; libzmq's context stays until this socket is closed, and it is closed
 * when no member needs the context any more.
 */
#include "lifetime.h"

#include <stdlib.h>
#include <string.h>

/* An option that was set. */
typedef struct set_option {
    int option, value;
    struct set_option *next;
} set_option;

struct glue_sharing {
    char *name;
    glue_context *next; /* among those that can be taken */
    set_option *options;
    int pins;    /* open sockets of members, and calls under way that need libzmq's context */
    int watched; /* there is a keeper, whose thread refers to this context */
    int ended;   /* by a host */
};

static glue_context *named; /* those that can be taken */
static pthread_cond_t unpinned = PTHREAD_COND_INITIALIZER;

int glue_sharing_was_ended(const glue_sharing *sharing)
{
    return sharing->ended;
}

int glue_sharing_is_watched(const glue_sharing *sharing)
{
    return sharing->watched;
}

void glue_sharing_free(glue_sharing *sharing)
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

/* Under the lock: where the shared context of a name is, or NULL is. */
static glue_context **find(const char *name)
{
    glue_context **link = &named;
    while (*link != NULL && strcmp((*link)->sharing->name, name) != 0)
        link = &(*link)->sharing->next;
    return link;
}

/* Under the lock: from now on the name is another one's. */
static void forget_name(const glue_context *shared)
{
    glue_context **link = &named;
    while (*link != NULL && *link != shared)
        link = &(*link)->sharing->next;
    if (*link != NULL)
        *link = shared->sharing->next;
}

/* Under the lock: a shared context that nobody has taken; NULL with errno. */
static glue_context *make(const char *name)
{
    glue_sharing *sharing = calloc(1, sizeof *sharing);
    char *copy = strdup(name);
    glue_context *made = glue_context_new(NULL);
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
    glue_sharing_free(sharing);
    free(made);
    errno = error;
    return NULL;
}

/* Under the lock: the one of a name, with one more that refers to it; NULL with errno. */
static glue_context *take(const char *name)
{
    glue_context *shared = *find(name);
    if (shared == NULL)
        shared = make(name);
    if (shared != NULL)
        shared->owned++;
    return shared;
}

/* Under the lock: the last of those that refer to it was of a runtime, or of none. */
static void give_up(glue_context *shared, glue_runtime *runtime)
{
    if (--shared->owned > 0)
        return;
    forget_name(shared);
    glue_context_link(shared, shared->sharing->ended ? NULL : runtime);
    glue_context_end_unreferenced(shared);
}

glue_context *glue_context_share(glue_runtime *runtime, const char *name)
{
    glue_guard guard;
    glue_context *member = glue_context_new(NULL);
    if (member == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    glue_lifetime_acquire(&guard);
    member->shared = take(name);
    int error = errno;
    if (member->shared != NULL) {
        member->context = member->shared->context;
        glue_context_link(member, runtime);
    }
    glue_lifetime_release(&guard);
    if (member->shared != NULL)
        return member;
    free(member);
    errno = error;
    return NULL;
}

const char *glue_context_name(glue_context *context)
{
    const glue_context *base = glue_context_base(context);
    return base->sharing != NULL ? base->sharing->name : NULL;
}

void glue_member_give_up(glue_context *member)
{
    glue_context *shared = member->shared;
    if (shared == NULL)
        return;
    if (member->zap != NULL) {
        glue_event_set(member->zap->event);
        glue_shared_event_release(member->zap);
        member->zap = NULL;
    }
    member->shared = NULL;
    give_up(shared, member->runtime);
}

int glue_member_has_company(const glue_context *member)
{
    int others = member->shared->owned;
    for (const glue_context *context = member->runtime->contexts; context != NULL; context = context->next)
        others -= context->shared == member->shared;
    return others > 0;
}

glue_shared_event *glue_shared_event_new(void)
{
    glue_shared_event *made = malloc(sizeof *made);
    if (made == NULL)
        return NULL;
    made->event = glue_event_new();
    atomic_init(&made->references, 1);
    if (made->event != GLUE_NO_FD)
        return made;
    int error = errno;
    free(made);
    errno = error;
    return NULL;
}

void glue_shared_event_release(glue_shared_event *event)
{
    if (atomic_fetch_sub(&event->references, 1) > 1)
        return;
    glue_event_close(event->event);
    free(event);
}

void glue_context_note_zap(glue_context *context, glue_shared_event *event)
{
    glue_guard guard;
    glue_lifetime_acquire(&guard);
    if (context->shared != NULL) {
        if (context->zap != NULL)
            glue_shared_event_release(context->zap);
        context->zap = event;
        atomic_fetch_add(&event->references, 1);
    }
    glue_lifetime_release(&guard);
}

glue_context *glue_context_take(const char *name)
{
    glue_guard guard;
    glue_lifetime_acquire(&guard);
    glue_context *shared = take(name);
    glue_lifetime_release(&guard);
    return shared;
}

void glue_context_release(glue_context *shared)
{
    glue_guard guard;
    glue_lifetime_acquire(&guard);
    give_up(shared, NULL);
    glue_lifetime_release(&guard);
}

/* ---- libzmq's context stays ---- */

void glue_sharing_pin(glue_sharing *sharing)
{
    sharing->pins++;
}

/* Under the lock. */
static void unpin(glue_context *base)
{
    if (base->sharing != NULL && --base->sharing->pins == 0)
        pthread_cond_broadcast(&unpinned);
}

void glue_context_count_closed(glue_context *context)
{
    context->open_sockets--;
    unpin(glue_context_base(context));
}

/* Under the lock: why libzmq's context cannot be used, an errno, or 0. A member that has left can use it as long as it
 * has open sockets. */
static int ended(glue_context *context)
{
    const glue_context *base = glue_context_base(context);
    if (base->sharing != NULL && base->sharing->ended)
        return ETERM;
    return base->context == NULL || base->terminating ? EFAULT : 0;
}

int glue_context_pin(glue_context *context)
{
    glue_guard guard;
    glue_lifetime_acquire(&guard);
    int error = ended(context);
    if (error == 0 && glue_context_base(context)->sharing != NULL)
        glue_sharing_pin(glue_context_base(context)->sharing);
    glue_lifetime_release(&guard);
    return error;
}

void glue_context_unpin(glue_context *context)
{
    glue_guard guard;
    glue_lifetime_acquire(&guard);
    unpin(glue_context_base(context));
    glue_lifetime_release(&guard);
}

int glue_context_prepare(glue_context *context)
{
    glue_context *base = glue_context_base(context);
    if (base->used) {
        glue_streams_hold();
        return 0;
    }
    int threads = 1 + zmq_ctx_get(base->context, ZMQ_IO_THREADS);
    int error = glue_descriptors_left(2 * threads + 1); /* two of each, and the socket's */
    if (error != 0)
        return error;
    error = glue_scheduling_try(&base->scheduling);
    return error != 0 ? GLUE_UNSCHEDULED - error : 0;
}

/* ---- options ---- */

/* The values of options with which libzmq ends the process when it makes the context's first socket are above
 * these. */
static int largest(int option)
{
    switch (option) {
    case ZMQ_IO_THREADS:
        return 1024;
    case ZMQ_MAX_SOCKETS:
        return 1 << 24;
    case ZMQ_THREAD_AFFINITY_CPU_ADD:
    case ZMQ_THREAD_AFFINITY_CPU_REMOVE:
        return GLUE_PROCESSORS - 1;
    default:
        return INT_MAX;
    }
}

/* Whether each value of an option is one of several. */
static int is_cumulative(int option)
{
    return option == ZMQ_THREAD_AFFINITY_CPU_ADD || option == ZMQ_THREAD_AFFINITY_CPU_REMOVE;
}

/* Reads an option of libzmq's context, some of which may be -1: 0, or an errno. */
static int get(void *context, int option, int *value)
{
    errno = 0;
    *value = zmq_ctx_get(context, option);
    return *value < 0 ? zmq_errno() : 0;
}

/* Under the lock: the value that everybody has for an option that nobody has set: 0, or -1 where it cannot be
 * read. */
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

/* Under the lock: whether an option of a shared context may be set to a value: MAY_SET, or what
 * glue_context_set returns. */
static int check_shared(const glue_context *shared, int option, int value, int *present)
{
    int usual;
    for (const set_option *set = shared->sharing->options; set != NULL; set = set->next) {
        if (set->option != option || (is_cumulative(option) && set->value != value))
            continue;
        *present = set->value;
        return set->value == value ? 0 : GLUE_OPTION_SET;
    }
    if (get(shared->context, option, present) != 0) /* it is none, or cannot be read */
        return shared->used ? GLUE_OPTION_LATE : MAY_SET;
    if (*present == value)
        return MAY_SET; /* which notes it */
    if (shared->used)
        return GLUE_OPTION_SET;
    return read_default(option, &usual) == 0 && *present != usual ? GLUE_OPTION_SET : MAY_SET;
}

/* Under the lock. */
static int set(glue_context *base, int option, int value, int *present)
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
    glue_scheduling_note(&base->scheduling, option, value);
    if (note != NULL) {
        *note = (set_option){option, value, base->sharing->options};
        base->sharing->options = note;
    }
    return 0;
}

/* Under the lock: why no option of the context can be set or read. */
static int ended_or_left(glue_context *context)
{
    return context->context == NULL && context->shared != NULL ? EFAULT : ended(context);
}

int glue_context_set(glue_context *context, int option, int value, int *present)
{
    glue_guard guard;
    glue_lifetime_acquire(&guard);
    int result = ended_or_left(context);
    if (result == 0 && value > largest(option))
        result = EINVAL;
    if (result == 0)
        result = set(glue_context_base(context), option, value, present);
    glue_lifetime_release(&guard);
    return result;
}

int glue_context_get(glue_context *context, int option, int *value)
{
    glue_guard guard;
    glue_lifetime_acquire(&guard);
    int error = ended_or_left(context);
    if (error == 0)
        error = get(glue_context_base(context)->context, option, value);
    glue_lifetime_release(&guard);
    return error;
}

/* ---- handing over ---- */

struct watch {
    glue_context *shared;
    void *keeper;
};

/* Under the lock: a host has terminated the context. */
static void note_end(glue_context *shared)
{
    glue_sharing *sharing = shared->sharing;
    sharing->ended = 1;
    forget_name(shared);
    glue_inproc_end(shared);
    while (sharing->pins > 0)
        pthread_cond_wait(&unpinned, &glue_lifetime_lock);
    shared->context = NULL;
    sharing->watched = 0;
    if (shared->owned == 0)
        glue_context_forget(shared);
}

/* Waits on the keeper, which nothing is connected to, until the context is terminated. If the library does that, which
 * waits for the keeper, the shared context is its. */
static void watch(void *argument)
{
    glue_guard guard;
    struct watch watch = *(struct watch *)argument;
    zmq_msg_t message;
    free(argument);
    zmq_msg_init(&message);
    while (zmq_msg_recv(&message, watch.keeper, 0) >= 0 || zmq_errno() != ETERM)
        continue;
    zmq_msg_close(&message);
    glue_lifetime_acquire(&guard);
    if (!watch.shared->terminating)
        note_end(watch.shared);
    glue_lifetime_release(&guard);
    zmq_close(watch.keeper);
}

/* Under the lock: 0, or an errno. */
static int begin_watch(glue_context *shared)
{
    struct watch *begun = malloc(sizeof *begun);
    if (begun == NULL)
        return ENOMEM;
    *begun = (struct watch){shared, zmq_socket(shared->context, ZMQ_PULL)};
    int error = begun->keeper == NULL ? zmq_errno() : 0;
    if (error == 0) {
        shared->used = 1;
        error = glue_thread_start(watch, begun);
    }
    shared->sharing->watched = error == 0;
    if (error != 0 && begun->keeper != NULL)
        zmq_close(begun->keeper);
    if (error != 0)
        free(begun);
    return error;
}

int glue_context_hand_over(glue_context *shared, void **context)
{
    glue_guard guard;
    int error = glue_context_pin(shared);
    if (error != 0)
        return error;
    error = glue_context_prepare(shared);
    glue_lifetime_acquire(&guard);
    if (error == 0)
        error = ended(shared);
    if (error == 0 && !shared->sharing->watched)
        error = begin_watch(shared);
    if (error == 0)
        *context = shared->context;
    unpin(shared);
    glue_lifetime_release(&guard);
    return error;
}
