/* Runtimes, one for each JavaScript runtime, and their locks. */
#ifndef CORE_RUNTIME_H
#define CORE_RUNTIME_H

#include "core.h"

/* The value of owner once several threads have been inside. */
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
    atomic_int broken; /* a thread ended in the middle of a call: no thread enters any more */
    /* Of the wait that is under way: the thread, and an address on its stack; or 0. A thread that
     * jumps out of it leaves both. */
    _Atomic uintptr_t waits_in, waits_at;
    int uncancelled;  /* how often cancelling is disabled in the call that is under way */
    int cancel_state; /* the thread's state before the first time */
    /* When another runtime began to leave, if no thread has entered since; else 0. */
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
 * at it. here: an address of the caller's stack, by which it recognizes waits that the thread has jumped out of; or
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

/* The owner exits what it entered as owner. */
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

/* Opens the lock of a new runtime. */
void core_runtime_admit(core_runtime *runtime);

/* Notes since when the runtime is unused, unless a thread is inside, or it was noted before.
 * One thread at a time. */
void core_runtime_note_unused(core_runtime *runtime, int64_t since);

/* Where the thread has jumped out of a call's wait, it is inside no more: see core_is_left. */
void core_runtime_forget_left(core_runtime *runtime, uintptr_t here);

/* Shuts the lock for ever: 0, or -1 if a thread is inside, or it is shut already. */
int core_runtime_shut(core_runtime *runtime);

/* 1 once the process leaves: every call that begins from then on is refused. */
extern atomic_int core_process_ends;

/* After that was set: has the runtime notice. 0, or -1 if a thread is inside, which goes on, or frees it. */
int core_runtime_end(core_runtime *runtime);

/* The thread that calls is ending: it is inside no runtime any more. One that it has not left takes no more
 * calls, and its contexts are abandoned: libzmq keeps them until the process ends. */
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

#endif
