//go:build !linux

#include "readable.h"
#include "socket.h"

int core_is_readable(core_socket *socket)
{
    struct pollfd polled = {.fd = socket->descriptor, .events = POLLIN};
    return polled.fd == CORE_NO_FD || core_poll_now(&polled, 1) != 0;
}

void core_readable_end(core_socket *socket)
{
    (void)socket;
}
