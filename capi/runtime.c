#include "capi.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"

live_set runtime_live;

/* What a host's structure of an older or newer ABI must at least have. */
enum { ENGINE_MINIMUM = offsetof(zmqjs_engine, value_release) };

static int check_engine(const zmqjs_engine *engine)
{
    if (engine == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_runtime_new: engine is NULL");
    if (engine->abi_version < 1 || engine->abi_version > ZMQJS_ABI_VERSION)
        return status_fail(ZMQJS_VERSION_MISMATCH,
                           "zmqjs_runtime_new: the host was compiled for ABI version %u, this library knows 1 to %u",
                           engine->abi_version, ZMQJS_ABI_VERSION);
    if (engine->size < ENGINE_MINIMUM)
        return status_fail(ZMQJS_VERSION_MISMATCH,
                           "zmqjs_runtime_new: the engine table has %u bytes, it needs at least %u",
                           engine->size, (unsigned)ENGINE_MINIMUM);
    const unsigned char *bytes = (const unsigned char *)engine;
    for (size_t i = sizeof *engine; i < engine->size; i++)
        if (bytes[i] != 0)
            return status_fail(ZMQJS_VERSION_MISMATCH,
                               "zmqjs_runtime_new: the engine table has fields that this library does not know");
    return 0;
}

static int missing(const char *callback)
{
    return status_fail(ZMQJS_MISSING_CALLBACK, "zmqjs_runtime_new: the engine table lacks the callback %s", callback);
}

static int check_callbacks(const zmqjs_engine *engine)
{
    if (engine->value_get == NULL)
        return missing("value_get");
    if (engine->value_new == NULL)
        return missing("value_new");
    if (engine->element_get == NULL)
        return missing("element_get");
    if (engine->slot_set == NULL)
        return missing("slot_set");
    if (engine->slot_get == NULL)
        return missing("slot_get");
    if (engine->throw_error == NULL)
        return missing("throw_error");
    if (engine->scope_open != NULL && engine->scope_close == NULL)
        return missing("scope_close (it has scope_open)");
    if (engine->scope_open == NULL && engine->scope_close != NULL)
        return missing("scope_open (it has scope_close)");
    return 0;
}

int zmqjs_runtime_new(const zmqjs_engine *engine, void *payload, zmqjs_runtime **runtime)
{
    if (runtime == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_runtime_new: runtime is NULL");
    *runtime = NULL;
    int status = status_unavailable();
    if (status == 0)
        status = check_engine(engine);
    if (status != 0)
        return status;
    zmqjs_runtime *made = calloc(1, sizeof *made);
    if (made == NULL)
        return status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_runtime_new: out of memory");
    memcpy(&made->engine, engine, engine->size < sizeof *engine ? engine->size : sizeof *engine);
    made->payload = payload;
    status = check_callbacks(&made->engine);
    if (status == 0 && (made->glue = glue_runtime_new()) == NULL)
        status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_runtime_new: %s", strerror(errno));
    if (status == 0 && live_add(&runtime_live, made) != 0) {
        glue_runtime_free(made->glue);
        status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_runtime_new: out of memory");
    }
    if (status != 0) {
        free(made);
        return status;
    }
    *runtime = made;
    return ZMQJS_OK;
}

int zmqjs_runtime_free(zmqjs_runtime *runtime)
{
    int status = status_unavailable();
    if (status != 0)
        return status;
    if (!live_contains(&runtime_live, runtime))
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_runtime_free: not a runtime, or freed before");
    if (glue_runtime_leave(runtime->glue, glue_leave_timeout(-1)) != 0)
        return status_fail(ZMQJS_BUSY, "zmqjs_runtime_free: a call is under way in the runtime");
    live_remove(&runtime_live, runtime);
    glue_runtime_free(runtime->glue);
    free(runtime);
    guest_mask mask;
    guest_block_signals(&mask);
    goForgetDead();
    guest_restore_signals(&mask);
    return ZMQJS_OK;
}

int zmqjs_interrupt(zmqjs_runtime *runtime)
{
    if (!live_contains(&runtime_live, runtime))
        return ZMQJS_INVALID_ARGUMENT;
    glue_runtime_interrupt(runtime->glue);
    return ZMQJS_OK;
}

int zmqjs_leave_timeout(int milliseconds)
{
    return glue_leave_timeout(milliseconds);
}
