//go:build unix

/*
 * The signal masks of threads that enter Go, and that leave it for a callback of the host.
 */
#include "host_signals_unix.h"

#include <pthread.h>
#include <signal.h>

_Static_assert(sizeof(core_signals) <= sizeof((signal_mask){0}.signals), "signal_mask holds a core_signals");

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

static void restore(const signal_mask *before)
{
    go_thread_settle();
    core_signals_restore((const core_signals *)(const void *)before->signals);
}

void host_signals_block(signal_mask *before)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before->cancel_state);
    core_signals_hold((core_signals *)(void *)before->signals);
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
    core_signals unused;
    if (left != NULL && left != &thread_of_go)
        core_signals_hold(&unused);
    entered = left;
}
