/* values.c - the double's values: making, holding, dying */
#include "double.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void toy_fatal(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("engine double: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    _Exit(70);
}

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory) toy_fatal("out of memory");
    return memory;
}

static void *copy(const void *data, size_t length)
{
    void *memory = allocate(length, 1);
    if (length) memcpy(memory, data, length);
    return memory;
}

/* ---- makers ---------------------------------------------------------------------- */

/* Is this the allocation of a call that is to fail? Throws then. */
static int fails(toy_engine *engine)
{
    if (engine->depth == 0 || engine->collecting) return 0;
    if (engine->before_allocation) engine->before_allocation(engine);
    if (engine->fail_at == 0 || --engine->fail_at > 0) return 0;
    engine->failed++;
    toy_throw(engine->out_of_memory);
    return 1;
}

/* Up to numbers, values need no memory in real engines: making them does not fail. */
static toy_value *make(toy_engine *engine, enum toy_kind kind, const char *maker)
{
    if (kind > TOY_NUMBER && fails(engine)) return NULL;
    toy_value *value = allocate(1, sizeof *value);
    value->engine = engine;
    value->kind = kind;
    value->references = 1;
    value->maker = maker;
    value->next = engine->values;
    if (value->next) value->next->previous = value;
    engine->values = value;
    return value;
}

toy_value *toy_undefined(toy_engine *engine) { return make(engine, TOY_UNDEFINED, "undefined"); }

toy_value *toy_null(toy_engine *engine) { return make(engine, TOY_NULL, "null"); }

toy_value *toy_boolean(toy_engine *engine, int boolean)
{
    toy_value *value = make(engine, TOY_BOOLEAN, "boolean");
    if (value) value->as.boolean = boolean != 0;
    return value;
}

toy_value *toy_number(toy_engine *engine, double number)
{
    toy_value *value = make(engine, TOY_NUMBER, "number");
    if (value) value->as.number = number;
    return value;
}

toy_value *toy_bigint(toy_engine *engine, int64_t bits, int is_unsigned)
{
    toy_value *value = make(engine, TOY_BIGINT, "bigint");
    if (!value) return NULL;
    value->as.bigint.bits = bits;
    value->as.bigint.is_unsigned = is_unsigned && bits < 0;
    return value;
}

toy_value *toy_string_of(toy_engine *engine, enum toy_encoding encoding, const void *data,
                         size_t length)
{
    toy_value *value = make(engine, TOY_STRING, "string");
    if (!value) return NULL;
    value->as.string.data = copy(data, encoding == TOY_UTF16 ? length * 2 : length);
    value->as.string.length = length;
    value->as.string.encoding = encoding;
    return value;
}

toy_value *toy_string(toy_engine *engine, const char *data, size_t length)
{
    return toy_string_of(engine, TOY_UTF8, data, length);
}

toy_value *toy_text(toy_engine *engine, const char *text)
{
    return toy_string(engine, text, strlen(text));
}

toy_value *toy_bytes(toy_engine *engine, const void *data, size_t length)
{
    void *memory = copy(data, length);
    return toy_bytes_adopt(engine, memory, length, free, memory);
}

