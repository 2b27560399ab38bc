//go:build !linux

#include "glue.h"

int glue_is_readable(glue_socket *socket)
{
    struct pollfd polled = {.fd = socket->descriptor, .events = POLLIN};
    return polled.fd == GLUE_NO_FD || glue_poll_now(&polled, 1) != 0;
}

void glue_readable_end(glue_socket *socket)
{
    (void)socket;
}
