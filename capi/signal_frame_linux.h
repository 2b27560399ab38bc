/* The frame that the kernel puts on the stack for a handler: signal_frame_linux_PROCESSOR.c. */
#ifndef SIGNAL_FRAME_LINUX_H
#define SIGNAL_FRAME_LINUX_H

#include <signal.h>
#include <stdint.h>
#include <ucontext.h>

/* __builtin_frame_address(0) and __builtin_return_address(0) of a handler of the library. */
struct signal_frame_handler {
    const void *frame, *returns_to;
};

/* For a handler of the library that runs on the alternate stack, if the host's handler should
 * not: makes the host's handler run where the kernel would have begun it, after the library's
 * returns. Returns 1; or 0 if the library's handler has to call the host's. */
int signal_frame_leave_stack(int signal, const struct sigaction *host, const sigset_t *mask, const siginfo_t *info,
                                ucontext_t *context, const struct signal_frame_handler *own);

static inline int signal_frame_is_on_stack(const stack_t *stack, uintptr_t address)
{
    return address - (uintptr_t)stack->ss_sp < stack->ss_size;
}

#endif