toy_value *toy_bytes_adopt(toy_engine *engine, void *data, size_t length, toy_destroy destroy,
                           void *argument)
{
    toy_value *value = make(engine, TOY_BYTES, "bytes");
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

toy_value *toy_array(toy_engine *engine, size_t length)
{
    toy_value *value = make(engine, TOY_ARRAY, "array");
    if (!value) return NULL;
    value->as.array.items = allocate(length, sizeof(toy_value *));
    value->as.array.length = length;
    return value;
}

toy_value *toy_object(toy_engine *engine, toy_value *prototype)
{
    toy_value *value = make(engine, TOY_OBJECT, "object");
    if (value && prototype) value->prototype = toy_retain(prototype);
    return value;
}

toy_value *toy_function(toy_engine *engine, toy_native native, void *owner, uint32_t number)
{
    toy_value *value = make(engine, TOY_FUNCTION, "function");
    if (!value) return NULL;
    value->as.function.native = native;
    value->as.function.owner = owner;
    value->as.function.number = number;
    return value;
}

toy_value *toy_instance(toy_engine *engine, toy_value *prototype, const void *type, void *pointer,
                        toy_destroy destroy)
{
    toy_value *value = make(engine, TOY_INSTANCE, "instance");
    if (!value) return NULL;
    value->prototype = toy_retain(prototype);
    value->as.instance.type = type;
    value->as.instance.pointer = pointer;
    value->as.instance.destroy = destroy;
    return value;
}

toy_value *toy_error(toy_engine *engine, enum toy_error_class error_class, const char *message)
{
    toy_value *error = toy_object(engine, engine->error_prototypes[error_class]);
    toy_value *text = error ? toy_text(engine, message) : NULL;
    if (text) toy_define(error, "message", text, TOY_WRITABLE | TOY_CONFIGURABLE);
    else toy_release(error);
    toy_release(text);
    return text ? error : NULL;
}

/* ---- holding and dying -------------------------------------------------------------- */

toy_value *toy_retain(toy_value *value)
{
    value->references++;
    return value;
}

/* Calls visit for every place where value holds another. */
static void each_part(toy_value *value, void (*visit)(toy_value **part))
{
    visit(&value->prototype);
    for (toy_property *p = value->properties; p; p = p->next) {
        visit(&p->value);
        visit(&p->getter);
        visit(&p->setter);
    }
    if (value->kind == TOY_ARRAY)
        for (size_t i = 0; i < value->as.array.length; i++) visit(&value->as.array.items[i]);
    if (value->kind == TOY_INSTANCE)
        for (size_t i = 0; i < value->as.instance.slot_count; i++)
            visit(&value->as.instance.slots[i]);
}

void toy_set_finalizer(toy_value *value, toy_finalizer finalizer, void *argument)
{
    value->finalizer = finalizer;
    value->finalizer_argument = argument;
}

/* Script code runs here, whatever is under way: an exception that is pending stays so. */
static void finalize(toy_value *value)
{
    toy_engine *engine = value->engine;
    toy_finalizer finalizer = value->finalizer;
    toy_value *pending = toy_catch(engine);
    value->finalizer = NULL;
    finalizer(value, value->finalizer_argument);
    toy_release(toy_catch(engine));
    engine->exception = pending;
}

static void drop_part(toy_value **part)
{
    toy_value *value = *part;
    *part = NULL;
    toy_release(value);
}

void toy_detach(toy_value *bytes)
{
    if (bytes->as.bytes.destroy) bytes->as.bytes.destroy(bytes->as.bytes.argument);
    bytes->as.bytes.destroy = NULL;
    bytes->as.bytes.data = NULL;
    bytes->as.bytes.length = 0;
}

/* Takes a value from the list: a collection that runs meanwhile does not see it. */
static void unlink_value(toy_value *value)
{
    if (value->next) value->next->previous = value->previous;
    if (value->previous) value->previous->next = value->next;
    else value->engine->values = value->next;
}

static void end(toy_value *value)
{
    unlink_value(value);
    /* The instance first: its native part may not look at what it held. */
    if (value->kind == TOY_INSTANCE) value->as.instance.destroy(value->as.instance.pointer);
    each_part(value, drop_part);
    while (value->properties) {
        toy_property *property = value->properties;
        value->properties = property->next;
        free(property->name);
        free(property);
    }
    if (value->kind == TOY_STRING) free(value->as.string.data);
    if (value->kind == TOY_BYTES) toy_detach(value);
    if (value->kind == TOY_ARRAY) free(value->as.array.items);
    if (value->kind == TOY_INSTANCE) free(value->as.instance.slots);
    free(value);
}

void toy_release(toy_value *value)
{
    if (!value) return;
    if (value->references == 1 && value->finalizer) finalize(value);
    if (--value->references == 0) end(value);
}

/* ---- the engine and its collector ------------------------------------------------------ */

toy_engine *toy_engine_new(void)
{
    static const char *const names[TOY_ERROR_CLASSES] = {"Error", "TypeError", "RangeError"};

    toy_engine *engine = allocate(1, sizeof *engine);
    for (size_t i = 0; i < TOY_ERROR_CLASSES; i++) {
        toy_value *prototype = toy_object(engine, i ? engine->error_prototypes[TOY_ERROR] : NULL);
        toy_value *name = toy_text(engine, names[i]);
        toy_set(prototype, "name", name);
        toy_release(name);
        engine->error_prototypes[i] = prototype;
    }
    engine->out_of_memory = toy_error(engine, TOY_ERROR, "the engine is out of memory");
    return engine;
}

static void uncount_part(toy_value **part)
{
    if (*part) (*part)->roots--;
}

static void root_part(toy_value **part)
{
    if (!*part || (*part)->roots) return;
    (*part)->roots = 1;
    each_part(*part, root_part);
}

/* A value that has more references than other values hold is held from outside; what
 * cannot be reached from such a one is garbage, and has no roots then. */
static size_t find_garbage(toy_engine *engine)
{
    size_t count = 0;
    for (toy_value *v = engine->values; v; v = v->next) v->roots = v->references;
    for (toy_value *v = engine->values; v; v = v->next) each_part(v, uncount_part);
    for (toy_value *v = engine->values; v; v = v->next)
        if (v->roots) each_part(v, root_part);
    for (toy_value *v = engine->values; v; v = v->next) count += !v->roots;
    return count;
}

static toy_value **hold_garbage(toy_engine *engine, size_t count)
{
    toy_value **garbage = allocate(count, sizeof *garbage);
    size_t taken = 0;
    for (toy_value *v = engine->values; v; v = v->next)
        if (!v->roots) garbage[taken++] = toy_retain(v);
    return garbage;
}

/* Runs the finalizers of what is garbage; they may make something else of it. */
static size_t finalize_garbage(toy_engine *engine)
{
    size_t count = find_garbage(engine), finalized = 0;
    toy_value **garbage = hold_garbage(engine, count);
    for (size_t i = 0; i < count; i++) {
        if (!garbage[i]->finalizer) continue;
        finalize(garbage[i]);
        finalized++;
    }
    for (size_t i = 0; i < count; i++) toy_release(garbage[i]);
    free(garbage);
    return finalized;
}

size_t toy_collect(toy_engine *engine)
{
    if (engine->collecting) return 0;
    engine->collecting = 1;
    while (finalize_garbage(engine) > 0) continue;

    size_t count = find_garbage(engine);
    toy_value **garbage = hold_garbage(engine, count);
    for (size_t i = 0; i < count; i++) each_part(garbage[i], drop_part);
    for (size_t i = 0; i < count; i++) toy_release(garbage[i]);
    free(garbage);
    engine->collecting = 0;
    return count;
}

size_t toy_engine_free(toy_engine *engine, const char **maker)
{
    toy_release(toy_catch(engine));
    toy_release(engine->out_of_memory);
    for (size_t i = 0; i < TOY_ERROR_CLASSES; i++) toy_release(engine->error_prototypes[i]);
    toy_collect(engine);

    size_t left = 0;
    for (toy_value *v = engine->values; v; v = v->next, left++) *maker = v->maker;
    if (!left) free(engine);
    return left;
}

/* ---- parts ----------------------------------------------------------------------------- */

static toy_property *own_property(toy_value *object, const char *name)
{
    toy_property *property = object->properties;
    while (property && strcmp(property->name, name) != 0) property = property->next;
    return property;
}

static toy_property *any_property(toy_value *object, const char *name)
{
    toy_property *property = NULL;
    for (; object && !property; object = object->prototype) property = own_property(object, name);
    return property;
}

const toy_property *toy_own_property(toy_value *object, const char *name)
{
    return own_property(object, name);
}

static toy_property *make_property(toy_value *object, const char *name, unsigned attributes)
{
    toy_property *property = own_property(object, name);
    if (property) return property;
    property = allocate(1, sizeof *property);
    property->name = copy(name, strlen(name) + 1);
    property->attributes = attributes;
    toy_property **end = &object->properties;
    while (*end) end = &(*end)->next;
    *end = property;
    return property;
}

static void hold(toy_value **part, toy_value *value)
{
    toy_value *before = *part;
    *part = value ? toy_retain(value) : NULL;
    toy_release(before);
}

void toy_define(toy_value *object, const char *name, toy_value *value, unsigned attributes)
{
    hold(&make_property(object, name, attributes)->value, value);
}

void toy_define_accessor(toy_value *object, const char *name, toy_value *getter,
                         toy_value *setter, unsigned attributes)
{
    toy_property *property = make_property(object, name, attributes);
    hold(&property->getter, getter);
    hold(&property->setter, setter);
}

void toy_set(toy_value *object, const char *name, toy_value *value)
{
    toy_define(object, name, value, TOY_OPEN);
}

toy_value *toy_get(toy_value *object, const char *name)
{
    toy_property *property = any_property(object, name);
    if (property && property->value) return toy_retain(property->value);
    if (property && property->getter) return toy_call(property->getter, object, 0, NULL);
    return toy_undefined(object->engine);
}

int toy_assign(toy_value *object, const char *name, toy_value *value)
{
    toy_property *property = any_property(object, name);
    if (!property || property->value) {
        toy_set(object, name, value);
        return 0;
    }
    if (!property->setter) {
        toy_throw_text(object->engine, TOY_TYPE_ERROR, "no setter for property");
        return -1;
    }
    toy_value *result = toy_call(property->setter, object, 1, &value);
    toy_release(result);
    return result ? 0 : -1;
}

void toy_item_set(toy_value *array, size_t index, toy_value *value)
{
    if (index >= array->as.array.length) toy_fatal("item %zu is outside of the array", index);
    hold(&array->as.array.items[index], value);
}

toy_value *toy_item_get(toy_value *array, size_t index)
{
    toy_value *item = index < array->as.array.length ? array->as.array.items[index] : NULL;
    if (!item) return toy_undefined(array->engine);
    return item->kind == TOY_FUNCTION ? toy_call(item, array, 0, NULL) : toy_retain(item);
}

/* ---- slots ---------------------------------------------------------------------------------- */

static int has_room(const toy_value *instance, size_t count)
{
    return instance->as.instance.slot_count + count <= instance->as.instance.slot_room;
}

int toy_slot_reserve(toy_value *instance, size_t count)
{
    if (has_room(instance, count)) return 0;
    if (fails(instance->engine)) return -1;
    if (has_room(instance, count)) return 0; /* script code has run */
    size_t used = instance->as.instance.slot_count;
    toy_value **slots = allocate(used + count, sizeof *slots);
    if (used) memcpy(slots, instance->as.instance.slots, used * sizeof *slots);
    free(instance->as.instance.slots);
    instance->as.instance.slots = slots;
    instance->as.instance.slot_room = used + count;
    return 0;
}

toy_value *toy_slot_exchange(toy_value *instance, size_t index, toy_value *value)
{
    if (index >= instance->as.instance.slot_room) toy_fatal("there is no room for slot %zu", index);
    toy_value **slots = instance->as.instance.slots, *before = slots[index];
    size_t *used = &instance->as.instance.slot_count;
    slots[index] = value ? toy_retain(value) : NULL;
    if (index >= *used) *used = index + 1;
    return before;
}

toy_value *toy_slot_get(toy_value *instance, size_t index)
{
    return index < instance->as.instance.slot_count ? instance->as.instance.slots[index] : NULL;
}
