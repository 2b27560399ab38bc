/*
 * Go's threads must not take part in the host's signals. A constructor that runs before Go's blocks
 * every signal except those that instructions raise, so that Go's threads inherit that mask.
 * Another one, after Go's, waits until Go has started, and restores the mask of the loading thread
 * and the dispositions that Go has changed. go_threads_linux.c has the part for single threads,
 * host_faults_linux.c the part for faults.
 */
#include "host_signals_linux.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "_cgo_export.h"

_Static_assert(sizeof(sigset_t) <= sizeof((signal_mask){0}.signals), "signal_mask holds a sigset_t");

static sigset_t mask_at_load;
static int cancel_state_at_load;
static struct rlimit descriptors_at_load;
static int descriptors_known;
static struct sigaction actions_at_load[NSIG];
static unsigned char action_known[NSIG];

/* The mask that this thread had before its current entry. Handlers of faults read it, so that
 * reading must not allocate. */
static __thread const signal_mask *entered __attribute__((tls_model("initial-exec")));

/* The value of entered on threads created by Go. */
static const signal_mask thread_of_go;

void go_thread_begin(void)
{
    entered = &thread_of_go;
}

enum go_place go_place(void)
{
    if (entered == NULL)
        return GO_PLACE_OUTSIDE;
    return entered == &thread_of_go ? GO_PLACE_THREAD_OF_GO : GO_PLACE_IN_CALL;
}

static void block(sigset_t *before)
{
    sigset_t all;
    core_signals_fill(&all);
    pthread_sigmask(SIG_SETMASK, &all, before);
}

static void restore(const signal_mask *before)
{
    go_thread_settle();
    pthread_sigmask(SIG_SETMASK, (const sigset_t *)(const void *)before->signals, NULL);
}

void host_signals_block(signal_mask *before)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before->cancel_state);
    block((sigset_t *)(void *)before->signals);
    before->outer = entered;
    entered = before;
    go_thread_prepare();
}

void host_signals_restore(const signal_mask *before)
{
    entered = before->outer;
    restore(before);
    pthread_setcancelstate(before->cancel_state, NULL);
}

/* The callback may wait for a thread of the engine that stops this one by a signal:
 * JavaScriptCore's collector does so. */
const signal_mask *host_callback_begin(void)
{
    const signal_mask *left = entered;
    entered = NULL;
    if (left != NULL && left != &thread_of_go)
        restore(left);
    return left;
}

void host_callback_end(const signal_mask *left)
{
    if (left != NULL && left != &thread_of_go)
        block(NULL);
    entered = left;
}

/* libzmq's first context loads shared libraries (name services). Go's start would make it, when
 * only the loading thread can load libraries. So this thread makes one before, and keeps it. */
static void *volatile first_context;

static unsigned held; /* standard descriptors that were closed, and are held open */

/* The dynamic linker passes the arguments of main() to constructors. */
__attribute__((constructor(101))) static void before_go(int argument_count, char **arguments)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state_at_load);
    go_environment_hide(argument_count, arguments);
    held = core_streams_hold();
    descriptors_known = getrlimit(RLIMIT_NOFILE, &descriptors_at_load) == 0;
    for (int signal = 1; signal < NSIG; signal++)
        action_known[signal] = sigaction(signal, NULL, &actions_at_load[signal]) == 0;
    block(&mask_at_load);
    load_limits_try();
    first_context = zmq_ctx_new();
}

/* Restores a disposition if Go has changed it. (Go's preemption by SIGURG is off; see the
 * Makefile.) */
static void restore_action(int signal)
{
    struct sigaction now;
    if (!action_known[signal] || sigaction(signal, NULL, &now) != 0)
        return;
    const struct sigaction *before = &actions_at_load[signal];
    if (now.sa_handler == before->sa_handler && now.sa_flags == before->sa_flags)
        return;
    if (host_fault_is(signal))
        host_fault_take(signal, before);
    else
        host_signals_give_back(signal, before);
}

__attribute__((constructor)) static void after_go(void)
{
    go_thread_prepare();
    goStarted(); /* waits until Go is up */
    go_threads_recognize();
    go_environment_show();
    go_thread_settle();
    for (int signal = 1; signal < NSIG; signal++)
        restore_action(signal);
    if (descriptors_known)
        setrlimit(RLIMIT_NOFILE, &descriptors_at_load);
    core_streams_release(held);
    pthread_sigmask(SIG_SETMASK, &mask_at_load, NULL);
    pthread_setcancelstate(cancel_state_at_load, NULL);
}
