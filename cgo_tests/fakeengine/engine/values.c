/* values.c - the fake engine's values: making, holding, dying */
#include "fakeengine.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fe_fatal(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("fake engine: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    _Exit(70);
}

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory) fe_fatal("out of memory");
    return memory;
}

static void *copy(const void *data, size_t length)
{
    void *memory = allocate(length, 1);
    if (length) memcpy(memory, data, length);
    return memory;
}

/* ---- makers ---------------------------------------------------------------------- */

/* Whether this allocation of a call shall fail; then it throws. */
static int fails(fe_engine *engine)
{
    if (engine->depth == 0 || engine->collecting) return 0;
    if (engine->before_allocation) engine->before_allocation(engine);
    if (engine->fail_at == 0 || --engine->fail_at > 0) return 0;
    engine->failed++;
    fe_throw(engine->out_of_memory);
    return 1;
}

/* Up to numbers, values need no memory in real engines: making them does not fail. */
static fe_value *make(fe_engine *engine, enum fe_kind kind, const char *maker)
{
    if (kind > FE_NUMBER && fails(engine)) return NULL;
    fe_value *value = allocate(1, sizeof *value);
    value->engine = engine;
    value->kind = kind;
    value->references = 1;
    value->maker = maker;
    value->next = engine->values;
    if (value->next) value->next->previous = value;
    engine->values = value;
    return value;
}

fe_value *fe_undefined(fe_engine *engine) { return make(engine, FE_UNDEFINED, "undefined"); }

fe_value *fe_null(fe_engine *engine) { return make(engine, FE_NULL, "null"); }

fe_value *fe_boolean(fe_engine *engine, int boolean)
{
    fe_value *value = make(engine, FE_BOOLEAN, "boolean");
    if (value) value->as.boolean = boolean != 0;
    return value;
}

fe_value *fe_number(fe_engine *engine, double number)
{
    fe_value *value = make(engine, FE_NUMBER, "number");
    if (value) value->as.number = number;
    return value;
}

fe_value *fe_bigint(fe_engine *engine, int64_t bits, int is_unsigned)
{
    fe_value *value = make(engine, FE_BIGINT, "bigint");
    if (!value) return NULL;
    value->as.bigint.bits = bits;
    value->as.bigint.is_unsigned = is_unsigned && bits < 0;
    return value;
}

fe_value *fe_string_of(fe_engine *engine, enum fe_encoding encoding, const void *data,
                         size_t length)
{
    fe_value *value = make(engine, FE_STRING, "string");
    if (!value) return NULL;
    value->as.string.data = copy(data, encoding == FE_UTF16 ? length * 2 : length);
    value->as.string.length = length;
    value->as.string.encoding = encoding;
    return value;
}

fe_value *fe_string(fe_engine *engine, const char *data, size_t length)
{
    return fe_string_of(engine, FE_UTF8, data, length);
}

fe_value *fe_text(fe_engine *engine, const char *text)
{
    return fe_string(engine, text, strlen(text));
}

fe_value *fe_bytes(fe_engine *engine, const void *data, size_t length)
{
    void *memory = copy(data, length);
    return fe_bytes_adopt(engine, memory, length, free, memory);
}

fe_value *fe_bytes_adopt(fe_engine *engine, void *data, size_t length, fe_destroy destroy,
                           void *argument)
{
    fe_value *value = make(engine, FE_BYTES, "bytes");
    if (!value) {
        destroy(argument);
        return NULL;
    }
    value->as.bytes.data = data;
    value->as.bytes.length = length;
    value->as.bytes.destroy = destroy;
    value->as.bytes.argument = argument;
    return value;
}

fe_value *fe_array(fe_engine *engine, size_t length)
{
    fe_value *value = make(engine, FE_ARRAY, "array");
    if (!value) return NULL;
    value->as.array.items = allocate(length, sizeof(fe_value *));
    value->as.array.length = length;
    return value;
}

