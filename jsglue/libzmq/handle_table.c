#include "handle_table.h"
#include "guard.h"


#include <sched.h>
#include <stdlib.h>

#define LIVE ((uint64_t)1 << 31)
#define USERS (LIVE - 1)
#define GENERATION(state) ((uint32_t)((state) >> 32))

static void *handle_of(const handle_table *set, uint32_t index, uint64_t state)
{
    uint64_t bits = handle_mark(set) | (uint64_t)GENERATION(state) << HANDLE_INDEX_BITS | index;
    return (void *)(uintptr_t)bits;
}

/* Under the lock: the index of a free slot, or -1. */
static int64_t take_free(handle_table *set)
{
    if (set->free != 0) {
        uint32_t index = set->free - 1;
        set->free = handle_slot_at(set, index)->next_free;
        return index;
    }
    if (set->count == (uint32_t)HANDLE_CHUNKS * HANDLE_CHUNK_SLOTS)
        return -1;
    if (set->count % HANDLE_CHUNK_SLOTS == 0) {
        handle_chunk *chunk = calloc(1, sizeof *chunk);
        if (chunk == NULL)
            return -1;
        atomic_store(&set->chunks[set->count / HANDLE_CHUNK_SLOTS], chunk);
    }
    return set->count++;
}

void *handle_add(handle_table *set, void *object)
{
    void *handle = NULL;
    core_guard guard;
    core_guard_begin(&guard);
    pthread_mutex_lock(&set->lock);
    int64_t index = take_free(set);
    if (index >= 0) {
        handle_slot *slot = handle_slot_at(set, (uint32_t)index);
        uint64_t state = ((uint64_t)GENERATION(atomic_load(&slot->state)) + 1) << 32 | LIVE;
        atomic_store(&slot->object, object);
        atomic_store(&slot->state, state);
        handle = handle_of(set, (uint32_t)index, state);
    }
    pthread_mutex_unlock(&set->lock);
    core_guard_end(&guard);
    return handle;
}

void *handle_acquire(handle_table *set, const void *handle)
{
    uint32_t generation;
    handle_slot *slot = handle_named(set, handle, &generation);
    if (slot == NULL)
        return NULL;
    uint64_t state = atomic_load(&slot->state);
    do {
        if ((state & LIVE) == 0 || GENERATION(state) != generation)
            return NULL;
    } while (!atomic_compare_exchange_weak(&slot->state, &state, state + 1));
    return atomic_load(&slot->object);
}

void handle_release(handle_table *set, const void *handle)
{
    uint32_t generation;
    handle_slot *slot = handle_named(set, handle, &generation);
    atomic_fetch_sub(&slot->state, 1);
}

int handle_remove(handle_table *set, const void *handle)
{
    uint32_t generation;
    handle_slot *slot = handle_named(set, handle, &generation);
    core_guard guard;
    if ((atomic_fetch_and(&slot->state, ~LIVE) & LIVE) == 0)
        return 0;
    core_guard_begin(&guard);
    while ((atomic_load(&slot->state) & USERS) != 1) /* other users only look at it and then release it */
        sched_yield();
    atomic_fetch_sub(&slot->state, 1);
    pthread_mutex_lock(&set->lock);
    slot->next_free = set->free;
    set->free = (uint32_t)((uint64_t)(uintptr_t)handle & (((uint64_t)1 << HANDLE_INDEX_BITS) - 1)) + 1;
    pthread_mutex_unlock(&set->lock);
    core_guard_end(&guard);
    return 1;
}
