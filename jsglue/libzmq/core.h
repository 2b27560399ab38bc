/*
 * What the Go packages and the C code of capi share about libzmq: runtimes (what
 * one JavaScript runtime has in common), their contexts and sockets, and waiting.
 * All names begin with core_; none of them leaves the library.
 */
#ifndef CORE_H
#define CORE_H

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <zmq.h>

#include "handle_table.h"
#include "os.h"
#include "zmqjs.h"

typedef struct core_runtime core_runtime;
typedef struct core_context core_context;
typedef struct core_socket core_socket;
typedef struct core_poller core_poller;
typedef struct core_monitor core_monitor;

/* Which way a condition nearly always goes. */
#define LIKELY(condition) __builtin_expect((condition), 1)
#define UNLIKELY(condition) __builtin_expect((condition), 0)

/* Of a variable that is read in every call: it is found without the table that other libraries could change. */
#ifdef __ELF__
#define CORE_HIDDEN __attribute__((visibility("hidden")))
#else
#define CORE_HIDDEN
#endif

/* A call of libzmq that does not wait, and whose result is -1 if it fails: a signal may
 * interrupt it all the same, of Go's scheduler say, which is nobody's business. */
#define CORE_RETRY(call)                                                                                               \
    __extension__({                                                                                                    \
        int result;                                                                                                    \
        do                                                                                                             \
            result = (call);                                                                                           \
        while (result == -1 && zmq_errno() == EINTR);                                                                  \
        result;                                                                                                        \
    })

/* ---- what is not to be left in the middle: guard.c ---- */

/* Surround what must be finished once it has begun: the thread is not cancelled, and no handler of the
 * host's runs that could jump out of it. They nest. */
typedef struct core_guard {
    core_signals signals;
    int cancel_state;
} core_guard;
void core_guard_begin(core_guard *guard);
void core_guard_end(const core_guard *guard);

/* ---- settings: environment.c ---- */

/* A whole number from 0 to maximum that a variable of the environment has; else usual. */
int64_t core_environment(const char *variable, int64_t maximum, int64_t usual);

/* ---- runtimes: runtime.c; entering them: runtime_lock.c ---- */

/* What owner is once several threads have been inside. */
#define CORE_SHARED ((uintptr_t)1)

struct core_runtime {
    /* The thread that was the first inside, which enters without an atomic operation, and
     * how deep it is inside; 0 before the first. */
    _Atomic uintptr_t owner;
    atomic_int owner_depth;
    /* Once it is shared: the thread that is inside, or 0, and how deep. depth belongs to
     * that thread, which leaves it 0. */
    _Atomic uintptr_t inside;
    int depth;
    atomic_int leaving;
    atomic_int broken; /* a thread ended in the middle of a call: nobody enters any more */
    /* Of the wait that is under way: the thread, and an address on its stack; or 0. A thread that
     * jumps out of it leaves both. */
    _Atomic uintptr_t waits_in, waits_at;
    int uncancelled;  /* how often cancelling is disabled in the call that is under way */
    int cancel_state; /* what the thread had before the first time */
    /* When another runtime began to leave, if nobody has come inside since; else 0. */
    _Atomic int64_t unused_since;
    atomic_int interrupts; /* interrupts not yet delivered: 0 or 1 */
    zmq_fd_t wake_event;   /* set while interrupts is 1 */
    zmqjs_runtime *_Atomic handle; /* NULL while it has none */
    zmqjs_engine engine;           /* zeros where the host gave none */
    void *payload;
    int retry_signals; /* a signal does not end its waits */
    atomic_int collecting; /* engine.collect is under way: it is not called again meanwhile */
    /* Asked when an interrupt has ended a wait, if not NULL: 0 goes on waiting. */
    int (*confirm_interrupt)(void *payload);
    /* Where small messages are received. It is initialised, and keeps the last one until the next comes, but only one
     * that lies in it entirely: so that one need not be initialised and closed in each call. */
    _Alignas(16) zmq_msg_t message;
    core_context *contexts;
    core_runtime *next;       /* among those that have contexts */
    core_runtime *next_spare; /* among those that are free */
    core_runtime *next_made;  /* among all */
};

