/*
 * Threads that run Go code: those created by Go, and the host's that call into it. When Go begins
 * on a thread, it unblocks SIGCHLD and SIGPROF whatever the mask was, so that the host's handlers
 * would run on Go's threads, or on a goroutine's small stack. Therefore SIGPROF is made pending for
 * the thread before: it is delivered as soon as Go changes the mask, and its handler blocks all
 * signals again. (SIGPROF, because SIGCHLD may be ignored with a meaning of its own, and debuggers
 * do not stop at SIGPROF.)
 */
#include "host_signals_linux.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* ---- the mask ---- */

enum { MASKING_SIGNAL = SIGPROF };

static pthread_mutex_t masking = PTHREAD_MUTEX_INITIALIZER;
static int masked_threads; /* for which the signal is pending */
static struct sigaction action_of_host;
static __thread int pending;
static atomic_int starting; /* threads of Go that do not have their mask yet */
static __thread int is_starting;

static void block_everything(int signal, siginfo_t *info, void *context);

static void has_started(void)
{
    if (is_starting)
        atomic_fetch_sub(&starting, 1);
    is_starting = 0;
}

static int is_ours(const struct sigaction *action)
{
    return (action->sa_flags & SA_SIGINFO) != 0 && action->sa_sigaction == block_everything;
}

/* The disposition belongs to the library only while the signal is pending for a thread. Returns
 * 0, or -1 if sigaction() fails: the signal must not be raised then. */
static int take_disposition(void)
{
    int result = 0;
    struct sigaction action = {.sa_sigaction = block_everything};
    sigfillset(&action.sa_mask);
    pthread_mutex_lock(&masking);
    if (masked_threads++ == 0) {
        result = sigaction(MASKING_SIGNAL, NULL, &action_of_host);
        action.sa_flags = SA_SIGINFO | (action_of_host.sa_flags & (SA_RESTART | SA_ONSTACK));
        if (result == 0)
            result = sigaction(MASKING_SIGNAL, &action, NULL);
        masked_threads += result; /* none, if it has failed */
    }
    pthread_mutex_unlock(&masking);
    return result;
}

static void give_disposition_back(void)
{
    struct sigaction now;
    pthread_mutex_lock(&masking);
    if (--masked_threads == 0 && sigaction(MASKING_SIGNAL, NULL, &now) == 0 && is_ours(&now))
        sigaction(MASKING_SIGNAL, &action_of_host, NULL);
    pthread_mutex_unlock(&masking);
}

/* Passes on a SIGPROF of the host that arrives meanwhile on one of its threads. */
static void pass_to_host(int signal, siginfo_t *info, void *context)
{
    if (action_of_host.sa_flags & SA_SIGINFO)
        action_of_host.sa_sigaction(signal, info, context);
    else if (action_of_host.sa_handler != SIG_DFL && action_of_host.sa_handler != SIG_IGN)
        action_of_host.sa_handler(signal);
}

void host_signals_give_back(int signal, const void *action)
{
    pthread_mutex_lock(&masking);
    if (signal == MASKING_SIGNAL && masked_threads > 0)
        action_of_host = *(const struct sigaction *)action;
    else
        sigaction(signal, action, NULL);
    pthread_mutex_unlock(&masking);
}

/* Runs in the system call by which Go changes the mask; the thread holds no lock there. */
static void block_everything(int signal, siginfo_t *info, void *context)
{
    ucontext_t *interrupted = context;
    if (!pending) {
        pass_to_host(signal, info, context);
        return;
    }
    pending = 0;
    sigset_t mask;
    core_signals_fill(&mask);
    memcpy(&interrupted->uc_sigmask, &mask, KERNEL_MASK_BYTES);
    give_disposition_back();
    has_started();
}

/* With all signals blocked: makes them blocked again once Go begins on this thread. */
static void keep_mask(void)
{
    if (take_disposition() != 0)
        return;
    pending = 1;
    if (pthread_kill(pthread_self(), MASKING_SIGNAL) != 0) { /* musl has no tgkill() */
        pending = 0;
        give_disposition_back();
    }
}

/* While a thread starts, SIGPROF has the library's handler, which a host could replace by its
 * own. So the host's code waits; starting a thread takes no longer, and the wait is limited in
 * case it fails. */
static void wait_for_starting(void)
{
    const struct timespec instant = {0, 20000};
    for (int i = 0; i < 500 && atomic_load(&starting) > 0; i++)
        nanosleep(&instant, NULL);
}

