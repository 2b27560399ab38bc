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

int zmqjs_trace(zmqjs_trace_function function, void *payload)
{
    int status = hook_set(&tracer, "zmqjs_trace", (void (*)(void))function, payload);
    if (status != ZMQJS_OK)
        return status;
    guest_mask mask;
    guest_block_signals(&mask);
    twin_set_tracing(function != NULL);
    goTrace(function != NULL);
    guest_restore_signals(&mask);
    return ZMQJS_OK;
}
