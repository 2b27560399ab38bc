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

enum { LIVE_CHUNKS = 1024 };

typedef struct live_set {
    pthread_mutex_t lock; /* for add and remove */
    struct live_chunk *_Atomic chunks[LIVE_CHUNKS];
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

/* The same without acquiring it: for objects whose memory is never given back, which may
 * have become another handle's meanwhile. */
void *live_peek(live_set *set, const void *handle);

/* Ends a handle that the caller has acquired, and returns when nobody else has: the
 * object is the caller's. 0 if somebody else has ended it. */
int live_remove(live_set *set, const void *handle);

#endif
