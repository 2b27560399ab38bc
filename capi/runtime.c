#include "runtime.h"
#include "_cgo_export.h"
#include "capi.h"
#include "pool.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>


int zmqjs_runtime_new(const zmqjs_engine *engine, void *payload, zmqjs_runtime **runtime)
{
    zmqjs_engine read = {0};
    if (runtime == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_runtime_new: runtime is NULL");
    *runtime = NULL;
    int status = status_unavailable();
    if (status == 0 && engine != NULL)
        status = status_read_structure("zmqjs_runtime_new", "zmqjs_engine", engine, offsetof(zmqjs_engine, interrupted),
                                       &read, sizeof read);
    if (status != 0)
        return status;
    const core_runtime *made = core_runtime_new(&read, payload);
    if (made == NULL)
        return status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_runtime_new: %s", core_error_text(errno));
    *runtime = atomic_load(&made->handle);
    return ZMQJS_OK;
}

static void forget_finalized(void)
{
    signal_mask mask;
    host_signals_block(&mask);
    goForgetFinalized();
    host_signals_restore(&mask);
}

int zmqjs_runtime_free(zmqjs_runtime *runtime)
{
    int status = status_unavailable();
    if (status != 0)
        return status;
    switch (core_runtime_free(runtime, core_leave_timeout(-1), (uintptr_t)__builtin_frame_address(0))) {
    case 0:
        forget_finalized();
        return ZMQJS_OK;
    case EBUSY:
        return status_fail(ZMQJS_BUSY, "zmqjs_runtime_free: a call is under way in the runtime, or a handler has jumped out of one");
    default:
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_runtime_free: not a runtime, or freed before");
    }
}

int zmqjs_interrupt(zmqjs_runtime *runtime)
{
    if (core_forked()) /* the descriptor is the parent's too */
        return ZMQJS_UNAVAILABLE;
    return core_runtime_interrupt(runtime) == 0 ? ZMQJS_OK : ZMQJS_INVALID_ARGUMENT;
}

int zmqjs_leave_timeout(int milliseconds)
{
    return core_leave_timeout(milliseconds);
}

int64_t zmqjs_pool_limit(int64_t bytes)
{
    return core_pool_limit(bytes);
}

int64_t zmqjs_pool_size(void)
{
    return core_pool_size();
}
