/*
 * On macOS Go is kept apart from the host's signals in another way than on Linux, since the linker
 * cannot redirect calls, and runs Go's constructor before those in C. Go calls the C library's
 * pthread_create(), pthread_sigmask() and sigaction(). The library defines functions of these names,
 * which are hidden and which the linker prefers for everything in the library: for Go, the core and
 * libzmq. A test reads that the library imports none of the three. Hence
 *
 * - a thread created by Go begins with every signal blocked, except those that instructions raise;
 * - SIGCHLD and SIGPROF, which Go unblocks on its threads and on those that enter it, stay blocked;
 * - while Go starts, it gets handlers for faults, and for no other signal, and changes no flag of the
 *   host's handlers. Its handler is called for faults inside Go; for all others the action that the
 *   host had applies.
 *
 * make cross compiles and links this file; it has not been run.
 */
#include "host_signals_unix.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "_cgo_export.h"

#define OWN __attribute__((visibility("hidden")))

static atomic_int go_is_up;

/* ---- before Go starts ---- */

typedef int sigmask_function(int how, const sigset_t *set, sigset_t *before);
typedef int sigaction_function(int signal, const struct sigaction *action, struct sigaction *before);
typedef int create_function(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument);

static struct {
    sigmask_function *set_mask;
    sigaction_function *set_action;
    create_function *create;
} libc;

/* Set on threads that have called the library: the first use of a variable of a thread allocates memory, which a handler
 * must not. */
static pthread_key_t known;
static int have_key;

static unsigned held; /* standard descriptors that were closed, and are held open */
static struct rlimit descriptors_at_load;
static int descriptors_known;

/* The first call of one of the functions is Go's, in its constructor, when it has no thread. Later a thread of Go might
 * wait for a lock of the dynamic linker, which the thread that loads the library may have. */
static void before_go(void)
{
    if (libc.create != NULL)
        return;
    libc.set_mask = (sigmask_function *)dlsym(RTLD_NEXT, "pthread_sigmask");
    libc.set_action = (sigaction_function *)dlsym(RTLD_NEXT, "sigaction");
    libc.create = (create_function *)dlsym(RTLD_NEXT, "pthread_create");
    have_key = pthread_key_create(&known, NULL) == 0;
    held = core_streams_hold();
    descriptors_known = getrlimit(RLIMIT_NOFILE, &descriptors_at_load) == 0;
}

static enum go_place place(void)
{
    return have_key && pthread_getspecific(known) == NULL ? GO_PLACE_OUTSIDE : go_place();
}

static void make_known(void)
{
    if (have_key)
        pthread_setspecific(known, &known);
}

/* ---- the mask ---- */

/* An instruction whose signal is blocked would raise it again, for ever. */
static void block(sigset_t *before)
{
    sigset_t mask;
    core_signals_fill(&mask);
    sigdelset(&mask, SIGILL);
    sigdelset(&mask, SIGTRAP);
    libc.set_mask(SIG_SETMASK, &mask, before);
}

/* Inside Go only the signals that instructions raise are unblocked. */
OWN int pthread_sigmask(int how, const sigset_t *set, sigset_t *before)
{
    before_go();
    if (set == NULL || place() == GO_PLACE_OUTSIDE || how == SIG_BLOCK)
        return libc.set_mask(how, set, before);
    if (before != NULL)
        libc.set_mask(SIG_BLOCK, NULL, before);
    block(NULL);
    return 0;
}

struct start {
    void *(*routine)(void *);
    void *argument;
};

static void *begin_thread(void *argument)
{
    struct start start = *(struct start *)argument;
    free(argument);
    make_known();
    go_thread_begin();
    return start.routine(start.argument);
}

/* Go creates threads while it starts, inside an entry, and on its own threads. Other threads are
 * created by libzmq and the core. */
OWN int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument)
{
    sigset_t before;
    before_go();
    int of_go = !atomic_load(&go_is_up) || place() != GO_PLACE_OUTSIDE;
    struct start *start = of_go ? malloc(sizeof *start) : NULL;
    if (of_go && start == NULL)
        return EAGAIN;
    block(&before);
    int error;
    if (of_go) {
        *start = (struct start){routine, argument};
        error = libc.create(thread, attributes, begin_thread, start);
    } else {
        error = libc.create(thread, attributes, routine, argument);
    }
    libc.set_mask(SIG_SETMASK, &before, NULL);
    if (error != 0)
        free(start);
    return error;
}

/* pthread_create() and pthread_sigmask() give Go's threads and those that enter it their mask. */
void go_thread_prepare(void)
{
    make_known();
}

void go_thread_settle(void) {}

/* ---- dispositions ---- */

struct fault {
    struct sigaction host, go;
    int taken;
};

static struct fault faults[NSIG];

static int is_fault(int signal)
{
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE;
}

/* The instruction raises the signal again, or it is sent again. */
static void act_by_default(int signal)
{
    const struct sigaction usual = {.sa_handler = SIG_DFL};
    libc.set_action(signal, &usual, NULL);
    pthread_kill(pthread_self(), signal);
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
    const struct fault *fault = &faults[signal];
    const struct sigaction *action = place() != GO_PLACE_OUTSIDE ? &fault->go : &fault->host;
    if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN)
        act_by_default(signal);
    else
        action->sa_sigaction(signal, info, context);
}

/* While Go starts, its handlers are used for its own faults only. */
OWN int sigaction(int signal, const struct sigaction *action, struct sigaction *before)
{
    before_go();
    if (action == NULL || atomic_load(&go_is_up))
        return libc.set_action(signal, action, before);
    struct sigaction host;
    if (libc.set_action(signal, NULL, &host) != 0)
        return -1;
    if (before != NULL)
        *before = host;
    if (!is_fault(signal) || faults[signal].taken)
        return 0;
    faults[signal] = (struct fault){.host = host, .go = *action, .taken = 1};
    struct sigaction first = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | (host.sa_flags & SA_RESTART)};
    sigfillset(&first.sa_mask);
    return libc.set_action(signal, &first, NULL);
}

/* ---- the start ---- */

__attribute__((constructor)) static void wait_for_go(void)
{
    signal_mask mask;
    host_signals_block(&mask);
    goStarted(); /* waits until Go is up */
    atomic_store(&go_is_up, 1);
    if (descriptors_known) /* Go raises the limit */
        setrlimit(RLIMIT_NOFILE, &descriptors_at_load);
    core_streams_release(held);
    host_signals_restore(&mask);
}

/* Go waits with a kqueue of its own. It is not detected if the host closes it. */
int go_descriptors_open(const char **call)
{
    (void)call;
    return 0;
}

int go_descriptors_lost(void)
{
    return 0;
}
