#include "signal_frame_linux.h"
#include "host_signals_linux.h"

#include <string.h>

enum { RED_ZONE = 128, FP_MAGIC = 0x46505853 };

/* What the kernel puts on the stack for a handler; the saved state of the processor is above it. */
struct frame {
    void *return_to;
    unsigned char context[304]; /* ucontext_t, as long as the kernel's is */
    siginfo_t info;
};

/* The kernel's words at the end of the saved state of the processor. */
struct saved_description {
    uint32_t magic, size;
};

static size_t saved_size(const void *saved)
{
    struct saved_description description;
    memcpy(&description, (const char *)saved + 464, sizeof description);
    return description.magic == FP_MAGIC ? description.size : 512;
}

/* Whether the kernel has put the frame on the alternate stack and called this handler itself,
 * and not a handler of the host that passes the signal on. */
static int is_on_alternate_stack(const struct frame *frame, const siginfo_t *info, const ucontext_t *context,
                                 const void *caller)
{
    return caller == frame && info == &frame->info && signal_frame_is_on_stack(&context->uc_stack, (uintptr_t)frame) &&
           !signal_frame_is_on_stack(&context->uc_stack, (uintptr_t)context->uc_mcontext.gregs[REG_RSP]);
}

/* Makes this handler return into the host's, on the interrupted stack: where the kernel would
 * have begun it without SA_ONSTACK. */
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
    context->uc_mcontext.fpregs = NULL;     /* as at the beginning of a handler */
    memcpy(&context->uc_sigmask, mask, KERNEL_MASK_BYTES);
}

int signal_frame_leave_stack(int signal, const struct sigaction *host, const sigset_t *mask, const siginfo_t *info,
                                ucontext_t *context, const struct signal_frame_handler *own)
{
    const struct frame *frame = (const struct frame *)((const char *)context - offsetof(struct frame, context));
    const void *caller = (const char *)own->frame + sizeof(void *); /* where the return address is */
    if ((host->sa_flags & SA_ONSTACK) != 0 || !is_on_alternate_stack(frame, info, context, caller))
        return 0;
    run_on_interrupted_stack(signal, host, mask, frame, context);
    return 1;
}
