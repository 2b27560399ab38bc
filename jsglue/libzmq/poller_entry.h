/* The entries of a poller, and the wake-ups for sockets whose events may have changed. */
#ifndef CORE_POLLER_ENTRY_H
#define CORE_POLLER_ENTRY_H

#include "poller.h"

struct core_poller_entry {
    core_socket *socket; /* NULL: a descriptor, if it is used */
    int used;
    zmq_fd_t descriptor; /* or the socket's */
    short events;
    short found;       /* the events that the last look found */
    uint64_t uses;     /* the socket's count then */
    int told;          /* its descriptor has become readable since */
    int kept;          /* the instance keeps its values */
    uint32_t number;   /* distinguishes it from former entries at its index */
    struct pollfd *polled; /* of a descriptor that is polled, in the poller's array */
};

/* poller_epoll.c on Linux, poller_poll.c elsewhere: */

/* Called before the first socket, and after the last use. */
void core_watch_init(core_poller *poller);
void core_watch_close(const core_poller *poller);

/* Starts watching the socket of an entry, which is used: 0, or -1 with errno. Stops watching the
 * descriptor of a socket that no used entry has any more. */
int core_watch_add(core_poller *poller, const core_poller_entry *entry);
void core_watch_remove(const core_poller *poller, zmq_fd_t descriptor);

/* Fills the poller's array with the descriptors to poll until a socket's events may have
 * changed, and returns their number. */
int core_watch_fill(const core_poller *poller, struct pollfd *polled);

/* Whether poll() has found any of them ready, in the array. */
int core_watch_found(const core_poller *poller);

/* Marks the entries whose sockets' events may have changed: 0 if there are none, a positive
 * number if there are any, or -1 with errno. */
int core_watch_ask(core_poller *poller);

#endif
