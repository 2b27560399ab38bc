#include "engine.h"

#include <errno.h>
#include <string.h>

/* The parameters that every callback begins with. */
#define PAYLOAD_AND_CONTEXT(call) (call)->runtime->payload, (call)->outer->context

static const zmqjs_engine *engine_of(const call *call)
{
    return &call->runtime->engine;
}

static int status_of(int status)
{
    return status == ZMQJS_OK ? ZMQJS_OK : ZMQJS_EXCEPTION;
}

int engine_value_get(const call *call, zmqjs_value value, zmqjs_data *data)
{
    *data = (zmqjs_data){0};
    int status = status_of(engine_of(call)->value_get(PAYLOAD_AND_CONTEXT(call), value, data));
    if (status != ZMQJS_OK)
        *data = (zmqjs_data){0}; /* nothing to release */
    return status;
}

void engine_value_release(const call *call, zmqjs_data *data)
{
    if (engine_of(call)->value_release != NULL && (data->type == ZMQJS_STRING || data->type == ZMQJS_BYTES))
        engine_of(call)->value_release(PAYLOAD_AND_CONTEXT(call), data);
}

int engine_value_new(const call *call, const zmqjs_data *data, zmqjs_value *value)
{
    return status_of(engine_of(call)->value_new(PAYLOAD_AND_CONTEXT(call), data, value));
}

void engine_value_free(const call *call, zmqjs_value value)
{
    if (engine_of(call)->value_free != NULL)
        engine_of(call)->value_free(PAYLOAD_AND_CONTEXT(call), value);
}

int engine_element_get(const call *call, zmqjs_value array, uint32_t index, zmqjs_value *element)
{
    return status_of(engine_of(call)->element_get(PAYLOAD_AND_CONTEXT(call), array, index, element));
}

int engine_slot_set(const call *call, uint32_t slot, zmqjs_value value)
{
    return status_of(engine_of(call)->slot_set(PAYLOAD_AND_CONTEXT(call), call->outer->this_value, slot, value));
}

int engine_slot_get(const call *call, uint32_t slot, zmqjs_value *value)
{
    return status_of(engine_of(call)->slot_get(PAYLOAD_AND_CONTEXT(call), call->outer->this_value, slot, value));
}

int engine_scope_open(const call *call, zmqjs_value *scope)
{
    if (engine_of(call)->scope_open == NULL)
        return ZMQJS_OK;
    return status_of(engine_of(call)->scope_open(PAYLOAD_AND_CONTEXT(call), scope));
}

void engine_scope_close(const call *call, zmqjs_value scope, zmqjs_value *keep)
{
    if (engine_of(call)->scope_close != NULL)
        engine_of(call)->scope_close(PAYLOAD_AND_CONTEXT(call), scope, keep);
}

int engine_bytes_adopt(const call *call, void *data, size_t length, zmqjs_release release, void *argument,
                       zmqjs_value *value)
{
    if (engine_of(call)->bytes_adopt == NULL)
        return ZMQJS_REFUSED;
    int status = engine_of(call)->bytes_adopt(PAYLOAD_AND_CONTEXT(call), data, length, release, argument, value);
    return status == ZMQJS_REFUSED ? ZMQJS_REFUSED : status_of(status);
}

void engine_throw(const call *call, const zmqjs_error *error)
{
    engine_of(call)->throw_error(PAYLOAD_AND_CONTEXT(call), error);
}

void engine_throw_errno(const call *call, int number, const char *code)
{
    zmqjs_error error = {ZMQJS_ERROR, number, strerror(number), code, NULL};
    engine_throw(call, &error);
}

void engine_throw_out_of_memory(const call *call)
{
    engine_throw_errno(call, ENOMEM, "ENOMEM");
}

int engine_interrupted(void *argument)
{
    const call *call = argument;
    return engine_of(call)->interrupted(PAYLOAD_AND_CONTEXT(call));
}
