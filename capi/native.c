#include "capi.h"

#include <stdlib.h>

static native *_Atomic dead;

void zmqjs_finalize(void *pointer)
{
    native *ended = pointer;
    if (ended == NULL || glue_forked())
        return;
    if (ended->kind == NATIVE_SOCKET || ended->kind == NATIVE_MONITOR)
        glue_socket_disown(ended->glue);
    else if (ended->kind == NATIVE_CONTEXT)
        glue_context_disown(ended->glue);
    else if (ended->kind == NATIVE_POLLER)
        glue_poller_free(ended->glue);
    ended->next = atomic_load(&dead);
    while (!atomic_compare_exchange_weak(&dead, &ended->next, ended))
        continue;
}

native *native_take_dead(void)
{
    if (atomic_load_explicit(&dead, memory_order_relaxed) == NULL)
        return NULL;
    return atomic_exchange(&dead, NULL);
}
