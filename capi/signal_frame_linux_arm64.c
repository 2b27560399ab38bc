#include "signal_frame_linux.h"
#include "host_signals_linux.h"

#include <string.h>

/* What the kernel puts on the stack for a handler. The saved state of the processor is a list of
 * records, some of which may be behind this; then follows the frame record of the interrupted
 * function. */
struct frame {
    siginfo_t info;
    ucontext_t context;
};

struct frame_record {
    uintptr_t pointer, link;
};

enum { BRANCH_TYPE = 3 << 10 }; /* in pstate */

/* The place in a frame of the record that refers to further records; 0 if there is none. */
static size_t find_extra(const struct frame *frame)
{
    const unsigned char *records = frame->context.uc_mcontext.__reserved;
    size_t at = 0;
    while (at + sizeof(struct extra_context) <= sizeof frame->context.uc_mcontext.__reserved) {
        struct _aarch64_ctx record;
        memcpy(&record, records + at, sizeof record);
        if (record.magic == EXTRA_MAGIC)
            return (size_t)(records + at - (const unsigned char *)frame);
        if (record.magic == 0 || record.size == 0)
            return 0;
        at += record.size;
    }
    return 0;
}

static size_t size_of(const struct frame *frame, size_t extra_at)
{
    struct extra_context extra;
    if (extra_at == 0)
        return sizeof *frame;
    memcpy(&extra, (const char *)frame + extra_at, sizeof extra);
    return (size_t)(extra.datap + extra.size - (uintptr_t)frame);
}

/* Whether the address is the kernel's return from a handler: mov x8, #139; svc #0. */
static int is_return_from_signal(const void *address)
{
    static const uint32_t code[] = {0xd2801168, 0xd4000001};
    return memcmp(address, code, sizeof code) == 0;
}

/* Whether the kernel has put the frame on the alternate stack and called this handler itself,
 * and not a handler of the host that passes the signal on. */
static int is_on_alternate_stack(const struct frame *frame, const siginfo_t *info, const ucontext_t *context,
                                 const struct signal_frame_handler *own)
{
    return is_return_from_signal(own->returns_to) && info == &frame->info &&
           signal_frame_is_on_stack(&context->uc_stack, (uintptr_t)frame) &&
           !signal_frame_is_on_stack(&context->uc_stack, (uintptr_t)context->uc_mcontext.sp);
}

/* Makes this handler return into the host's, on the interrupted stack: where the kernel would
 * have begun it without SA_ONSTACK. */
static void run_on_interrupted_stack(int signal, const struct sigaction *host, const sigset_t *mask,
                                     const struct frame *frame, ucontext_t *context, const struct signal_frame_handler *own)
{
    mcontext_t *registers = &context->uc_mcontext;
    const struct frame_record interrupted = {registers->regs[29], registers->regs[30]};
    size_t extra_at = find_extra(frame), size = size_of(frame, extra_at);
    struct frame_record *record = (struct frame_record *)((registers->sp - sizeof *record) & ~(uintptr_t)15);
    struct frame *moved = (struct frame *)(((uintptr_t)record - size) & ~(uintptr_t)15);
    memcpy(moved, frame, size);
    memcpy(record, &interrupted, sizeof *record);
    if (extra_at != 0) {
        struct extra_context extra;
        memcpy(&extra, (const char *)frame + extra_at, sizeof extra);
        extra.datap += (uintptr_t)moved - (uintptr_t)frame;
        memcpy((char *)moved + extra_at, &extra, sizeof extra);
    }
    registers->pc = (uintptr_t)host->sa_sigaction;
    registers->sp = (uintptr_t)moved;
    registers->regs[0] = (uintptr_t)signal;
    registers->regs[1] = (uintptr_t)&moved->info;
    registers->regs[2] = (uintptr_t)&moved->context;
    registers->regs[29] = (uintptr_t)record;
    registers->regs[30] = (uintptr_t)own->returns_to;
    registers->pstate &= ~(uint64_t)BRANCH_TYPE;
    memcpy(&context->uc_sigmask, mask, KERNEL_MASK_BYTES);
}

int signal_frame_leave_stack(int signal, const struct sigaction *host, const sigset_t *mask, const siginfo_t *info,
                                ucontext_t *context, const struct signal_frame_handler *own)
{
    const struct frame *frame = (const struct frame *)((const char *)context - offsetof(struct frame, context));
    if ((host->sa_flags & SA_ONSTACK) != 0 || !is_on_alternate_stack(frame, info, context, own))
        return 0;
    run_on_interrupted_stack(signal, host, mask, frame, context, own);
    return 1;
}
