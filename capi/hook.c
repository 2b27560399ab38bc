#include "hook.h"

#include <stdlib.h>

#include "capi.h"

const hook *hook_get(hook_variable *variable)
{
    const hook *current = atomic_load(variable);
    return current != NULL && current->function != NULL ? current : NULL;
}

int hook_set(hook_variable *variable, const char *name, void (*function)(void), void *payload)
{
    int status = status_unavailable();
    if (status != 0)
        return status;
    hook *made = malloc(sizeof *made);
    if (made == NULL)
        return status_fail(ZMQJS_OUT_OF_MEMORY, "%s: out of memory", name);
    made->function = function;
    made->payload = payload;
    made->former = atomic_load(variable);
    while (!atomic_compare_exchange_weak(variable, &made->former, made))
        continue;
    return ZMQJS_OK;
}
