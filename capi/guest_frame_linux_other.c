//go:build linux && !amd64

/* The host's handler runs on the alternate stack, which is large enough. */
#include "guest_frame_linux.h"

int guest_leave_alternate_stack(int signal, const struct sigaction *host, const sigset_t *mask, const siginfo_t *info,
                                ucontext_t *context, const void *own)
{
    (void)signal, (void)host, (void)mask, (void)info, (void)context, (void)own;
    return 0;
}
