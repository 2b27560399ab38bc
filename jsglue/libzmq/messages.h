/* Lists of messages. */
#ifndef CORE_MESSAGES_H
#define CORE_MESSAGES_H

#include "core.h"
#include "socket.h"

/* Makes room for one more message: 0, or ENOMEM. */
int core_messages_reserve(core_messages *messages);

/* Moves a message to the end of a list: 0, or ENOMEM, and the message is unchanged. */
int core_messages_add(core_messages *messages, zmq_msg_t *message);

/* Drops the messages except the first ones. */
void core_messages_drop(core_messages *messages, size_t first);

/* Drops all messages, and frees the list, which is empty then. */
void core_messages_free(core_messages *messages);

#endif
