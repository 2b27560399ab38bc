//go:build linux && !amd64 && !arm64

/* The host's handler runs on the alternate stack of the thread, where it would not without the
 * library. */
#include "signal_frame_linux.h"

int signal_frame_leave_stack(int signal, const struct sigaction *host, const sigset_t *mask, const siginfo_t *info,
                                ucontext_t *context, const struct signal_frame_handler *own)
{
    (void)signal, (void)host, (void)mask, (void)info, (void)context, (void)own;
    return 0;
}