/* All of them, linked by next_made. */
extern core_runtime *_Atomic core_runtimes;

/* The handles of the runtimes. */
extern handle_table core_runtime_handles;

/* Makes a runtime; engine may be NULL, or is copied. NULL with errno if a descriptor or memory cannot
 * be had. */
core_runtime *core_runtime_new(const zmqjs_engine *engine, void *payload);

/* Leaves the runtime of a handle, and ends it; its memory is kept for another one, since a call may still look
 * at it. here: an address of the caller's stack, by which it knows of waits that the thread has jumped out of; or
 * 0. 0; EINVAL if it is no handle, or no longer one; EBUSY if a thread is inside. */
int core_runtime_free(zmqjs_runtime *handle, int timeout, uintptr_t here);

/* Ends the wait under way in the runtime of a handle, or the next one: 0, or EINVAL. Async-signal-safe. */
int core_runtime_interrupt(zmqjs_runtime *handle);

/* Where the owner does not get in at once. */
int core_runtime_enter_slowly(core_runtime *runtime, uintptr_t self);

/* Enters a call: 0, or -1 if another thread is inside or the runtime is leaving. Calls
 * nest on one thread. The owner writes its depth before it looks whether it is still the
 * owner; who takes that from it writes owner before it looks at the depth, with a barrier
 * of all threads between: so they cannot miss each other. */
static inline int core_runtime_enter_owned(core_runtime *runtime, uintptr_t self)
{
    if (UNLIKELY(atomic_load_explicit(&runtime->owner, memory_order_relaxed) != self))
        return 0;
    int depth = atomic_load_explicit(&runtime->owner_depth, memory_order_relaxed);
    atomic_store_explicit(&runtime->owner_depth, depth + 1, memory_order_relaxed);
    atomic_signal_fence(memory_order_seq_cst);
    if (LIKELY(atomic_load_explicit(&runtime->owner, memory_order_relaxed) == self)) {
        atomic_store_explicit(&runtime->unused_since, 0, memory_order_release);
        return 1;
    }
    atomic_store_explicit(&runtime->owner_depth, depth, memory_order_relaxed);
    return 0;
}

static inline int core_runtime_enter(core_runtime *runtime)
{
    uintptr_t self = core_thread();
    return LIKELY(core_runtime_enter_owned(runtime, self)) ? 0 : core_runtime_enter_slowly(runtime, self);
}

/* The owner, and what it entered as such, exits. */
static inline void core_runtime_exit_owned(core_runtime *runtime)
{
    int depth = atomic_load_explicit(&runtime->owner_depth, memory_order_relaxed);
    atomic_store_explicit(&runtime->owner_depth, depth - 1, memory_order_release);
}

static inline void core_runtime_exit(core_runtime *runtime)
{
    if (atomic_load_explicit(&runtime->inside, memory_order_relaxed) == 0) {
        core_runtime_exit_owned(runtime);
    } else if (--runtime->depth == 0) {
        atomic_store_explicit(&runtime->inside, 0, memory_order_release);
    }
}

/* What opening a runtime does here. */
void core_runtime_admit(core_runtime *runtime);

/* Notes since when the runtime is unused, unless a thread is inside, or it was noted before.
 * One thread at a time. */
void core_runtime_note_unused(core_runtime *runtime, int64_t since);

/* Where the thread has jumped out of a call's wait, it is inside no more: see core_is_left. */
void core_runtime_forget_left(core_runtime *runtime, uintptr_t here);

/* Lets nobody in any more: 0, or -1 if a thread is inside, or that was done before. */
int core_runtime_shut(core_runtime *runtime);

/* 1 once the process leaves: every call that begins from then on is refused. */
extern atomic_int core_process_ends;

/* After that was set: has the runtime notice. 0, or -1 if a thread is inside, which goes on, or frees it. */
int core_runtime_end(core_runtime *runtime);