fe_value *fe_object(fe_engine *engine, fe_value *prototype)
{
    fe_value *value = make(engine, FE_OBJECT, "object");
    if (value && prototype) value->prototype = fe_retain(prototype);
    return value;
}

fe_value *fe_function(fe_engine *engine, fe_native native, void *owner, uint32_t number)
{
    fe_value *value = make(engine, FE_FUNCTION, "function");
    if (!value) return NULL;
    value->as.function.native = native;
    value->as.function.owner = owner;
    value->as.function.number = number;
    return value;
}

fe_value *fe_instance(fe_engine *engine, fe_value *prototype, const void *type, void *pointer,
                        fe_destroy destroy)
{
    fe_value *value = make(engine, FE_INSTANCE, "instance");
    if (!value) return NULL;
    value->prototype = fe_retain(prototype);
    value->as.instance.type = type;
    value->as.instance.pointer = pointer;
    value->as.instance.destroy = destroy;
    return value;
}

fe_value *fe_error(fe_engine *engine, enum fe_error_class error_class, const char *message)
{
    fe_value *error = fe_object(engine, engine->error_prototypes[error_class]);
    fe_value *text = error ? fe_text(engine, message) : NULL;
    if (text) fe_define(error, "message", text, FE_WRITABLE | FE_CONFIGURABLE);
    else fe_release(error);
    fe_release(text);
    return text ? error : NULL;
}

/* ---- holding and dying -------------------------------------------------------------- */

fe_value *fe_retain(fe_value *value)
{
    value->references++;
    return value;
}

/* Calls visit for every place where value holds another. */
static void each_part(fe_value *value, void (*visit)(fe_value **part))
{
    visit(&value->prototype);
    for (fe_property *p = value->properties; p; p = p->next) {
        visit(&p->value);
        visit(&p->getter);
        visit(&p->setter);
    }
    if (value->kind == FE_ARRAY)
        for (size_t i = 0; i < value->as.array.length; i++) visit(&value->as.array.items[i]);
    if (value->kind == FE_INSTANCE)
        for (size_t i = 0; i < value->as.instance.slot_count; i++)
            visit(&value->as.instance.slots[i]);
}

void fe_set_finalizer(fe_value *value, fe_finalizer finalizer, void *argument)
{
    value->finalizer = finalizer;
    value->finalizer_argument = argument;
}

/* Script code runs here at any time: a pending exception stays pending. */
static void finalize(fe_value *value)
{
    fe_engine *engine = value->engine;
    fe_finalizer finalizer = value->finalizer;
    fe_value *pending = fe_catch(engine);
    value->finalizer = NULL;
    finalizer(value, value->finalizer_argument);
    fe_release(fe_catch(engine));
    engine->exception = pending;
}

static void drop_part(fe_value **part)
{
    fe_value *value = *part;
    *part = NULL;
    fe_release(value);
}

void fe_detach(fe_value *bytes)
{
    if (bytes->as.bytes.destroy) bytes->as.bytes.destroy(bytes->as.bytes.argument);
    bytes->as.bytes.destroy = NULL;
    bytes->as.bytes.data = NULL;
    bytes->as.bytes.length = 0;
}

/* Takes a value from the list: a collection that runs meanwhile does not see it. */
static void unlink_value(fe_value *value)
{
    if (value->next) value->next->previous = value->previous;
    if (value->previous) value->previous->next = value->next;
    else value->engine->values = value->next;
}

static void end(fe_value *value)
{
    unlink_value(value);
    /* The instance first: its native part must not use the values that it held. */
    if (value->kind == FE_INSTANCE) value->as.instance.destroy(value->as.instance.pointer);
    each_part(value, drop_part);
    while (value->properties) {
        fe_property *property = value->properties;
        value->properties = property->next;
        free(property->name);
        free(property);
    }
    if (value->kind == FE_STRING) free(value->as.string.data);
    if (value->kind == FE_BYTES) fe_detach(value);
    if (value->kind == FE_ARRAY) free(value->as.array.items);
    if (value->kind == FE_INSTANCE) free(value->as.instance.slots);
    free(value);
}

