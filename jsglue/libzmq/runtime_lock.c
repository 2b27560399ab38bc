/*
 * One thread at a time is inside a runtime. Nearly always it is the same one, so the first becomes
 * the runtime's owner, which enters and exits by plain loads and stores. When another thread
 * enters, it takes the runtime from its owner; after that all threads enter by an atomic operation.
 * An owner that detaches itself leaves the runtime to the next one.
 */
#include "guard.h"
#include "left.h"
#include "runtime.h"
#include "socket.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* for taking and shutting */

static int barrier_available;

static void look_for_barrier(void)
{
    barrier_available = core_has_barrier();
}

/* A runtime that was taken from its owner stays shared for ever: its former owner may not have
 * noticed yet. */
void core_runtime_admit(core_runtime *runtime)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    int error = errno;
    pthread_once(&once, look_for_barrier);
    errno = error;
    if (!barrier_available)
        atomic_store(&runtime->owner, CORE_SHARED);
    else if (atomic_load(&runtime->owner) != CORE_SHARED)
        atomic_store(&runtime->owner, 0);
    atomic_store(&runtime->leaving, 0);
    atomic_store(&runtime->broken, 0);
    atomic_store(&runtime->unused_since, 0);
}

/* Under the lock: takes the runtime from its owner. 0, or -1 if the owner is inside. */
static int take(core_runtime *runtime, uintptr_t owner)
{
    int error = errno;
    atomic_store(&runtime->owner, 0);
    int passed = core_barrier();
    errno = error;
    if (passed != 0 || atomic_load(&runtime->owner_depth) != 0) {
        atomic_store(&runtime->owner, owner);
        return -1;
    }
    atomic_store(&runtime->owner, CORE_SHARED);
    return 0;
}

/* Only the owner enters without the lock, and it is here: no barrier is needed. If another thread is
 * taking the runtime, owner is 0 already, and stays as that thread leaves it. */
void core_runtime_detach(core_runtime *runtime)
{
    uintptr_t owner = core_thread();
    if (atomic_load(&runtime->owner) == owner && atomic_load(&runtime->owner_depth) == 0)
        atomic_compare_exchange_strong(&runtime->owner, &owner, 0);
}

static int admits_nobody(core_runtime *runtime)
{
    return atomic_load(&runtime->leaving) || atomic_load(&runtime->broken) || atomic_load(&core_process_ends);
}

/* Under the lock: 0 if self has entered, -1 if it cannot enter, 1 if the runtime is shared. */
static int enter_owned(core_runtime *runtime, uintptr_t self)
{
    uintptr_t owner = atomic_load(&runtime->owner);
    if (owner == CORE_SHARED)
        return 1;
    if (admits_nobody(runtime))
        return -1;
    if (owner != 0 && owner != self)
        return take(runtime, owner) == 0 ? 1 : -1;
    atomic_store(&runtime->owner, self);
    atomic_fetch_add(&runtime->owner_depth, 1);
    return 0;
}

/* leaving and inside are each written before the other is read, on both sides, so that one of a
 * thread that enters and one that leaves always sees the other. */
static int enter_shared(core_runtime *runtime, uintptr_t self)
{
    uintptr_t nobody = 0;
    if (!atomic_compare_exchange_strong(&runtime->inside, &nobody, self) && nobody != self)
        return -1;
    if (admits_nobody(runtime) && runtime->depth == 0) {
        atomic_store(&runtime->inside, 0);
        return -1;
    }
    runtime->depth++;
    return 0;
}

int core_runtime_enter_slowly(core_runtime *runtime, uintptr_t self)
{
    if (atomic_load(&runtime->owner) != CORE_SHARED) {
        core_guard guard;
        core_guard_begin(&guard);
        core_thread_note();
        pthread_mutex_lock(&lock);
        int entered = enter_owned(runtime, self);
        pthread_mutex_unlock(&lock);
        core_guard_end(&guard);
        if (entered == 0)
            atomic_store(&runtime->unused_since, 0);
        if (entered <= 0)
            return entered;
    }
    core_thread_note();
    if (enter_shared(runtime, self) != 0)
        return -1;
    atomic_store(&runtime->unused_since, 0);
    return 0;
}

/* A thread that enters sets inside before it clears unused_since; here the order is reversed: so
 * either this thread sees that one inside, or that one clears the time last. */
void core_runtime_note_unused(core_runtime *runtime, int64_t since)
{
    if (atomic_load(&runtime->unused_since) != 0)
        return;
    atomic_store(&runtime->unused_since, since);
    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load(&runtime->owner_depth) != 0 || atomic_load(&runtime->inside) != 0)
        atomic_store(&runtime->unused_since, 0);
}

