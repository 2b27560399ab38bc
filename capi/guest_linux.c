/*
 * Go is a guest in the host's process, and its threads must not take part in the
 * host's signals. A constructor that runs before Go's blocks every signal (but those
 * that instructions raise), so that all of Go's threads inherit that mask; one that runs after Go's waits until Go
 * is up, and gives the loading thread its mask back, and the host what Go has
 * changed. What a single thread needs is in guest_thread_linux.c; faults are in guest_fault_linux.c.
 */
#include "guest_linux.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "_cgo_export.h"

_Static_assert(sizeof(sigset_t) <= sizeof((guest_mask){0}.signals), "guest_mask holds a sigset_t");

static sigset_t mask_at_load;
static int cancel_state_at_load;
static struct rlimit descriptors_at_load;
static int descriptors_known;
static struct sigaction actions_at_load[NSIG];
static unsigned char action_known[NSIG];

/* The mask that this thread had before the entry that it is in. Handlers of faults read it, so
 * reading must not allocate. */
static __thread const guest_mask *entered __attribute__((tls_model("initial-exec")));

/* Stands for an entry on the threads of Go's own. */
static const guest_mask thread_of_go;

void guest_begin_in_go(void)
{
    entered = &thread_of_go;
}

enum guest_place guest_place(void)
{
    if (entered == NULL)
        return GUEST_OUTSIDE;
    return entered == &thread_of_go ? GUEST_THREAD_OF_GO : GUEST_IN_CALL;
}

static void block(sigset_t *before)
{
    sigset_t all;
    core_signals_fill(&all);
    pthread_sigmask(SIG_SETMASK, &all, before);
}

static void restore(const guest_mask *before)
{
    guest_thread_settle();
    pthread_sigmask(SIG_SETMASK, (const sigset_t *)(const void *)before->signals, NULL);
}

void guest_block_signals(guest_mask *before)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before->cancel_state);
    block((sigset_t *)(void *)before->signals);
    before->outer = entered;
    entered = before;
    guest_thread_prepare();
}

void guest_restore_signals(const guest_mask *before)
{
    entered = before->outer;
    restore(before);
    pthread_setcancelstate(before->cancel_state, NULL);
}

/* An engine may stop its threads by a signal and wait for them, from a thread of its own, for
 * which this one waits in the callback: JavaScriptCore's collector does. */
const guest_mask *guest_leave_go(void)
{
    const guest_mask *left = entered;
    entered = NULL;
    if (left != NULL && left != &thread_of_go)
        restore(left);
    return left;
}

void guest_return_to_go(const guest_mask *left)
{
    if (left != NULL && left != &thread_of_go)
        block(NULL);
    entered = left;
}

/* libzmq's first context loads shared libraries (name services), and is made while Go
 * starts. Only this thread can load any as long as this library is being loaded: so it
 * makes one before, which is kept. */
static void *volatile first_context;

static unsigned held; /* standard descriptors that were closed */

/* The dynamic linker gives constructors the arguments of main(). */
__attribute__((constructor(101))) static void before_go(int argument_count, char **arguments)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state_at_load);
    guest_hide_settings(argument_count, arguments);
    held = core_streams_hold();
    descriptors_known = getrlimit(RLIMIT_NOFILE, &descriptors_at_load) == 0;
    for (int signal = 1; signal < NSIG; signal++)
        action_known[signal] = sigaction(signal, NULL, &actions_at_load[signal]) == 0;
    block(&mask_at_load);
    guest_try_limits();
    first_context = zmq_ctx_new();
}

/* Gives a disposition back, unless Go has left it as it was. (SIGURG, by which Go preempts, is
 * off; see the Makefile.) */
static void restore_action(int signal)
{
    struct sigaction now;
    if (!action_known[signal] || sigaction(signal, NULL, &now) != 0)
        return;
    const struct sigaction *before = &actions_at_load[signal];
    if (now.sa_handler == before->sa_handler && now.sa_flags == before->sa_flags)
        return;
    if (guest_is_fault(signal))
        guest_take_fault(signal, before);
    else
        guest_thread_give_back(signal, before);
}

__attribute__((constructor)) static void after_go(void)
{
    guest_thread_prepare();
    goStarted(); /* waits until Go is up */
    guest_thread_know_go();
    guest_show_settings();
    guest_thread_settle();
    for (int signal = 1; signal < NSIG; signal++)
        restore_action(signal);
    if (descriptors_known)
        setrlimit(RLIMIT_NOFILE, &descriptors_at_load);
    core_streams_release(held);
    pthread_sigmask(SIG_SETMASK, &mask_at_load, NULL);
    pthread_setcancelstate(cancel_state_at_load, NULL);
}
