/* The entries of a poller, and how it is told of sockets whose events may have changed. */
#ifndef GLUE_POLLER_ENTRY_H
#define GLUE_POLLER_ENTRY_H

#include "glue.h"

struct glue_poller_entry {
    glue_socket *socket; /* NULL: a descriptor, if it is used */
    int used;
    zmq_fd_t descriptor; /* or the socket's */
    short events;
    short found;       /* what it had when it was looked at last, of events */
    uint64_t uses;     /* the socket's count then */
    int told;          /* it has been told of since */
    int kept;          /* the instance keeps values of it */
    uint32_t number;   /* tells it from those that had its place before */
    struct pollfd *polled; /* of a descriptor that is polled, in the poller's array */
};

/* poller_epoll.c on Linux, poller_poll.c elsewhere: */

/* Before the first socket; after the last use. */
void glue_watch_init(glue_poller *poller);
void glue_watch_close(const glue_poller *poller);

/* Begins to watch the socket of an entry, which is used: 0, or -1 with errno. Ends to watch a descriptor, that of a
 * socket, which no used entry has any more. */
int glue_watch_add(glue_poller *poller, const glue_poller_entry *entry);
void glue_watch_remove(const glue_poller *poller, zmq_fd_t descriptor);

/* Fills the poller's array with what to poll until a socket's events may have changed: how many. */
int glue_watch_fill(const glue_poller *poller, struct pollfd *polled);

/* Whether that has found any; the array is as poll() has left it. */
int glue_watch_found(const glue_poller *poller);

/* Notes which sockets' events may have changed, as told: 0, or -1 with errno. */
int glue_watch_ask(glue_poller *poller);

#endif
