/*
 * On macOS Go is kept apart from the host's signals in another way than on Linux, since the linker
 * runs Go's constructor before those in C. Go calls the C library's pthread_create(),
 * pthread_sigmask() and sigaction(); the library defines functions of these names, which its own
 * code, Go included, calls instead. Hence
 *
 * - a thread created by Go begins with every signal blocked, except those that instructions raise;
 * - SIGCHLD and SIGPROF, which Go unblocks on its threads and on those that enter it, stay blocked;
 * - while Go starts, it gets handlers for the signals that instructions raise, and for no others.
 *   Its handler is called for faults inside Go; for all others the action that the host had applies.
 *
 * make cross compiles and links this file; it has not been run.
 */
#include "host_signals_unix.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"

#define OWN __attribute__((visibility("hidden")))

static atomic_int go_is_up;

/* ---- the C library's functions ---- */

typedef int sigmask_function(int how, const sigset_t *set, sigset_t *before);
typedef int sigaction_function(int signal, const struct sigaction *action, struct sigaction *before);
typedef int create_function(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument);

/* Looked up on first use, since Go's constructor runs before others. */
static void *system_function(const char *name, void *_Atomic *kept)
{
    void *function = atomic_load(kept);
    if (function == NULL) {
        function = dlsym(RTLD_NEXT, name);
        atomic_store(kept, function);
    }
    return function;
}

static int system_sigmask(int how, const sigset_t *set, sigset_t *before)
{
    static void *_Atomic kept;
    return ((sigmask_function *)system_function("pthread_sigmask", &kept))(how, set, before);
}

static int system_sigaction(int signal, const struct sigaction *action, struct sigaction *before)
{
    static void *_Atomic kept;
    return ((sigaction_function *)system_function("sigaction", &kept))(signal, action, before);
}

static int system_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument)
{
    static void *_Atomic kept;
    return ((create_function *)system_function("pthread_create", &kept))(thread, attributes, routine, argument);
}

/* ---- the mask ---- */

static void block(sigset_t *before)
{
    sigset_t mask;
    core_signals_fill(&mask);
    system_sigmask(SIG_SETMASK, &mask, before);
}

/* Inside Go only the signals that instructions raise are unblocked. */
OWN int pthread_sigmask(int how, const sigset_t *set, sigset_t *before)
{
    if (set == NULL || go_place() == GO_PLACE_OUTSIDE || how == SIG_BLOCK)
        return system_sigmask(how, set, before);
    if (before != NULL)
        system_sigmask(SIG_BLOCK, NULL, before);
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
    go_thread_begin();
    return start.routine(start.argument);
}

/* Go creates threads while it starts, inside an entry, and on its own threads. Other threads are
 * created by libzmq and the core. */
OWN int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument)
{
    sigset_t before;
    int of_go = !atomic_load(&go_is_up) || go_place() != GO_PLACE_OUTSIDE;
    struct start *start = of_go ? malloc(sizeof *start) : NULL;
    if (of_go && start == NULL)
        return EAGAIN;
    block(&before);
    int error;
    if (of_go) {
        *start = (struct start){routine, argument};
        error = system_create(thread, attributes, begin_thread, start);
    } else {
        error = system_create(thread, attributes, routine, argument);
    }
    system_sigmask(SIG_SETMASK, &before, NULL);
    if (error != 0)
        free(start);
    return error;
}

/* pthread_create() and pthread_sigmask() give Go's threads and those that enter it their mask. */
void go_thread_prepare(void) {}

void go_thread_settle(void) {}

/* ---- dispositions ---- */

struct fault {
    struct sigaction host, go;
    int taken;
};

static struct fault faults[NSIG];

static int is_fault(int signal)
{
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL || signal == SIGTRAP;
}

/* The instruction raises the signal again, or it is sent again. */
static void act_by_default(int signal)
{
    const struct sigaction usual = {.sa_handler = SIG_DFL};
    system_sigaction(signal, &usual, NULL);
    pthread_kill(pthread_self(), signal);
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
    const struct fault *fault = &faults[signal];
    const struct sigaction *action = go_place() != GO_PLACE_OUTSIDE ? &fault->go : &fault->host;
    if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN)
        act_by_default(signal);
    else
        action->sa_sigaction(signal, info, context);
}

static int is_of_library(const struct sigaction *action)
{
    const void *base = core_module_of((const void *)(uintptr_t)action->sa_handler).base;
    return base != NULL && base == core_module_of(&go_is_up).base;
}

/* While Go starts, its handlers are used for its own faults only. */
OWN int sigaction(int signal, const struct sigaction *action, struct sigaction *before)
{
    if (action == NULL || atomic_load(&go_is_up) || !is_of_library(action))
        return system_sigaction(signal, action, before);
    struct sigaction host;
    if (system_sigaction(signal, NULL, &host) != 0)
        return -1;
    if (before != NULL)
        *before = host;
    if (!is_fault(signal) || faults[signal].taken)
        return 0;
    faults[signal] = (struct fault){.host = host, .go = *action, .taken = 1};
    struct sigaction first = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigfillset(&first.sa_mask);
    return system_sigaction(signal, &first, NULL);
}

/* ---- the start ---- */

static unsigned held; /* standard descriptors that were closed, and are held open */

__attribute__((constructor)) static void wait_for_go(void)
{
    signal_mask mask;
    held = core_streams_hold();
    host_signals_block(&mask);
    goStarted(); /* waits until Go is up */
    atomic_store(&go_is_up, 1);
    host_signals_restore(&mask);
    core_streams_release(held);
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
