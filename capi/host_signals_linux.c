/*
 * Go's threads must not take part in the host's signals. A constructor that runs before Go's blocks
 * every signal except those that instructions raise, so that Go's threads inherit that mask.
 * Another one, after Go's, waits until Go has started, and restores the mask of the loading thread
 * and the dispositions that Go has changed. host_signals_unix.c has the masks of entries,
 * go_threads_linux.c the part for single threads, host_faults_linux.c the part for faults.
 */
#include "host_signals_linux.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "_cgo_export.h"

static core_signals mask_at_load;
static int cancel_state_at_load;
static struct rlimit descriptors_at_load;
static int descriptors_known;
static struct sigaction actions_at_load[NSIG];
static unsigned char action_known[NSIG];

/* libzmq's first context loads shared libraries (name services). Go's start would make it, when
 * only the loading thread can load libraries. So this thread makes one before, and keeps it. */
static void *volatile first_context;

static unsigned held; /* standard descriptors that were closed, and are held open */

__attribute__((constructor(101))) static void before_go(int argument_count, char **arguments)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state_at_load);
    go_environment_hide(go_start_environment(argument_count, arguments));
    held = core_streams_hold();
    descriptors_known = getrlimit(RLIMIT_NOFILE, &descriptors_at_load) == 0;
    for (int signal = 1; signal < NSIG; signal++)
        action_known[signal] = sigaction(signal, NULL, &actions_at_load[signal]) == 0;
    core_signals_hold(&mask_at_load);
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
    go_start();
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
    core_signals_restore(&mask_at_load);
    pthread_setcancelstate(cancel_state_at_load, NULL);
}