/* The thread that calls is ending: it is inside no runtime any more. One that it has not left takes no more
 * calls, and its contexts are abandoned: what libzmq has of them stays as it is until the process ends. */
void core_runtimes_forget_thread(void);

/* Closes the sockets and contexts of a runtime that is shut, and waits at most timeout milliseconds
 * for messages not yet sent; where other runtimes leave or the process does, all of them
 * share that time. A handler may jump out of the wait. */
void core_runtime_leave(core_runtime *runtime, int timeout);

/* How long leaving waits, in milliseconds; a negative value only asks. Returns the
 * value before. Async-signal-safe. */
int core_leave_timeout(int milliseconds);

/* 1 in a child made by fork(), which must leave libzmq and Go alone. */
extern CORE_HIDDEN atomic_int core_is_child;
static inline int core_forked(void)
{
    return atomic_load_explicit(&core_is_child, memory_order_relaxed);
}

/* ---- calls that do not return: left.c ---- */

/* Surround slow parts of a call inside a runtime: the thread is cancelled only where it waits. They
 * nest. */
void core_cancel_disable(core_runtime *runtime);
void core_cancel_restore(core_runtime *runtime);

/* Whether the thread that calls has jumped out of the wait that a thread was in at an address of its stack:
 * it would be deeper in the stack than that otherwise, in a callback or a handler, and not here. 0 where
 * either is on another stack than the system's for the thread. */
int core_is_left(uintptr_t thread, uintptr_t at, uintptr_t here);

/* The thread is leaving a wait, and so the call of a frame, without returning from it. */
void core_wait_left(core_runtime *runtime, zmqjs_frame *frame);

/* Has core_runtimes_forget_thread called when the thread ends. */
void core_thread_note(void);

/* ---- contexts and sockets: lifetime.c ---- */

/* Abandons the contexts of a runtime: see core_runtimes_forget_thread. */
void core_contexts_abandon(core_runtime *runtime);

/* How libzmq's threads of a context are to run: scheduling.c, scheduling_unix.c. */
enum { CORE_PROCESSORS = 1024 };
typedef struct core_scheduling {
    int priority, policy; /* ZMQ_THREAD_PRIORITY, ZMQ_THREAD_SCHED_POLICY */
    uint64_t processors[CORE_PROCESSORS / 64]; /* a bit each: ZMQ_THREAD_AFFINITY_CPU_ADD */
} core_scheduling;

/* Notes an option of a context that was set, if it is about that. Processors from CORE_PROCESSORS on are ignored. */
void core_scheduling_note(core_scheduling *scheduling, int option, int value);

/* Whether the system lets libzmq's threads run so: 0, or an errno. */
int core_scheduling_try(const core_scheduling *scheduling);

/* How many closed sockets a context remembers. */
enum { CORE_NOTES = 8 };

/* What a context has over inproc; see inproc.c. */
typedef struct core_inproc_entry core_inproc_entry;
typedef struct core_inproc {
    core_inproc_entry *bound;   /* endpoints that scripts have bound */
    core_inproc_entry *waiting; /* connections to endpoints that nobody has bound */
    void *spare;                /* a socket of libzmq that is there while any waits; or NULL */
    int ended;
} core_inproc;

/* An event that several refer to. */
typedef struct core_shared_event {
    zmq_fd_t event;
    atomic_int references;
} core_shared_event;

/* What a shared context has beside others; see shared.c. */
typedef struct core_sharing core_sharing;

