/*
 * A message that libzmq has begun to deliver is delivered whole, also if its connection is ended.
 *
 * When a script ends a connection (zmq_disconnect), libzmq forgets the messages that have arrived
 * by it, even the rest of one of which a part was received. The next receive then ends the process
 * (https://github.com/zeromq/libzmq/issues/2163), or takes another message for the rest. To read
 * the events of a ROUTER, REP, SUB or XSUB is enough, since libzmq then receives the first part. So
 * the rest of such a message is received before the connection is ended, and kept here.
 *
 * With RECONNECT_IVL -1 libzmq itself ends the connection in this way when the peer has gone, in
 * any call on the socket. Then the beginning is dropped here, if the process still runs. The next
 * message of a ROUTER, REP or REQ is dropped too: since libzmq takes it for the rest, it comes
 * without the parts that would have preceded its content, such as the routing id.
 */
#include "prefetched.h"
#include "draft.h"
#include "message.h"
#include "messages.h"

/* Whether libzmq receives the first part of a message when it reads the events of such a socket. */
static int reads_ahead(int type)
{
    return type == ZMQ_ROUTER || type == ZMQ_REP || type == ZMQ_SUB || type == ZMQ_XSUB;
}

/* Whether the part received last is not the last one of its message: 1 or 0, or -1 with an errno
 * of libzmq. */
static int is_in_message(const core_socket *socket)
{
    int more = 0;
    size_t size = sizeof more;
    return CORE_RETRY(zmq_getsockopt(socket->socket, ZMQ_RCVMORE, &more, &size)) != 0 ? -1 : more;
}

/* Receives a part and keeps it: 1 if more follow, 0 if none does or there is none, or -1 with an
 * errno of libzmq. */
static int prefetch_part(core_socket *socket)
{
    zmq_msg_t message;
    zmq_msg_init(&message);
    if (CORE_RETRY(zmq_msg_recv(&message, socket->socket, ZMQ_DONTWAIT)) < 0)
        return zmq_errno() == EAGAIN ? 0 : -1;
    int more = zmq_msg_more(&message);
    core_messages_add(&socket->prefetched, &message);
    return more;
}

int core_prefetch(core_socket *socket)
{
    int more = is_in_message(socket);
    if (more == 0 && (!reads_ahead(socket->type) || socket->looked != socket->received.messages))
        return 0;
    if (!core_has_prefetched(socket))
        socket->prefetched_more = more > 0;
    do
        more = core_messages_reserve(&socket->prefetched) == 0 ? prefetch_part(socket) : -1;
    while (more > 0);
    socket->looked = CORE_NOT_LOOKED;
    core_note_checked(socket);
    return more == 0 ? 0 : zmq_errno();
}

void core_take_prefetched(core_socket *socket, zmq_msg_t *message, size_t *length)
{
    zmq_msg_move(message, &socket->prefetched.list[socket->prefetched_next++]);
    *length = zmq_msg_size(message);
    socket->prefetched_more = zmq_msg_more(message);
    socket->uses++;
    core_count(&socket->received, *length);
    if (socket->prefetched_next == socket->prefetched.count)
        core_prefetched_drop(socket);
}

int core_receive_next(core_socket *socket, zmq_msg_t *message)
{
    int error = core_receive(socket, message, 0);
    if (error == EAGAIN)
        socket->lost_rest = socket->type == ZMQ_ROUTER || socket->type == ZMQ_REP || socket->type == ZMQ_REQ;
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

void core_correct_option(const core_socket *socket, int option, int *value)
{
    if (option == ZMQ_RCVMORE)
        *value = socket->prefetched_more;
    if (option == ZMQ_EVENTS)
        *value = core_must_receive(socket) ? ZMQ_POLLIN : *value | ZMQ_POLLIN;
}
