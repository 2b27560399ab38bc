/*
 * adapter.c - zmqjs for the fake engine
 *
 * Four parts: values of the engine are read into data, data are made into values; a call
 * connects the two; and the module is defined.
 */
#include "adapter.h"

#include "zmqjs_adapter.h"

#include <stdlib.h>
#include <string.h>

/* Marks the instances of this module, in every engine. */
static const char instance_mark;

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (!memory) fe_fatal("out of memory");
    return memory;
}

/* ---- from values to data ------------------------------------------------------------------ */

static void read_number(const struct adapter *adapter, double number, zmqjs_data *data)
{
    zmqjs_adapter_get_number(number, data);
    if (!adapter->doubles_only) return;
    data->type = ZMQJS_DOUBLE;
    data->as.number = number;
}

static zmqjs_instance *instance_of(const fe_value *value)
{
    if (value->kind != FE_INSTANCE || value->as.instance.type != &instance_mark) return NULL;
    return value->as.instance.pointer;
}

/* Text and bytes stay in place as long as the value lives; the caller holds it. */
static void read_value(const struct adapter *adapter, const fe_value *value, zmqjs_data *data)
{
    static const uint32_t encodings[] = {0, ZMQJS_LATIN1, ZMQJS_UTF16};
    switch (value->kind) {
    case FE_UNDEFINED:
        data->type = ZMQJS_UNDEFINED;
        break;
    case FE_NULL:
        data->type = ZMQJS_NULL;
        break;
    case FE_BOOLEAN:
        data->type = ZMQJS_BOOLEAN;
        data->as.boolean = value->as.boolean;
        break;
    case FE_NUMBER:
        read_number(adapter, value->as.number, data);
        break;
    case FE_BIGINT:
        data->type = ZMQJS_BIGINT;
        data->as.bigint = value->as.bigint.bits;
        data->flags = (value->as.bigint.is_unsigned ? ZMQJS_UNSIGNED : 0u) |
                      (value->as.bigint.is_wider ? ZMQJS_TRUNCATED : 0u);
        break;
    case FE_STRING:
        data->type = ZMQJS_STRING;
        data->as.data = value->as.string.data;
        data->length = value->as.string.length;
        data->flags = encodings[value->as.string.encoding];
        break;
    case FE_BYTES:
        zmqjs_adapter_get_bytes(value->as.bytes.data, value->as.bytes.length, data);
        break;
    case FE_ARRAY:
        zmqjs_adapter_get_array(0, data); /* see read_elements for those that are read */
        break;
    case FE_OBJECT:
    case FE_FUNCTION:
        data->type = ZMQJS_OBJECT;
        break;
    case FE_INSTANCE:
        data->as.instance = instance_of(value);
        data->type = data->as.instance ? ZMQJS_INSTANCE : ZMQJS_OBJECT;
        break;
    }
}

/* The elements of an array argument, held during the call. */
struct elements {
    fe_value **values;
    zmqjs_data *data;
    size_t length;
};

/* Gets all elements; none is read yet, since the getter of a later one may change it. Returns
 * -1 with an exception pending. */
static int get_elements(fe_value *array, struct elements *elements)
{
    size_t length = array->as.array.length;
    if (length > ZMQJS_ELEMENT_MAXIMUM) return 0;
    elements->values = allocate(length, sizeof *elements->values);
    for (size_t i = 0; i < length; i++) {
        elements->values[i] = fe_item_get(array, i);
        if (!elements->values[i]) return -1;
        elements->length++;
    }
    return 0;
}

static void read_elements(const struct adapter *adapter, const fe_value *array,
                          struct elements *elements, zmqjs_data *data)
{
    zmqjs_adapter_get_array(array->as.array.length, data); /* too many, if none were got */
    if (!elements->values) return;
    elements->data = allocate(elements->length, sizeof *elements->data);
    for (size_t i = 0; i < elements->length; i++)
        read_value(adapter, elements->values[i], &elements->data[i]);
    data->as.elements = elements->data;
    data->length = elements->length;
}

/* ---- calls: values held from beginning to end ----------------------------------------------- */

