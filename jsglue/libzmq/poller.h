/* Pollers. */
#ifndef CORE_POLLER_H
#define CORE_POLLER_H

#include "core.h"

typedef struct core_poller_entry core_poller_entry;

struct core_poller {
    core_poller_entry *entries;
    int count;    /* of entries, used or not */
    int capacity;
    int used;
    int sockets; /* of those used */
    int *order;  /* the indexes of those used, in the order of their addition */
    int first;   /* the place in order where the next look begins, so that all get their turn */
    int epoll;   /* for poller_epoll_linux.c; -1 before the first socket */
    int all;     /* likewise: an epoll of that one and of the descriptors; -1 until it is needed */
    uint64_t closed; /* core_closed_sockets() when closed sockets were removed last */
    uint32_t last_number;
    int dropped; /* unused entries whose values the instance still keeps */
    struct pollfd *polled; /* the descriptors of a wait, with room for one more */
    struct core_poller_event *found; /* room for an event of each entry */
};

typedef struct core_poller_event {
    int index; /* of the entry */
    int is_socket;
    zmq_fd_t descriptor; /* if it is not a socket */
    int events;     /* ZMQ_POLLIN and so on */
} core_poller_event;

/* NULL if memory runs out. */
core_poller *core_poller_new(void);
void core_poller_free(core_poller *poller);

/* Each returns an index, or -1: of the entry of a socket (of a descriptor if socket is NULL); of
 * an unused entry, perhaps a new one; of a used entry. */
int core_poller_find(const core_poller *poller, const core_socket *socket, zmq_fd_t descriptor);
int core_poller_find_free(const core_poller *poller);
int core_poller_find_used(const core_poller *poller);

/* Makes an entry, which refers to its socket, at an unused index: 0, or -1 with errno. */
int core_poller_add(core_poller *poller, int index, core_socket *socket, zmq_fd_t descriptor, int events);
void core_poller_modify(core_poller *poller, int index, int events);
void core_poller_remove(core_poller *poller, int index);

/* The instance keeps the values of entry i under the indexes 2i (the socket) and 2i+1
 * (user_data). These note that it keeps them; remove sockets that were closed; and list the
 * values to drop, with room for 2 for each dropped entry. */
void core_poller_keep(core_poller *poller, int index);
void core_poller_leave_closed(core_poller *poller);
size_t core_poller_take_dropped(core_poller *poller, zmqjs_keep *keep);

/* Looks for at most limit events without waiting, once around the entries, beginning behind the
 * last one of the previous look. No socket may be closed. Returns the number of events, in the
 * order in which their entries were added; or -1 with errno. */
int core_poller_look(core_poller *poller, core_poller_event *events, int limit);

/* Returns a descriptor of the poller that becomes readable when a look may find an event: 0, or
 * an errno (ENOTSUP if the system has none). It is valid until the next call, for the entries at
 * this time. */
int core_poller_descriptor(core_poller *poller, zmq_fd_t *descriptor);

/* Fills polled with the descriptors to wait for before the next look, and returns their number. */
int core_poller_fill(core_poller *poller);

#endif
