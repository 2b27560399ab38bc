/* Shared contexts that a host has acquired. */
#include "capi.h"
#include "shared.h"
#include "socket.h"

#include <errno.h>

static handle_table taken = HANDLE_TABLE_INITIALIZER(3);

/* The status for a result of core_context_prepare or a similar function. */
static int fail(const char *function, int error)
{
    if (error <= CORE_UNSCHEDULED)
        return status_fail(ZMQJS_INVALID_ARGUMENT,
                           "%s: the system does not let threads run as the context's options say: %s", function,
                           core_error_text(CORE_UNSCHEDULED - error));
    if (error == ETERM)
        return status_fail(ZMQJS_UNAVAILABLE, "%s: a host has terminated the context", function);
    int status = error == EINVAL ? ZMQJS_INVALID_ARGUMENT : ZMQJS_OUT_OF_MEMORY;
    return status_fail(status, "%s: %s", function, core_error_text(error));
}

/* Acquires a host's context. Returns NULL and the status on failure. */
static core_context *acquire(const char *function, zmqjs_context *context, int *status)
{
    *status = status_unavailable();
    if (*status != 0)
        return NULL;
    core_context *shared = handle_acquire(&taken, context);
    if (shared == NULL)
        *status = status_fail(ZMQJS_INVALID_ARGUMENT, "%s: not a shared context, or released before", function);
    return shared;
}

int zmqjs_context_shared(const char *name, zmqjs_context **context)
{
    if (context == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_context_shared: context is NULL");
    *context = NULL;
    int status = status_unavailable();
    if (status != 0)
        return status;
    core_context *shared = core_context_take(name != NULL ? name : "");
    if (shared == NULL)
        return fail("zmqjs_context_shared", errno);
    *context = handle_add(&taken, shared);
    if (*context != NULL)
        return ZMQJS_OK;
    core_context_release(shared);
    return fail("zmqjs_context_shared", ENOMEM);
}

int zmqjs_context_set(zmqjs_context *context, int option, int value)
{
    int status, present = 0;
    core_context *shared = acquire("zmqjs_context_set", context, &status);
    if (shared == NULL)
        return status;
    int result = core_context_set(shared, option, value, &present);
    if (result == CORE_OPTION_SET)
        status = status_fail(ZMQJS_INVALID_ARGUMENT,
                             "zmqjs_context_set: option %d of the shared context \"%s\" is %d, and cannot become %d; it "
                             "is set once, before the first socket",
                             option, core_context_name(shared), present, value);
    else if (result == CORE_OPTION_LATE)
        status = status_fail(ZMQJS_INVALID_ARGUMENT,
                             "zmqjs_context_set: option %d of the shared context \"%s\" cannot be set any more; it is "
                             "set once, before the first socket",
                             option, core_context_name(shared));
    else if (result != 0)
        status = fail("zmqjs_context_set", result);
    handle_release(&taken, context);
    return status;
}

int zmqjs_context_zmq(zmqjs_context *context, void **zmq)
{
    int status;
    if (zmq == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_context_zmq: zmq is NULL");
    *zmq = NULL;
    core_context *shared = acquire("zmqjs_context_zmq", context, &status);
    if (shared == NULL)
        return status;
    int error = core_context_hand_over(shared, zmq);
    if (error != 0)
        status = fail("zmqjs_context_zmq", error);
    handle_release(&taken, context);
    return status;
}

int zmqjs_context_release(zmqjs_context *context)
{
    int status;
    core_context *shared = acquire("zmqjs_context_release", context, &status);
    if (shared == NULL)
        return status;
    if (!handle_remove(&taken, context)) { /* another thread removed it first */
        handle_release(&taken, context);
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_context_release: released before");
    }
    core_context_release(shared);
    return ZMQJS_OK;
}