struct call {
    struct adapter *adapter;
    const zmqjs_function *function;
    const fe_call_info *info;
    fe_value *prototype; /* from new.target, for the new instance; NULL: the class's */
    zmqjs_frame frame;
    zmqjs_data arguments[ZMQJS_PARAMETER_MAXIMUM];
    struct elements elements[ZMQJS_PARAMETER_MAXIMUM];
    fe_value **kept; /* the kept values that the result names, in order */
    size_t kept_count, kept_room, kept_made;
    fe_value **dropped; /* the values that this has kept until now */
    size_t dropped_count;
};

/* Is this parameter read as an array? */
static int takes_array(const struct call *call, size_t i)
{
    return zmqjs_adapter_reads_elements(call->function, i) &&
           call->info->arguments[i]->kind == FE_ARRAY;
}

/* Returns -1 with an exception pending. */
static int read_arguments(struct call *call)
{
    size_t count = zmqjs_adapter_count(call->function, call->info->count);
    for (size_t i = 0; i < count; i++)
        if (takes_array(call, i) && get_elements(call->info->arguments[i], &call->elements[i]) < 0)
            return -1;

    for (size_t i = 0; i < count; i++) {
        const fe_value *argument = call->info->arguments[i];
        zmqjs_data *data = &call->arguments[i];
        if (!zmqjs_adapter_reads(call->function, i)) data->type = ZMQJS_UNDEFINED;
        else if (takes_array(call, i))
            read_elements(call->adapter, argument, &call->elements[i], data);
        else read_value(call->adapter, argument, data);
    }
    call->frame.arguments = call->arguments;
    call->frame.argument_count = count;
    return 0;
}

/* A class has its own prototype if new.target, perhaps a subclass, has none. */
static int read_prototype(struct call *call)
{
    if (!call->info->constructing) return 0;
    call->prototype = fe_get(call->info->this_value, "prototype");
    if (!call->prototype) return -1;
    if (call->prototype->kind == FE_OBJECT) return 0;
    fe_release(call->prototype);
    call->prototype = NULL;
    return 0;
}

/* Stores and drops the values that the call has named. No script code may run before all of this
 * is done: dropped values are released at the end of the call. */
static void carry_out_keep(struct call *call)
{
    const zmqjs_frame *frame = &call->frame;
    call->dropped = allocate(frame->keep_count, sizeof *call->dropped);
    for (size_t i = 0; i < frame->keep_count; i++) {
        int32_t argument = frame->keep[i].argument;
        fe_value *value = argument < 0 ? NULL : call->info->arguments[argument];
        call->dropped[i] = fe_slot_exchange(call->info->this_value, frame->keep[i].index, value);
        call->dropped_count++;
    }
}

/* Holds the kept values that the result names: as soon as a value is made, a finalizer may run
 * script code, which may change the kept values. */
static void hold_kept(struct call *call, const zmqjs_data *data)
{
    if (data->type == ZMQJS_ARRAY || data->type == ZMQJS_OBJECT) {
        size_t count = data->type == ZMQJS_OBJECT ? data->length * 2 : data->length;
        for (size_t i = 0; i < count; i++) hold_kept(call, &data->as.elements[i]);
    }
    if (data->type != ZMQJS_KEPT) return;
    if (call->kept_count == call->kept_room) {
        call->kept_room = call->kept_room * 2 + 8;
        call->kept = realloc(call->kept, call->kept_room * sizeof *call->kept);
        if (!call->kept) fe_fatal("out of memory");
    }
    fe_value *value = fe_slot_get(call->info->this_value, (size_t)data->as.int32);
    call->kept[call->kept_count++] = value ? fe_retain(value) : NULL;
}

static void end_call(struct call *call)
{
    for (size_t i = 0; i < ZMQJS_PARAMETER_MAXIMUM; i++) {
        for (size_t k = 0; k < call->elements[i].length; k++)
            fe_release(call->elements[i].values[k]);
        free(call->elements[i].values);
        free(call->elements[i].data);
    }
    for (size_t i = 0; i < call->kept_count; i++) fe_release(call->kept[i]);
    for (size_t i = 0; i < call->dropped_count; i++) fe_release(call->dropped[i]);
    free(call->kept);
    free(call->dropped);
    fe_release(call->prototype);
}

/* ---- from data to values ---------------------------------------------------------------------- */

static fe_value *make_value(struct call *call, const zmqjs_data *data);

