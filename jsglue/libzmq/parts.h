/* Messages of several parts. */
#ifndef CORE_PARTS_H
#define CORE_PARTS_H

#include "core.h"
#include "message.h"

/* Sends a message, or its rest, without waiting: 0, or an errno, and no part is sent. */
int core_send_parts(core_socket *socket, const core_part *parts, size_t count, int flags);

/* As core_send_message, of a part that another one follows, or that follows one. */
int core_send_part(core_socket *socket, zmq_msg_t *message, int flags);

/* Drops the parts that a socket holds: before it is closed, or instead of their message's end. */
void core_parts_drop(core_socket *socket);

#endif
