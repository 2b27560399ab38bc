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
    int *order;  /* the indexes of those used, as they were added */
    int first;   /* where in order the next look begins, so that none starves */
    int epoll;   /* of poller_epoll_linux.c; -1 before the first socket */
    int all;     /* likewise: an epoll of that and the descriptors; -1 until it is asked for */
    uint64_t closed; /* core_closed_sockets() when closed sockets were removed last */
    uint32_t last_number;
    int dropped; /* entries that are not used, of which the instance still keeps values */
    struct pollfd *polled; /* the descriptors that a wait polls, with room for one more */
    struct core_poller_event *found; /* room for an event of each entry */
};

typedef struct core_poller_event {
    int index; /* of the entry */
    int is_socket;
    zmq_fd_t descriptor; /* where it is none */
    int events;     /* ZMQ_POLLIN and so on */
} core_poller_event;

/* NULL if memory runs out. */
core_poller *core_poller_new(void);
void core_poller_free(core_poller *poller);

/* The index of the entry of a socket, or of a descriptor if socket is NULL; of one that
 * is free, perhaps a new one; of one that is not. -1 if there is none. */
int core_poller_find(const core_poller *poller, const core_socket *socket, zmq_fd_t descriptor);
int core_poller_find_free(const core_poller *poller);
int core_poller_find_used(const core_poller *poller);

/* Makes an entry at a free index, which refers to its socket: 0, or -1 with errno. */
int core_poller_add(core_poller *poller, int index, core_socket *socket, zmq_fd_t descriptor, int events);
void core_poller_modify(core_poller *poller, int index, int events);
void core_poller_remove(core_poller *poller, int index);

/* The instance keeps the values of entry i under the indexes 2i (the socket) and 2i+1 (user_data). Notes that
 * it does; removes sockets that were closed; and lists the values that the instance drops, for which there
 * is room for 2 for each dropped entry. */
void core_poller_keep(core_poller *poller, int index);
void core_poller_leave_closed(core_poller *poller);
size_t core_poller_take_dropped(core_poller *poller, zmqjs_keep *keep);

/* Looks for at most limit events without waiting, one turn around the entries, beginning after
 * where the last one ended. No socket may be closed. How many there are, in the order in which
 * their entries were added; or -1 with errno. */
int core_poller_look(core_poller *poller, core_poller_event *events, int limit);

/* A descriptor of the poller's that becomes readable when a look may find something: 0, or an errno, ENOTSUP
 * where there can be none. It is valid until the next call, for the entries of the poller at this time. */
int core_poller_descriptor(core_poller *poller, zmq_fd_t *descriptor);

/* Fills polled with the descriptors to poll until a look may find something; how many. */
int core_poller_fill(core_poller *poller);

#endif
