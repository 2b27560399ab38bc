#include "denied.h"

#include <errno.h>
#include <stddef.h>
#include <sys/socket.h>

/* Without a valid descriptor a call fails with EBADF, unless a filter (seccomp) denies it first. */
static int is_denied(long result)
{
    return result < 0 && (errno == EPERM || errno == EACCES || errno == ENOSYS);
}

const char *core_denied_call(int binds)
{
    static const struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    int value;
    socklen_t size = sizeof value;
    if (binds && is_denied(accept4(-1, NULL, NULL, 0)))
        return "accept4()";
    if (!binds && is_denied(connect(-1, &nowhere, sizeof nowhere)))
        return "connect()";
    if (is_denied(getsockopt(-1, SOL_SOCKET, SO_ERROR, &value, &size)))
        return "getsockopt()";
    if (is_denied(recv(-1, &value, sizeof value, 0)))
        return "recvfrom()";
    if (is_denied(send(-1, &value, 0, 0)))
        return "sendto()";
    return NULL;
}
