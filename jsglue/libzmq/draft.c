/*
 * Socket types of libzmq's draft API.
 *
 * Those that are thread-safe have no ZMQ_FD. A poller of libzmq with one such socket has a
 * descriptor that becomes readable when a message arrives; unlike ZMQ_FD it stays readable until
 * that poller, not the socket, is asked. So the socket gets such a poller of its own, which is
 * asked in place of ZMQ_EVENTS.
 *
 * RADIO, DISH and DGRAM can use udp. When libzmq sends there, it copies into a buffer of UDP_PACKET
 * bytes without checking the size, and older versions end the process when they receive a group of
 * more than UDP_GROUP bytes; a DGRAM that is not bound loses its messages. So such sends are
 * checked here.
 */
#include "draft.h"
#include "message.h"
#include "prefetched.h"
#include "socket.h"
#include "zmq_draft.h"


#include <string.h>

enum { UDP_PACKET = 8192, UDP_GROUP = 127 };

int core_sends_single(int type)
{
    return type >= ZMQ_SERVER && type <= ZMQ_CHANNEL && type != ZMQ_DGRAM;
}

int core_has_routing_id(int type)
{
    return type == ZMQ_SERVER || type == ZMQ_PEER;
}

int core_has_group(int type)
{
    return type == ZMQ_DISH;
}

/* ---- the poller of a thread-safe socket ---- */

int core_own_poller_make(core_socket *socket)
{
    if (zmq_poller_new == NULL || zmq_poller_fd == NULL)
        return ENOTSUP;
    socket->own_poller = zmq_poller_new();
    if (socket->own_poller == NULL)
        return zmq_errno();
    if (zmq_poller_add(socket->own_poller, socket->socket, NULL, ZMQ_POLLIN | ZMQ_POLLOUT) == 0 &&
        zmq_poller_fd(socket->own_poller, &socket->descriptor) == 0)
        return 0;
    int error = zmq_errno();
    core_own_poller_end(socket);
    return error;
}

void core_own_poller_end(core_socket *socket)
{
    if (socket->own_poller != NULL)
        zmq_poller_destroy(&socket->own_poller);
}

int core_own_poller_events(core_socket *socket, int *events)
{
    zmq_poller_event_t event;
    *events = 0;
    if (CORE_RETRY(zmq_poller_wait(socket->own_poller, &event, 0)) == 0)
        *events = event.events;
    else if (zmq_errno() != EAGAIN)
        return zmq_errno();
    return 0;
}

void core_own_poller_take(core_socket *socket)
{
    int events;
    socket->uses++;
    core_own_poller_events(socket, &events);
}

/* ---- checks that libzmq lacks ---- */

void core_note_checked(core_socket *socket)
{
    socket->checked =
        socket->unfinished || socket->packets || socket->type == ZMQ_DGRAM || core_must_receive(socket);
}

void core_packets_note(core_socket *socket, int packets)
{
    socket->packets = packets;
    core_note_checked(socket);
}

/* Checks a part of a DGRAM: the first is an address, the second the packet. */
static int check_datagram(const core_socket *socket, size_t size, int is_packet, int more)
{
    if (is_packet == more)
        return EINVAL;
    if (!socket->packets)
        return ENOTCONN;
    return is_packet && size > UDP_PACKET ? EMSGSIZE : 0;
}

int core_check_part(const core_socket *socket, size_t size, size_t group, int flags)
{
    int more = (flags & ZMQ_SNDMORE) != 0;
    if (core_must_receive(socket))
        return core_is_shut_down(socket) ? ETERM : EFSM;
    if (socket->type == ZMQ_DGRAM)
        return check_datagram(socket, size, socket->unfinished, more);
    if (more && core_sends_single(socket->type))
        return EINVAL;
    if (socket->packets && (group > UDP_GROUP || size > UDP_PACKET - 1 - group))
        return EMSGSIZE;
    return 0;
}

int core_check_parts(const core_socket *socket, const core_part *parts, size_t count, int flags)
{
    if (socket->type == ZMQ_DGRAM && !socket->unfinished) {
        if (count != 2 || (flags & ZMQ_SNDMORE) != 0)
            return EINVAL;
        return check_datagram(socket, parts[1].size, 1, 0);
    }
    return core_sends_single(socket->type) ? EINVAL : 0;
}

/* ---- groups, routing ids ---- */

/* Sets the destination of a message: 0, or an errno. */
static int set_destination(zmq_msg_t *message, const core_destination *to)
{
    int result = to->group != NULL ? zmq_msg_set_group(message, to->group)
                                   : zmq_msg_set_routing_id(message, to->routing_id);
    return result != 0 ? zmq_errno() : 0;
}

int core_send_to(core_socket *socket, const void *data, size_t size, const core_destination *to, int flags)
{
    zmq_msg_t message;
    if (socket->socket == NULL)
        return ENOTSOCK;
    int error = core_check_part(socket, size, to->group != NULL ? strlen(to->group) : 0, flags);
    if (error == 0)
        error = core_make_message(&message, &(core_part){data, size, NULL});
    if (error != 0)
        return error;
    error = set_destination(&message, to);
    socket->uses++;
    if (error == 0 && CORE_RETRY(zmq_msg_send(&message, socket->socket, flags | ZMQ_DONTWAIT)) < 0)
        error = zmq_errno();
    if (error == 0)
        core_count(&socket->sent, size);
    else
        zmq_msg_close(&message);
    return error;
}

int core_join(core_socket *socket, const char *group)
{
    socket->uses++;
    if (zmq_join == NULL)
        return ENOTSUP;
    return CORE_RETRY(zmq_join(socket->socket, group)) != 0 ? zmq_errno() : 0;
}

int core_leave(core_socket *socket, const char *group)
{
    socket->uses++;
    if (zmq_leave == NULL)
        return ENOTSUP;
    return CORE_RETRY(zmq_leave(socket->socket, group)) != 0 ? zmq_errno() : 0;
}

uint32_t core_connect_peer(core_socket *socket, const char *endpoint)
{
    socket->uses++;
    if (zmq_connect_peer == NULL) {
        errno = ENOTSUP;
        return 0;
    }
    return zmq_connect_peer(socket->socket, endpoint);
}