/* The signal is still pending if Go knew the thread already. */
static void settle_this(void)
{
    const struct timespec at_once = {0, 0};
    sigset_t masking_signal;
    if (!pending)
        return;
    pending = 0;
    sigemptyset(&masking_signal);
    sigaddset(&masking_signal, MASKING_SIGNAL);
    sigtimedwait(&masking_signal, NULL, &at_once);
    give_disposition_back();
}

void go_thread_settle(void)
{
    settle_this();
    wait_for_starting();
}

/* ---- the alternate stack ---- */

/* Go installs an alternate stack of 32 KiB on a host's thread that has none. The host's handlers
 * may need more, so the thread gets one of the usual size. */
enum { STACK_BYTES = 256 * 1024, GUARD_BYTES = 64 * 1024 };

static pthread_key_t stack_key;
static pthread_once_t stack_once = PTHREAD_ONCE_INIT;
static int have_stack_key;

static void free_stack(void *mapping)
{
    stack_t now, none = {.ss_flags = SS_DISABLE};
    if (sigaltstack(NULL, &now) == 0 && now.ss_sp == (char *)mapping + GUARD_BYTES)
        sigaltstack(&none, NULL);
    munmap(mapping, STACK_BYTES + GUARD_BYTES);
}

static void make_stack_key(void)
{
    have_stack_key = pthread_key_create(&stack_key, free_stack) == 0;
}

static void give_stack(void)
{
    stack_t now;
    pthread_once(&stack_once, make_stack_key);
    if (sigaltstack(NULL, &now) != 0)
        load_fail("sigaltstack()", errno); /* Go would end the process without a message */
    if (!have_stack_key || (now.ss_flags & SS_DISABLE) == 0)
        return;
    char *mapping = mmap(NULL, STACK_BYTES + GUARD_BYTES, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (mapping == MAP_FAILED)
        return;
    stack_t stack = {.ss_sp = mapping + GUARD_BYTES, .ss_size = STACK_BYTES};
    if (mprotect(mapping, GUARD_BYTES, PROT_NONE) != 0 || pthread_setspecific(stack_key, mapping) != 0) {
        munmap(mapping, STACK_BYTES + GUARD_BYTES);
        return;
    }
    sigaltstack(&stack, NULL);
}

/* ---- the threads ---- */

static __thread int prepared;

void go_thread_prepare(void)
{
    if (prepared)
        return;
    prepared = 1;
    give_stack();
    keep_mask();
}

struct start {
    void *(*routine)(void *);
    void *argument;
};

static void *begin_thread(void *argument)
{
    struct start start = *(struct start *)argument;
    stack_t stack;
    free(argument);
    if (sigaltstack(NULL, &stack) != 0)
        load_fail("sigaltstack()", errno); /* as in give_stack() */
    prepared = 1;
    is_starting = 1;
    go_thread_begin();
    keep_mask();
    if (!pending)
        has_started();
    return start.routine(start.argument);
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *),
                          void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *),
                          void *argument);

int plain_thread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument)
{
    return __real_pthread_create(thread, attributes, routine, argument);
}

/* The start routines of Go's threads. Go has two: one for the thread that starts it, and one for
 * all others, some of which begin during the start. */
enum { ROUTINES = 4 };
typedef void *start_routine(void *argument);
static start_routine *_Atomic routines_of_go[ROUTINES];
static atomic_int has_routines;

void go_threads_recognize(void)
{
    atomic_store(&has_routines, 1);
}

static int is_of_go(start_routine *routine)
{
    for (int i = 0; i < ROUTINES; i++) {
        start_routine *known = atomic_load(&routines_of_go[i]);
        if (known == NULL && !atomic_load(&has_routines) &&
            atomic_compare_exchange_strong(&routines_of_go[i], &known, routine))
            return 1;
        if (known == routine)
            return 1;
    }
    return 0;
}

/* The linker redirects every pthread_create() of this library to here: those of Go, of the core,
 * and of a libzmq that is linked into the library. Threads of the latter two never enter Go. */
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, start_routine *routine, void *argument)
{
    if (!is_of_go(routine))
        return __real_pthread_create(thread, attributes, routine, argument);
    struct start *start = malloc(sizeof *start);
    if (start == NULL)
        return EAGAIN;
    *start = (struct start){routine, argument};
    atomic_fetch_add(&starting, 1);
    int error = __real_pthread_create(thread, attributes, begin_thread, start);
    if (error != 0) {
        atomic_fetch_sub(&starting, 1);
        free(start);
    }
    return error;
}