struct core_context {
    void *context; /* of libzmq; NULL once it is terminated, or a member has left */
    /* Of a member, which is a runtime's reference to a shared context and has sockets of its own: that
     * context, which has what is said below to be libzmq's; else NULL. */
    core_context *shared;
    core_sharing *sharing; /* of a shared context; else NULL */
    core_runtime *runtime; /* NULL once the runtime is gone */
    core_socket *sockets;  /* the open ones */
    int open_sockets;
    atomic_int used; /* libzmq's: a socket was made in it, and threads were started */
    int owned;       /* an instance in the engine refers to it; how many members and hosts to a shared one */
    int terminating; /* a thread runs zmq_ctx_term */
    zmq_fd_t done_event; /* set once terminated; CORE_NO_FD before terminating */
    int64_t ended;       /* when it was terminated, as core_now counts */
    int64_t left;        /* from when on leaving waits for it; 0: it does not */
    int rest;            /* for so many milliseconds; and until when, with some grace: */
    int64_t deadline;
    char *closed[CORE_NOTES]; /* libzmq's: notes of the sockets closed last, a ring; from malloc, or NULL */
    unsigned noted;           /* how many there were in all */
    int reported;
    core_scheduling scheduling; /* libzmq's */
    core_inproc inproc;         /* libzmq's */
    core_shared_event *zap; /* of a member: tells what answers ZAP that it leaves; or NULL */
    core_context *next;
};

/* The one that has what is libzmq's: the shared one of a member. */
static inline core_context *core_context_base(core_context *context)
{
    return context->shared != NULL ? context->shared : context;
}

/* What has passed a socket in one direction: message parts, and their bytes. */
typedef struct core_traffic {
    uint64_t messages, bytes;
} core_traffic;

/* Messages that wait to be sent together, from malloc. */
typedef struct core_messages {
    zmq_msg_t *list;
    size_t count, capacity;
} core_messages;

struct core_socket {
    void *socket; /* of libzmq; NULL once it is closed */
    core_context *context; /* while it is open */
    atomic_int references; /* the instance, entries of pollers and monitors */
    int type;       /* ZMQ_PAIR and so on */
    zmq_fd_t descriptor; /* ZMQ_FD, or that of own_poller */
    void *own_poller; /* libzmq's, of a thread-safe socket, which has no ZMQ_FD; or NULL. See draft.c */
    uint64_t number; /* unique in the process, from 1 */
    uint64_t uses;   /* of what may change its events; see poller.c */
    int has_inproc;   /* it was bound or connected over inproc */
    int inner;        /* the library has made it for itself: it is not traced */
    uint64_t drained; /* uses when a receive found nothing; else another number */
    core_traffic sent, received;
    int unfinished; /* the part that was sent last is not the last of its message */
    int epoll, asked; /* see readable_linux.c; epoll is -1 where it has none */
    int receives_large; /* the part that was received last does not lie in a zmq_msg_t entirely */
    int packets;    /* it is bound or connected by udp; see draft.c */
    int checked;    /* its sends go through core_send_part: it is unfinished, or libzmq does not check them */
    core_messages held; /* parts of that message; see parts.c */
    char *endpoint; /* bound or connected last; from malloc, or NULL */
    core_monitor *_Atomic monitor;  /* that reports its events; or NULL */
    core_monitor *_Atomic receives; /* whose events it receives, if the library has connected it; or NULL */
    core_socket *next;
    core_socket **link; /* what points to this one in the context's list */
};

/* Take over a context or socket that libzmq has made; NULL with errno ENOMEM leaves
 * it to the caller. An instance in the engine is taken to refer to it until
 * core_*_finalize. */
core_context *core_context_adopt(core_runtime *runtime, void *context);
core_socket *core_socket_adopt(core_context *context, void *socket, int type);

/* Closes the socket, once; later calls do nothing. 0, or -1 with errno. */
int core_socket_close(core_socket *socket);

/* The engine has dropped the instance: closes what is open with its own LINGER, and
 * frees the structure when nothing refers to it. Any thread; never blocks. */
void core_socket_finalize(core_socket *socket);
void core_context_finalize(core_context *context);

/* A reference to a socket, closed or not, beside the instance's. */
void core_socket_retain(core_socket *socket);
void core_socket_release(core_socket *socket);

/* When a socket was closed last, or a context terminated, as core_now counts; 0: never. What
 * these had of descriptors is free some time later. */
int64_t core_last_closed(void);

/* Closes one of the context's open sockets, if there is one: 1, and its type and number
 * in *closed; else 0. The context is owned by an instance. */
int core_context_close_socket(core_context *context, core_socket *closed);

