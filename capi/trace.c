#include "capi.h"
#include "global_callback.h"

static global_callback_variable tracer;

/* Calls the host's function. */
static void emit(const zmqjs_trace_event *event)
{
    const global_callback *current = global_callback_get(&tracer);
    if (current == NULL)
        return;
    int cancel_state; /* the callback runs in the middle of operations, which must not be cancelled */
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    const signal_mask *left = host_callback_begin();
    ((zmqjs_trace_function)current->function)(current->payload, event);
    host_callback_end(left);
    pthread_setcancelstate(cancel_state, NULL);
}

static void tell(int is_set)
{
    atomic_store(&core_tracing, is_set ? emit : NULL);
}

int zmqjs_trace(zmqjs_trace_function function, void *payload)
{
    return global_callback_set(&tracer, "zmqjs_trace", (void (*)(void))function, payload, tell);
}