/* Under the lock. */
static int shut(core_runtime *runtime, uintptr_t self)
{
    uintptr_t owner = atomic_load(&runtime->owner), nobody = 0;
    if (owner == self && atomic_load(&runtime->owner_depth) != 0)
        return -1;
    if (owner == self || owner == 0) {
        atomic_store(&runtime->owner, 0);
        return atomic_load(&runtime->owner_depth) == 0 ? 0 : -1;
    }
    if (owner != CORE_SHARED && take(runtime, owner) != 0)
        return -1;
    if (!atomic_compare_exchange_strong(&runtime->inside, &nobody, self))
        return -1;
    atomic_store(&runtime->inside, 0);
    return 0;
}

atomic_int core_process_ends;

/* Under the lock: makes the former owner check before its next call. 0 if nobody is inside, else
 * -1. */
static int release_from_owner(core_runtime *runtime)
{
    uintptr_t owner = atomic_load(&runtime->owner);
    if (owner == CORE_SHARED)
        return atomic_load(&runtime->inside) == 0 ? 0 : -1;
    atomic_store(&runtime->owner, 0);
    if (owner != 0 && owner != core_thread() && core_barrier() != 0)
        return -1;
    return atomic_load(&runtime->owner_depth) == 0 ? 0 : -1;
}

int core_runtime_end(core_runtime *runtime)
{
    core_guard guard;
    core_guard_begin(&guard);
    pthread_mutex_lock(&lock);
    int result = release_from_owner(runtime);
    if (atomic_load(&runtime->leaving)) /* another thread is freeing it */
        result = -1;
    pthread_mutex_unlock(&lock);
    core_guard_end(&guard);
    return result;
}

int core_runtime_shut(core_runtime *runtime)
{
    int result = -1;
    core_guard guard;
    core_guard_begin(&guard);
    pthread_mutex_lock(&lock);
    if (!atomic_exchange(&runtime->leaving, 1)) {
        result = shut(runtime, core_thread());
        if (result != 0)
            atomic_store(&runtime->leaving, 0);
    }
    pthread_mutex_unlock(&lock);
    core_guard_end(&guard);
    return result;
}

/* Under the lock. */
static void leave_left(core_runtime *runtime)
{
    uintptr_t self = core_thread();
    atomic_store(&runtime->waits_at, 0);
    runtime->uncancelled = 0;
    atomic_store(&runtime->leaving, 0);
    if (atomic_load(&runtime->owner) == self) {
        atomic_store(&runtime->owner_depth, 0);
    } else if (atomic_load(&runtime->inside) == self) {
        runtime->depth = 0;
        atomic_store(&runtime->inside, 0);
    }
}

void core_runtime_forget_left(core_runtime *runtime, uintptr_t here)
{
    core_guard guard;
    if (!core_is_left(atomic_load(&runtime->waits_in), atomic_load(&runtime->waits_at), here))
        return;
    if (runtime->uncancelled > 0)
        pthread_setcancelstate(runtime->cancel_state, NULL);
    core_guard_begin(&guard);
    pthread_mutex_lock(&lock);
    leave_left(runtime);
    pthread_mutex_unlock(&lock);
    core_guard_end(&guard);
}

/* Under the lock: 1 if the thread has ended in the middle of a call. */
static int forget_thread(core_runtime *runtime, uintptr_t self)
{
    if (atomic_load(&runtime->leaving) && atomic_load(&runtime->waits_in) == self &&
        atomic_exchange(&runtime->waits_at, 0) != 0) /* it has jumped out of freeing the runtime */
        atomic_store(&runtime->leaving, 0);
    if (atomic_load(&runtime->owner) == self) {
        atomic_store(&runtime->owner, 0);
        if (atomic_load(&runtime->owner_depth) == 0)
            return 0;
        atomic_store(&runtime->owner_depth, 0);
    } else if (atomic_load(&runtime->inside) == self) {
        runtime->depth = 0;
        atomic_store(&runtime->inside, 0);
    } else {
        return 0;
    }
    runtime->uncancelled = 0;
    if (atomic_exchange(&runtime->waits_at, 0) != 0) /* left by a jump out of a wait, where no operation was half done */
        return 0;
    atomic_store(&runtime->broken, 1);
    return 1;
}

void core_runtimes_forget_thread(void)
{
    uintptr_t self = core_thread();
    core_guard guard;
    core_guard_begin(&guard);
    for (core_runtime *runtime = atomic_load(&core_runtimes); runtime != NULL; runtime = runtime->next_made) {
        pthread_mutex_lock(&lock);
        int broken = forget_thread(runtime, self);
        pthread_mutex_unlock(&lock);
        if (broken)
            core_contexts_abandon(runtime);
    }
    core_guard_end(&guard);
}
