#include "capi.h"

#include <stdlib.h>

enum { CHUNK = 62 };

/* Chunks are never freed, so that they can be read without a lock. */
typedef struct live_chunk {
    struct live_chunk *next;
    void *_Atomic pointers[CHUNK];
} live_chunk;

static void *_Atomic *find(live_set *set, const void *pointer)
{
    for (live_chunk *chunk = atomic_load(&set->first); chunk != NULL; chunk = chunk->next)
        for (int i = 0; i < CHUNK; i++)
            if (atomic_load_explicit(&chunk->pointers[i], memory_order_relaxed) == pointer)
                return &chunk->pointers[i];
    return NULL;
}

int live_add(live_set *set, void *pointer)
{
    for (;;) {
        void *_Atomic *place;
        while ((place = find(set, NULL)) != NULL) {
            void *empty = NULL;
            if (atomic_compare_exchange_strong(place, &empty, pointer))
                return 0;
        }
        live_chunk *chunk = calloc(1, sizeof *chunk);
        if (chunk == NULL)
            return -1;
        chunk->next = atomic_load(&set->first);
        while (!atomic_compare_exchange_weak(&set->first, &chunk->next, chunk))
            continue;
    }
}

int live_contains(live_set *set, const void *pointer)
{
    return pointer != NULL && find(set, pointer) != NULL;
}

int live_remove(live_set *set, const void *pointer)
{
    void *_Atomic *place = pointer != NULL ? find(set, pointer) : NULL;
    if (place == NULL)
        return 0;
    void *expected = (void *)pointer;
    return atomic_compare_exchange_strong(place, &expected, NULL);
}