/* Notes what a socket was bound or connected to. */
void core_socket_name(core_socket *socket, const char *endpoint);

/* What term() waits for, in words, from malloc; NULL if memory runs out. */
char *core_context_waits_for(core_context *context);

/* Closes the receivers of monitors, and begins to terminate the context on a thread of its
 * own; *event is set when that is done, or CORE_NO_FD if it is done already. 0, or
 * -1 with errno. Does nothing more if that has begun before. */
int core_context_terminate(core_context *context, zmq_fd_t *event);

/* That event, which is the context's; CORE_NO_FD if there is none. */
zmq_fd_t core_context_event(core_context *context);

/* Whether that has begun, after which libzmq's context may be gone at any moment. */
int core_context_is_ending(core_context *context);

/* Sees to it that libzmq's context stays until core_context_unpin: 0; EFAULT if the context has ended, or
 * the member needs it no more; ETERM if a host has ended a shared one. */
int core_context_pin(core_context *context);
void core_context_unpin(core_context *context);

/* Before a socket is made in a pinned context: 0, or an errno if it cannot be made. Whether the system lets libzmq's
 * threads run as the options say is CORE_UNSCHEDULED less the errno. */
enum { CORE_UNSCHEDULED = -1000 };
int core_context_prepare(core_context *context);

/* Sets and reads an option of the context (zmq_ctx_set, zmq_ctx_get): 0, or an errno. CORE_OPTION_SET: the
 * context is shared, and the option has another value, which is in *present; CORE_OPTION_LATE: it has sockets,
 * and the option cannot be read. */
enum { CORE_OPTION_SET = -1, CORE_OPTION_LATE = -2 };
int core_context_set(core_context *context, int option, int value, int *present);
int core_context_get(core_context *context, int option, int *value);

/* An event that whoever releases it last closes; new gives NULL with errno if there is none. */
core_shared_event *core_shared_event_new(void);
void core_shared_event_release(core_shared_event *event);

/* Has an event set when the member leaves: it ends what answers ZAP. Nothing, of another context. */
void core_context_note_zap(core_context *context, core_shared_event *event);

/* ---- shared contexts: shared.c ---- */

/* Takes the shared context of a name, which is made if there is none: a new member, which belongs to the runtime
 * and to an instance; NULL with errno. */
core_context *core_context_share(core_runtime *runtime, const char *name);

/* The name of a shared context, or of a member's; NULL for others. */
const char *core_context_name(core_context *context);

/* The same for a host, which gets the shared context itself; release gives it back, once. */
core_context *core_context_take(const char *name);
void core_context_release(core_context *shared);

/* Hands libzmq's context over, and watches from then on whether the host terminates it. 0, or as
 * core_context_prepare. */
int core_context_hand_over(core_context *shared, void **context);

/* Has every call on the context's sockets fail with ETERM, which termination begins with:
 * 0, or an errno: EPERM for a member. */
int core_context_shut_down(core_context *context);

/* Terminates what is left of every runtime of the process, for exit(). */
void core_leave_process(void);

/* ---- endpoints of inproc that nobody has bound: inproc.c ---- */

/* Before an open socket connects to an endpoint of inproc: 0, or an errno, or: the socket has
 * CONFLATE, with which libzmq aborts where nobody has bound the endpoint; or is a DISH, and what is bound there is no
 * RADIO, or the other way round. */
enum { CORE_INPROC_CONFLATES = -1, CORE_INPROC_NOT_RADIO = -2 };
int core_inproc_connecting(core_socket *socket, const char *endpoint);

/* After that, if it has failed. */
void core_inproc_not_connected(const core_socket *socket, const char *endpoint);

/* Whether libzmq survives that a socket of a type is bound to the endpoint, or that an open socket
 * ends a bind or connect: 1 or 0. It does not where a PAIR gets a ROUTER or REP that waits, nor
 * where anything is bound after these have ceased to wait. */
int core_inproc_can_bind(core_context *context, int type, const char *endpoint);
int core_inproc_can_end(const core_socket *socket, const char *endpoint);

