/*
 * adapter.c - zmqjs for the engine double
 *
 * Three parts: what a zmqjs_value is here, the callbacks (engine to library), and
 * the walk over the module's definition (library to engine).
 */
#include "adapter.h"
#include "zmqjs_adapter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- values: the handle's number, and a mark that tells whose it is -------------------- */

static zmqjs_value pack(toy_engine *engine, uint64_t handle)
{
    zmqjs_value value = {{handle, handle ^ engine->cookie}};
    return value;
}

static uint64_t unpack(toy_engine *engine, zmqjs_value value)
{
    if ((value.bits[0] ^ engine->cookie) != value.bits[1])
        toy_fatal("a value is passed that this engine has never made");
    return value.bits[0];
}

zmqjs_value adapter_lend(toy_engine *engine, toy_value *value)
{
    return pack(engine, toy_lend(engine, value));
}

toy_value *adapter_look(toy_engine *engine, zmqjs_value value)
{
    return toy_look(engine, unpack(engine, value));
}

/* Hands a value out of a callback: NULL (an exception is pending) or an owned one. */
static int hand_out(toy_engine *engine, toy_value *made, zmqjs_value *value, const char *maker)
{
    if (!made) return ZMQJS_EXCEPTION;
    *value = pack(engine, toy_own(engine, made, maker));
    toy_release(made);
    return ZMQJS_OK;
}

/* ---- callbacks: reading ------------------------------------------------------------------ */

static int fits_int32(double number)
{
    return number >= INT32_MIN && number <= INT32_MAX && number == (int32_t)number &&
           !(number == 0 && signbit(number));
}

static int value_get(void *payload, void *context, zmqjs_value value, zmqjs_data *data)
{
    struct adapter *adapter = payload;
    toy_value *v = adapter_look(context, value);

    switch (v->kind) {
    case TOY_UNDEFINED:
        data->type = ZMQJS_UNDEFINED;
        break;
    case TOY_NULL:
        data->type = ZMQJS_NULL;
        break;
    case TOY_BOOLEAN:
        data->type = ZMQJS_BOOLEAN;
        data->as.boolean = v->as.boolean;
        break;
    case TOY_NUMBER:
        if (fits_int32(v->as.number) && !adapter->doubles_only) {
            data->type = ZMQJS_INT32;
            data->as.int32 = (int32_t)v->as.number;
        } else {
            data->type = ZMQJS_DOUBLE;
            data->as.number = v->as.number;
        }
        break;
    case TOY_BIGINT:
        data->type = ZMQJS_BIGINT;
        data->as.bigint = v->as.bigint.bits;
        if (v->as.bigint.is_unsigned) data->flags |= ZMQJS_BIGINT_UNSIGNED;
        if (v->as.bigint.is_wider) data->flags |= ZMQJS_BIGINT_TRUNCATED;
        break;
    case TOY_STRING:
        data->type = ZMQJS_STRING;
        data->as.string.data = v->as.string.data;
        data->as.string.length = v->as.string.length;
        data->held[0] = toy_retain(v); /* until value_release */
        break;
    case TOY_BYTES:
        data->type = ZMQJS_BYTES;
        data->as.bytes.data = v->as.bytes.data;
        data->as.bytes.length = v->as.bytes.length;
        data->held[0] = toy_retain(v);
        break;
    case TOY_ARRAY:
        data->type = ZMQJS_ARRAY;
        data->as.elements.length = v->as.array.length;
        break;
    case TOY_INSTANCE:
        data->type = ZMQJS_NATIVE;
        data->as.native.definition = v->as.instance.type;
        data->as.native.pointer = v->as.instance.pointer;
        break;
    case TOY_OBJECT:
    case TOY_FUNCTION:
        data->type = ZMQJS_OBJECT;
        break;
    }
    return ZMQJS_OK;
}

static void value_release(void *payload, void *context, zmqjs_data *data)
{
    (void)payload, (void)context;
    toy_release(data->held[0]);
}

static int element_get(void *payload, void *context, zmqjs_value array, uint32_t index,
                       zmqjs_value *element)
{
    (void)payload;
    toy_value *item = toy_item_get(adapter_look(context, array), index);
    return hand_out(context, item, element, "element_get");
}

