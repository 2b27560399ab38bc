/* Contexts and sockets, and their lifetimes. */
#ifndef CORE_SOCKET_H
#define CORE_SOCKET_H

#include "core.h"
#include "scheduling.h"

/* Abandons the contexts of a runtime: see core_runtimes_forget_thread. */
void core_contexts_abandon(core_runtime *runtime);

/* The number of closed sockets that a context remembers. */
enum { CORE_NOTES = 8 };

/* A context's endpoints and connections over inproc; see inproc.c. */
typedef struct core_inproc_entry core_inproc_entry;
typedef struct core_inproc {
    core_inproc_entry *bound;   /* endpoints that scripts have bound */
    core_inproc_entry *waiting; /* connections to endpoints that are not bound yet */
    void *spare;                /* a socket of libzmq, while any connection waits; or NULL */
    int ended;
} core_inproc;

/* An event with several references. */
typedef struct core_shared_event {
    zmq_fd_t event;
    atomic_int references;
} core_shared_event;

/* The additional state of a shared context; see shared.c. */
typedef struct core_sharing core_sharing;

struct core_context {
    void *context; /* of libzmq; NULL once it is terminated, or a member has left */
    /* Of a member, which is a runtime's reference to a shared context and has sockets of its
     * own: that context, which has the fields marked as libzmq's; else NULL. */
    core_context *shared;
    core_sharing *sharing; /* of a shared context; else NULL */
    core_runtime *runtime; /* NULL once the runtime is freed */
    core_socket *sockets;  /* the open ones */
    int open_sockets;
    atomic_int used; /* libzmq's: a socket was made, which has started threads */
    int owned;       /* an instance in the engine refers to it; of a shared context: the number of members and hosts */
    int terminating; /* a thread runs zmq_ctx_term */
    zmq_fd_t done_event; /* set once terminated; CORE_NO_FD before terminating */
    int64_t ended;       /* when it was terminated, as of core_now */
    int64_t left;        /* when the time limit of leaving began; 0: it has not */
    int rest;            /* the limit in milliseconds; and the deadline, with some grace: */
    int64_t deadline;
    char *closed[CORE_NOTES]; /* libzmq's: notes on the sockets closed last, a ring; from malloc, or NULL */
    unsigned noted;           /* how many there were in all */
    int reported;
    core_scheduling scheduling; /* libzmq's */
    core_inproc inproc;         /* libzmq's */
    core_shared_event *zap; /* of a member: set when it leaves, for the thread that answers ZAP; or NULL */
    core_context *next;
};

/* The context with libzmq's fields: for a member the shared one. */
static inline core_context *core_context_base(core_context *context)
{
    return context->shared != NULL ? context->shared : context;
}

/* The traffic of a socket in one direction: message parts, and their bytes. */
typedef struct core_traffic {
    uint64_t messages, bytes;
} core_traffic;

/* A list of messages, from malloc; see messages.h. */
typedef struct core_messages {
    zmq_msg_t *list;
    size_t count, capacity;
} core_messages;

struct core_socket {
    void *socket; /* of libzmq; NULL once it is closed */
    core_context *context; /* while it is open */
    atomic_int references; /* of the instance, entries of pollers, and monitors */
    int type;       /* ZMQ_PAIR and so on */
    zmq_fd_t descriptor; /* ZMQ_FD, or that of own_poller */
    void *own_poller; /* libzmq's, of a thread-safe socket, which has no ZMQ_FD; or NULL. See draft.c */
    uint64_t number; /* unique in the process, from 1 */
    uint64_t uses;   /* counts calls that may change its events; see poller.c */
    int has_inproc;   /* it was bound or connected over inproc */
    int inner;        /* made for the library itself: it is not traced */
    uint64_t drained; /* uses when a receive found no message; else another number */
    core_traffic sent, received;
    int unfinished; /* the part that was sent last is not the last one of its message */
    int epoll, asked; /* see readable_linux.c; epoll is -1 where it has none */
    int receives_large; /* the part that was received last does not lie in its zmq_msg_t entirely */
    int packets;    /* it is bound or connected by udp; see draft.c */
    int checked;    /* its sends go through core_send_part: it is unfinished, or needs checks that libzmq lacks */
    core_messages held; /* parts of that message; see parts.c */
    core_messages prefetched; /* parts that are received before those in libzmq; see prefetched.c */
    size_t prefetched_next;   /* the first of them that was not received yet */
    int prefetched_more;      /* ZMQ_RCVMORE while there are such parts */
    int lost_rest;   /* the next message lacks its beginning; see prefetched.c */
    char *endpoint; /* bound or connected last; from malloc, or NULL */
    int bind_error; /* from the last event of a failed bind; 0: none. For monitor.c */
    core_monitor *_Atomic monitor;  /* the monitor that reports its events; or NULL */
    core_monitor *_Atomic receives; /* the monitor whose events it receives, if the library has connected it; or NULL */
    core_socket *next;
    core_socket **link; /* the pointer to this socket in the context's list */
};

