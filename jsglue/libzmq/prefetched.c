/*
 * A message is taken from libzmq whole, also if a script receives it part by part.
 *
 * When a connection ends after libzmq has given the first part of a message, it may take the rest
 * from another message, forget it, or end the process
 * (https://github.com/zeromq/libzmq/issues/2163): if the connection is that of the message, which
 * is ended by zmq_disconnect(), or with RECONNECT_IVL -1 by libzmq itself; or if it is another one,
 * of a third peer (fq.cpp loses the position of the message's peer). To read the events of a
 * ROUTER, REP, SUB or XSUB is enough, since libzmq then receives the first part. So the rest of a
 * message is received in the call in which libzmq gives the first part, and kept here.
 *
 * In one of a hundred receives libzmq looks whether a connection has ended, perhaps between two
 * parts. If it has forgotten the rest then, the beginning is dropped. So is the next message of
 * a ROUTER, REP or REQ: since libzmq takes it for the rest, it comes without the parts that would
 * have preceded its content, such as the routing id.
 */
#include "prefetched.h"
#include "draft.h"
#include "message.h"
#include "messages.h"

/* How many parts an empty list has room for at most. */
enum { CAPACITY_KEPT = 16 };

/* Whether libzmq receives the first part of a message when it reads the events of such a socket. */
static int reads_ahead(int type)
{
    return type == ZMQ_ROUTER || type == ZMQ_REP || type == ZMQ_SUB || type == ZMQ_XSUB;
}

static void note_lost_rest(core_socket *socket)
{
    socket->lost_rest = socket->type == ZMQ_ROUTER || socket->type == ZMQ_REP || socket->type == ZMQ_REQ;
}

/* Receives a part and keeps it. *more: whether others follow. Returns 0, or an errno. */
static int prefetch_part(core_socket *socket, int *more)
{
    zmq_msg_t message;
    if (core_messages_reserve(&socket->prefetched) != 0)
        return ENOMEM; /* libzmq keeps it */
    zmq_msg_init(&message);
    if (CORE_RETRY(zmq_msg_recv(&message, socket->socket, ZMQ_DONTWAIT)) < 0)
        return zmq_errno();
    *more = zmq_msg_more(&message);
    core_messages_add(&socket->prefetched, &message);
    return 0;
}

/* Receives parts up to the last one of a message, and keeps them. */
static int prefetch(core_socket *socket, int in_message)
{
    int more = 0, error;
    do
        error = prefetch_part(socket, &more);
    while (error == 0 && more);
    socket->prefetched_more = in_message;
    core_note_checked(socket);
    return error;
}

void core_prefetch_rest(core_socket *socket)
{
    if (!core_has_prefetched(socket) && prefetch(socket, 1) == EAGAIN)
        note_lost_rest(socket);
}

/* Receives a message and keeps it. Returns 0, or an errno: EAGAIN if there is none. */
static int prefetch_message(core_socket *socket)
{
    for (;;) {
        int error = prefetch(socket, 0);
        if (!core_has_prefetched(socket) || error == ENOMEM)
            return error;
        if (error == 0 && !core_lacks_beginning(socket))
            return 0;
        core_prefetched_drop(socket);
        if (error == EAGAIN)
            note_lost_rest(socket);
    }
}

/* The events while libzmq must not read ahead: it only processes its commands, which reports
 * that the context was shut down. XSUB and ROUTER can always send; one with ROUTER_MANDATORY may
 * find no room then. */
static int kept_events(core_socket *socket, int *events)
{
    if (zmq_unbind(socket->socket, "") != 0 && zmq_errno() == ETERM)
        return ETERM;
    *events = socket->type == ZMQ_SUB || socket->type == ZMQ_REP ? ZMQ_POLLIN : ZMQ_POLLIN | ZMQ_POLLOUT;
    return 0;
}

int core_read_events(core_socket *socket, int *events)
{
    size_t size = sizeof *events;
    if (UNLIKELY(core_has_prefetched(socket)) && reads_ahead(socket->type))
        return kept_events(socket, events);
    if (CORE_RETRY(zmq_getsockopt(socket->socket, ZMQ_EVENTS, events, &size)) != 0)
        return zmq_errno();
    if ((*events & ZMQ_POLLIN) != 0 && reads_ahead(socket->type) && prefetch_message(socket) == EAGAIN)
        *events &= ~ZMQ_POLLIN;
    if (UNLIKELY(core_has_prefetched(socket)))
        *events = core_must_receive(socket) ? ZMQ_POLLIN : *events | ZMQ_POLLIN;
    return 0;
}

int core_is_shut_down(const core_socket *socket)
{
    int more;
    size_t size = sizeof more;
    return CORE_RETRY(zmq_getsockopt(socket->socket, ZMQ_RCVMORE, &more, &size)) != 0 && zmq_errno() == ETERM;
}

int core_take_prefetched(core_socket *socket, zmq_msg_t *message, size_t *length)
{
    if (core_is_shut_down(socket))
        return ETERM;
    zmq_msg_move(message, &socket->prefetched.list[socket->prefetched_next++]);
    *length = zmq_msg_size(message);
    socket->prefetched_more = zmq_msg_more(message);
    socket->uses++;
    core_count(&socket->received, *length);
    if (socket->prefetched_next < socket->prefetched.count)
        return 0;
    if (socket->prefetched.capacity > CAPACITY_KEPT) {
        core_prefetched_drop(socket);
        return 0;
    }
    core_messages_drop(&socket->prefetched, 0);
    socket->prefetched_next = 0;
    core_note_checked(socket);
    return 0;
}

int core_receive_next(core_socket *socket, zmq_msg_t *message)
{
    int error = core_receive(socket, message, 0);
    if (error == EAGAIN)
        note_lost_rest(socket);
    return error;
}

void core_prefetched_drop(core_socket *socket)
{
    core_messages_free(&socket->prefetched);
    socket->prefetched_next = 0;
    core_note_checked(socket);
}

int core_must_receive(const core_socket *socket)
{
    return core_has_prefetched(socket) && (socket->type == ZMQ_REQ || socket->type == ZMQ_REP);
}
