#include "engine.h"

#include <errno.h>
#include <string.h>

static const zmqjs_engine *engine_of(const call *call)
{
    return &call->runtime->engine;
}

void engine_value_free(const call *call, zmqjs_value value)
{
    if (engine_of(call)->value_free != NULL)
        engine_of(call)->value_free(ENGINE_PARAMETERS(call), value);
}

int engine_element_get(const call *call, zmqjs_value array, uint32_t index, zmqjs_value *element)
{
    return engine_status(engine_of(call)->element_get(ENGINE_PARAMETERS(call), array, index, element));
}

int engine_slot_set(const call *call, uint32_t slot, zmqjs_value value)
{
    return engine_status(engine_of(call)->slot_set(ENGINE_PARAMETERS(call), call->outer->this_value, slot, value));
}

int engine_slot_get(const call *call, uint32_t slot, zmqjs_value *value)
{
    return engine_status(engine_of(call)->slot_get(ENGINE_PARAMETERS(call), call->outer->this_value, slot, value));
}

int engine_scope_open(const call *call, zmqjs_value *scope)
{
    if (engine_of(call)->scope_open == NULL)
        return ZMQJS_OK;
    return engine_status(engine_of(call)->scope_open(ENGINE_PARAMETERS(call), scope));
}

void engine_scope_close(const call *call, zmqjs_value scope, zmqjs_value *keep)
{
    if (engine_of(call)->scope_close != NULL)
        engine_of(call)->scope_close(ENGINE_PARAMETERS(call), scope, keep);
}

int engine_bytes_adopt(const call *call, void *data, size_t length, zmqjs_release release, void *argument,
                       zmqjs_value *value)
{
    if (engine_of(call)->bytes_adopt == NULL)
        return ZMQJS_REFUSED;
    int status = engine_of(call)->bytes_adopt(ENGINE_PARAMETERS(call), data, length, release, argument, value);
    return status == ZMQJS_REFUSED ? ZMQJS_REFUSED : engine_status(status);
}

void engine_throw(const call *call, const zmqjs_error *error)
{
    engine_of(call)->throw_error(ENGINE_PARAMETERS(call), error);
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
    return engine_of(call)->interrupted(ENGINE_PARAMETERS(call));
}
