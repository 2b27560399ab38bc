/* Runtimes, one for each JavaScript runtime, and their locks. */
#ifndef CORE_RUNTIME_H
#define CORE_RUNTIME_H

#include "core.h"

/* The value of owner after a second thread has entered. */
#define CORE_SHARED ((uintptr_t)1)

struct core_runtime {
    /* The first thread that has entered, which enters without an atomic operation, and the depth
     * of its calls; 0 before the first. */
    _Atomic uintptr_t owner;
    atomic_int owner_depth;
    /* Of a shared runtime: the thread that is inside, or 0, and the depth of its calls. depth
     * belongs to that thread, which leaves it 0. */
    _Atomic uintptr_t inside;
    int depth;
    atomic_int leaving;
    atomic_int broken; /* a thread ended in the middle of a call: no thread can enter any more */
    /* Of the current wait: the thread, and an address on its stack; or 0. If the thread jumps
     * out of the wait, both remain. */
    _Atomic uintptr_t waits_in, waits_at;
    int uncancelled;  /* how often cancellation is disabled in the current call */
    int cancel_state; /* the thread's state before the first time */
    /* The time when another runtime began to leave, if no thread has entered since; else 0. */
    _Atomic int64_t unused_since;
    atomic_int interrupts; /* interrupts not yet delivered: 0 or 1 */
    zmq_fd_t wake_event;   /* set while interrupts is 1 */
    zmqjs_runtime *_Atomic handle; /* NULL while it has none */
    zmqjs_engine engine;           /* zeros if the host has given none */
    void *payload;
    int retry_signals; /* signals do not end its waits */
    atomic_int collecting; /* engine.collect is running: it is not called again until it returns */
    /* Called when an interrupt has ended a wait, if not NULL; 0 continues the wait. */
    int (*confirm_interrupt)(void *payload);
    /* Where small messages are received. It is initialised, and keeps the last message until the
     * next one, but only one that lies in it entirely; so it need not be initialised and closed
     * in each call. */
    _Alignas(16) zmq_msg_t message;
    core_context *contexts;
    core_runtime *next;       /* among those with contexts */
    core_runtime *next_spare; /* among unused ones */
    core_runtime *next_made;  /* among all */
};

/* All of them, linked by next_made. */
extern core_runtime *_Atomic core_runtimes;

/* The handles of the runtimes. */
extern handle_table core_runtime_handles;

/* Makes a runtime; engine is copied, or NULL. NULL with errno if there is no descriptor or no
 * memory. */
core_runtime *core_runtime_new(const zmqjs_engine *engine, void *payload);

/* Leaves the runtime of a handle, and ends it; its memory is kept for another one, since a call
 * may still read it. here is an address on the caller's stack, to recognize waits that the
 * thread has jumped out of; or 0. Returns 0; EINVAL if the handle is not valid; EBUSY if a
 * thread is inside. */
int core_runtime_free(zmqjs_runtime *handle, int timeout, uintptr_t here);

/* Ends the current wait in the runtime of a handle, or the next one: 0, or EINVAL. Async-signal-
 * safe. */
int core_runtime_interrupt(zmqjs_runtime *handle);

/* Enters if the owner cannot enter at once. */
int core_runtime_enter_slowly(core_runtime *runtime, uintptr_t self);

/* Enters a call: 0, or -1 if another thread is inside or the runtime is leaving. Calls nest on
 * one thread. The owner writes its depth before it checks whether it is still the owner; a
 * thread that takes the runtime writes owner before it reads the depth, with a barrier of all
 * threads in between: so one of them always sees the other. */
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

/* Exits a runtime that the thread has entered as its owner. */
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

/* If the calling thread owns the runtime and is not inside, it stops being the owner: the next
 * thread that enters becomes the owner, and need not take the runtime. */
void core_runtime_detach(core_runtime *runtime);

/* Opens the lock of a new runtime. */
void core_runtime_admit(core_runtime *runtime);

/* Notes since when the runtime is unused, unless a thread is inside, or it was noted before. One
 * thread at a time may call it. */
void core_runtime_note_unused(core_runtime *runtime, int64_t since);

/* If the thread has jumped out of the wait of a call, it is no longer inside: see core_is_left. */
void core_runtime_forget_left(core_runtime *runtime, uintptr_t here);

/* Shuts the lock for ever: 0, or -1 if a thread is inside, or if it is shut already. */
int core_runtime_shut(core_runtime *runtime);

/* 1 once the process exits: every call that begins after that is refused. */
extern atomic_int core_process_ends;

/* Called after that was set: applies it to the runtime. Returns 0, or -1 if a thread is inside,
 * which continues or frees it. */
int core_runtime_end(core_runtime *runtime);

/* Called when a thread ends: it is no longer inside any runtime. A runtime that it has not
 * exited refuses further calls, and its contexts are abandoned: libzmq keeps them until the
 * process ends. */
void core_runtimes_forget_thread(void);

/* Closes the sockets and contexts of a runtime that is shut, and waits at most timeout
 * milliseconds for unsent messages; if other runtimes or the process leave too, all share that
 * time. A handler may jump out of the wait. */
void core_runtime_leave(core_runtime *runtime, int timeout);

/* Sets how long leaving waits, in milliseconds, if not negative, and returns the previous value.
 * Async-signal-safe. */
int core_leave_timeout(int milliseconds);

/* 1 in a child of fork(), which must not use libzmq and Go. */
extern CORE_HIDDEN atomic_int core_is_child;
static inline int core_forked(void)
{
    return atomic_load_explicit(&core_is_child, memory_order_relaxed);
}

#endif