/* Whether all that wait at an endpoint can be peers of a socket of a type: 1 or 0. */
int core_inproc_suits(core_context *context, int type, const char *endpoint);

/* After an open socket has bound an endpoint, or something else for a socket of NULL; after an
 * open socket has unbound it; before one is closed. */
void core_inproc_bound(core_context *context, const core_socket *socket, const char *endpoint);
void core_inproc_unbound(const core_socket *socket, const char *endpoint);
void core_inproc_closed(const core_socket *socket);

/* Before the context is terminated or shut down. */
void core_inproc_end(core_context *context);

/* ---- monitors of sockets: monitor.c ---- */

/* Reports events of an open socket at an inproc endpoint, instead of what did so before. receiver,
 * or NULL, is what the caller connects there; else whoever does is told as much as there is. 0,
 * or an errno. */
int core_monitor_begin(core_socket *socket, const char *endpoint, int events, core_socket *receiver);

/* Ends what reports events of an open socket: 0, or an errno. */
int core_monitor_end(core_socket *socket);

/* After a call on a socket: its events are to be there. */
void core_monitor_pass_on(core_socket *socket);

/* Before a socket that has a monitor, or is a receiver, is closed; and before its memory is freed. */
void core_monitor_detach(core_socket *socket);
void core_monitor_release(core_socket *receiver);

/* How many events a receiver did not get, because it did not take so many. */
uint64_t core_monitor_dropped(const core_socket *receiver);

/* ---- what leaving could not wait for: unsent_report.c ---- */

/* "PAIR"; "socket" for a type that is none. */
const char *core_type_name(int type);

/* Notes a socket that is closed; forgets all notes. */
void core_report_note(core_context *context, const core_socket *socket);
void core_report_forget(core_context *context);

/* What the notes say, from malloc; NULL if memory runs out. */
char *core_report_closed(const core_context *context);

/* Tells, once, that the time was up before all messages of a context were sent, if its sockets
 * have sent any. */
void core_report(core_context *context, int timeout);

/* Writes a line on standard error. */
void core_report_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- threads of the library's own: thread.c ---- */

/* Starts a thread with every signal blocked: the host's signals are not for it. It never
 * enters Go. 0, or an errno. */
int core_thread_start(void (*routine)(void *argument), void *argument);

/* ---- memory of large messages: pool.c ---- */

/* From how many bytes on a message that is sent comes from the pool. */
enum { CORE_POOL_MINIMUM = 64 * 1024 };

/* As zmq_msg_init_size, with memory from the pool if it has a limit above 0. */
int core_pool_message(zmq_msg_t *message, size_t size);

/* How many bytes it keeps at most; a negative number only asks. Returns the number before.
 * How many it keeps now. */
int64_t core_pool_limit(int64_t bytes);
int64_t core_pool_size(void);

/* ---- what has come in: readable_linux.c, readable_poll.c elsewhere ---- */

/* Whether anything has come in on ZMQ_FD since libzmq has last looked there: after a
 * receive that found nothing, and as long as nobody uses the socket, this tells it at
 * half the cost, or less. */
int core_is_readable(core_socket *socket);

/* Before the socket is closed. */
void core_readable_end(core_socket *socket);

/* ---- sending and receiving: message.c ---- */

/* A part of a message; data may be NULL if size is 0. */
typedef struct core_part {
    const void *data;
    size_t size;
    zmqjs_lent *lent; /* what the bytes are of, which are not copied then; or NULL */
} core_part;

/* Makes a message of these bytes, which is to be sent or closed: 0, or an errno. */
int core_make_message(zmq_msg_t *message, const core_part *part);

/* Sends a message part, of an open socket, without waiting: 0, or an errno, and the message
 * stays. */
int core_send_message(core_socket *socket, zmq_msg_t *message, int flags);

/* What an open socket is ready for (ZMQ_EVENTS): 0, or an errno. */
int core_events(core_socket *socket, int *events);

/* As core_send, for what is large or lent, or one of several parts. */
int core_send_slowly(core_socket *socket, const core_part *part, int flags);