/* ---- callbacks: making -------------------------------------------------------------------- */

static toy_value *new_instance(struct adapter *adapter, toy_engine *engine, const zmqjs_data *data)
{
    const zmqjs_class *definition = data->as.native.definition;
    toy_value *prototype = NULL;

    if (data->as.native.construct) { /* `new`: what new.target says, so that one can subclass */
        prototype = toy_get(adapter_look(engine, *data->as.native.construct), "prototype");
        if (!prototype) return NULL;
        if (prototype->kind != TOY_OBJECT) { /* as in any constructor: the class's own then */
            toy_release(prototype);
            prototype = NULL;
        }
    }
    for (size_t i = 0; i < adapter->definition->class_count && !prototype; i++)
        if (adapter->definition->classes[i] == definition)
            prototype = toy_retain(adapter->prototypes[i]);

    toy_value *instance = toy_instance(engine, prototype, definition, data->as.native.pointer,
                                       zmqjs_finalize);
    toy_release(prototype);
    return instance;
}

static toy_value *new_array(toy_engine *engine, const zmqjs_data *data)
{
    toy_value *array = toy_array(engine, data->as.elements.length);
    for (size_t i = 0; i < data->as.elements.length; i++)
        toy_item_set(array, i, adapter_look(engine, data->as.elements.values[i]));
    return array;
}

static toy_value *new_object(toy_engine *engine, const zmqjs_data *data)
{
    toy_value *object = toy_object(engine, NULL);
    for (size_t i = 0; i < data->as.elements.length; i++)
        toy_set(object, data->as.elements.names[i],
                adapter_look(engine, data->as.elements.values[i]));
    return object;
}

static toy_value *new_value(struct adapter *adapter, toy_engine *engine, const zmqjs_data *data)
{
    switch (data->type) {
    case ZMQJS_UNDEFINED:
        return toy_undefined(engine);
    case ZMQJS_NULL:
        return toy_null(engine);
    case ZMQJS_BOOLEAN:
        return toy_boolean(engine, data->as.boolean);
    case ZMQJS_INT32:
        return toy_number(engine, data->as.int32);
    case ZMQJS_DOUBLE:
        return toy_number(engine, data->as.number);
    case ZMQJS_BIGINT:
        return toy_bigint(engine, data->as.bigint, data->flags & ZMQJS_BIGINT_UNSIGNED);
    case ZMQJS_STRING:
        return toy_string(engine, data->as.string.data, data->as.string.length);
    case ZMQJS_BYTES:
        return toy_bytes(engine, data->as.bytes.data, data->as.bytes.length);
    case ZMQJS_NATIVE:
        return new_instance(adapter, engine, data);
    case ZMQJS_ARRAY:
        return new_array(engine, data);
    case ZMQJS_OBJECT:
        return new_object(engine, data);
    }
    toy_fatal("value_new is asked for a value of type %u", (unsigned)data->type);
}

static int value_new(void *payload, void *context, const zmqjs_data *data, zmqjs_value *value)
{
    return hand_out(context, new_value(payload, context, data), value, "value_new");
}

static void value_free(void *payload, void *context, zmqjs_value value)
{
    (void)payload;
    toy_release(toy_take(context, unpack(context, value)));
}

static int bytes_adopt(void *payload, void *context, void *data, size_t length,
                       zmqjs_release release, void *argument, zmqjs_value *value)
{
    (void)payload;
    toy_value *bytes = toy_bytes_adopt(context, data, length, release, argument);
    return hand_out(context, bytes, value, "bytes_adopt");
}

/* ---- callbacks: slots, scopes, the rest ----------------------------------------------------- */

static int slot_set(void *payload, void *context, zmqjs_value object, uint32_t index,
                    zmqjs_value value)
{
    (void)payload;
    toy_slot_set(adapter_look(context, object), index, adapter_look(context, value));
    return ZMQJS_OK;
}

static int slot_get(void *payload, void *context, zmqjs_value object, uint32_t index,
                    zmqjs_value *value)
{
    (void)payload;
    toy_value *kept = toy_slot_get(adapter_look(context, object), index);
    return hand_out(context, kept, value, "slot_get");
}

