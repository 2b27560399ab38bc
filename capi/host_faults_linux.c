/*
 * SIGSEGV, SIGBUS and SIGFPE. Go needs handlers for them to turn faults of its own code into
 * panics. Outside Go they belong to the host: its handler must run as the kernel would have run it
 * without the library. So a handler of the library precedes both. It passes faults to the action
 * that the host had before Go started; an action that the host sets later replaces this handler.
 */
#include "signal_frame_linux.h"
#include "host_signals_linux.h"

#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct fault {
    int signal;
    struct sigaction host, go;
    atomic_int reset; /* the host's handler has run once and had SA_RESETHAND */
};

static struct fault faults[] = {{.signal = SIGSEGV}, {.signal = SIGBUS}, {.signal = SIGFPE}};

enum { FAULTS = sizeof faults / sizeof *faults };

static struct fault *find(int signal)
{
    for (int i = 0; i < FAULTS; i++)
        if (faults[i].signal == signal)
            return &faults[i];
    return NULL;
}

int host_fault_is(int signal)
{
    return find(signal) != NULL;
}

/* Whether the signal was sent, and not raised by an instruction; si_code tells. */
static int is_sent(const siginfo_t *info)
{
    return info->si_code <= 0;
}

/* ---- the default action, and none ---- */

/* Ends the process by this signal, with the registers and the address of the fault in the core
 * file: the instruction raises the signal again. */
static void act_by_default(int signal, siginfo_t *info)
{
    const struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(signal, &usual, NULL);
    syscall(SYS_rt_tgsigqueueinfo, getpid(), gettid(), signal, info);
}

/* ---- a handler ---- */

/* The signal mask under which the host's handler runs. */
static sigset_t mask_of_handler(int signal, const struct sigaction *host, const sigset_t *interrupted)
{
    sigset_t mask = *interrupted;
    for (int other = 1; other < NSIG; other++)
        if (sigismember(&host->sa_mask, other) == 1)
            sigaddset(&mask, other);
    if ((host->sa_flags & SA_NODEFER) == 0)
        sigaddset(&mask, signal);
    return mask;
}

/* ---- which of them ---- */

static void act_as_host(struct fault *fault, siginfo_t *info, void *context, const struct signal_frame_handler *own)
{
    const struct sigaction *host = &fault->host;
    ucontext_t *interrupted = context;
    if (host->sa_handler == SIG_IGN && is_sent(info))
        return;
    if (host->sa_handler == SIG_DFL || host->sa_handler == SIG_IGN || atomic_load(&fault->reset) ||
        ((host->sa_flags & (int)SA_RESETHAND) != 0 && atomic_exchange(&fault->reset, 1))) {
        act_by_default(fault->signal, info);
        return;
    }
    sigset_t mask = mask_of_handler(fault->signal, host, &interrupted->uc_sigmask);
    if (signal_frame_leave_stack(fault->signal, host, &mask, info, interrupted, own))
        return;
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    host->sa_sigaction(fault->signal, info, context);
}

/* Defers a signal that was sent until this thread leaves Go. On a thread of Go, the signal goes
 * to another thread and is blocked here. */
static void put_off(int signal, siginfo_t *info, ucontext_t *context)
{
    sigaddset(&context->uc_sigmask, signal);
    if (go_place() == GO_PLACE_THREAD_OF_GO)
        syscall(SYS_rt_sigqueueinfo, getpid(), signal, info);
    else
        syscall(SYS_rt_tgsigqueueinfo, getpid(), gettid(), signal, info);
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
    const struct signal_frame_handler own = {__builtin_frame_address(0), __builtin_return_address(0)};
    struct fault *fault = find(signal);
    if (go_place() == GO_PLACE_OUTSIDE)
        act_as_host(fault, info, context, &own);
    else if (is_sent(info))
        put_off(signal, info, context);
    else
        fault->go.sa_sigaction(signal, info, context);
}

void host_fault_take(int signal, const void *host)
{
    struct fault *fault = find(signal);
    fault->host = *(const struct sigaction *)host;
    if (sigaction(signal, NULL, &fault->go) != 0 || (fault->go.sa_flags & SA_SIGINFO) == 0)
        return;
    struct sigaction action = {.sa_sigaction = on_fault};
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | (fault->host.sa_flags & SA_RESTART);
    if (fault->host.sa_handler == SIG_IGN)
        action.sa_flags |= SA_RESTART;
    sigfillset(&action.sa_mask);
    sigaction(signal, &action, NULL);
}
