#include "denied.h"

#include <errno.h>
#include <stddef.h>
#include <sys/socket.h>

int core_is_denied(long result)
{
    return result < 0 && (errno == EPERM || errno == EACCES || errno == ENOSYS);
}

/* Those by which the C library lists the network interfaces. */
static const char *denied_for_interfaces(void)
{
    struct sockaddr address;
    socklen_t size = sizeof address;
    struct msghdr message = {0};
    if (core_is_denied(getsockname(-1, &address, &size)))
        return "getsockname()";
    if (core_is_denied(recvmsg(-1, &message, 0)))
        return "recvmsg()";
    return NULL;
}

const char *core_denied_call(int binds, int has_local_address)
{
    static const struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    int value;
    socklen_t size = sizeof value;
    const char *call = has_local_address ? denied_for_interfaces() : NULL;
    if (call != NULL)
        return call;
    if (binds && core_is_denied(accept4(-1, NULL, NULL, 0)))
        return "accept4()";
    if (!binds && core_is_denied(connect(-1, &nowhere, sizeof nowhere)))
        return "connect()";
    if (core_is_denied(getsockopt(-1, SOL_SOCKET, SO_ERROR, &value, &size)))
        return "getsockopt()";
    if (core_is_denied(recv(-1, &value, sizeof value, 0)))
        return "recvfrom()";
    if (core_is_denied(send(-1, &value, 0, 0)))
        return "sendto()";
    return NULL;
}
