#include "capi.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"

live_set runtime_live = LIVE_SET_INITIALIZER(1);

static int check_engine(const zmqjs_engine *engine)
{
    if (engine == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_runtime_new: engine is NULL");
    return status_check_structure("zmqjs_runtime_new", "zmqjs_engine", engine, sizeof *engine);
}

static int missing(const zmqjs_engine *engine, const char *callback)
{
    return status_fail(ZMQJS_MISSING_CALLBACK, "zmqjs_runtime_new: the table of %s lacks the callback %s",
                       engine->name != NULL ? engine->name : "the engine", callback);
}

static int check_callbacks(const zmqjs_engine *engine)
{
    if (engine->value_get == NULL)
        return missing(engine, "value_get");
    if (engine->value_new == NULL)
        return missing(engine, "value_new");
    if (engine->element_get == NULL)
        return missing(engine, "element_get");
    if (engine->slot_set == NULL)
        return missing(engine, "slot_set");
    if (engine->slot_get == NULL)
        return missing(engine, "slot_get");
    if (engine->throw_error == NULL)
        return missing(engine, "throw_error");
    if (engine->scope_open != NULL && engine->scope_close == NULL)
        return missing(engine, "scope_close (it has scope_open)");
    if (engine->scope_open == NULL && engine->scope_close != NULL)
        return missing(engine, "scope_open (it has scope_close)");
    return 0;
}

/* Makes what the handle stands for; *status tells why it cannot. */
static struct runtime *make(const zmqjs_engine *engine, void *payload, int *status)
{
    struct runtime *made = calloc(1, sizeof *made);
    if (made == NULL) {
        *status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_runtime_new: out of memory");
        return NULL;
    }
    memcpy(&made->engine, engine, sizeof *engine);
    made->payload = payload;
    made->glue = glue_runtime_new();
    if (made->glue == NULL) {
        *status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_runtime_new: %s", strerror(errno));
        free(made);
        return NULL;
    }
    return made;
}

int zmqjs_runtime_new(const zmqjs_engine *engine, void *payload, zmqjs_runtime **runtime)
{
    if (runtime == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_runtime_new: runtime is NULL");
    *runtime = NULL;
    int status = status_unavailable();
    if (status == 0)
        status = check_engine(engine);
    if (status == 0)
        status = check_callbacks(engine);
    struct runtime *made = status == 0 ? make(engine, payload, &status) : NULL;
    if (made == NULL)
        return status;
    *runtime = live_add(&runtime_live, made);
    if (*runtime != NULL)
        return ZMQJS_OK;
    glue_runtime_free(made->glue);
    free(made);
    return status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_runtime_new: out of memory");
}

static void forget_dead(void)
{
    guest_mask mask;
    guest_block_signals(&mask);
    goForgetDead();
    guest_restore_signals(&mask);
}

int zmqjs_runtime_free(zmqjs_runtime *runtime)
{
    int status = status_unavailable();
    if (status != 0)
        return status;
    struct runtime *ended = live_acquire(&runtime_live, runtime);
    if (ended == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_runtime_free: not a runtime, or freed before");
    if (glue_runtime_leave(ended->glue, glue_leave_timeout(-1)) != 0) {
        live_release(&runtime_live, runtime);
        return status_fail(ZMQJS_BUSY, "zmqjs_runtime_free: a call is under way in the runtime");
    }
    live_remove(&runtime_live, runtime);
    glue_runtime_free(ended->glue);
    free(ended);
    forget_dead();
    return ZMQJS_OK;
}

int zmqjs_interrupt(zmqjs_runtime *runtime)
{
    if (glue_forked()) /* the descriptor is the parent's too */
        return ZMQJS_UNAVAILABLE;
    struct runtime *interrupted = live_acquire(&runtime_live, runtime);
    if (interrupted == NULL)
        return ZMQJS_INVALID_ARGUMENT;
    glue_runtime_interrupt(interrupted->glue);
    live_release(&runtime_live, runtime);
    return ZMQJS_OK;
}

int zmqjs_leave_timeout(int milliseconds)
{
    return glue_leave_timeout(milliseconds);
}