static int scope_open(void *payload, void *context, zmqjs_value *scope)
{
    (void)payload;
    *scope = pack(context, toy_scope_open(context));
    return ZMQJS_OK;
}

static void scope_close(void *payload, void *context, zmqjs_value scope, zmqjs_value *keep)
{
    (void)payload;
    uint64_t kept = toy_scope_close(context, unpack(context, scope),
                                    keep ? unpack(context, *keep) : 0);
    if (keep) *keep = pack(context, kept);
}

static void throw_error(void *payload, void *context, const zmqjs_error *error)
{
    (void)payload;
    static const enum toy_error_class classes[] = {TOY_ERROR, TOY_TYPE_ERROR, TOY_RANGE_ERROR};
    toy_engine *engine = context;
    toy_value *exception = toy_error(engine, classes[error->error_class], error->message);

    if (error->error_number) {
        toy_value *number = toy_number(engine, error->error_number);
        toy_set(exception, "errno", number);
        toy_release(number);
    }
    if (error->code) {
        toy_value *code = toy_text(engine, error->code);
        toy_set(exception, "code", code);
        toy_release(code);
    }
    if (error->endpoint) {
        toy_value *endpoint = toy_text(engine, error->endpoint);
        toy_set(exception, "endpoint", endpoint);
        toy_release(endpoint);
    }
    toy_throw(exception);
    toy_release(exception);
}

static int interrupted(void *payload, void *context)
{
    (void)payload;
    toy_engine *engine = context;
    return engine->interrupt ? engine->interrupt(engine->interrupt_argument) : 0;
}

const zmqjs_engine adapter_callbacks = {
    .abi_version = ZMQJS_ABI_VERSION,
    .size = sizeof(zmqjs_engine),
    .name = "double",
    .value_get = value_get,
    .value_new = value_new,
    .element_get = element_get,
    .slot_set = slot_set,
    .slot_get = slot_get,
    .throw_error = throw_error,
    .value_release = value_release,
    .value_free = value_free,
    .scope_open = scope_open,
    .scope_close = scope_close,
    .bytes_adopt = bytes_adopt,
    .interrupted = interrupted,
};

/* ---- the module -------------------------------------------------------------------------- */

static toy_value *throw_text(toy_engine *engine, enum toy_error_class error_class, const char *text)
{
    toy_value *error = toy_error(engine, error_class, text);
    toy_throw(error);
    toy_release(error);
    return NULL;
}

/* Reads the arguments of a call, which saves the library its callbacks. */
static void read_arguments(struct adapter *adapter, const zmqjs_function *function,
                           const zmqjs_call *call, zmqjs_data *data)
{
    for (int i = 0; i < function->parameter_count && (size_t)i < call->argument_count; i++)
        if (function->reads & 1u << i)
            value_get(adapter, adapter->engine, call->arguments[i], &data[i]);
}

static void release_arguments(struct adapter *adapter, zmqjs_data *data)
{
    for (int i = 0; i < ZMQJS_PARAMETER_MAXIMUM; i++)
        if (data[i].type == ZMQJS_STRING || data[i].type == ZMQJS_BYTES)
            value_release(adapter, adapter->engine, &data[i]);
}

/* Calls one of the library's functions. Every call of a script comes through here. */
static toy_value *run(toy_engine *engine, struct adapter *adapter, const zmqjs_function *function,
                      const toy_call_info *info)
{
    size_t count = info->count;
    zmqjs_value *arguments = calloc(count + 1, sizeof *arguments);
    if (!arguments) toy_fatal("out of memory");
    for (size_t i = 0; i < count; i++) arguments[i] = adapter_lend(engine, info->arguments[i]);

    zmqjs_call call = {
        .runtime = adapter->runtime,
        .context = engine,
        .this_value = adapter_lend(engine, info->this_value),
        .arguments = arguments,
        .argument_count = count,
    };
    zmqjs_data data[ZMQJS_PARAMETER_MAXIMUM] = {{0}};
    if (adapter->exchanges_data) {
        read_arguments(adapter, function, &call, data);
        call.data = data;
        call.wants_data = 1;
    }
    int status = function->call(function, &call);
    release_arguments(adapter, data);
    free(arguments);
    if (status == ZMQJS_DATA) return new_value(adapter, engine, &call.result_data);
    if (status == ZMQJS_OK) return toy_take(engine, unpack(engine, call.result));
    if (status == ZMQJS_EXCEPTION) return NULL;
    const zmqjs_error error = zmqjs_adapter_error(status, zmqjs_last_error());
    throw_error(NULL, engine, &error);
    return NULL;
}

