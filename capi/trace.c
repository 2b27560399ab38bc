#include "capi.h"
#include "twin.h"

#include <stdlib.h>

#include "_cgo_export.h"

typedef struct tracer {
    zmqjs_trace_function function;
    void *payload;
    struct tracer *former; /* kept: an event may be under way in it */
} tracer;

static tracer *_Atomic current;

void trace_emit(const zmqjs_trace_event *event)
{
    const tracer *tracer = atomic_load(&current);
    if (tracer == NULL || tracer->function == NULL)
        return;
    const guest_mask *left = guest_leave_go();
    tracer->function(tracer->payload, event);
    guest_return_to_go(left);
}

int zmqjs_trace(zmqjs_trace_function function, void *payload)
{
    int status = status_unavailable();
    if (status != 0)
        return status;
    tracer *made = malloc(sizeof *made);
    if (made == NULL)
        return status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_trace: out of memory");
    made->function = function;
    made->payload = payload;
    made->former = atomic_load(&current);
    while (!atomic_compare_exchange_weak(&current, &made->former, made))
        continue;
    guest_mask mask;
    guest_block_signals(&mask);
    twin_set_tracing(function != NULL);
    goTrace(function != NULL);
    guest_restore_signals(&mask);
    return ZMQJS_OK;
}
