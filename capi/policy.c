#include "capi.h"
#include "global_callback.h"

#include "_cgo_export.h"

static global_callback_variable policy;

int policy_allows(int operation, const char *endpoint)
{
    const global_callback *current = global_callback_get(&policy);
    if (current == NULL)
        return 1;
    const signal_mask *left = host_callback_begin();
    int allowed = ((zmqjs_policy_function)current->function)(current->payload, operation, endpoint);
    host_callback_end(left);
    return allowed;
}

static void tell(int is_set)
{
    goPolicy(is_set);
}

int zmqjs_policy(zmqjs_policy_function function, void *payload)
{
    return global_callback_set(&policy, "zmqjs_policy", (void (*)(void))function, payload, tell);
}
