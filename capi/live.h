/*
 * The handles that hosts hold: numbers in a pointer's clothes. A handle is never used
 * twice, so that a freed or foreign one is noticed, and what it stands for cannot be
 * freed while it is in use.
 */
#ifndef LIVE_H
#define LIVE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

enum { LIVE_CHUNKS = 1024, LIVE_CHUNK_SLOTS = 1024 };

/* The upper bits of a handle: one that no pointer of a process has, and the kind of its
 * set. Below them are the generation, 32 bits, and the index. */
enum { LIVE_KIND_SHIFT = 56, LIVE_INDEX_BITS = 20 };

/* state: the generation (32 bits), whether it is live (1), by how many it is in use
 * (31). Chunks are never freed, so that they can be read without a lock. */
typedef struct live_slot {
    _Atomic uint64_t state;
    void *_Atomic object;
    uint32_t next_free;
} live_slot;

typedef struct live_chunk {
    live_slot slots[LIVE_CHUNK_SLOTS];
} live_chunk;

typedef struct live_set {
    pthread_mutex_t lock; /* for add and remove */
    live_chunk *_Atomic chunks[LIVE_CHUNKS];
    uint64_t kind;  /* of what its handles stand for: 1 to 127 */
    uint32_t count; /* of the slots that were ever used */
    uint32_t free;  /* the index of a free slot, plus one; 0: none */
} live_set;

#define LIVE_SET_INITIALIZER(kind) {PTHREAD_MUTEX_INITIALIZER, {NULL}, (kind), 0, 0}

/* Makes a handle of an object; NULL if memory runs out. */
void *live_add(live_set *set, void *object);

/* Gives the object of a handle, which then stays until live_release; NULL if the handle
 * is none, or no longer one. Async-signal-safe. */
void *live_acquire(live_set *set, const void *handle);
void live_release(live_set *set, const void *handle);

/* Ends a handle that the caller has acquired, and returns when nobody else has: the
 * object is the caller's. 0 if somebody else has ended it. */
int live_remove(live_set *set, const void *handle);

static inline uint64_t live_mark(const live_set *set)
{
    return (uint64_t)1 << 63 | set->kind << LIVE_KIND_SHIFT;
}

/* NULL if it was never used. */
static inline live_slot *live_slot_at(live_set *set, uint32_t index)
{
    live_chunk *chunk = atomic_load_explicit(&set->chunks[index / LIVE_CHUNK_SLOTS], memory_order_acquire);
    return chunk != NULL ? &chunk->slots[index % LIVE_CHUNK_SLOTS] : NULL;
}

/* The slot and the generation that a handle names, or NULL. */
static inline live_slot *live_named(live_set *set, const void *handle, uint32_t *generation)
{
    uint64_t bits = (uint64_t)(uintptr_t)handle ^ live_mark(set);
    *generation = (uint32_t)(bits >> LIVE_INDEX_BITS);
    if (bits >> LIVE_INDEX_BITS != *generation)
        return NULL;
    return live_slot_at(set, (uint32_t)(bits & (((uint64_t)1 << LIVE_INDEX_BITS) - 1)));
}

/* What the handle, or another one in the same place, stands for or has stood for: for
 * objects whose memory is never given back, and which know their handle. */
static inline void *live_peek(live_set *set, const void *handle)
{
    uint32_t generation;
    live_slot *slot = live_named(set, handle, &generation);
    return slot != NULL ? atomic_load_explicit(&slot->object, memory_order_acquire) : NULL;
}

#endif