/* Takes what its own poller tells of an open socket, whose descriptor is not readable then until there
 * is more. */
void core_own_poller_take(core_socket *socket);

static inline void core_count(core_traffic *traffic, size_t size)
{
    traffic->messages++;
    atomic_signal_fence(memory_order_acq_rel); /* one by one: a vector of both would have to be put together first */
    traffic->bytes += size;
}

/* What follows where zmq_send has failed, or zmq_msg_recv has returned a size below 0 or of INT_MAX, which stands for
 * larger ones too: 0, also where only a signal had interrupted it; or an errno. */
int core_send_again(core_socket *socket, const void *data, size_t size, int flags);
int core_receive_again(core_socket *socket, zmq_msg_t *message, int size, int flags, size_t *length);

/* Sends a message part, or receives one into message, which is initialised; without
 * waiting. 0, or an errno (ENOTSOCK if the socket is closed). */
static inline int core_send(core_socket *socket, const void *data, size_t size, int flags)
{
    socket->uses++;
    if (UNLIKELY(size >= CORE_POOL_MINIMUM || (flags & ZMQ_SNDMORE) != 0 || socket->checked))
        return core_send_slowly(socket, &(core_part){data, size, NULL}, flags);
    if (UNLIKELY(zmq_send(socket->socket, data, size, flags | ZMQ_DONTWAIT) < 0))
        return core_send_again(socket, data, size, flags);
    core_count(&socket->sent, size);
    return 0;
}

static inline int core_receive_size(core_socket *socket, zmq_msg_t *message, int flags, size_t *length)
{
    if (UNLIKELY(socket->drained == socket->uses) && socket->socket != NULL && !core_is_readable(socket))
        return EAGAIN;
    socket->uses++;
    int size = zmq_msg_recv(message, socket->socket, flags | ZMQ_DONTWAIT);
    if (UNLIKELY(size < 0 || size == INT_MAX)) {
        size_t late = 0;
        int error = core_receive_again(socket, message, size, flags, &late);
        *length = late;
        return error;
    }
    *length = (size_t)size;
    core_count(&socket->received, *length);
    return 0;
}

static inline int core_receive(core_socket *socket, zmq_msg_t *message, int flags)
{
    size_t length;
    return core_receive_size(socket, message, flags, &length);
}

/* After a wait on the socket: there is something. */
static inline void core_expect(core_socket *socket)
{
    if (socket->own_poller != NULL)
        core_own_poller_take(socket);
    socket->drained = socket->uses - 1;
}

/* Closes a message that was allocated by malloc, and frees it. */
void core_message_free(void *message);

/* Lets libzmq take note of what has come in on ZMQ_FD, which a send does not do each
 * time. */
void core_refresh(core_socket *socket);

/* ---- messages of several parts: parts.c ---- */

/* Sends a message, or its rest, without waiting: 0, or an errno, and no part is sent. */
int core_send_parts(core_socket *socket, const core_part *parts, size_t count, int flags);

/* As core_send_message, of a part that another one follows, or that follows one. */
int core_send_part(core_socket *socket, zmq_msg_t *message, int flags);

/* Drops the parts that a socket holds: before it is closed, or instead of their message's end. */
void core_parts_drop(core_socket *socket);

/* ---- socket types of the draft API: draft.c ---- */

/* Whether sockets of a type send and receive messages of one part only. */
int core_sends_single(int type);

/* Whether messages that are received by a type have a routing id, or a group. */
int core_has_routing_id(int type);
int core_has_group(int type);

/* Makes the poller of an open socket, if the socket is thread-safe: 0, or an errno. Ends it. */
int core_own_poller_make(core_socket *socket);
void core_own_poller_end(core_socket *socket);

/* What an open socket that has a poller of its own is ready for, as core_events. */
int core_own_poller_events(core_socket *socket, int *events);

/* Where a message goes: to the peer of SERVER or PEER that has a routing id, or to a group of RADIO. */
typedef struct core_destination {
    uint32_t routing_id; /* 0: none */
    const char *group;   /* at most CORE_GROUP bytes and a NUL; or NULL */
} core_destination;
enum { CORE_GROUP = 255 };

