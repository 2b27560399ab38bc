#include "global_callback.h"

#include <pthread.h>
#include <stdlib.h>

#include "capi.h"

const global_callback *global_callback_get(global_callback_variable *variable)
{
    const global_callback *current = atomic_load(variable);
    return current != NULL && current->function != NULL ? current : NULL;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int global_callback_set(global_callback_variable *variable, const char *name, void (*function)(void), void *payload,
             void (*tell)(int is_set))
{
    int status = status_unavailable();
    if (status != 0)
        return status;
    global_callback *made = malloc(sizeof *made);
    if (made == NULL)
        return status_fail(ZMQJS_OUT_OF_MEMORY, "%s: out of memory", name);
    made->function = function;
    made->payload = payload;
    signal_mask mask;
    host_signals_block(&mask);
    pthread_mutex_lock(&lock);
    made->former = atomic_load(variable);
    atomic_store(variable, made);
    tell(function != NULL);
    pthread_mutex_unlock(&lock);
    host_signals_restore(&mask);
    return ZMQJS_OK;
}
