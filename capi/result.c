/* Turns a result of Go into a value of the engine. */
#include "capi.h"
#include "result.h"

#include <stdlib.h>

/* From this size on a received message is offered to the engine as it is. */
enum { ADOPT_MINIMUM = 64 * 1024 };

static void free_message(void *argument)
{
    zmq_msg_t *message = argument;
    zmq_msg_close(message);
    free(message);
}

void result_free(result *result)
{
    for (size_t i = 0; i < result->count; i++)
        result_free(&result->elements[i]);
    free(result->elements);
    free(result->owned);
    if (result->message != NULL)
        free_message(result->message);
    /* A native that no instance has taken over ends here. */
    zmqjs_finalize(result->native);
    *result = (struct result){0};
}

static void value_free(const call *call, zmqjs_value value)
{
    const zmqjs_engine *engine = &call->runtime->engine;
    if (engine->value_free != NULL)
        engine->value_free(call->runtime->payload, call->outer->context, value);
}

static int new_value(const call *call, const zmqjs_data *data, zmqjs_value *value)
{
    return call->runtime->engine.value_new(call->runtime->payload, call->outer->context, data, value);
}

/* ZMQJS_REFUSED if the message is to be copied. */
static int adopt(const call *call, result *result, zmqjs_value *value)
{
    const zmqjs_engine *engine = &call->runtime->engine;
    if (engine->bytes_adopt == NULL || result->message == NULL || result->length < ADOPT_MINIMUM)
        return ZMQJS_REFUSED;
    int status = engine->bytes_adopt(call->runtime->payload, call->outer->context, zmq_msg_data(result->message),
                                     result->length, free_message, result->message, value);
    if (status == ZMQJS_OK)
        result->message = NULL;
    return status;
}

static int make(const call *call, result *result, zmqjs_value *value);

/* Makes an array or a plain object of values that are made first. */
static int make_composite(const call *call, result *result, zmqjs_value *value)
{
    zmqjs_data data = {.type = result->kind};
    zmqjs_value *values = calloc(result->count + 1, sizeof *values);
    size_t made = 0;
    int status = ZMQJS_OK;
    if (values == NULL) {
        result_throw_out_of_memory(call);
        return ZMQJS_EXCEPTION;
    }
    while (status == ZMQJS_OK && made < result->count) {
        status = make(call, &result->elements[made], &values[made]);
        if (status == ZMQJS_OK)
            made++;
    }
    if (status == ZMQJS_OK) {
        data.as.elements.values = values;
        data.as.elements.names = result->names;
        data.as.elements.length = made;
        status = new_value(call, &data, value);
    }
    while (made > 0)
        value_free(call, values[--made]);
    free(values);
    return status;
}

static int make_scoped(const call *call, result *result, zmqjs_value *value)
{
    const zmqjs_engine *engine = &call->runtime->engine;
    void *payload = call->runtime->payload;
    zmqjs_value scope = {{0, 0}};
    if (engine->scope_open == NULL)
        return make_composite(call, result, value);
    if (engine->scope_open(payload, call->outer->context, &scope) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    int status = make_composite(call, result, value);
    engine->scope_close(payload, call->outer->context, scope, status == ZMQJS_OK ? value : NULL);
    return status;
}

static int make_native(const call *call, result *result, zmqjs_value *value)
{
    zmqjs_data data = {.type = ZMQJS_NATIVE};
    data.as.native.definition = result->definition;
    data.as.native.pointer = result->native;
    data.as.native.construct = call->function->is_method ? NULL : &call->outer->this_value;
    int status = new_value(call, &data, value);
    if (status == ZMQJS_OK)
        result->native = NULL;
    return status;
}

static int make(const call *call, result *result, zmqjs_value *value)
{
    const zmqjs_engine *engine = &call->runtime->engine;
    zmqjs_data data = {.type = result->kind, .flags = result->flags};
    switch (result->kind) {
    case RESULT_SLOT:
        return engine->slot_get(call->runtime->payload, call->outer->context, call->outer->this_value,
                                (uint32_t)result->integer, value);
    case ZMQJS_ARRAY:
    case ZMQJS_OBJECT:
        return make_scoped(call, result, value);
    case ZMQJS_NATIVE:
        return make_native(call, result, value);
    case ZMQJS_BYTES: {
        int status = adopt(call, result, value);
        if (status != ZMQJS_REFUSED)
            return status;
        data.as.bytes.data = (void *)result->data;
        data.as.bytes.length = result->length;
        break;
    }
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
    return new_value(call, &data, value);
}

int result_make(const call *call, result *result, zmqjs_value *value)
{
    int status = make(call, result, value);
    return status == ZMQJS_OK ? ZMQJS_OK : ZMQJS_EXCEPTION;
}
