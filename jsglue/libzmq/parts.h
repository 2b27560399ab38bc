/* Messages of several parts. */
#ifndef CORE_PARTS_H
#define CORE_PARTS_H

#include "core.h"
#include "message.h"

/* Sends a message or its rest without waiting: 0; or an errno, and no part is sent. */
int core_send_parts(core_socket *socket, const core_part *parts, size_t count, int flags);

/* As core_send_message, for one of several parts. */
int core_send_part(core_socket *socket, zmq_msg_t *message, int flags);

/* Drops the parts that a socket holds: before it is closed, or in place of the end of their
 * message. */
void core_parts_drop(core_socket *socket);

#endif
