/* The frame that the kernel puts on the stack for a handler: signal_frame_linux_PROCESSOR.c. */
#ifndef SIGNAL_FRAME_LINUX_H
#define SIGNAL_FRAME_LINUX_H

#include <signal.h>
#include <stdint.h>
#include <ucontext.h>

/* Of a handler of the library's, taken in it: __builtin_frame_address(0) and __builtin_return_address(0). */
struct signal_frame_handler {
    const void *frame, *returns_to;
};

/* For a handler of the library's, on the alternate stack: where the host's handler is not to run there, has it run
 * where the kernel would have begun it, once the library's returns. 1: it will; 0: the library's handler is to call
 * it. */
int signal_frame_leave_stack(int signal, const struct sigaction *host, const sigset_t *mask, const siginfo_t *info,
                                ucontext_t *context, const struct signal_frame_handler *own);

static inline int signal_frame_is_on_stack(const stack_t *stack, uintptr_t address)
{
    return address - (uintptr_t)stack->ss_sp < stack->ss_size;
}

#endif
