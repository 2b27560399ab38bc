#include "proxy.h"
#include "message.h"
#include "messages.h"
#include "parts.h"
#include "socket.h"

#include <string.h>

/* The number of messages that one direction passes on before the other has its turn. */
enum { TURN = 100 };

static int events_of(core_socket *socket, int *events)
{
    return socket->socket != NULL ? core_events(socket, events) : ENOTSOCK;
}

static int pass_part(core_socket *socket, zmq_msg_t *part, int flags)
{
    return socket->socket != NULL ? core_send_message(socket, part, flags) : ENOTSOCK;
}

/* Whether a socket had no room for a message, which is no error: it keeps none of its parts. */
static int lacks_room(core_socket *socket, int *error)
{
    if (*error != EAGAIN)
        return 0;
    *error = 0;
    core_parts_drop(socket);
    return 1;
}

/* A capture socket without room misses the message with all its parts, as a subscriber of PUB
 * does. */
static int capture_part(core_proxy *proxy, zmq_msg_t *part, int is_first, int flags)
{
    zmq_msg_t copy;
    if (is_first)
        proxy->skips_capture = proxy->capture == NULL;
    if (proxy->skips_capture)
        return 0;
    zmq_msg_init(&copy);
    if (zmq_msg_copy(&copy, part) != 0) {
        zmq_msg_close(&copy);
        return zmq_errno();
    }
    int error = pass_part(proxy->capture, &copy, flags);
    zmq_msg_close(&copy);
    proxy->skips_capture = lacks_room(proxy->capture, &error);
    return error;
}

/* A message received by an XPUB may be marked as shared without being counted, and would be
 * freed too early if it was shared again. So it is copied. Returns 0, or an errno. */
static int make_anew(zmq_msg_t *part)
{
    zmq_msg_t made;
    if (zmq_msg_init_size(&made, zmq_msg_size(part)) != 0)
        return zmq_errno();
    memcpy(zmq_msg_data(&made), zmq_msg_data(part), zmq_msg_size(part));
    zmq_msg_close(part);
    zmq_msg_init(part);
    zmq_msg_move(part, &made);
    zmq_msg_close(&made);
    return 0;
}

/* Receives a message into the list: 0, or an errno; EAGAIN if there is none, or not all of it. */
static int receive(core_proxy *proxy, core_socket *from)
{
    int more, error;
    do {
        zmq_msg_t part;
        zmq_msg_init(&part);
        more = 0;
        error = proxy->parts.count == 0 ? core_receive(from, &part, 0) : core_receive_next(from, &part);
        if (error == 0 && from->type == ZMQ_XPUB)
            error = make_anew(&part);
        if (error == 0) {
            more = zmq_msg_more(&part);
            error = core_messages_add(&proxy->parts, &part);
        }
        zmq_msg_close(&part);
    } while (more && error == 0);
    return error == 0 && core_lacks_beginning(from) ? EAGAIN : error;
}

/* Passes on the message in the list. If there is no room for it after all, it drops all parts. */
static int send(core_proxy *proxy, int to)
{
    int drops = 0;
    for (size_t i = 0; i < proxy->parts.count; i++) {
        zmq_msg_t *part = &proxy->parts.list[i];
        int flags = i + 1 < proxy->parts.count ? ZMQ_SNDMORE : 0;
        size_t size = zmq_msg_size(part);
        int error = capture_part(proxy, part, i == 0, flags);
        if (error == 0 && !drops) {
            error = pass_part(proxy->sockets[to], part, flags);
            if (error == 0)
                core_count(&proxy->sent[to], size);
            drops = lacks_room(proxy->sockets[to], &error);
        }
        if (error != 0)
            return error;
    }
    return 0;
}

/* Passes on a message with all its parts; EAGAIN if there is none. */
static int pass_message(core_proxy *proxy, int from, int to)
{
    int error = receive(proxy, proxy->sockets[from]);
    if (error == 0) {
        for (size_t i = 0; i < proxy->parts.count; i++)
            core_count(&proxy->received[from], zmq_msg_size(&proxy->parts.list[i]));
        error = send(proxy, to);
    }
    core_messages_drop(&proxy->parts, 0);
    return error;
}

/* Passes on messages in one direction, and notes the events to wait for. */
static int pass(core_proxy *proxy, int from, int to)
{
    for (int i = 0; i < TURN; i++) {
        int in = 0, out = 0;
        int error = events_of(proxy->sockets[from], &in);
        if (error == 0)
            error = events_of(proxy->sockets[to], &out);
        if (error != 0)
            return error;
        if ((in & ZMQ_POLLIN) == 0) {
            proxy->events[from] |= ZMQ_POLLIN;
            return 0;
        }
        if ((out & ZMQ_POLLOUT) == 0) {
            proxy->events[to] |= ZMQ_POLLOUT;
            return 0;
        }
        error = pass_message(proxy, from, to);
        if (error != 0 && error != EAGAIN)
            return error;
    }
    proxy->events[from] |= ZMQ_POLLIN; /* there are more messages */
    return 0;
}

int core_proxy_pass(core_proxy *proxy)
{
    memset(proxy->events, 0, sizeof proxy->events);
    int error = pass(proxy, 0, 1);
    if (error == 0 && proxy->sockets[0] != proxy->sockets[1])
        error = pass(proxy, 1, 0);
    core_messages_free(&proxy->parts);
    return error;
}
