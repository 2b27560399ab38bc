#include "twin.h"

#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "result.h"

const char *const *poller_event_names[2];

/* The poller that is this, if nothing needs to be cleaned up first; else NULL. */
static glue_poller *poller_of(const call *call)
{
    if (call->this_native == NULL || call->this_native->kind != NATIVE_POLLER)
        return NULL;
    glue_poller *poller = call->this_native->glue;
    return !poller->unclean && glue_poller_find_closed(poller) < 0 ? poller : NULL;
}

/* Makes a PollerEvent. */
static int make_event(const call *call, const glue_poller_event *event, zmqjs_value *value)
{
    const int64_t slot = (int64_t)2 * event->index;
    result elements[4] = {
        {.kind = ZMQJS_NULL},
        {.kind = ZMQJS_INT32, .integer = event->descriptor},
        {.kind = RESULT_SLOT, .integer = slot + 1},
        {.kind = ZMQJS_INT32, .integer = event->events},
    };
    result made = {
        .kind = ZMQJS_OBJECT,
        .elements = elements,
        .names = poller_event_names[POLLER_DESCRIPTOR_EVENT],
        .count = 4,
    };
    if (event->is_socket) { /* the same without a descriptor */
        elements[1] = (result){.kind = RESULT_SLOT, .integer = slot};
        made.elements = elements + 1;
        made.names = poller_event_names[POLLER_SOCKET_EVENT];
        made.count = 3;
    }
    return result_make(call, &made, value);
}

/* Waits for events: how many there are, 0 if the time is up; or -1 if Go is to go on. */
static int wait_for_events(call *call, glue_poller *poller, int limit, int timeout)
{
    if (limit > poller->used)
        limit = poller->used;
    if (limit == 0 && timeout < 0)
        return -1;
    for (;;) {
        int found = glue_poller_look(poller, poller->found, limit);
        if (found != 0 || timeout == 0 || call->wait_result == GLUE_WAIT_TIMEOUT)
            return found;
        if (call->wait_result == 0)
            twin_prepare_wait(call, -1, poller, timeout);
        if (twin_wait_prepared(call) == TWIN_LEAVE)
            return -1;
    }
}

static int wait_one(call *call, int timeout)
{
    glue_poller *poller = poller_of(call);
    int found = poller != NULL ? wait_for_events(call, poller, 1, timeout) : -1;
    if (found < 0)
        return TWIN_DECLINES;
    return found > 0 ? make_event(call, &poller->found[0], &call->outer->result) : engine_return_nothing(call, ZMQJS_NULL);
}

static int make_events(const call *call, const glue_poller_event *events, size_t count, zmqjs_value *value)
{
    zmqjs_value *values = calloc(count, sizeof *values);
    size_t made = 0;
    int status = ZMQJS_OK;
    if (values == NULL) {
        engine_throw_out_of_memory(call);
        return ZMQJS_EXCEPTION;
    }
    while (status == ZMQJS_OK && made < count) {
        status = make_event(call, &events[made], &values[made]);
        made += status == ZMQJS_OK;
    }
    if (status == ZMQJS_OK) {
        zmqjs_data data = {.type = ZMQJS_ARRAY};
        data.as.elements.values = values;
        data.as.elements.length = count;
        status = engine_value_new(call, &data, value);
    }
    while (made > 0)
        engine_value_free(call, values[--made]);
    free(values);
    return status;
}

static int wait_all(call *call, int timeout)
{
    zmqjs_value scope = {{0, 0}};
    int limit = call->argument_count > 0 && call->arguments[0].type == ZMQJS_INT32 ? call->arguments[0].as.int32 : 0;
    glue_poller *poller = limit > 0 ? poller_of(call) : NULL;
    int found = poller != NULL ? wait_for_events(call, poller, limit, timeout) : -1;
    if (found < 0)
        return TWIN_DECLINES;
    if (found == 0)
        return engine_return_nothing(call, ZMQJS_NULL);
    /* While values are made, a finalizer of the script may use the poller. */
    glue_poller_event *events = malloc((size_t)found * sizeof *events);
    if (events == NULL) {
        engine_throw_out_of_memory(call);
        return ZMQJS_EXCEPTION;
    }
    memcpy(events, poller->found, (size_t)found * sizeof *events);
    int status = engine_scope_open(call, &scope);
    if (status == ZMQJS_OK) {
        status = make_events(call, events, (size_t)found, &call->outer->result);
        engine_scope_close(call, scope, status == ZMQJS_OK ? &call->outer->result : NULL);
    }
    free(events);
    return status;
}

int twin_wait_one(call *call)
{
    if (call->argument_count == 0 || call->arguments[0].type != ZMQJS_INT32)
        return TWIN_DECLINES;
    return wait_one(call, call->arguments[0].as.int32);
}

int twin_poll_one(call *call)
{
    return wait_one(call, 0);
}

int twin_wait_all(call *call)
{
    if (call->argument_count < 2 || call->arguments[1].type != ZMQJS_INT32)
        return TWIN_DECLINES;
    return wait_all(call, call->arguments[1].as.int32);
}

int twin_poll_all(call *call)
{
    return wait_all(call, 0);
}