void fe_release(fe_value *value)
{
    if (!value) return;
    if (value->references == 1 && value->finalizer) finalize(value);
    if (--value->references == 0) end(value);
}

/* ---- the engine and its collector ------------------------------------------------------ */

fe_engine *fe_engine_new(void)
{
    static const char *const names[FE_ERROR_CLASSES] = {"Error", "TypeError", "RangeError"};

    fe_engine *engine = allocate(1, sizeof *engine);
    for (size_t i = 0; i < FE_ERROR_CLASSES; i++) {
        fe_value *prototype = fe_object(engine, i ? engine->error_prototypes[FE_ERROR] : NULL);
        fe_value *name = fe_text(engine, names[i]);
        fe_set(prototype, "name", name);
        fe_release(name);
        engine->error_prototypes[i] = prototype;
    }
    engine->out_of_memory = fe_error(engine, FE_ERROR, "the engine is out of memory");
    return engine;
}

static void uncount_part(fe_value **part)
{
    if (*part) (*part)->roots--;
}

static void root_part(fe_value **part)
{
    if (!*part || (*part)->roots) return;
    (*part)->roots = 1;
    each_part(*part, root_part);
}

/* A value with more references than other values hold is held from outside. Values that cannot
 * be reached from such a value are garbage. */
static size_t find_garbage(fe_engine *engine)
{
    size_t count = 0;
    for (fe_value *v = engine->values; v; v = v->next) v->roots = v->references;
    for (fe_value *v = engine->values; v; v = v->next) each_part(v, uncount_part);
    for (fe_value *v = engine->values; v; v = v->next)
        if (v->roots) each_part(v, root_part);
    for (fe_value *v = engine->values; v; v = v->next) count += !v->roots;
    return count;
}

static fe_value **hold_garbage(fe_engine *engine, size_t count)
{
    fe_value **garbage = allocate(count, sizeof *garbage);
    size_t taken = 0;
    for (fe_value *v = engine->values; v; v = v->next)
        if (!v->roots) garbage[taken++] = fe_retain(v);
    return garbage;
}

/* Runs the finalizers of garbage; they may change which values are garbage. */
static size_t finalize_garbage(fe_engine *engine)
{
    size_t count = find_garbage(engine), finalized = 0;
    fe_value **garbage = hold_garbage(engine, count);
    for (size_t i = 0; i < count; i++) {
        if (!garbage[i]->finalizer) continue;
        finalize(garbage[i]);
        finalized++;
    }
    for (size_t i = 0; i < count; i++) fe_release(garbage[i]);
    free(garbage);
    return finalized;
}

size_t fe_collect(fe_engine *engine)
{
    if (engine->collecting) return 0;
    engine->collecting = 1;
    while (finalize_garbage(engine) > 0) continue;

    size_t count = find_garbage(engine);
    fe_value **garbage = hold_garbage(engine, count);
    for (size_t i = 0; i < count; i++) each_part(garbage[i], drop_part);
    for (size_t i = 0; i < count; i++) fe_release(garbage[i]);
    free(garbage);
    engine->collecting = 0;
    return count;
}

size_t fe_engine_free(fe_engine *engine, const char **maker)
{
    fe_release(fe_catch(engine));
    fe_release(engine->out_of_memory);
    for (size_t i = 0; i < FE_ERROR_CLASSES; i++) fe_release(engine->error_prototypes[i]);
    fe_collect(engine);

    size_t left = 0;
    for (fe_value *v = engine->values; v; v = v->next, left++) *maker = v->maker;
    if (!left) free(engine);
    return left;
}

/* ---- parts ----------------------------------------------------------------------------- */

static fe_property *own_property(fe_value *object, const char *name)
{
    fe_property *property = object->properties;
    while (property && strcmp(property->name, name) != 0) property = property->next;
    return property;
}

static fe_property *any_property(fe_value *object, const char *name)
{
    fe_property *property = NULL;
    for (; object && !property; object = object->prototype) property = own_property(object, name);
    return property;
}

