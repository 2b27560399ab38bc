/*
 * The handles that hosts hold: numbers in the form of pointers. No handle is reused, so that freed
 * and foreign ones are recognized, and the object of a handle cannot be freed while it is in use.
 */
#ifndef HANDLE_H
#define HANDLE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

enum { HANDLE_CHUNKS = 1024, HANDLE_CHUNK_SLOTS = 1024 };

/* The upper bits of a handle: one that no pointer of a process has, and the kind of its set.
 * Below them are the generation (32 bits) and the index. */
enum { HANDLE_KIND_SHIFT = 56, HANDLE_INDEX_BITS = 20 };

/* state: the generation (32 bits), whether it is live (1), the number of users (31). Chunks are
 * never freed, so that they can be read without a lock. */
typedef struct handle_slot {
    _Atomic uint64_t state;
    void *_Atomic object;
    uint32_t next_free;
} handle_slot;

typedef struct handle_chunk {
    handle_slot slots[HANDLE_CHUNK_SLOTS];
} handle_chunk;

typedef struct handle_table {
    pthread_mutex_t lock; /* for add and remove */
    handle_chunk *_Atomic chunks[HANDLE_CHUNKS];
    uint64_t kind;  /* of its objects: 1 to 127 */
    uint32_t count; /* of slots that were ever used */
    uint32_t free;  /* the index of a free slot, plus one; 0: none */
} handle_table;

#define HANDLE_TABLE_INITIALIZER(kind) {PTHREAD_MUTEX_INITIALIZER, {NULL}, (kind), 0, 0}

/* Makes a handle of an object; NULL if memory runs out. */
void *handle_add(handle_table *set, void *object);

/* Returns the object of a handle, which then stays until handle_release; NULL if the handle is
 * invalid or was removed. Async-signal-safe. */
void *handle_acquire(handle_table *set, const void *handle);
void handle_release(handle_table *set, const void *handle);

/* Removes a handle that the caller has acquired, and returns when nobody else has acquired it:
 * the object then belongs to the caller. Returns 0 if another thread has removed it. */
int handle_remove(handle_table *set, const void *handle);

static inline uint64_t handle_mark(const handle_table *set)
{
    return (uint64_t)1 << 63 | set->kind << HANDLE_KIND_SHIFT;
}

/* NULL if it was never used. */
static inline handle_slot *handle_slot_at(handle_table *set, uint32_t index)
{
    handle_chunk *chunk = atomic_load_explicit(&set->chunks[index / HANDLE_CHUNK_SLOTS], memory_order_acquire);
    return chunk != NULL ? &chunk->slots[index % HANDLE_CHUNK_SLOTS] : NULL;
}

/* The slot and the generation that a handle names, or NULL. */
static inline handle_slot *handle_named(handle_table *set, const void *handle, uint32_t *generation)
{
    uint64_t bits = (uint64_t)(uintptr_t)handle ^ handle_mark(set);
    *generation = (uint32_t)(bits >> HANDLE_INDEX_BITS);
    if (bits >> HANDLE_INDEX_BITS != *generation)
        return NULL;
    return handle_slot_at(set, (uint32_t)(bits & (((uint64_t)1 << HANDLE_INDEX_BITS) - 1)));
}

/* The object that the handle, or another one in the same slot, has or had: for objects whose
 * memory is never freed and which store their handle. */
static inline void *handle_peek(handle_table *set, const void *handle)
{
    uint32_t generation;
    handle_slot *slot = handle_named(set, handle, &generation);
    return slot != NULL ? atomic_load_explicit(&slot->object, memory_order_acquire) : NULL;
}

#endif