static fe_value *make_bytes(struct call *call, const zmqjs_data *data)
{
    fe_engine *engine = call->adapter->engine;
    zmqjs_release release;
    void *argument;
    if (data->flags & ZMQJS_ADOPTABLE && !call->adapter->never_adopts &&
        zmqjs_frame_adopt(&call->frame, data, &release, &argument) == ZMQJS_OK)
        return fe_bytes_adopt(engine, data->as.data, data->length, release, argument);
    return fe_bytes(engine, data->as.data, data->length);
}

static void finalize_instance(void *instance) { zmqjs_finalize(instance); }

/* The instance is this adapter's: it is finalized at once where no object can be made. */
static fe_value *make_instance(struct call *call, const zmqjs_data *data)
{
    fe_value *prototype = call->prototype;
    if (!prototype) prototype = call->adapter->prototypes[data->length];
    fe_value *instance = fe_instance(call->adapter->engine, prototype, &instance_mark,
                                       data->as.instance, finalize_instance);
    if (!instance) zmqjs_finalize(data->as.instance);
    return instance;
}

static fe_value *make_array(struct call *call, const zmqjs_data *data)
{
    fe_value *array = fe_array(call->adapter->engine, data->length);
    for (size_t i = 0; array && i < data->length; i++) {
        fe_value *item = make_value(call, &data->as.elements[i]);
        if (item) fe_item_set(array, i, item);
        fe_release(item);
        if (item) continue;
        fe_release(array);
        return NULL;
    }
    return array;
}

static int set_property(struct call *call, fe_value *object, const zmqjs_data *name,
                        const zmqjs_data *data)
{
    fe_value *value = make_value(call, data);
    if (!value) return -1;
    char *text = allocate(name->length, 1);
    if (name->length) memcpy(text, name->as.data, name->length);
    fe_set(object, text, value);
    fe_release(value);
    free(text);
    return 0;
}

static fe_value *make_object(struct call *call, const zmqjs_data *data)
{
    fe_value *object = fe_object(call->adapter->engine, NULL);
    for (size_t i = 0; object && i < data->length; i++) {
        const zmqjs_data *pair = &data->as.elements[2 * i];
        if (set_property(call, object, &pair[0], &pair[1]) == 0) continue;
        fe_release(object);
        return NULL;
    }
    return object;
}

static fe_value *make_kept(struct call *call)
{
    fe_value *value = call->kept[call->kept_made++];
    return value ? fe_retain(value) : fe_undefined(call->adapter->engine);
}

static fe_value *make_value(struct call *call, const zmqjs_data *data)
{
    fe_engine *engine = call->adapter->engine;
    switch (data->type) {
    case ZMQJS_UNDEFINED:
        return fe_undefined(engine);
    case ZMQJS_NULL:
        return fe_null(engine);
    case ZMQJS_BOOLEAN:
        return fe_boolean(engine, data->as.boolean);
    case ZMQJS_INT32:
        return fe_number(engine, data->as.int32);
    case ZMQJS_DOUBLE:
        return fe_number(engine, data->as.number);
    case ZMQJS_BIGINT:
        return fe_bigint(engine, data->as.bigint, data->flags & ZMQJS_UNSIGNED);
    case ZMQJS_STRING:
        return fe_string(engine, data->as.data, data->length);
    case ZMQJS_BYTES:
        return make_bytes(call, data);
    case ZMQJS_INSTANCE:
        return make_instance(call, data);
    case ZMQJS_ARRAY:
        return make_array(call, data);
    case ZMQJS_OBJECT:
        return make_object(call, data);
    case ZMQJS_KEPT:
        return make_kept(call);
    case ZMQJS_THIS:
        return fe_retain(call->info->this_value);
    }
    fe_fatal("a result has the type %u", (unsigned)data->type);
}

static int set_error_property(fe_value *error, const char *name, fe_value *value)
{
    if (value) fe_set(error, name, value);
    fe_release(value);
    return value ? 0 : -1;
}

