#include "capi.h"

#include <errno.h>
#include <pthread.h>
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

/* Their memory stays, so that a call may look at it whose handle is being freed. */
static struct runtime *spare;
static pthread_mutex_t spare_lock = PTHREAD_MUTEX_INITIALIZER;

static struct runtime *take_spare(void)
{
    pthread_mutex_lock(&spare_lock);
    struct runtime *taken = spare;
    if (taken != NULL)
        spare = taken->next;
    pthread_mutex_unlock(&spare_lock);
    return taken;
}

static void keep_spare(struct runtime *runtime)
{
    pthread_mutex_lock(&spare_lock);
    runtime->next = spare;
    spare = runtime;
    pthread_mutex_unlock(&spare_lock);
}

/* A runtime that is open, new or used before. NULL with errno. */
static struct runtime *open_runtime(void)
{
    struct runtime *opened = take_spare();
    if (opened != NULL) {
        if (glue_runtime_open(opened->glue) == 0)
            return opened;
        int error = errno;
        keep_spare(opened);
        errno = error;
        return NULL;
    }
    opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return NULL;
    opened->glue = glue_runtime_new();
    if (opened->glue != NULL)
        return opened;
    int error = errno;
    free(opened);
    errno = error;
    return NULL;
}

/* Makes what the handle stands for; *status tells why it cannot. */
static struct runtime *make(const zmqjs_engine *engine, void *payload, int *status)
{
    struct runtime *made = open_runtime();
    if (made == NULL) {
        *status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_runtime_new: %s", strerror(errno));
        return NULL;
    }
    memcpy(&made->engine, engine, sizeof *engine);
    made->payload = payload;
    return made;
}

static void end(struct runtime *runtime)
{
    glue_runtime_close(runtime->glue);
    keep_spare(runtime);
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
    if (*runtime != NULL) {
        atomic_store(&made->handle, *runtime);
        return ZMQJS_OK;
    }
    glue_runtime_leave(made->glue, 0);
    end(made);
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
    atomic_store(&ended->handle, NULL);
    live_remove(&runtime_live, runtime);
    end(ended);
    forget_dead();
    return ZMQJS_OK;
}

int runtime_refuse(zmqjs_runtime *handle, const char *function)
{
    if (live_acquire(&runtime_live, handle) == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmq.%s: the runtime has ended", function);
    live_release(&runtime_live, handle);
    return status_fail(ZMQJS_BUSY, "zmq.%s: another thread is inside the runtime, or it is ending", function);
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

int64_t zmqjs_pool_limit(int64_t bytes)
{
    return glue_pool_limit(bytes);
}

int64_t zmqjs_pool_size(void)
{
    return glue_pool_size();
}