/* As core_send, to a destination. */
int core_send_to(core_socket *socket, const void *data, size_t size, const core_destination *to, int flags);

/* Whether a part may be sent: 0, or an errno. group is how many bytes the group has. And whether a message of
 * so many parts may, of which none was sent yet. */
int core_check_part(const core_socket *socket, size_t size, size_t group, int flags);
int core_check_parts(const core_socket *socket, const core_part *parts, size_t count, int flags);

/* Notes that an open socket sends packets by udp, or does not any more. */
void core_packets_note(core_socket *socket, int packets);

/* After unfinished or packets was set. */
void core_note_checked(core_socket *socket);

/* zmq_join, zmq_leave: 0, or an errno. zmq_connect_peer: the routing id; 0 with errno. Of open sockets. */
int core_join(core_socket *socket, const char *group);
int core_leave(core_socket *socket, const char *group);
uint32_t core_connect_peer(core_socket *socket, const char *endpoint);

/* ---- pollers: poller.c ---- */

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
    int all;     /* likewise: an epoll of that and the descriptors; -1 if nobody has asked for it */
    uint32_t last_number;
    int dropped; /* entries that are not used, of which the instance still keeps values */
    struct pollfd *polled; /* what a wait polls, with room for one more */
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
 * it does; lets sockets that were closed leave; and lists what the instance is to drop, for which there
 * is room for 2 for each dropped entry. */
void core_poller_keep(core_poller *poller, int index);
void core_poller_leave_closed(core_poller *poller);
size_t core_poller_take_dropped(core_poller *poller, zmqjs_keep *keep);

/* Looks for at most limit events without waiting, one turn around the entries, beginning after
 * where the last one ended. No socket may be closed. How many there are, in the order in which
 * their entries were added; or -1 with errno. */
int core_poller_look(core_poller *poller, core_poller_event *events, int limit);

/* A descriptor of the poller's that becomes readable when a look may find something: 0, or an errno, ENOTSUP
 * where there can be none. It stays until the next call, and knows what is in the poller now. */
int core_poller_descriptor(core_poller *poller, zmq_fd_t *descriptor);

/* Fills polled with what to poll until a look may find something; how many. */
int core_poller_fill(core_poller *poller);

/* ---- proxies: proxy.c ---- */

typedef struct core_proxy {
    core_socket *sockets[2]; /* frontend and backend, which may be one */
    core_socket *capture;    /* or NULL */
    int events[2];           /* of the sockets, for which the next turn is to wait */
    int skips_capture;       /* capture had no room for the message that is passed on */
    core_traffic received[2], sent[2];
} core_proxy;

/* Passes on what is there, not for too long at once: 0, or an errno. */
int core_proxy_pass(core_proxy *proxy);

/* ---- waiting: wait.c ---- */

enum core_wait_result {
    CORE_WAIT_READY = 1,
    CORE_WAIT_TIMEOUT = 2,
    CORE_WAIT_INTERRUPTED = 3, /* by core_runtime_interrupt or asked */
    CORE_WAIT_SIGNAL = 4,      /* a signal handler has run */
    CORE_WAIT_FAILED = 5       /* errno */
};

/* What to wait for. */
typedef struct core_wait {
    zmq_fd_t descriptor; /* one descriptor to become readable; CORE_NO_FD: those of poller */
    core_poller *poller; /* or NULL: of nothing */
    int64_t deadline; /* CLOCK_MONOTONIC in ns; negative: none */
    /* Asked at least every 50 ms and after a signal, if not NULL. */
    int (*interrupted)(void *argument);
    void *argument;
} core_wait;

enum core_wait_result core_wait_for(core_runtime *runtime, const core_wait *wait);

/* CLOCK_MONOTONIC in nanoseconds. */
int64_t core_now(void);

/* The time that lies a number of milliseconds ahead; a negative number gives none. */
int64_t core_deadline(int milliseconds);

#endif