static fe_value *make_error(fe_engine *engine, const zmqjs_error *data)
{
    static const enum fe_error_class classes[] = {FE_ERROR, FE_TYPE_ERROR, FE_RANGE_ERROR};
    fe_value *error = fe_error(engine, classes[data->error_class], data->message);
    int failed = !error;
    if (!failed && data->error_number)
        failed = set_error_property(error, "errno", fe_number(engine, data->error_number));
    if (!failed && data->code)
        failed = set_error_property(error, "code", fe_text(engine, data->code));
    if (!failed && data->endpoint)
        failed = set_error_property(error, "endpoint", fe_text(engine, data->endpoint));
    if (!failed) return error;
    fe_release(error);
    return NULL;
}

static void throw_error(fe_engine *engine, const zmqjs_error *data)
{
    fe_value *error = make_error(engine, data);
    if (error) fe_throw(error);
    fe_release(error);
}

/* ---- calls ------------------------------------------------------------------------------------ */

/* Calls the function and returns the value for the script; NULL with an exception pending. */
static fe_value *call_function(struct call *call)
{
    zmqjs_frame *frame = &call->frame;
    fe_value *result = NULL;
    int status = call->function->call(call->function, frame);
    if (status == ZMQJS_EXCEPTION) {
        throw_error(call->adapter->engine, &frame->error);
    } else {
        if (status == ZMQJS_HELD) carry_out_keep(call);
        hold_kept(call, &frame->result);
        result = make_value(call, &frame->result);
    }
    if (status != ZMQJS_OK) zmqjs_frame_release(frame);
    return result;
}

/* Every call of a script passes through here. */
static fe_value *run(fe_engine *engine, const fe_call_info *info)
{
    struct adapter *adapter = info->callee->as.function.owner;
    struct call call = {
        .adapter = adapter,
        .function = adapter->functions[info->callee->as.function.number],
        .info = info,
        .frame = {.runtime = adapter->runtime, .context = engine},
    };
    fe_value *result = NULL;
    call.frame.self = instance_of(info->this_value);
    /* Room for kept values is made last: script code that runs before could use it up. */
    if (read_prototype(&call) == 0 && read_arguments(&call) == 0 &&
        (!call.frame.self || fe_slot_reserve(info->this_value, call.function->keeps) == 0))
        result = call_function(&call);
    end_call(&call);
    return result;
}

static fe_value *run_constructor(fe_engine *engine, const fe_call_info *info)
{
    if (info->constructing) return run(engine, info);
    return fe_throw_text(engine, FE_TYPE_ERROR, "a class constructor needs 'new'");
}

/* ---- the module ------------------------------------------------------------------------------- */

/* A registration. The fake engine's well-known symbols are properties whose names begin with "@@". */
struct registration {
    struct adapter *adapter;
    fe_value *module, *constructor, *prototype;
};

static fe_value *target_of(const struct registration *registration, const zmqjs_property *property)
{
    if (property->target == ZMQJS_ON_PROTOTYPE) return registration->prototype;
    if (property->target == ZMQJS_ON_CONSTRUCTOR) return registration->constructor;
    return registration->module;
}

static unsigned attributes_of(const zmqjs_property *property)
{
    return (property->attributes & ZMQJS_WRITABLE ? FE_WRITABLE : 0u) |
           (property->attributes & ZMQJS_ENUMERABLE ? FE_ENUMERABLE : 0u) |
           (property->attributes & ZMQJS_CONFIGURABLE ? FE_CONFIGURABLE : 0u);
}

/* The key of a property, to be freed. */
static char *key_of(const zmqjs_property *property)
{
    const char *name = property->name ? property->name : property->symbol;
    char *key = allocate(strlen(name) + 2, 1);
    if (!property->name) strcpy(key, "@@");
    return strcat(key, name);
}

/* Defines a property that has been made; value NULL: it could not be. */
static int define(const struct registration *registration, const zmqjs_property *property,
                  fe_value *value)
{
    if (!value) return ZMQJS_EXCEPTION;
    char *key = key_of(property);
    fe_define(target_of(registration, property), key, value, attributes_of(property));
    fe_release(value);
    free(key);
    return ZMQJS_OK;
}

static fe_value *make_function(struct adapter *adapter, const zmqjs_function *definition,
                                fe_native native, const char *function_name)
{
    fe_engine *engine = adapter->engine;
    fe_value *function = fe_function(engine, native, adapter, definition->number);
    fe_value *length = function ? fe_number(engine, definition->length) : NULL;
    fe_value *name = length ? fe_text(engine, function_name) : NULL;
    if (name) {
        fe_define(function, "length", length, FE_CONFIGURABLE);
        fe_define(function, "name", name, FE_CONFIGURABLE);
    } else {
        fe_release(function);
    }
    fe_release(length);
    fe_release(name);
    return name ? function : NULL;
}

