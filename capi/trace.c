#include "capi.h"
#include "hook.h"
#include "twin.h"

#include "_cgo_export.h"

static hook_variable tracer;

void trace_emit(const zmqjs_trace_event *event)
{
    const hook *current = hook_get(&tracer);
    if (current == NULL)
        return;
    const guest_mask *left = guest_leave_go();
    ((zmqjs_trace_function)current->function)(current->payload, event);
    guest_return_to_go(left);
}

static void tell(int is_set)
{
    twin_set_tracing(is_set);
    goTrace(is_set);
}

int zmqjs_trace(zmqjs_trace_function function, void *payload)
{
    return hook_set(&tracer, "zmqjs_trace", (void (*)(void))function, payload, tell);
}
