/* Turns a result of Go into a value of the engine. */
#include "result.h"

#include "engine.h"

#include <stdlib.h>

void result_free(result *result)
{
    for (size_t i = 0; i < result->count; i++)
        result_free(&result->elements[i]);
    free(result->elements);
    free(result->owned);
    if (result->message != NULL)
        glue_message_free(result->message);
    /* A native that no instance has taken over ends here. */
    zmqjs_finalize(result->native);
    *result = (struct result){0};
}

int result_is_adoptable(zmq_msg_t *message)
{
    return zmq_msg_size(message) >= RESULT_ADOPT_MINIMUM && !zmq_msg_get(message, ZMQ_SHARED);
}

/* ZMQJS_REFUSED if the message is to be copied. */
static int adopt(const call *call, result *result, zmqjs_value *value)
{
    if (!result->adoptable)
        return ZMQJS_REFUSED;
    int status = engine_bytes_adopt(call, zmq_msg_data(result->message), result->length, glue_message_free,
                                    result->message, value);
    if (status == ZMQJS_OK)
        result->message = NULL;
    return status;
}

/* Makes an array or a plain object of values that are made first. */
static int make_composite(const call *call, result *result, zmqjs_value *value)
{
    zmqjs_data data = {.type = result->kind};
    zmqjs_value few[4];
    zmqjs_value *values = result->count <= 4 ? few : calloc(result->count, sizeof *values);
    size_t made = 0;
    int status = ZMQJS_OK;
    if (values == NULL) {
        engine_throw_out_of_memory(call);
        return ZMQJS_EXCEPTION;
    }
    while (status == ZMQJS_OK && made < result->count) {
        status = result_make(call, &result->elements[made], &values[made]);
        if (status == ZMQJS_OK)
            made++;
    }
    if (status == ZMQJS_OK) {
        data.as.elements.values = values;
        data.as.elements.names = result->names;
        data.as.elements.length = made;
        status = engine_value_new(call, &data, value);
    }
    while (made > 0)
        engine_value_free(call, values[--made]);
    if (values != few)
        free(values);
    return status;
}

static int make_scoped(const call *call, result *result, zmqjs_value *value)
{
    zmqjs_value scope = {{0, 0}};
    if (engine_scope_open(call, &scope) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    int status = make_composite(call, result, value);
    engine_scope_close(call, scope, status == ZMQJS_OK ? value : NULL);
    return status;
}

/* The engine has no other way to give this a second time. */
static int give_this(const call *call, zmqjs_value *value)
{
    const zmqjs_data undefined = {.type = ZMQJS_UNDEFINED};
    zmqjs_value nothing;
    if (engine_value_new(call, &undefined, &nothing) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    int status = engine_slot_set(call, 0, call->outer->this_value);
    if (status == ZMQJS_OK)
        status = engine_slot_get(call, 0, value);
    if (status == ZMQJS_OK) {
        status = engine_slot_set(call, 0, nothing);
        if (status != ZMQJS_OK)
            engine_value_free(call, *value);
    }
    engine_value_free(call, nothing);
    return status;
}

static int make_native(const call *call, result *result, zmqjs_value *value)
{
    zmqjs_data data = {.type = ZMQJS_NATIVE};
    result->native->runtime = call->runtime;
    data.as.native.definition = result->definition;
    data.as.native.pointer = result->native;
    data.as.native.construct = call->function->is_method ? NULL : &call->outer->this_value;
    int status = engine_value_new(call, &data, value);
    if (status == ZMQJS_OK)
        result->native = NULL;
    return status;
}

/* What a result holds that consists of no other values. */
static zmqjs_data describe(const result *result)
{
    zmqjs_data data = {.type = result->kind, .flags = result->flags};
    switch (result->kind) {
    case ZMQJS_BYTES:
        data.as.bytes.data = (void *)result->data;
        data.as.bytes.length = result->length;
        break;
    case ZMQJS_STRING:
        data.as.string.data = result->data;
        data.as.string.length = result->length;
        break;
    case ZMQJS_BOOLEAN:
        data.as.boolean = (int)result->integer;
        break;
    case ZMQJS_INT32:
        data.as.int32 = (int32_t)result->integer;
        break;
    case ZMQJS_DOUBLE:
        data.as.number = result->number;
        break;
    case ZMQJS_BIGINT:
        data.as.bigint = result->integer;
        break;
    default:
        break;
    }
    return data;
}

int result_make(const call *call, result *result, zmqjs_value *value)
{
    switch (result->kind) {
    case RESULT_SLOT:
        return engine_slot_get(call, (uint32_t)result->integer, value);
    case RESULT_THIS:
        return give_this(call, value);
    case ZMQJS_ARRAY:
    case ZMQJS_OBJECT:
        return make_scoped(call, result, value);
    case ZMQJS_NATIVE:
        return make_native(call, result, value);
    case ZMQJS_BYTES: {
        int status = adopt(call, result, value);
        if (status != ZMQJS_REFUSED)
            return status;
        break;
    }
    default:
        break;
    }
    const zmqjs_data data = describe(result);
    return engine_value_new(call, &data, value);
}

int result_return(const call *call, result *result)
{
    switch (result->kind) {
    case ZMQJS_UNDEFINED:
    case ZMQJS_NULL:
        return engine_return_nothing(call, result->kind);
    case ZMQJS_BOOLEAN:
        return engine_return_boolean(call, (int)result->integer);
    case ZMQJS_INT32:
        return engine_return_int32(call, (int32_t)result->integer);
    case ZMQJS_DOUBLE:
        return engine_return_double(call, result->number);
    default:
        return result_make(call, result, &call->outer->result);
    }
}