/* Make the structure for a context or socket of libzmq; NULL with errno ENOMEM leaves it to the
 * caller. An instance in the engine is assumed to refer to it until core_*_finalize. */
core_context *core_context_adopt(core_runtime *runtime, void *context);
core_socket *core_socket_adopt(core_context *context, void *socket, int type);

/* Closes the socket, once; later calls do nothing. 0, or -1 with errno. */
int core_socket_close(core_socket *socket);

/* Called when the engine has dropped the instance: closes an open socket with its own LINGER,
 * and frees the structure when nothing refers to it. Any thread; never blocks. */
void core_socket_finalize(core_socket *socket);
void core_context_finalize(core_context *context);

/* A reference to a socket, closed or not, besides the instance's. */
void core_socket_retain(core_socket *socket);
void core_socket_release(core_socket *socket);

/* The time, as of core_now, when the last socket was closed or context terminated; 0: none was.
 * Their descriptors become free some time later. */
int64_t core_last_closed(void);

/* How many sockets the process has closed. */
uint64_t core_closed_sockets(void);

/* Closes one of the context's open sockets, if there is one: 1, and its type and number
 * in *closed; else 0. The context is owned by an instance. */
int core_context_close_socket(core_context *context, core_socket *closed);

/* Notes the endpoint that a socket was bound or connected to. */
void core_socket_name(core_socket *socket, const char *endpoint);

/* Describes what term() waits for, from malloc; NULL if memory runs out. */
char *core_context_waits_for(core_context *context);

/* Closes the receivers of monitors, and begins to terminate the context on a thread of its own;
 * *event is set when it has terminated, or CORE_NO_FD if it has already. 0, or -1 with errno. A
 * second call only returns the event. */
int core_context_terminate(core_context *context, zmq_fd_t *event);

/* That event, which belongs to the context; CORE_NO_FD if there is none. */
zmq_fd_t core_context_event(core_context *context);

/* Whether that has begun, after which libzmq's context may be freed at any moment. */
int core_context_is_ending(core_context *context);

/* Keeps libzmq's context until core_context_unpin: 0; EFAULT if the context has ended, or the
 * member no longer needs it; ETERM if a host has terminated a shared one. */
int core_context_pin(core_context *context);
void core_context_unpin(core_context *context);

/* Called before a socket is made in a pinned context: 0, or an errno if it cannot be made;
 * CORE_UNSCHEDULED minus an errno if the system refuses the scheduling of libzmq's threads. */
enum { CORE_UNSCHEDULED = -1000 };
int core_context_prepare(core_context *context);

/* Set and read an option of the context (zmq_ctx_set, zmq_ctx_get): 0, or an errno.
 * CORE_OPTION_SET: the context is shared, and the option has another value, which is in
 * *present. CORE_OPTION_LATE: it has sockets, and the option cannot be read. */
enum { CORE_OPTION_SET = -1, CORE_OPTION_LATE = -2 };
int core_context_set(core_context *context, int option, int value, int *present);
int core_context_get(core_context *context, int option, int *value);

/* An event that is closed with its last reference; new returns NULL with errno on failure. */
core_shared_event *core_shared_event_new(void);
void core_shared_event_release(core_shared_event *event);

/* Makes an event to be set when the member leaves: it ends the thread that answers ZAP. No
 * effect on other contexts. */
void core_context_note_zap(core_context *context, core_shared_event *event);

#endif
