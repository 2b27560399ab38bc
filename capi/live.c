#include "live.h"

#include <sched.h>
#include <stdlib.h>

enum { CHUNK_SLOTS = 1024, INDEX_BITS = 20 };

/* state: the generation (32 bits), whether it is live (1), by how many it is in use
 * (31). Chunks are never freed, so that they can be read without a lock. */
typedef struct slot {
    _Atomic uint64_t state;
    void *_Atomic object;
    uint32_t next_free;
} slot;

typedef struct live_chunk {
    slot slots[CHUNK_SLOTS];
} live_chunk;

#define LIVE ((uint64_t)1 << 31)
#define USERS (LIVE - 1)
#define GENERATION(state) ((uint32_t)((state) >> 32))

/* The upper bits of a handle: one that no pointer of a process has, and the kind of
 * its set. Below them are the generation and the index. */
enum { KIND_SHIFT = 56 };
#define MARK(set) ((uint64_t)1 << 63 | (set)->kind << KIND_SHIFT)

static void *handle_of(const live_set *set, uint32_t index, uint64_t state)
{
    uint64_t bits = MARK(set) | (uint64_t)GENERATION(state) << INDEX_BITS | index;
    return (void *)(uintptr_t)bits;
}

static slot *slot_at(live_set *set, uint32_t index)
{
    live_chunk *chunk = atomic_load(&set->chunks[index / CHUNK_SLOTS]);
    return chunk != NULL ? &chunk->slots[index % CHUNK_SLOTS] : NULL;
}

/* The slot and the generation that a handle names, or NULL. */
static slot *named(live_set *set, const void *handle, uint32_t *generation)
{
    uint64_t bits = (uint64_t)(uintptr_t)handle ^ MARK(set);
    *generation = (uint32_t)(bits >> INDEX_BITS);
    if (bits >> INDEX_BITS != *generation)
        return NULL;
    return slot_at(set, (uint32_t)(bits & (((uint64_t)1 << INDEX_BITS) - 1)));
}

/* Under the lock: the index of a free slot, or -1. */
static int64_t take_free(live_set *set)
{
    if (set->free != 0) {
        uint32_t index = set->free - 1;
        set->free = slot_at(set, index)->next_free;
        return index;
    }
    if (set->count == (uint32_t)LIVE_CHUNKS * CHUNK_SLOTS)
        return -1;
    if (set->count % CHUNK_SLOTS == 0) {
        live_chunk *chunk = calloc(1, sizeof *chunk);
        if (chunk == NULL)
            return -1;
        atomic_store(&set->chunks[set->count / CHUNK_SLOTS], chunk);
    }
    return set->count++;
}

void *live_add(live_set *set, void *object)
{
    void *handle = NULL;
    pthread_mutex_lock(&set->lock);
    int64_t index = take_free(set);
    if (index >= 0) {
        slot *slot = slot_at(set, (uint32_t)index);
        uint64_t state = ((uint64_t)GENERATION(atomic_load(&slot->state)) + 1) << 32 | LIVE;
        atomic_store(&slot->object, object);
        atomic_store(&slot->state, state);
        handle = handle_of(set, (uint32_t)index, state);
    }
    pthread_mutex_unlock(&set->lock);
    return handle;
}

void *live_acquire(live_set *set, const void *handle)
{
    uint32_t generation;
    slot *slot = named(set, handle, &generation);
    if (slot == NULL)
        return NULL;
    uint64_t state = atomic_load(&slot->state);
    do {
        if ((state & LIVE) == 0 || GENERATION(state) != generation)
            return NULL;
    } while (!atomic_compare_exchange_weak(&slot->state, &state, state + 1));
    return atomic_load(&slot->object);
}

void *live_peek(live_set *set, const void *handle)
{
    uint32_t generation;
    slot *slot = named(set, handle, &generation);
    if (slot == NULL)
        return NULL;
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_acquire);
    if ((state & LIVE) == 0 || GENERATION(state) != generation)
        return NULL;
    return atomic_load_explicit(&slot->object, memory_order_relaxed);
}

void live_release(live_set *set, const void *handle)
{
    uint32_t generation;
    slot *slot = named(set, handle, &generation);
    atomic_fetch_sub(&slot->state, 1);
}

int live_remove(live_set *set, const void *handle)
{
    uint32_t generation;
    slot *slot = named(set, handle, &generation);
    if ((atomic_fetch_and(&slot->state, ~LIVE) & LIVE) == 0)
        return 0;
    while ((atomic_load(&slot->state) & USERS) != 1) /* they only look, and leave */
        sched_yield();
    atomic_fetch_sub(&slot->state, 1);
    pthread_mutex_lock(&set->lock);
    slot->next_free = set->free;
    set->free = (uint32_t)((uint64_t)(uintptr_t)handle & (((uint64_t)1 << INDEX_BITS) - 1)) + 1;
    pthread_mutex_unlock(&set->lock);
    return 1;
}
