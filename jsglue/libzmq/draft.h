/* Socket types of the draft API. */
#ifndef CORE_DRAFT_H
#define CORE_DRAFT_H

#include "core.h"
#include "message.h"

/* Whether sockets of a type send and receive messages of one part only. */
int core_sends_single(int type);

/* Whether messages received by a type have a routing id, or a group. */
int core_has_routing_id(int type);
int core_has_group(int type);

/* Makes the poller of an open socket if the socket is thread-safe (0, or an errno), and ends it. */
int core_own_poller_make(core_socket *socket);
void core_own_poller_end(core_socket *socket);

/* Like core_events, for an open socket that has its own poller. */
int core_own_poller_events(core_socket *socket, int *events);

/* The destination of a message: the peer of a SERVER or PEER with a routing id, or a group of a
 * RADIO. */
typedef struct core_destination {
    uint32_t routing_id; /* 0: none */
    const char *group;   /* at most CORE_GROUP bytes and a NUL; or NULL */
} core_destination;
enum { CORE_GROUP = 255 };

/* As core_send, to a destination. */
int core_send_to(core_socket *socket, const void *data, size_t size, const core_destination *to, int flags);

/* Whether a part may be sent (group: the size of its group), and whether a message of count
 * parts may, none of which was sent yet: 0, or an errno. */
int core_check_part(const core_socket *socket, size_t size, size_t group, int flags);
int core_check_parts(const core_socket *socket, const core_part *parts, size_t count, int flags);

/* Notes that an open socket sends packets by udp, or no longer does. */
void core_packets_note(core_socket *socket, int packets);

/* Called after unfinished or packets was set. */
void core_note_checked(core_socket *socket);

/* zmq_join and zmq_leave return 0 or an errno, zmq_connect_peer the routing id or 0 with errno.
 * For open sockets. */
int core_join(core_socket *socket, const char *group);
int core_leave(core_socket *socket, const char *group);
uint32_t core_connect_peer(core_socket *socket, const char *endpoint);

#endif
