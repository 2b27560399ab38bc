/* Sending and receiving. */
#ifndef CORE_MESSAGE_H
#define CORE_MESSAGE_H

#include "core.h"
#include "pool.h"
#include "prefetched.h"
#include "readable.h"
#include "socket.h"

/* A part of a message; data may be NULL if size is 0. */
typedef struct core_part {
    const void *data;
    size_t size;
    zmqjs_lent *lent; /* the owner of the bytes, which are then not copied; or NULL */
} core_part;

/* Makes a message of these bytes, which the caller sends or closes: 0, or an errno. */
int core_make_message(zmq_msg_t *message, const core_part *part);

/* Sends a part on an open socket without waiting: 0, or an errno; then the message is unchanged. */
int core_send_message(core_socket *socket, zmq_msg_t *message, int flags);

/* Gets the events of an open socket (ZMQ_EVENTS): 0, or an errno. */
int core_events(core_socket *socket, int *events);

/* As core_send, for a part that is large or lent, or one of several. */
int core_send_slowly(core_socket *socket, const core_part *part, int flags);

/* Resets the own poller of an open socket: its descriptor is not readable then until more
 * arrives. */
void core_own_poller_take(core_socket *socket);

static inline void core_count(core_traffic *traffic, size_t size)
{
    traffic->messages++;
    atomic_signal_fence(memory_order_acq_rel); /* one by one: a vector of both would have to be assembled first */
    traffic->bytes += size;
}

/* Called when zmq_send has failed, or zmq_msg_recv has returned a negative size or INT_MAX,
 * which stands for larger ones too. Returns 0, also if only a signal had interrupted it; or an
 * errno. */
int core_send_again(core_socket *socket, const void *data, size_t size, int flags);
int core_receive_again(core_socket *socket, zmq_msg_t *message, int size, int flags, size_t *length);

/* Sends a part, or receives one into message, which is initialised, without waiting. Returns 0,
 * or an errno (ENOTSOCK if the socket is closed). */
static inline int core_send(core_socket *socket, const void *data, size_t size, int flags)
{
    socket->uses++;
    if (UNLIKELY(size >= CORE_POOL_MINIMUM || (flags & ZMQ_SNDMORE) != 0 || socket->checked))
        return core_send_slowly(socket, &(core_part){data, size, NULL}, flags);
    if (UNLIKELY(zmq_send(socket->socket, data, size, flags | ZMQ_DONTWAIT) < 0))
        return core_send_again(socket, data, size, flags);
    core_count(&socket->sent, size);
    return 0;
}

static inline int core_receive_size(core_socket *socket, zmq_msg_t *message, int flags, size_t *length)
{
    if (UNLIKELY(core_has_prefetched(socket)))
        return core_take_prefetched(socket, message, length);
    if (UNLIKELY(socket->drained == socket->uses) && socket->socket != NULL && !core_is_readable(socket))
        return EAGAIN;
    socket->uses++;
    int size = zmq_msg_recv(message, socket->socket, flags | ZMQ_DONTWAIT);
    if (UNLIKELY(size < 0 || size == INT_MAX)) {
        size_t late = 0;
        int error = core_receive_again(socket, message, size, flags, &late);
        *length = late;
        return error;
    }
    *length = (size_t)size;
    core_count(&socket->received, *length);
    return 0;
}

static inline int core_receive(core_socket *socket, zmq_msg_t *message, int flags)
{
    size_t length;
    return core_receive_size(socket, message, flags, &length);
}

/* Called after a wait on the socket: a message has arrived. */
static inline void core_expect(core_socket *socket)
{
    if (socket->own_poller != NULL)
        core_own_poller_take(socket);
    socket->drained = socket->uses - 1;
}

/* Closes a message that was allocated by malloc, and frees it. */
void core_message_free(void *message);

/* Makes libzmq process the commands that have arrived on ZMQ_FD, which not every send does. */
void core_refresh(core_socket *socket);

#endif
