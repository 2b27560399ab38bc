/*
 * SIGSEGV, SIGBUS and SIGFPE. Go turns those of its own code into panics, for which it
 * needs handlers. Outside Go they are the host's: its handler runs as the kernel would
 * have run it if the library were not there. So a handler of the library's stands before
 * both. It takes the host's action of the time before Go started; one that the host sets
 * later replaces this handler, as it would any other.
 */
#include "guest_linux.h"

#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

struct fault {
    int signal;
    struct sigaction host, go;
    atomic_int reset; /* the host's handler has run, and had SA_RESETHAND */
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

int guest_is_fault(int signal)
{
    return find(signal) != NULL;
}

/* Of what is not an instruction's doing: si_code tells. */
static int is_sent(const siginfo_t *info)
{
    return info->si_code <= 0;
}

/* ---- the default, and none ---- */

/* Ends the process as this signal ends it, with the registers and the address in the core:
 * the signal comes once more, at the same instruction. */
static void act_by_default(int signal, siginfo_t *info)
{
    const struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(signal, &usual, NULL);
    syscall(SYS_rt_tgsigqueueinfo, getpid(), gettid(), signal, info);
}

/* ---- a handler ---- */

/* The mask under which the host's handler runs. */
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

#ifdef __x86_64__

enum { RED_ZONE = 128, FP_MAGIC = 0x46505853 };

/* What the kernel puts on the stack for a handler; what the processor saves is above it. */
struct frame {
    void *return_to;
    unsigned char context[304]; /* ucontext_t, as long as the kernel's is */
    siginfo_t info;
};

/* The words that the kernel leaves at the end of what it saves of the processor. */
struct saved_description {
    uint32_t magic, size;
};

static size_t saved_size(const void *saved)
{
    struct saved_description description;
    memcpy(&description, (const char *)saved + 464, sizeof description);
    return description.magic == FP_MAGIC ? description.size : 512;
}

static int is_on_stack(const stack_t *stack, uintptr_t address)
{
    return address - (uintptr_t)stack->ss_sp < stack->ss_size;
}

/* Whether the kernel has put the frame on the alternate stack, and calls this handler itself
 * (and not a handler of the host's that passes the signal on). */
static int is_on_alternate_stack(const struct frame *frame, const siginfo_t *info, const ucontext_t *context,
                                 const void *caller)
{
    return caller == frame && info == &frame->info && is_on_stack(&context->uc_stack, (uintptr_t)frame) &&
           !is_on_stack(&context->uc_stack, (uintptr_t)context->uc_mcontext.gregs[REG_RSP]);
}

/* Returning from this handler leads into the host's, on the stack that was interrupted: where
 * the kernel would have begun it without SA_ONSTACK. */
static void run_on_interrupted_stack(int signal, const struct sigaction *host, const sigset_t *mask,
                                     const struct frame *frame, ucontext_t *context)
{
    greg_t *registers = context->uc_mcontext.gregs;
    const void *saved = context->uc_mcontext.fpregs;
    uintptr_t top = (uintptr_t)registers[REG_RSP] - RED_ZONE;
    if (saved != NULL)
        top = (top - saved_size(saved)) & ~(uintptr_t)63;
    struct frame *moved = (struct frame *)(((top - sizeof *moved) & ~(uintptr_t)15) - sizeof(void *));
    memcpy(moved, frame, sizeof *moved);
    if (saved != NULL) {
        void *there = memcpy((void *)top, saved, saved_size(saved));
        memcpy(moved->context + offsetof(ucontext_t, uc_mcontext.fpregs), &there, sizeof there);
    }
    registers[REG_RIP] = (greg_t)(uintptr_t)host->sa_sigaction;
    registers[REG_RSP] = (greg_t)(uintptr_t)moved;
    registers[REG_RDI] = signal;
    registers[REG_RSI] = (greg_t)(uintptr_t)&moved->info;
    registers[REG_RDX] = (greg_t)(uintptr_t)moved->context;
    registers[REG_RAX] = 0;
    registers[REG_EFL] &= ~(greg_t)0x10500; /* resume, direction, trap */
    context->uc_mcontext.fpregs = NULL;     /* as a handler begins */
    memcpy(&context->uc_sigmask, mask, GUEST_MASK_BYTES);
}

/* 1: it is to run when the caller, whose own caller is told, has returned. */
static int leave_alternate_stack(int signal, const struct sigaction *host, const sigset_t *mask, const siginfo_t *info,
                                 ucontext_t *context, const void *caller)
{
    const struct frame *frame = (const struct frame *)((const char *)context - offsetof(struct frame, context));
    if ((host->sa_flags & SA_ONSTACK) != 0 || !is_on_alternate_stack(frame, info, context, caller))
        return 0;
    run_on_interrupted_stack(signal, host, mask, frame, context);
    return 1;
}

/* Where the return address of the function that uses it is. */
#define CALLER() ((const void *)((const char *)__builtin_frame_address(0) + sizeof(void *)))

#else

static int leave_alternate_stack(int signal, const struct sigaction *host, const sigset_t *mask, const siginfo_t *info,
                                 ucontext_t *context, const void *caller)
{
    (void)signal, (void)host, (void)mask, (void)info, (void)context, (void)caller;
    return 0;
}

#define CALLER() NULL

#endif

/* ---- which of them ---- */

static void act_as_host(struct fault *fault, siginfo_t *info, void *context, const void *caller)
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
    if (leave_alternate_stack(fault->signal, host, &mask, info, interrupted, caller))
        return;
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    host->sa_sigaction(fault->signal, info, context);
}

/* A signal that somebody has sent waits until this thread leaves Go; or, on a thread of Go's, goes
 * to another one, and this one takes no more of them. */
static void put_off(int signal, siginfo_t *info, ucontext_t *context)
{
    sigaddset(&context->uc_sigmask, signal);
    if (guest_place() == GUEST_THREAD_OF_GO)
        syscall(SYS_rt_sigqueueinfo, getpid(), signal, info);
    else
        syscall(SYS_rt_tgsigqueueinfo, getpid(), gettid(), signal, info);
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
    struct fault *fault = find(signal);
    if (guest_place() == GUEST_OUTSIDE)
        act_as_host(fault, info, context, CALLER());
    else if (is_sent(info))
        put_off(signal, info, context);
    else
        fault->go.sa_sigaction(signal, info, context);
}

void guest_take_fault(int signal, const void *host)
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
