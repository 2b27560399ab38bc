/*
 * What a call asks of the engine: its callbacks, with payload, context and the
 * fallback of those that are optional. Those that return a status return ZMQJS_OK or
 * ZMQJS_EXCEPTION.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "capi.h"

/* The parameters that every callback begins with. */
#define ENGINE_PARAMETERS(call) (call)->runtime->payload, (call)->outer->context

static inline int engine_status(int status)
{
    return status == ZMQJS_OK ? ZMQJS_OK : ZMQJS_EXCEPTION;
}

static inline int engine_value_get(const call *call, zmqjs_value value, zmqjs_data *data)
{
    *data = (zmqjs_data){0};
    int status = engine_status(call->runtime->engine.value_get(ENGINE_PARAMETERS(call), value, data));
    if (status != ZMQJS_OK)
        *data = (zmqjs_data){0}; /* nothing to release */
    return status;
}

/* Whether what value_get gave is to be released. */
static inline int engine_is_borrowed(const zmqjs_data *data)
{
    return data->type == ZMQJS_STRING || data->type == ZMQJS_BYTES;
}

static inline void engine_value_release(const call *call, zmqjs_data *data)
{
    if (engine_is_borrowed(data) && call->runtime->engine.value_release != NULL)
        call->runtime->engine.value_release(ENGINE_PARAMETERS(call), data);
}

static inline int engine_value_new(const call *call, const zmqjs_data *data, zmqjs_value *value)
{
    return engine_status(call->runtime->engine.value_new(ENGINE_PARAMETERS(call), data, value));
}

/* Ends the giving of a result that is in result_data: for an adapter that does not want
 * data, it is made into a value. */
static inline int engine_return_data(const call *call)
{
    if (call->outer->wants_data)
        return ZMQJS_DATA;
    call->outer->result_data.flags = 0;
    return engine_value_new(call, &call->outer->result_data, &call->outer->result);
}

/* Give the call's result. They write members one by one, and copy no structure: the
 * processor waits when it reads at once what was just written in parts. */
static inline int engine_return_int32(const call *call, int32_t value)
{
    call->outer->result_data.type = ZMQJS_INT32;
    call->outer->result_data.as.int32 = value;
    return engine_return_data(call);
}

static inline int engine_return_boolean(const call *call, int value)
{
    call->outer->result_data.type = ZMQJS_BOOLEAN;
    call->outer->result_data.as.boolean = value;
    return engine_return_data(call);
}

static inline int engine_return_double(const call *call, double value)
{
    call->outer->result_data.type = ZMQJS_DOUBLE;
    call->outer->result_data.as.number = value;
    return engine_return_data(call);
}

/* Undefined or null. */
static inline int engine_return_nothing(const call *call, enum zmqjs_type type)
{
    call->outer->result_data.type = type;
    return engine_return_data(call);
}

void engine_value_free(const call *call, zmqjs_value value);
int engine_element_get(const call *call, zmqjs_value array, uint32_t index, zmqjs_value *element);
int engine_slot_set(const call *call, uint32_t slot, zmqjs_value value);
int engine_slot_get(const call *call, uint32_t slot, zmqjs_value *value);
int engine_scope_open(const call *call, zmqjs_value *scope);
void engine_scope_close(const call *call, zmqjs_value scope, zmqjs_value *keep);

/* ZMQJS_REFUSED too, also where the engine cannot adopt. */
int engine_bytes_adopt(const call *call, void *data, size_t length, zmqjs_release release, void *argument,
                       zmqjs_value *value);

void engine_throw(const call *call, const zmqjs_error *error);
void engine_throw_errno(const call *call, int number, const char *code);
void engine_throw_out_of_memory(const call *call);

/* A glue_wait's question; argument is the call. */
int engine_interrupted(void *argument);

#endif