static int begin_class(void *payload, const zmqjs_property *property, const zmqjs_class *definition)
{
    struct registration *registration = payload;
    struct adapter *adapter = registration->adapter;
    size_t size = (definition->number + 1) * sizeof *adapter->prototypes;
    fe_value *prototype = fe_object(adapter->engine, NULL), *constructor = NULL;
    if (prototype)
        constructor = make_function(adapter, definition->constructor, run_constructor,
                                    definition->name);
    if (!constructor) {
        fe_release(prototype);
        return ZMQJS_EXCEPTION;
    }
    adapter->prototypes = realloc(adapter->prototypes, size);
    if (!adapter->prototypes) fe_fatal("out of memory");
    adapter->prototypes[definition->number] = prototype;
    adapter->class_count = definition->number + 1;
    registration->prototype = prototype;
    registration->constructor = constructor;
    fe_define(constructor, "prototype", prototype, 0);
    fe_define(prototype, "constructor", constructor, FE_WRITABLE | FE_CONFIGURABLE);
    return define(registration, property, constructor);
}

static int define_function(void *payload, const zmqjs_property *property,
                           const zmqjs_function *function)
{
    struct registration *registration = payload;
    return define(registration, property,
                  make_function(registration->adapter, function, run, function->name));
}

static int define_accessor(void *payload, const zmqjs_property *property,
                           const zmqjs_function *getter, const zmqjs_function *setter)
{
    struct registration *registration = payload;
    struct adapter *adapter = registration->adapter;
    fe_value *get = make_function(adapter, getter, run, getter->name);
    fe_value *set = get && setter ? make_function(adapter, setter, run, setter->name) : NULL;
    int made = get && (set || !setter);
    char *key = key_of(property);
    if (made)
        fe_define_accessor(target_of(registration, property), key, get, set,
                            attributes_of(property));
    fe_release(get);
    fe_release(set);
    free(key);
    return made ? ZMQJS_OK : ZMQJS_EXCEPTION;
}

static int define_value(void *payload, const zmqjs_property *property, const zmqjs_data *value)
{
    struct registration *registration = payload;
    struct call none = {.adapter = registration->adapter};
    return define(registration, property, make_value(&none, value));
}

/* ---- functions for hosts
 * ---------------------------------------------------------------------- */

static int interrupted(void *payload, void *context)
{
    fe_engine *engine = context;
    (void)payload;
    return engine->interrupt ? engine->interrupt(engine->interrupt_argument) : 0;
}

static void collect(void *payload, void *context)
{
    (void)payload;
    fe_collect(context);
}

const zmqjs_engine adapter_callbacks = {
    .abi_version = ZMQJS_ABI_VERSION,
    .size = sizeof(zmqjs_engine),
    .name = "fakeengine",
    .interrupted = interrupted,
    .collect = collect,
};

void adapter_init(struct adapter *adapter, fe_engine *engine)
{
    memset(adapter, 0, sizeof *adapter);
    adapter->engine = engine;
}

void adapter_done(struct adapter *adapter)
{
    for (size_t i = 0; i < adapter->class_count; i++) fe_release(adapter->prototypes[i]);
    free(adapter->prototypes);
    adapter->prototypes = NULL;
    adapter->class_count = 0;
}

fe_value *adapter_module(struct adapter *adapter)
{
    static const zmqjs_registrar registrar = {
        .abi_version = ZMQJS_ABI_VERSION,
        .size = sizeof(zmqjs_registrar),
        .begin_class = begin_class,
        .define_function = define_function,
        .define_accessor = define_accessor,
        .define_value = define_value,
    };
    struct registration registration = {.adapter = adapter};
    adapter_done(adapter); /* a module may be made again */
    adapter->functions = zmqjs_functions(NULL);
    if (!adapter->functions) return NULL;
    registration.module = fe_object(adapter->engine, NULL);
    if (!registration.module) return NULL;
    if (zmqjs_register(&registrar, &registration) == ZMQJS_OK) return registration.module;
    fe_release(registration.module);
    return NULL;
}