const fe_property *fe_own_property(fe_value *object, const char *name)
{
    return own_property(object, name);
}

static fe_property *make_property(fe_value *object, const char *name, unsigned attributes)
{
    fe_property *property = own_property(object, name);
    if (property) return property;
    property = allocate(1, sizeof *property);
    property->name = copy(name, strlen(name) + 1);
    property->attributes = attributes;
    fe_property **end = &object->properties;
    while (*end) end = &(*end)->next;
    *end = property;
    return property;
}

static void hold(fe_value **part, fe_value *value)
{
    fe_value *before = *part;
    *part = value ? fe_retain(value) : NULL;
    fe_release(before);
}

void fe_define(fe_value *object, const char *name, fe_value *value, unsigned attributes)
{
    hold(&make_property(object, name, attributes)->value, value);
}

void fe_define_accessor(fe_value *object, const char *name, fe_value *getter,
                         fe_value *setter, unsigned attributes)
{
    fe_property *property = make_property(object, name, attributes);
    hold(&property->getter, getter);
    hold(&property->setter, setter);
}

void fe_set(fe_value *object, const char *name, fe_value *value)
{
    fe_define(object, name, value, FE_OPEN);
}

fe_value *fe_get(fe_value *object, const char *name)
{
    fe_property *property = any_property(object, name);
    if (property && property->value) return fe_retain(property->value);
    if (property && property->getter) return fe_call(property->getter, object, 0, NULL);
    return fe_undefined(object->engine);
}

int fe_assign(fe_value *object, const char *name, fe_value *value)
{
    fe_property *property = any_property(object, name);
    if (!property || property->value) {
        fe_set(object, name, value);
        return 0;
    }
    if (!property->setter) {
        fe_throw_text(object->engine, FE_TYPE_ERROR, "no setter for property");
        return -1;
    }
    fe_value *result = fe_call(property->setter, object, 1, &value);
    fe_release(result);
    return result ? 0 : -1;
}

void fe_item_set(fe_value *array, size_t index, fe_value *value)
{
    if (index >= array->as.array.length) fe_fatal("item %zu is outside of the array", index);
    hold(&array->as.array.items[index], value);
}

fe_value *fe_item_get(fe_value *array, size_t index)
{
    fe_value *item = index < array->as.array.length ? array->as.array.items[index] : NULL;
    if (!item) return fe_undefined(array->engine);
    return item->kind == FE_FUNCTION ? fe_call(item, array, 0, NULL) : fe_retain(item);
}

/* ---- slots ---------------------------------------------------------------------------------- */

static int has_room(const fe_value *instance, size_t count)
{
    return instance->as.instance.slot_count + count <= instance->as.instance.slot_room;
}

int fe_slot_reserve(fe_value *instance, size_t count)
{
    if (has_room(instance, count)) return 0;
    if (fails(instance->engine)) return -1;
    if (has_room(instance, count)) return 0; /* script code has run */
    size_t used = instance->as.instance.slot_count;
    fe_value **slots = allocate(used + count, sizeof *slots);
    if (used) memcpy(slots, instance->as.instance.slots, used * sizeof *slots);
    free(instance->as.instance.slots);
    instance->as.instance.slots = slots;
    instance->as.instance.slot_room = used + count;
    return 0;
}

fe_value *fe_slot_exchange(fe_value *instance, size_t index, fe_value *value)
{
    if (index >= instance->as.instance.slot_room) fe_fatal("there is no room for slot %zu", index);
    fe_value **slots = instance->as.instance.slots, *before = slots[index];
    size_t *used = &instance->as.instance.slot_count;
    slots[index] = value ? fe_retain(value) : NULL;
    if (index >= *used) *used = index + 1;
    return before;
}

fe_value *fe_slot_get(fe_value *instance, size_t index)
{
    return index < instance->as.instance.slot_count ? instance->as.instance.slots[index] : NULL;
}
