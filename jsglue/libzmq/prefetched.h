/* Messages that libzmq has begun to deliver when their connection ends. */
#ifndef CORE_PREFETCHED_H
#define CORE_PREFETCHED_H

#include "core.h"
#include "socket.h"

/* Called before a connection of an open socket is ended (zmq_disconnect, zmq_unbind): takes from
 * libzmq the message that it has begun to deliver, or its rest. 0; or an errno, and the connection
 * must not be ended. */
int core_prefetch(core_socket *socket);

/* Whether a socket has such parts, which are received before all others. */
static inline int core_has_prefetched(const core_socket *socket)
{
    return socket->prefetched.count > 0;
}

/* Receives the next of these parts into message, which is initialised. */
void core_take_prefetched(core_socket *socket, zmq_msg_t *message, size_t *length);

/* Receives a part that follows another one: 0, or an errno; EAGAIN if libzmq has forgotten the
 * rest of the message. */
int core_receive_next(core_socket *socket, zmq_msg_t *message);

/* Called when the last part of a message was received. Whether the message is to be dropped: it
 * lacks its beginning. */
static inline int core_lacks_beginning(core_socket *socket)
{
    int lacks = socket->lost_rest;
    socket->lost_rest = 0;
    return UNLIKELY(lacks);
}

/* Drops these parts, before the socket is closed. */
void core_prefetched_drop(core_socket *socket);

/* Corrects an option that libzmq has read (ZMQ_EVENTS or ZMQ_RCVMORE). */
void core_correct_option(const core_socket *socket, int option, int *value);

/* Called with the events of a socket that libzmq has read (ZMQ_EVENTS): notes that it may have
 * begun to deliver a message, and corrects them. */
static inline void core_note_events(core_socket *socket, int *events)
{
    if ((*events & ZMQ_POLLIN) != 0)
        socket->looked = socket->received.messages;
    if (UNLIKELY(core_has_prefetched(socket)))
        core_correct_option(socket, ZMQ_EVENTS, events);
}

/* Whether a socket must not send yet, by the rules of its type, since such a part is left. */
int core_must_receive(const core_socket *socket);

#endif
