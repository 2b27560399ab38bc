/*
 * A message of several parts reaches a peer whole or not at all, even if the peer disappears
 * between two parts.
 *
 * PUSH and DEALER send all parts of a message to one peer. If that peer has gone, libzmq drops the
 * rest: it accepts and drops a part that is sent without ZMQ_DONTWAIT, but for one with
 * ZMQ_DONTWAIT zmq_msg_send fails once with EAGAIN, and the same part sent again would go to
 * another peer. Since every part is sent with ZMQ_DONTWAIT here, a part that follows another one
 * and gets EAGAIN is accepted and dropped here.
 *
 * When another peer has gone, of three or more, libzmq may send the rest to a peer that has not
 * received the beginning. So parts of PUSH and DEALER that come by several calls are held, and sent
 * together with the last one: libzmq then hardly looks at its peers between two parts.
 *
 * PAIR sends each part to its current peer; and a REQ whose last part is dropped in this way treats
 * the next request as the rest of this one. So the parts of all their messages are held.
 *
 * ROUTER, REP, STREAM, PUB, XPUB and XSUB always accept the rest, and drop it if necessary.
 */
#include "parts.h"
#include "draft.h"
#include "message.h"
#include "messages.h"
#include "socket.h"

#include <stdlib.h>

static int send_now(core_socket *socket, zmq_msg_t *message, int flags)
{
    return CORE_RETRY(zmq_msg_send(message, socket->socket, flags | ZMQ_DONTWAIT)) < 0 ? zmq_errno() : 0;
}

/* Sends a part other than the first: it is dropped if the peer has gone. */
static int send_next(core_socket *socket, zmq_msg_t *message, int flags)
{
    int error = send_now(socket, message, flags);
    if (error != EAGAIN || (socket->type != ZMQ_PUSH && socket->type != ZMQ_DEALER && socket->type != ZMQ_REQ))
        return error;
    zmq_msg_close(message);
    zmq_msg_init(message);
    return 0;
}

static void set_unfinished(core_socket *socket, int unfinished)
{
    socket->unfinished = unfinished;
    core_note_checked(socket);
}

/* ---- held parts ---- */

void core_parts_drop(core_socket *socket)
{
    core_messages_free(&socket->held);
    set_unfinished(socket, 0);
}

/* Sends the held parts and the last one. They are still held after an error: parts that a PAIR
 * had accepted then were for a peer that has gone and has not seen them. */
static int send_held(core_socket *socket, zmq_msg_t *last)
{
    for (size_t i = 0; i < socket->held.count; i++) {
        zmq_msg_t copy;
        zmq_msg_init(&copy);
        int error = zmq_msg_copy(&copy, &socket->held.list[i]) != 0 ? zmq_errno() : 0;
        if (error == 0)
            error = i == 0 ? send_now(socket, &copy, ZMQ_SNDMORE) : send_next(socket, &copy, ZMQ_SNDMORE);
        zmq_msg_close(&copy);
        if (error != 0)
            return error;
    }
    int error = send_next(socket, last, 0);
    if (error == 0)
        core_messages_drop(&socket->held, 0);
    return error;
}

/* ---- one part ---- */

static int is_holding_type(const core_socket *socket)
{
    return socket->type == ZMQ_PAIR || socket->type == ZMQ_REQ;
}

/* Whether the parts of a message are held, which are all there (whole), or come by several calls. */
static int holds(const core_socket *socket, int whole)
{
    return is_holding_type(socket) || (!whole && (socket->type == ZMQ_PUSH || socket->type == ZMQ_DEALER));
}

/* Holds the first part of several. If the socket has no room for a message, or must not send
 * now, zmq_msg_send reports it. */
static int send_first(core_socket *socket, zmq_msg_t *message, int flags, int whole)
{
    int events = 0;
    if (!holds(socket, whole))
        return send_now(socket, message, flags);
    int error = core_events(socket, &events);
    if (error != 0)
        return error;
    if ((events & ZMQ_POLLOUT) != 0)
        return core_messages_add(&socket->held, message);
    return socket->type == ZMQ_PAIR ? EAGAIN : send_now(socket, message, flags);
}

static int send_part(core_socket *socket, zmq_msg_t *message, int flags, int whole)
{
    int more = (flags & ZMQ_SNDMORE) != 0;
    int error = core_check_part(socket, zmq_msg_size(message), 0, flags);
    if (error != 0)
        return error;
    if (socket->held.count > 0)
        error = more ? core_messages_add(&socket->held, message) : send_held(socket, message);
    else
        error = socket->unfinished ? send_next(socket, message, flags)
                : more             ? send_first(socket, message, flags, whole)
                                   : send_now(socket, message, flags);
    if (error == 0)
        set_unfinished(socket, more);
    return error;
}

int core_send_part(core_socket *socket, zmq_msg_t *message, int flags)
{
    return send_part(socket, message, flags, 0);
}

/* ---- several parts ---- */

/* Sends messages, which are parts of one, or all its parts (whole); those that are not sent are unchanged. */
static int send_messages(core_socket *socket, zmq_msg_t *messages, size_t count, int flags, int whole, size_t *sent)
{
    int error = 0;
    /* A message that is complete needs no room before: its last part reports if there is none. */
    if (whole && holds(socket, whole) && count > 1) {
        error = core_messages_add(&socket->held, &messages[0]);
        *sent += error == 0;
    }
    while (error == 0 && *sent < count) {
        int more = *sent + 1 < count ? ZMQ_SNDMORE : 0;
        error = send_part(socket, &messages[*sent], flags | more, whole);
        *sent += error == 0;
    }
    return error;
}

/* The same, and nothing is sent after an error: types that do not hold parts fail at the first
 * part, or because the context ends. */
static int send_all(core_socket *socket, zmq_msg_t *messages, size_t count, int flags, size_t *sent)
{
    size_t held = socket->held.count;
    int unfinished = socket->unfinished, whole = !unfinished && (flags & ZMQ_SNDMORE) == 0;
    socket->uses++;
    int error = send_messages(socket, messages, count, flags, whole, sent);
    if (error != 0 && holds(socket, whole)) {
        core_messages_drop(&socket->held, held);
        set_unfinished(socket, unfinished);
    }
    return error;
}

int core_send_parts(core_socket *socket, const core_part *parts, size_t count, int flags)
{
    enum { FEW = 8 };
    zmq_msg_t few[FEW], *messages = few;
    size_t made = 0, sent = 0;
    int error = 0;
    if (socket->socket == NULL)
        return ENOTSOCK;
    error = core_check_parts(socket, parts, count, flags);
    if (error != 0)
        return error;
    if (count > FEW)
        messages = malloc(count * sizeof *messages);
    if (messages == NULL)
        return ENOMEM;
    while (error == 0 && made < count) { /* all first, so that memory cannot run out in the middle */
        error = core_make_message(&messages[made], &parts[made]);
        made += error == 0;
    }
    if (error == 0)
        error = send_all(socket, messages, count, flags, &sent);
    for (size_t i = 0; error == 0 && i < count; i++)
        core_count(&socket->sent, parts[i].size);
    while (made > sent)
        zmq_msg_close(&messages[--made]);
    if (messages != few)
        free(messages);
    return error;
}
