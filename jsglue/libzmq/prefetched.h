/* Messages are taken from libzmq whole: parts that are received before those in libzmq. */
#ifndef CORE_PREFETCHED_H
#define CORE_PREFETCHED_H

#include "core.h"
#include "socket.h"

/* Called when a part was received that is not the last one of its message: takes the others from
 * libzmq. */
void core_prefetch_rest(core_socket *socket);

/* Whether a socket has such parts, which are received before all others. */
static inline int core_has_prefetched(const core_socket *socket)
{
    return socket->prefetched.count > 0;
}

/* Receives the next of these parts into message, which is initialised: 0; or ETERM. */
int core_take_prefetched(core_socket *socket, zmq_msg_t *message, size_t *length);

/* Drops these parts, before the socket is closed. */
void core_prefetched_drop(core_socket *socket);

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

/* Gets the events of an open socket that has a ZMQ_FD (ZMQ_EVENTS): 0, or an errno. Takes the
 * message of which libzmq receives the first part for that. */
int core_read_events(core_socket *socket, int *events);

/* Whether the context of an open socket was shut down, and libzmq has told the socket. */
int core_is_shut_down(const core_socket *socket);

/* Whether a socket must not send yet, by the rules of its type, since such a part is left. */
int core_must_receive(const core_socket *socket);

#endif
