/* Whether data have arrived on ZMQ_FD: readable_linux.c, elsewhere readable_poll.c. */
#ifndef CORE_READABLE_H
#define CORE_READABLE_H

#include "core.h"

/* Whether data have arrived on ZMQ_FD since libzmq has last read it. Cheaper than zmq_msg_recv()
 * if the last receive returned EAGAIN and the socket was not used since. */
int core_is_readable(core_socket *socket);

/* Called before the socket is closed. */
void core_readable_end(core_socket *socket);

#endif
