/*
 * Memory for large messages to be sent. malloc's treatment of such blocks depends on the host's
 * heap: it may return them to the kernel each time, and the page faults of a new block cost more
 * than the rest of a send. So blocks that libzmq has finished with are kept for the next message: a
 * limited number of bytes, for a short time.
 */
#include "pool.h"
#include "environment.h"
#include "guard.h"
#include "runtime.h"
#include "thread.h"
#include "tsan.h"

#include <time.h>

/* Four sizes of blocks between a power of two and the next, from the least on. */
enum { LEAST_SHIFT = 16, STEPS = 4, CLASSES = STEPS * (48 - LEAST_SHIFT) };

#define DEFAULT_LIMIT ((int64_t)64 * 1024 * 1024)
#define PERIOD_NANOSECONDS 500000000

/* How often a call tries to lock the pool before it allocates without it. */
enum { TRIES = 1000 };

/* The beginning of a block. */
typedef struct block {
    struct block *next; /* the next free block of the class; the block used last comes first */
    size_t size;        /* of the whole block */
    uint64_t period;    /* the period in which it became free */
    int class;
} block;

/* Where the message begins: 16 bytes after a multiple of 64, as in large blocks from malloc, and
 * far from the start of a page. Processors with "rep movsb" copy a third slower to a place that
 * is, modulo the page size, slightly behind the source, and slightly slower between places that
 * differ modulo 64. */
enum { HEAD = 2048 + 16 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static block *available[CLASSES];
static int64_t available_bytes;
static uint64_t period;
static int thread_runs;
static _Atomic int64_t limit;

__attribute__((constructor)) static void read_environment(void)
{
    atomic_store(&limit, core_environment("ZMQJS_POOL_LIMIT", INT64_MAX, DEFAULT_LIMIT));
}

int64_t core_pool_size(void)
{
    core_guard guard;
    core_guard_begin(&guard);
    pthread_mutex_lock(&lock);
    int64_t size = available_bytes;
    pthread_mutex_unlock(&lock);
    core_guard_end(&guard);
    return size;
}

/* For calls of scripts: 0, or -1 if others have the lock for long. If a handler of the host has
 * jumped out of code that had the lock, it stays locked. */
static int try_lock(void)
{
    for (int i = 0; i < TRIES; i++) {
        if (pthread_mutex_trylock(&lock) == 0)
            return 0;
        sched_yield();
    }
    return -1;
}

/* The class of blocks with room for a message, and their size; -1 if there is none. */
static int class_for(size_t size, size_t *block_size)
{
    if (size > ((size_t)1 << 46))
        return -1;
    size += HEAD;
    int shift = LEAST_SHIFT;
    while (((size_t)1 << (shift + 1)) < size)
        shift++;
    size_t step = ((size_t)1 << shift) / STEPS;
    size_t above = size > (size_t)1 << shift ? (size - ((size_t)1 << shift) + step - 1) / step : 0;
    *block_size = ((size_t)1 << shift) + above * step;
    return (shift - LEAST_SHIFT) * STEPS + (int)above;
}

static void give_back(block *first)
{
    while (first != NULL) {
        block *next = first->next;
        core_pages_free(first, first->size);
        first = next;
    }
}

/* Under the lock: removes the blocks that have been free since before a period, or all, and
 * returns them linked by next. */
static block *take_idle(uint64_t before)
{
    block *idle = NULL;
    for (int i = 0; i < CLASSES; i++) {
        block **link = &available[i];
        while (*link != NULL && (*link)->period >= before)
            link = &(*link)->next;
        while (*link != NULL) { /* blocks after it have been free for longer */
            block *taken = *link;
            *link = taken->next;
            available_bytes -= (int64_t)taken->size;
            taken->next = idle;
            idle = taken;
        }
    }
    return idle;
}

/* Unmaps blocks that were idle for a whole period, until none is left. */
static void trim(void *argument)
{
    const struct timespec pause = {0, PERIOD_NANOSECONDS};
    (void)argument;
    for (int goes_on = 1; goes_on;) {
        nanosleep(&pause, NULL);
        pthread_mutex_lock(&lock);
        block *idle = take_idle(period);
        period++;
        goes_on = available_bytes > 0;
        thread_runs = goes_on;
        pthread_mutex_unlock(&lock);
        give_back(idle);
    }
}

int64_t core_pool_limit(int64_t bytes)
{
    if (bytes < 0)
        return atomic_load(&limit);
    int64_t before = atomic_exchange(&limit, bytes);
    core_guard guard;
    core_guard_begin(&guard);
    pthread_mutex_lock(&lock);
    block *idle = available_bytes > bytes ? take_idle(UINT64_MAX) : NULL;
    pthread_mutex_unlock(&lock);
    give_back(idle);
    core_guard_end(&guard);
    return before;
}

/* Called by libzmq when it has finished with a message. Any thread. */
static void release(void *data, void *hint)
{
    block *released = hint;
    if (core_forked()) /* another thread may have held the lock */
        return;
    CORE_TSAN_ACQUIRE(data);
    if (try_lock() != 0) {
        core_pages_free(released, released->size);
        return;
    }
    int keep = available_bytes + (int64_t)released->size <= atomic_load(&limit);
    if (keep && !thread_runs)
        keep = thread_runs = core_thread_start(trim, NULL) == 0;
    if (keep) {
        released->period = period;
        released->next = available[released->class];
        available[released->class] = released;
        available_bytes += (int64_t)released->size;
    }
    pthread_mutex_unlock(&lock);
    if (!keep)
        core_pages_free(released, released->size);
}

static block *take(size_t size)
{
    size_t block_size;
    int class = class_for(size, &block_size);
    if (class < 0)
        return NULL;
    block *taken = NULL;
    if (try_lock() == 0) {
        taken = available[class];
        if (taken != NULL) {
            available[class] = taken->next;
            available_bytes -= (int64_t)taken->size;
        }
        pthread_mutex_unlock(&lock);
    }
    if (taken != NULL)
        return taken;
    taken = core_pages_new(block_size);
    if (taken == NULL)
        return NULL;
    *taken = (block){.size = block_size, .class = class};
    return taken;
}

int core_pool_message(zmq_msg_t *message, size_t size)
{
    block *taken = atomic_load(&limit) > 0 ? take(size) : NULL;
    if (taken == NULL)
        return zmq_msg_init_size(message, size);
    if (zmq_msg_init_data(message, (char *)taken + HEAD, size, release, taken) == 0)
        return 0;
    int error = errno;
    release((char *)taken + HEAD, taken);
    errno = error;
    return -1;
}