static toy_value *run_function(toy_engine *engine, const toy_call_info *info)
{
    const zmqjs_function *function = info->callee->as.function.definition;
    return run(engine, info->callee->as.function.owner, function, info);
}

static toy_value *run_constructor(toy_engine *engine, const toy_call_info *info)
{
    const zmqjs_class *definition = info->callee->as.function.definition;
    if (!definition->constructor)
        return throw_text(engine, TOY_TYPE_ERROR,
                          definition->construct_error ? definition->construct_error
                                                      : "not a constructor");
    if (!info->constructing)
        return throw_text(engine, TOY_TYPE_ERROR, "a class constructor needs 'new'");
    return run(engine, info->callee->as.function.owner, definition->constructor, info);
}

static toy_value *new_function(struct adapter *adapter, const zmqjs_function *definition)
{
    if (!definition) return NULL;
    toy_value *function = toy_function(adapter->engine, run_function, adapter, definition);
    toy_value *length = toy_number(adapter->engine, definition->length);
    toy_set(function, "length", length);
    toy_release(length);
    return function;
}

static void set_method(struct adapter *adapter, toy_value *object, const zmqjs_function *definition)
{
    toy_value *function = new_function(adapter, definition);
    toy_set(object, definition->name, function);
    toy_release(function);
}

static void set_accessor(struct adapter *adapter, toy_value *object,
                         const zmqjs_accessor *definition)
{
    toy_value *getter = new_function(adapter, definition->getter);
    toy_value *setter = new_function(adapter, definition->setter);
    toy_set_accessor(object, definition->name, getter, setter);
    toy_release(getter);
    toy_release(setter);
}

/* The double's well-known symbols are properties whose names begin with "@@". */
static void set_class(struct adapter *adapter, toy_value *module, const zmqjs_class *definition,
                      toy_value *prototype)
{
    toy_value *constructor = toy_function(adapter->engine, run_constructor, adapter, definition);
    toy_value *tag = toy_text(adapter->engine, definition->name);

    for (size_t i = 0; i < definition->method_count; i++)
        set_method(adapter, prototype, definition->methods[i]);
    for (size_t i = 0; i < definition->accessor_count; i++)
        set_accessor(adapter, prototype, definition->accessors[i]);
    toy_set(prototype, "@@toStringTag", tag);
    toy_set(prototype, "constructor", constructor);
    toy_set(constructor, "prototype", prototype);
    toy_set(module, definition->name, constructor);

    toy_release(constructor);
    toy_release(tag);
}

void adapter_init(struct adapter *adapter, toy_engine *engine)
{
    memset(adapter, 0, sizeof *adapter);
    adapter->engine = engine;
}

toy_value *adapter_module(struct adapter *adapter)
{
    const zmqjs_module *definition = adapter->definition = zmqjs_module_definition();
    if (!definition) return NULL;

    toy_value *module = toy_object(adapter->engine, NULL);
    for (size_t i = 0; i < definition->function_count; i++)
        set_method(adapter, module, definition->functions[i]);

    for (size_t i = 0; i < definition->constant_count; i++) {
        toy_value *number = toy_number(adapter->engine, (double)definition->constants[i]->value);
        toy_set(module, definition->constants[i]->name, number);
        toy_release(number);
    }

    adapter->prototypes = calloc(definition->class_count + 1, sizeof *adapter->prototypes);
    if (!adapter->prototypes) toy_fatal("out of memory");
    for (size_t i = 0; i < definition->class_count; i++) {
        adapter->prototypes[i] = toy_object(adapter->engine, NULL);
        set_class(adapter, module, definition->classes[i], adapter->prototypes[i]);
    }
    return module;
}

void adapter_done(struct adapter *adapter)
{
    if (adapter->definition)
        for (size_t i = 0; i < adapter->definition->class_count; i++)
            toy_release(adapter->prototypes[i]);
    free(adapter->prototypes);
    adapter->prototypes = NULL;
}
