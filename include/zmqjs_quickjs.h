/*
 * zmqjs_quickjs.h - the module "zmq" for engines of the QuickJS family
 *
 * Header-only. In ONE file of the host:
 *
 *     #include "quickjs.h"             the host's own
 *     #define ZMQJS_QUICKJS_IMPLEMENTATION
 *     #include "zmqjs_quickjs.h"       and link with -lzmqjs
 *
 * and for each context, before its scripts run:
 *
 *     js_init_module_zmq(ctx, "zmq");
 *
 * Other files may include it for its declarations. It is C99 to C17 and C++11 to
 * C++20. Options, to be defined before the implementation:
 *
 * ZMQJS_QUICKJS_STATIC          the functions are static
 * ZMQJS_QUICKJS_SHARED_LIBRARY  defines js_init_module() too, the entry point of a
 *                               module that the engine loads with dlopen()
 * ZMQJS_QJS_FORK_...            says which fork quickjs.h is from, where that cannot
 *                               be seen: _NG, _FFGLITCH, _BELLARD_2025 (or newer),
 *                               _BELLARD_2024, _BELLARD_2021 (to 2023)
 *
 * Everything belongs to the context: it may be registered there under several
 * names (one that is taken already keeps its module), ends with the context, and
 * is used on the context's thread, like every function of the engine. Nothing of
 * the library is made before a script's first call into the module.
 */
#ifndef ZMQJS_QUICKJS_H
#define ZMQJS_QUICKJS_H

#include "zmqjs_adapter.h"

#ifndef JS_EVAL_TYPE_MODULE
#error "zmqjs_quickjs.h: include the engine's quickjs.h first"
#endif

#ifdef ZMQJS_QUICKJS_STATIC
#define ZMQJS_QUICKJS_API static __attribute__((unused))
#else
#define ZMQJS_QUICKJS_API ZMQJS_ADAPTER_API
#endif

/* Registers the module in a context under a name. Returns NULL with an exception
 * pending. */
ZMQJS_QUICKJS_API JSModuleDef *js_init_module_zmq(JSContext *ctx, const char *module_name);

/* Gives the runtime of a context, which lives as long as the context, for
 * zmqjs_interrupt(). Returns NULL if none can be made; see zmqjs_last_error(). */
ZMQJS_QUICKJS_API zmqjs_runtime *zmqjs_quickjs_runtime(JSContext *ctx);

/* Sets a function that is called every 50 ms while a call waits; nonzero ends the wait. Call this
 * before the context's first call into the module; later it returns -1 and changes nothing, as it
 * does if memory runs out. */
ZMQJS_QUICKJS_API int zmqjs_quickjs_set_interrupted(JSContext *ctx, int (*interrupted)(void *),
                                                    void *argument);

#endif /* ZMQJS_QUICKJS_H */

#if defined(ZMQJS_QUICKJS_IMPLEMENTATION) && !defined(ZMQJS_QUICKJS_IMPLEMENTED)
#define ZMQJS_QUICKJS_IMPLEMENTED

#if defined(__cplusplus) && defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpedantic" /* compound literals in quickjs.h's macros */
#endif

#include "zmqjs_quickjs_forks.h"

/* ---- state ------------------------------------------------------------------------- */

/* The values that the holder keeps: the engine's intrinsics, since scripts may replace the globals, and
 * objects of the module. The first three are numbered as enum zmqjs_error_class. */
enum {
    ZMQJS_QJS_ERROR,
    ZMQJS_QJS_TYPE_ERROR,
    ZMQJS_QJS_RANGE_ERROR,
    ZMQJS_QJS_BYTE_ARRAY, /* Uint8Array, or the host's Uint8FFArray */
    ZMQJS_QJS_VIEW_BUFFER,
    ZMQJS_QJS_VIEW_OFFSET,
    ZMQJS_QJS_VIEW_LENGTH,
    ZMQJS_QJS_TYPED_ARRAY_LENGTH,
    ZMQJS_QJS_EXPORTS,   /* an object with the exports as properties */
    ZMQJS_QJS_PROTOTYPES /* of the classes, by their numbers */
};

/* The engine's own objects that are recognized by their class id. The names of their constructors,
 * the most frequent one first; the kinds between the last two are typed arrays too. */
enum { ZMQJS_QJS_PROXY = 12, ZMQJS_QJS_ARRAY_BUFFER, ZMQJS_QJS_DATA_VIEW, ZMQJS_QJS_KINDS };

static const char *const zmqjs_qjs_kinds[ZMQJS_QJS_KINDS] = {
    "Uint8Array",   "Int8Array",    "Int16Array",    "Uint16Array",    "Int32Array",
    "Uint32Array",  "Float32Array", "Float64Array",  "Uint8ClampedArray", "BigInt64Array",
    "BigUint64Array", "Float16Array", "Proxy",       "ArrayBuffer",    "DataView"};

/*
 * The native part of an object of our class. A context's holder, which no script sees, is one too: it
 * is in the context's table of class prototypes and keeps the state's values, so that they end with
 * the context.
 */
typedef struct zmqjs_qjs_object {
    struct zmqjs_qjs_state *state;
    zmqjs_instance *instance; /* NULL in the holder */
    JSValue *kept;            /* by the index of a zmqjs_keep, or for the holder the enumeration */
    size_t count, capacity;
} zmqjs_qjs_object;

/* The properties of an object of a result: the name of the first one, and their number. */
typedef struct zmqjs_qjs_shape {
    JSAtom first;
    size_t count;
} zmqjs_qjs_shape;
enum { ZMQJS_QJS_SHAPES = 8 };

/* The module in a context. */
typedef struct zmqjs_qjs_state {
    zmqjs_runtime *runtime; /* NULL until the first call */
    size_t references;      /* one of each zmqjs_qjs_object */
    zmqjs_qjs_object *holder;
    JSClassID id;
    int place; /* of the id in zmqjs_qjs_ids */
    JSClassID kinds[ZMQJS_QJS_KINDS]; /* 0 where the context lacks them */
    int foreign_byte_array;
    int knows_bigints;
    zmqjs_qjs_shape shapes[ZMQJS_QJS_SHAPES]; /* those that the holder keeps; count 0: free */
    zmqjs_adapter_interrupt interrupt;
} zmqjs_qjs_state;

/* A call that is under way. */
typedef struct zmqjs_qjs_call {
    zmqjs_qjs_state *state;
    zmqjs_qjs_object *object; /* this, if it is of our class */
    JSValueConst this_value;  /* new.target of a constructor */
    int constructs;
    zmqjs_frame frame;
} zmqjs_qjs_call;

static inline JSContext *zmqjs_qjs_ctx(const zmqjs_qjs_call *call) {
    return (JSContext *)call->frame.context;
}

static const zmqjs_function *const *zmqjs_qjs_functions; /* written once, with the mutex held */

static void zmqjs_qjs_forget_exception(JSContext *ctx) {
    JS_FreeValue(ctx, JS_GetException(ctx));
}

/* As JS_GetPropertyStr, which takes the empty name if there is no memory for the name. Returns
 * undefined for a value that is no object. */
static JSValue zmqjs_qjs_get(JSContext *ctx, JSValueConst object, const char *name) {
    JSAtom atom = JS_IsObject(object) ? JS_NewAtom(ctx, name) : JS_ATOM_NULL;
    JSValue value = JS_IsObject(object) || JS_IsException(object) ? JS_EXCEPTION : JS_UNDEFINED;
    if (atom != JS_ATOM_NULL) {
        value = JS_GetProperty(ctx, object, atom);
        JS_FreeAtom(ctx, atom);
    }
    return value;
}

/* The property of a global, or the global itself. */
static JSValue zmqjs_qjs_get_global(JSContext *ctx, const char *name, const char *property) {
    JSValue global = JS_GetGlobalObject(ctx);
    JSValue value = zmqjs_qjs_get(ctx, global, name);
    JS_FreeValue(ctx, global);
    if (property != NULL) {
        global = value;
        value = zmqjs_qjs_get(ctx, global, property);
        JS_FreeValue(ctx, global);
    }
    return value;
}

/* Makes room for a number of kept values. */
static int zmqjs_qjs_reserve(JSContext *ctx, zmqjs_qjs_object *object, size_t capacity) {
    JSValue *kept = object->kept;
    if (capacity > object->capacity) {
        capacity += object->capacity / 2;
        kept = (JSValue *)js_realloc(ctx, kept, capacity * sizeof *kept);
        if (kept == NULL)
            return -1;
        object->kept = kept;
        object->capacity = capacity;
    }
    return 0;
}

/* Keeps one more value in the holder, which takes it over. */
static int zmqjs_qjs_append(JSContext *ctx, zmqjs_qjs_object *holder, JSValue value) {
    if (JS_IsException(value) || zmqjs_qjs_reserve(ctx, holder, holder->count + 1) < 0) {
        JS_FreeValue(ctx, value);
        return -1;
    }
    holder->kept[holder->count++] = value;
    return 0;
}

/* When a context is collected, the holder may go before the instances. */
static void zmqjs_qjs_finalizer(JSRuntime *rt, JSValue value) {
    zmqjs_qjs_object *object = (zmqjs_qjs_object *)zmqjs_qjs_opaque(value);
    zmqjs_qjs_state *state = object != NULL ? object->state : NULL;
    if (object == NULL)
        return;
    zmqjs_finalize(object->instance);
    while (object->count > 0)
        JS_FreeValueRT(rt, object->kept[--object->count]);
    js_free_rt(rt, object->kept);
    js_free_rt(rt, object);
    if (--state->references == 0) {
        zmqjs_adapter_stop(&state->runtime);
        js_free_rt(rt, state);
    }
}

static void zmqjs_qjs_mark(JSRuntime *rt, JSValueConst value, JS_MarkFunc *mark) {
    const zmqjs_qjs_object *object = (const zmqjs_qjs_object *)zmqjs_qjs_opaque(value);
    size_t i;
    for (i = 0; object != NULL && i < object->count; i++)
        JS_MarkValue(rt, object->kept[i], mark);
}

/* Makes an object of our class. It takes over instance if it succeeds. */
static JSValue zmqjs_qjs_new_object(JSContext *ctx, zmqjs_qjs_state *state, JSValueConst prototype,
                                    zmqjs_instance *instance) {
    zmqjs_qjs_object *object = (zmqjs_qjs_object *)js_mallocz(ctx, sizeof *object);
    JSValue value = JS_EXCEPTION;
    if (object != NULL)
        value = JS_NewObjectProtoClass(ctx, prototype, state->id);
    if (JS_IsException(value)) {
        js_free(ctx, object);
        return value;
    }
    object->state = state;
    object->instance = instance;
    state->references++;
    JS_SetOpaque(value, object);
    return value;
}

static zmqjs_qjs_state *zmqjs_qjs_find_state(JSContext *ctx, JSClassID id) {
    JSValue value = JS_GetClassProto(ctx, id);
    zmqjs_qjs_object *holder = (zmqjs_qjs_object *)JS_GetOpaque(value, id);
    JS_FreeValue(ctx, value);
    return holder != NULL ? holder->state : NULL;
}

/* Not inlined, for the registers of the caller. */
#define ZMQJS_QJS_APART __attribute__((noinline))
#define ZMQJS_QJS_LIKELY(condition) __builtin_expect((condition), 1)

/* ---- arguments ----------------------------------------------------------------------- */

/* A BigInt that does not fit is read by its digits. */
static int zmqjs_qjs_get_bigint(const zmqjs_qjs_call *call, JSValueConst value, zmqjs_data *data) {
    const char *digits;
    data->type = ZMQJS_BIGINT;
    data->flags = 0;
    if (call->state->knows_bigints && zmqjs_qjs_is_small(value))
        return JS_ToBigInt64(zmqjs_qjs_ctx(call), &data->as.bigint, value);
    digits = JS_ToCString(zmqjs_qjs_ctx(call), value);
    if (digits == NULL)
        return -1;
    zmqjs_adapter_get_digits(digits, data);
    JS_FreeCString(zmqjs_qjs_ctx(call), digits);
    return 0;
}

static inline int zmqjs_qjs_get_string(const zmqjs_qjs_call *call, JSValueConst value,
                                       zmqjs_data *data) {
    const char *text = JS_ToCStringLen(zmqjs_qjs_ctx(call), &data->length, value);
    data->type = ZMQJS_STRING;
    data->flags = 0;
    data->as.data = (void *)(uintptr_t)text;
    return text != NULL ? 0 : -1;
}

/* Calls a kept getter of the engine's own; 0 also where it throws, as for a detached buffer. */
static size_t zmqjs_qjs_get_size(const zmqjs_qjs_call *call, int getter, JSValueConst object) {
    JSContext *ctx = zmqjs_qjs_ctx(call);
    int64_t size = 0;
    JSValue result = JS_Call(ctx, call->state->holder->kept[getter], object, 0, NULL);
    if (JS_IsException(result) || JS_ToInt64(ctx, &size, result) < 0)
        zmqjs_qjs_forget_exception(ctx);
    JS_FreeValue(ctx, result);
    return size > 0 ? (size_t)size : 0;
}

/* Shows the bytes of an ArrayBuffer, or of a view as much as is there. The length that the engine
 * gives of a view which follows its buffer's size may be out of date, unless the view ends where
 * the buffer does. */
static void zmqjs_qjs_get_bytes(const zmqjs_qjs_call *call, int kind, JSValueConst value,
                                zmqjs_data *data) {
    JSContext *ctx = zmqjs_qjs_ctx(call);
    size_t size = 0, offset = 0, length = SIZE_MAX, element;
    uint8_t *bytes = NULL;
    JSValue buffer =
        kind == ZMQJS_QJS_ARRAY_BUFFER ? JS_DupValue(ctx, value)
        : kind == ZMQJS_QJS_DATA_VIEW
            ? JS_Call(ctx, call->state->holder->kept[ZMQJS_QJS_VIEW_BUFFER], value, 0, NULL)
            : JS_GetTypedArrayBuffer(ctx, value, &offset, &length, &element);
    if (!JS_IsException(buffer))
        bytes = JS_GetArrayBuffer(ctx, &size, buffer);
    if (bytes == NULL) { /* detached */
        zmqjs_qjs_forget_exception(ctx);
    } else if (kind == ZMQJS_QJS_DATA_VIEW) {
        offset = zmqjs_qjs_get_size(call, ZMQJS_QJS_VIEW_OFFSET, value);
        length = zmqjs_qjs_get_size(call, ZMQJS_QJS_VIEW_LENGTH, value);
    } else if (kind != ZMQJS_QJS_ARRAY_BUFFER && offset + length != size) {
        length = zmqjs_qjs_get_size(call, ZMQJS_QJS_TYPED_ARRAY_LENGTH, value);
    }
    offset = offset < size ? offset : size;
    zmqjs_adapter_get_bytes(bytes != NULL ? bytes + offset : NULL,
                            length < size - offset ? length : size - offset, data);
    JS_FreeValue(ctx, buffer);
}

static void zmqjs_qjs_get_object(const zmqjs_qjs_call *call, JSValueConst value,
                                 zmqjs_data *data) {
    const zmqjs_qjs_state *state = call->state;
    const zmqjs_qjs_object *object;
    int kind = 0;
    if (ZMQJS_QJS_HAS_FFARRAYS && zmqjs_qjs_get_ffarray(value, data))
        return;
    object = (const zmqjs_qjs_object *)JS_GetOpaque(value, state->id);
    while (object == NULL && kind < ZMQJS_QJS_KINDS &&
           JS_GetOpaque(value, state->kinds[kind]) == NULL)
        kind++;
    if (object == NULL && kind < ZMQJS_QJS_KINDS && kind != ZMQJS_QJS_PROXY)
        zmqjs_qjs_get_bytes(call, kind, value, data);
    else /* a proxy is not asked: that would run its traps */
        zmqjs_adapter_get_object(object != NULL ? object->instance : NULL,
                                 kind == ZMQJS_QJS_KINDS && zmqjs_qjs_is_array(zmqjs_qjs_ctx(call), value), data);
}

static int zmqjs_qjs_get_value(void *payload, const void *place, zmqjs_data *data) {
    const zmqjs_qjs_call *call = (const zmqjs_qjs_call *)payload;
    JSValueConst value = *(const JSValue *)place;
    int tag = JS_VALUE_GET_NORM_TAG(value);
    if (tag == JS_TAG_OBJECT) {
        zmqjs_qjs_get_object(call, value, data);
    } else if (tag == JS_TAG_INT) {
        data->type = ZMQJS_INT32;
        data->as.int32 = JS_VALUE_GET_INT(value);
    } else if (JS_IsString(value)) { /* strings have several tags in some engines */
        return zmqjs_qjs_get_string(call, value, data);
    } else if (ZMQJS_QJS_IS_BIGINT(tag)) {
        return zmqjs_qjs_get_bigint(call, value, data);
    } else if (tag == JS_TAG_FLOAT64) {
        zmqjs_adapter_get_number(JS_VALUE_GET_FLOAT64(value), data);
    } else if (tag == JS_TAG_BOOL) {
        zmqjs_adapter_get_boolean(JS_VALUE_GET_BOOL(value), data);
    } else {
        data->type = tag == JS_TAG_UNDEFINED ? ZMQJS_UNDEFINED
                     : tag == JS_TAG_NULL    ? ZMQJS_NULL
                                             : ZMQJS_OBJECT;
    }
    return 0;
}

static int zmqjs_qjs_get_length(void *payload, const void *value, size_t *length) {
    const zmqjs_qjs_call *call = (const zmqjs_qjs_call *)payload;
    JSValueConst array = *(const JSValue *)value;
    int64_t number = 0;
    JSValue property;
    if (JS_GetOpaque(array, call->state->kinds[ZMQJS_QJS_PROXY]) != NULL ||
        !zmqjs_qjs_is_array(zmqjs_qjs_ctx(call), array))
        return 0;
    property = zmqjs_qjs_get(zmqjs_qjs_ctx(call), array, "length");
    if (JS_IsException(property) || JS_ToInt64(zmqjs_qjs_ctx(call), &number, property) < 0)
        return -1;
    *length = (size_t)number;
    return 1;
}

static int zmqjs_qjs_get_element(void *payload, const void *array, uint32_t index, void *element) {
    JSContext *ctx = zmqjs_qjs_ctx((const zmqjs_qjs_call *)payload);
    JSValue value = JS_GetPropertyUint32(ctx, *(const JSValue *)array, index);
    if (JS_IsException(value))
        return -1;
    *(JSValue *)element = value;
    return 0;
}

static void zmqjs_qjs_free_string(void *payload, const zmqjs_data *data) {
    JS_FreeCString(zmqjs_qjs_ctx((const zmqjs_qjs_call *)payload), (const char *)data->as.data);
}

static void zmqjs_qjs_free_value(void *payload, const void *value) {
    JS_FreeValue(zmqjs_qjs_ctx((const zmqjs_qjs_call *)payload), *(const JSValue *)value);
}

static void zmqjs_qjs_throw_out_of_memory(void *payload) {
    JS_ThrowOutOfMemory(zmqjs_qjs_ctx((const zmqjs_qjs_call *)payload));
}

static const zmqjs_adapter_reader zmqjs_qjs_reader = {
    sizeof(JSValue),       zmqjs_qjs_get_length, zmqjs_qjs_get_element,        zmqjs_qjs_get_value,
    zmqjs_qjs_free_string, zmqjs_qjs_free_value, zmqjs_qjs_throw_out_of_memory};

/* Reads the arguments, and makes room for the values that this may keep. If it fails, it releases
 * all that it has read. */
static int zmqjs_qjs_read(zmqjs_qjs_call *call, const zmqjs_function *function, size_t count,
                          const JSValue *argv, zmqjs_data *data) {
    zmqjs_qjs_object *object = call->object;
    if (zmqjs_adapter_read(&zmqjs_qjs_reader, call, function, count, argv, data) < 0 ||
        (object != NULL &&
         zmqjs_qjs_reserve(zmqjs_qjs_ctx(call), object, object->count + function->keeps) < 0)) {
        zmqjs_adapter_release(&zmqjs_qjs_reader, call, data, count);
        return -1;
    }
    return 0;
}

/* ---- results ------------------------------------------------------------------------- */

static JSValue zmqjs_qjs_new_value(const zmqjs_qjs_call *call, const zmqjs_data *data);

/* Makes an ArrayBuffer of the very memory, or undefined where that cannot be. */
static JSValue zmqjs_qjs_adopt(const zmqjs_qjs_call *call, const zmqjs_data *data) {
    zmqjs_frame *frame = (zmqjs_frame *)(uintptr_t)&call->frame;
    zmqjs_adapter_adopted *adopted = zmqjs_adapter_adopt(frame, data);
    JSValue buffer = JS_UNDEFINED;
    if (adopted != NULL)
        buffer = zmqjs_qjs_new_foreign_buffer(zmqjs_qjs_ctx(call), (uint8_t *)data->as.data,
                                              data->length, adopted);
    if (JS_IsException(buffer))
        zmqjs_adapter_free_adopted(data->as.data, adopted);
    return buffer;
}

static JSValue zmqjs_qjs_new_bytes(const zmqjs_qjs_call *call, const zmqjs_data *data) {
    JSContext *ctx = zmqjs_qjs_ctx(call);
    JSValue buffer = JS_UNDEFINED, array;
    if (ZMQJS_QJS_HAS_FFARRAYS)
        return zmqjs_qjs_new_ffarray(ctx, data);
    if (ZMQJS_QJS_ADOPTS && zmqjs_adapter_adopts(data) && data->length <= INT32_MAX &&
        !call->state->foreign_byte_array)
        buffer = zmqjs_qjs_adopt(call, data);
    if (JS_IsUndefined(buffer)) {
        const uint8_t *bytes = (const uint8_t *)zmqjs_adapter_bytes(data);
        buffer = JS_NewArrayBufferCopy(ctx, bytes, data->length);
    }
    if (JS_IsException(buffer))
        return buffer;
    array = JS_CallConstructor(ctx, call->state->holder->kept[ZMQJS_QJS_BYTE_ARRAY], 1, &buffer);
    JS_FreeValue(ctx, buffer);
    return array;
}

static JSAtom zmqjs_qjs_new_name(JSContext *ctx, const zmqjs_data *name) {
    return JS_NewAtomLen(ctx, zmqjs_adapter_bytes(name), name->length);
}

/* The engine makes the shapes of an object anew, one for each of its properties, unless another object
 * has them: so the holder keeps objects that have the first property of a result, the first two, and
 * so on. */
static ZMQJS_QJS_APART void zmqjs_qjs_keep_shapes(const zmqjs_qjs_call *call,
                                                  const zmqjs_data *data) {
    JSContext *ctx = zmqjs_qjs_ctx(call);
    size_t count, i;
    int result = 0;
    for (count = 0; count <= data->length && result == 0; count++) {
        JSValue object = JS_NewObject(ctx);
        for (i = 0; i < count && result == 0 && !JS_IsException(object); i++) {
            JSAtom name = zmqjs_qjs_new_name(ctx, &data->as.elements[2 * i]);
            result = name == JS_ATOM_NULL ||
                     JS_DefinePropertyValue(ctx, object, name, JS_UNDEFINED, JS_PROP_C_W_E) < 0;
            JS_FreeAtom(ctx, name);
        }
        result |= zmqjs_qjs_append(ctx, call->state->holder, object);
    }
    if (result != 0) {
        zmqjs_qjs_forget_exception(ctx); /* objects then take longer to make */
    }
}

/* Does it for the first kinds of results, which differ in the first property's name or the number. */
static inline void zmqjs_qjs_note_shape(const zmqjs_qjs_call *call, const zmqjs_data *data,
                                        JSAtom first) {
    zmqjs_qjs_shape *shape = call->state->shapes, *end = shape + ZMQJS_QJS_SHAPES;
    while (shape < end && (shape->first != first || shape->count != data->length)) {
        if (shape->count == 0) {
            shape->first = first;
            shape->count = data->length;
            zmqjs_qjs_keep_shapes(call, data);
        } else {
            shape++;
        }
    }
}

/* Defines the elements of an array or the properties of an object. Takes over object. */
static JSValue zmqjs_qjs_fill(const zmqjs_qjs_call *call, JSValue object, const zmqjs_data *data) {
    JSContext *ctx = zmqjs_qjs_ctx(call);
    size_t i;
    int result = JS_IsException(object) ? -1 : 0;
    for (i = 0; i < data->length && result >= 0; i++) {
        const zmqjs_data *element = zmqjs_adapter_element(data, i);
        JSAtom key = data->type == ZMQJS_ARRAY
                         ? JS_NewAtomUInt32(ctx, (uint32_t)i)
                         : zmqjs_qjs_new_name(ctx, element - 1);
        JSValue value = zmqjs_qjs_new_value(call, element);
        result = key == JS_ATOM_NULL || JS_IsException(value) ? -1 : 0;
        if (i == 0 && result == 0 && data->type == ZMQJS_OBJECT)
            zmqjs_qjs_note_shape(call, data, key);
        if (result == 0)
            result = JS_DefinePropertyValue(ctx, object, key, value, JS_PROP_C_W_E);
        else
            JS_FreeValue(ctx, value);
        JS_FreeAtom(ctx, key);
    }
    if (result < 0) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}

/* The prototype of a new instance is that of new.target, if it has one. */
static JSValue zmqjs_qjs_new_instance(const zmqjs_qjs_call *call, const zmqjs_data *data) {
    JSValue prototype = JS_UNDEFINED, value = JS_EXCEPTION;
    if (call->constructs)
        prototype = zmqjs_qjs_get(zmqjs_qjs_ctx(call), call->this_value, "prototype");
    if (!JS_IsException(prototype)) {
        JSValueConst own = call->state->holder->kept[ZMQJS_QJS_PROTOTYPES + data->length];
        value = zmqjs_qjs_new_object(zmqjs_qjs_ctx(call), call->state,
                                     JS_IsObject(prototype) ? prototype : own, data->as.instance);
    }
    if (JS_IsException(value))
        zmqjs_finalize(data->as.instance);
    JS_FreeValue(zmqjs_qjs_ctx(call), prototype);
    return value;
}

static JSValue zmqjs_qjs_new_value(const zmqjs_qjs_call *call, const zmqjs_data *data) {
    JSContext *ctx = zmqjs_qjs_ctx(call);
    const zmqjs_qjs_object *object = call->object;
    size_t index;
    switch (data->type) {
    case ZMQJS_STRING:
        return JS_NewStringLen(ctx, zmqjs_adapter_bytes(data), data->length);
    case ZMQJS_BYTES:
        return zmqjs_qjs_new_bytes(call, data);
    case ZMQJS_INT32:
        return JS_MKVAL(JS_TAG_INT, data->as.int32);
    case ZMQJS_UNDEFINED:
        return JS_UNDEFINED;
    case ZMQJS_NULL:
        return JS_NULL;
    case ZMQJS_BOOLEAN:
        return JS_MKVAL(JS_TAG_BOOL, data->as.boolean);
    case ZMQJS_DOUBLE:
        return JS_NewFloat64(ctx, data->as.number);
    case ZMQJS_BIGINT:
        return data->flags & ZMQJS_UNSIGNED ? JS_NewBigUint64(ctx, (uint64_t)data->as.bigint)
                                            : JS_NewBigInt64(ctx, data->as.bigint);
    case ZMQJS_INSTANCE:
        return zmqjs_qjs_new_instance(call, data);
    case ZMQJS_ARRAY:
        return zmqjs_qjs_fill(call, JS_NewArray(ctx), data);
    case ZMQJS_OBJECT:
        return zmqjs_qjs_fill(call, JS_NewObject(ctx), data);
    case ZMQJS_KEPT:
        index = (size_t)data->as.int32;
        return object != NULL && index < object->count ? JS_DupValue(ctx, object->kept[index])
                                                       : JS_UNDEFINED;
    case ZMQJS_THIS:
        return JS_DupValue(ctx, call->this_value);
    default:
        return JS_ThrowTypeError(ctx, "unknown type of value: %u", (unsigned)data->type);
    }
}

/* By the constructor, because JS_ThrowTypeError cuts its text at 255 bytes and
 * JS_NewError knows only Error. */
static void zmqjs_qjs_throw(const zmqjs_qjs_call *call, zmqjs_error error) {
    zmqjs_properties details;
    JSValue message = JS_NewString(zmqjs_qjs_ctx(call), error.message), exception = JS_EXCEPTION;
    if (!JS_IsException(message)) {
        JSValueConst constructor = call->state->holder->kept[zmqjs_adapter_error_class(&error)];
        exception = JS_CallConstructor(zmqjs_qjs_ctx(call), constructor, 1, &message);
    }
    exception = zmqjs_qjs_fill(call, exception, zmqjs_adapter_details(&error, &details));
    if (!JS_IsException(exception))
        JS_Throw(zmqjs_qjs_ctx(call), exception);
    JS_FreeValue(zmqjs_qjs_ctx(call), message);
}

/* ---- calls ------------------------------------------------------------------------------- */

static void zmqjs_qjs_collect(void *payload, void *context) {
    (void)payload;
    JS_RunGC(JS_GetRuntime((JSContext *)context));
}

/* Makes the runtime, if there is none. The array that scripts expect of a host which has it is
 * looked for only now: a host may define it by a script, after it has registered the module. */
static int zmqjs_qjs_start(const zmqjs_qjs_call *call) {
    zmqjs_qjs_state *state = call->state;
    JSValue array = JS_UNDEFINED;
    int status;
    if (state->runtime != NULL)
        return 0;
    if (!ZMQJS_QJS_HAS_FFARRAYS)
        array = zmqjs_qjs_get_global(zmqjs_qjs_ctx(call), "Uint8FFArray", NULL);
    if (JS_IsException(array))
        return -1;
    if (JS_IsConstructor(zmqjs_qjs_ctx(call), array)) {
        JSValue former = state->holder->kept[ZMQJS_QJS_BYTE_ARRAY];
        state->holder->kept[ZMQJS_QJS_BYTE_ARRAY] = array;
        state->foreign_byte_array = 1;
        array = former;
    }
    JS_FreeValue(zmqjs_qjs_ctx(call), array);
    status = zmqjs_adapter_start(&state->runtime, "quickjs", &state->interrupt,
                                 state->interrupt.function != NULL ? zmqjs_adapter_interrupted : NULL,
                                 zmqjs_qjs_collect);
    if (status != ZMQJS_OK)
        zmqjs_qjs_throw(call, zmqjs_adapter_status_error(status));
    return status == ZMQJS_OK ? 0 : -1;
}

/* Carries out the changes to the values that this keeps. There is room for them; and finalizers run
 * no script here. */
static void zmqjs_qjs_keep(const zmqjs_qjs_call *call, int argc, JSValueConst *argv) {
    zmqjs_qjs_object *object = call->object;
    size_t i;
    for (i = 0; i < call->frame.keep_count; i++) {
        const zmqjs_keep *keep = &call->frame.keep[i];
        JSValue former, value = JS_UNDEFINED;
        while (object->count <= keep->index)
            object->kept[object->count++] = JS_UNDEFINED;
        if (keep->argument >= 0 && keep->argument < argc)
            value = JS_DupValue(zmqjs_qjs_ctx(call), argv[keep->argument]);
        former = object->kept[keep->index];
        object->kept[keep->index] = value;
        JS_FreeValue(zmqjs_qjs_ctx(call), former);
    }
}

/* Makes the value of a call that has left something to release. */
static ZMQJS_QJS_APART JSValue zmqjs_qjs_end(zmqjs_qjs_call *call, int status, int argc,
                                             JSValueConst *argv) {
    JSValue value = JS_EXCEPTION;
    if (status == ZMQJS_HELD) {
        zmqjs_qjs_keep(call, argc, argv);
        value = zmqjs_qjs_new_value(call, &call->frame.result);
    } else {
        zmqjs_qjs_throw(call, zmqjs_adapter_call_error(status, &call->frame));
    }
    zmqjs_frame_release(&call->frame);
    return value;
}

/* Reads the arguments, calls, and makes the result. */
static JSValue zmqjs_qjs_run(zmqjs_qjs_call *call, int argc, JSValueConst *argv, int magic) {
    const zmqjs_function *function = zmqjs_qjs_functions[ZMQJS_QJS_NUMBER(magic)];
    zmqjs_data data[ZMQJS_PARAMETER_MAXIMUM];
    size_t count = zmqjs_adapter_count(function, (size_t)argc);
    int status;
    if (count + function->keeps > 0 && zmqjs_qjs_read(call, function, count, argv, data) < 0)
        return JS_EXCEPTION;
    call->frame.runtime = call->state->runtime;
    call->frame.arguments = data;
    call->frame.argument_count = count;
    status = function->call(function, &call->frame);
    zmqjs_adapter_release(&zmqjs_qjs_reader, call, data, count);
    if (ZMQJS_QJS_LIKELY(status == ZMQJS_OK))
        return call->frame.result.type == ZMQJS_NULL
                   ? JS_NULL
                   : zmqjs_qjs_new_value(call, &call->frame.result);
    return zmqjs_qjs_end(call, status, argc, argv);
}

/* Enters a call in the state of the function's context. */
static ZMQJS_QJS_APART int zmqjs_qjs_enter(zmqjs_qjs_call *call, int magic) {
    call->frame.self = NULL;
    call->state = zmqjs_qjs_find_state(zmqjs_qjs_ctx(call), ZMQJS_QJS_ID(magic));
    if (call->state == NULL)
        JS_ThrowInternalError(zmqjs_qjs_ctx(call), "the module is not registered in this context");
    return call->state != NULL ? zmqjs_qjs_start(call) : -1;
}

/* Every function, method, getter and setter. That of an instance finds its state at once. */
static JSValue zmqjs_qjs_call_function(JSContext *ctx, JSValueConst this_value, int argc,
                                       JSValueConst *argv, int magic) {
    zmqjs_qjs_call call;
    zmqjs_qjs_object *object =
        (zmqjs_qjs_object *)JS_GetOpaque(this_value, ZMQJS_QJS_ID(magic));
    call.frame.context = ctx;
    call.object = object;
    call.this_value = this_value;
    call.constructs = 0;
    if (object != NULL) {
        call.state = object->state;
        call.frame.self = object->instance;
    } else if (zmqjs_qjs_enter(&call, magic) < 0) {
        return JS_EXCEPTION;
    }
    return zmqjs_qjs_run(&call, argc, argv, magic);
}

/* ---- fast calls ------------------------------------------------------------------------------ */

/* The end of a fast call, if it is not one of those that zmqjs_qjs_finish_fast makes. */
static ZMQJS_QJS_APART JSValue zmqjs_qjs_end_fast(zmqjs_qjs_call *call, zmqjs_qjs_object *object,
                                                  JSValueConst this_value, int status) {
    call->state = object->state;
    call->object = object;
    call->this_value = this_value;
    call->constructs = 0;
    call->frame.keep_count = 0;
    return status == ZMQJS_OK ? zmqjs_qjs_new_value(call, &call->frame.result)
                              : zmqjs_qjs_end(call, status, 0, NULL);
}

static inline JSValue zmqjs_qjs_finish_fast(zmqjs_qjs_call *call, zmqjs_qjs_object *object,
                                            JSValueConst this_value, int status) {
    const zmqjs_data *result = &call->frame.result;
    if (ZMQJS_QJS_LIKELY(status == ZMQJS_OK) && result->type == ZMQJS_INT32)
        return JS_MKVAL(JS_TAG_INT, result->as.int32);
    if (ZMQJS_QJS_LIKELY(status == ZMQJS_OK) && result->type == ZMQJS_STRING)
        return JS_NewStringLen(zmqjs_qjs_ctx(call), (const char *)result->as.data, result->length);
    if (ZMQJS_QJS_HAS_FFARRAYS && status >= ZMQJS_OK && result->type == ZMQJS_BYTES) {
        JSValue array = zmqjs_qjs_new_ffarray(zmqjs_qjs_ctx(call), result);
        if (status == ZMQJS_HELD)
            zmqjs_frame_release(&call->frame);
        return array;
    }
    return zmqjs_qjs_end_fast(call, object, this_value, status);
}

/* A function that takes only an integer, which may be absent. */
static JSValue zmqjs_qjs_call_integer(JSContext *ctx, JSValueConst this_value, int argc,
                                      JSValueConst *argv, int magic) {
    const zmqjs_function *function;
    zmqjs_qjs_call call;
    int integer = 0;
    zmqjs_qjs_object *object = (zmqjs_qjs_object *)JS_GetOpaque(this_value, ZMQJS_QJS_ID(magic));
    function = zmqjs_qjs_functions[ZMQJS_QJS_NUMBER(magic)];
    if (object == NULL ||
        (argc > 0 ? JS_VALUE_GET_TAG(argv[0]) != JS_TAG_INT : function->length > 0))
        return zmqjs_qjs_call_function(ctx, this_value, argc, argv, magic);
    if (argc > 0)
        integer = JS_VALUE_GET_INT(argv[0]);
    call.frame.context = ctx;
    call.frame.runtime = object->state->runtime;
    call.frame.self = object->instance;
    return zmqjs_qjs_finish_fast(&call, object, this_value,
                                 function->fast_call(function, &call.frame, NULL, integer));
}

/* A function that takes a value, and an integer, which may be absent. */
static JSValue zmqjs_qjs_call_value(JSContext *ctx, JSValueConst this_value, int argc,
                                    JSValueConst *argv, int magic) {
    const zmqjs_function *function;
    zmqjs_qjs_call call;
    zmqjs_data data;
    int status, tag, integer = 0;
    zmqjs_qjs_object *object = (zmqjs_qjs_object *)JS_GetOpaque(this_value, ZMQJS_QJS_ID(magic));
    if (argc == 2 && JS_VALUE_GET_TAG(argv[1]) == JS_TAG_INT)
        integer = JS_VALUE_GET_INT(argv[1]);
    else if (argc != 1)
        object = NULL;
    if (object == NULL)
        return zmqjs_qjs_call_function(ctx, this_value, argc, argv, magic);
    function = zmqjs_qjs_functions[ZMQJS_QJS_NUMBER(magic)];
    call.frame.context = ctx;
    call.frame.runtime = object->state->runtime;
    call.frame.self = object->instance;
    tag = JS_VALUE_GET_TAG(argv[0]);
    if (tag == JS_TAG_STRING) {
        if (zmqjs_qjs_get_string(&call, argv[0], &data) < 0)
            return JS_EXCEPTION;
        status = function->fast_call(function, &call.frame, &data, integer);
        JS_FreeCString(ctx, (const char *)data.as.data);
    } else {
        call.state = object->state;
        if (tag == JS_TAG_INT) {
            data.type = ZMQJS_INT32;
            data.as.int32 = JS_VALUE_GET_INT(argv[0]);
        } else if (!ZMQJS_QJS_HAS_FFARRAYS || tag != JS_TAG_OBJECT ||
                   !zmqjs_qjs_get_uint8_ffarray(argv[0], &data)) {
            if (zmqjs_qjs_get_value(&call, &argv[0], &data) < 0)
                return JS_EXCEPTION;
        }
        status = function->fast_call(function, &call.frame, &data, integer);
        if (tag != JS_TAG_INT && data.type == ZMQJS_STRING)
            JS_FreeCString(ctx, (const char *)data.as.data);
    }
    return zmqjs_qjs_finish_fast(&call, object, this_value, status);
}

static JSValue zmqjs_qjs_construct(JSContext *ctx, JSValueConst new_target, int argc,
                                   JSValueConst *argv, int magic) {
    zmqjs_qjs_call call;
    call.frame.context = ctx;
    call.object = NULL;
    call.this_value = new_target;
    call.constructs = 1;
    if (zmqjs_qjs_enter(&call, magic) < 0)
        return JS_EXCEPTION;
    return zmqjs_qjs_run(&call, argc, argv, magic);
}

/* ---- registration -------------------------------------------------------------------------- */

typedef struct zmqjs_qjs_builder {
    zmqjs_qjs_call call;
    JSValueConst targets[3]; /* by enum zmqjs_target: the holder's, or of its values */
} zmqjs_qjs_builder;

static JSValue zmqjs_qjs_new_function(const zmqjs_qjs_builder *builder,
                                      const zmqjs_function *function, JSCFunctionEnum kind) {
    JSContext *ctx = zmqjs_qjs_ctx(&builder->call);
    JSCFunctionType type;
    int magic = builder->call.state->place << ZMQJS_QJS_NUMBER_BITS;
    if (function == NULL)
        return JS_UNDEFINED;
    type.generic_magic = function->fast_call == NULL         ? zmqjs_qjs_call_function
                         : function->parameter_count == 2 ? zmqjs_qjs_call_value
                                                          : zmqjs_qjs_call_integer;
    if (kind == JS_CFUNC_constructor_magic)
        type.constructor_magic = zmqjs_qjs_construct;
    return JS_NewCFunction2(ctx, type.generic, function->name, (int)function->length, kind,
                            magic | (int)function->number);
}

/* Makes a class, and returns its constructor. */
static JSValue zmqjs_qjs_begin_class(zmqjs_qjs_builder *builder, const zmqjs_class *definition) {
    JSContext *ctx = zmqjs_qjs_ctx(&builder->call);
    JSValue constructor, prototype = JS_NewObject(ctx);
    if (zmqjs_qjs_append(ctx, builder->call.state->holder, prototype) < 0)
        return JS_EXCEPTION;
    constructor =
        zmqjs_qjs_new_function(builder, definition->constructor, JS_CFUNC_constructor_magic);
    if (!JS_IsException(constructor))
        JS_SetConstructor(ctx, constructor, prototype);
    builder->targets[ZMQJS_ON_PROTOTYPE] = prototype;
    builder->targets[ZMQJS_ON_CONSTRUCTOR] = constructor;
    return constructor;
}

static int zmqjs_qjs_define(void *payload, const zmqjs_definition *definition) {
    zmqjs_qjs_builder *builder = (zmqjs_qjs_builder *)payload;
    JSContext *ctx = zmqjs_qjs_ctx(&builder->call);
    const zmqjs_property *property = definition->property;
    JSValueConst target = builder->targets[property->target];
    JSValue value, setter, name = property->name != NULL
                                      ? JS_NewString(ctx, property->name)
                                      : zmqjs_qjs_get_global(ctx, "Symbol", property->symbol);
    const int has_key = JS_IsString(name) || JS_IsSymbol(name); /* the engine may lack the symbol */
    JSAtom key = has_key ? JS_ValueToAtom(ctx, name) : JS_ATOM_NULL;
    int result, flags = (int)zmqjs_adapter_flags(property->attributes, JS_PROP_WRITABLE, JS_PROP_ENUMERABLE,
                                                 JS_PROP_CONFIGURABLE);
    JS_FreeValue(ctx, name);
    if (key == JS_ATOM_NULL)
        return has_key || JS_IsException(name) ? ZMQJS_EXCEPTION : ZMQJS_OK;
    if (definition->class_begun != NULL)
        value = zmqjs_qjs_begin_class(builder, definition->class_begun);
    else if (definition->function != NULL)
        value = zmqjs_qjs_new_function(builder, definition->function, JS_CFUNC_generic_magic);
    else
        value = zmqjs_qjs_new_value(&builder->call, definition->value);
    setter = zmqjs_qjs_new_function(builder, definition->setter, JS_CFUNC_generic_magic);
    if (JS_IsException(value) || JS_IsException(setter)) {
        JS_FreeValue(ctx, value);
        JS_FreeValue(ctx, setter);
        result = -1;
    } else if (definition->is_accessor) {
        result = JS_DefinePropertyGetSet(ctx, target, key, value, setter, flags);
    } else {
        result = JS_DefinePropertyValue(ctx, target, key, value, flags);
    }
    JS_FreeAtom(ctx, key);
    return result < 0 ? ZMQJS_EXCEPTION : ZMQJS_OK;
}

/* The getter of a property that instances of a global constructor inherit, or undefined. */
static JSValue zmqjs_qjs_get_getter(JSContext *ctx, const char *constructor, const char *name) {
    JSValue next, object = zmqjs_qjs_get_global(ctx, constructor, "prototype");
    JSAtom key = JS_NewAtom(ctx, name);
    JSPropertyDescriptor descriptor;
    int found = JS_IsException(object) || key == JS_ATOM_NULL ? -1 : 0;
    while (found == 0 && JS_IsObject(object)) {
        found = JS_GetOwnProperty(ctx, &descriptor, object, key);
        next = JS_GetPrototype(ctx, object);
        JS_FreeValue(ctx, object);
        object = next;
    }
    JS_FreeValue(ctx, object);
    JS_FreeAtom(ctx, key);
    if (found <= 0)
        return found < 0 ? JS_EXCEPTION : JS_UNDEFINED;
    JS_FreeValue(ctx, descriptor.setter);
    JS_FreeValue(ctx, descriptor.value);
    return descriptor.getter;
}

/* Finds the class ids of the engine's own objects by a sample of each, which is the only way by
 * which each fork tells them without running code of the script or throwing. 0 fits no object: a
 * context may have been made without proxies or typed arrays. */
static int zmqjs_qjs_find_kinds(JSContext *ctx, zmqjs_qjs_state *state) {
    JSValue buffer[2];
    int kind, result;
    buffer[0] = buffer[1] = JS_NewArrayBufferCopy(ctx, (const uint8_t *)"", 0);
    result = JS_IsException(buffer[0]) ? -1 : 0;
    for (kind = 0; kind < ZMQJS_QJS_KINDS && result == 0; kind++) {
        JSValue constructor = zmqjs_qjs_get_global(ctx, zmqjs_qjs_kinds[kind], NULL);
        JSValue sample = JS_DupValue(ctx, constructor);
        if (JS_IsConstructor(ctx, constructor)) {
            JS_FreeValue(ctx, sample);
            sample = JS_CallConstructor(ctx, constructor,
                                        kind == ZMQJS_QJS_ARRAY_BUFFER ? 0
                                        : kind == ZMQJS_QJS_PROXY      ? 2
                                                                       : 1,
                                        buffer);
        }
        state->kinds[kind] = 255;
        while (state->kinds[kind] > 0 && JS_GetOpaque(sample, state->kinds[kind]) == NULL)
            state->kinds[kind]--;
        result = JS_IsException(sample) ? -1 : 0;
        JS_FreeValue(ctx, sample);
        JS_FreeValue(ctx, constructor);
    }
    JS_FreeValue(ctx, buffer[0]);
    return result;
}

/* Fills the holder, in the order of the enumeration. */
static int zmqjs_qjs_build(JSContext *ctx, zmqjs_qjs_state *state) {
    static const struct {
        const char *constructor, *getter; /* getter: that of its instances, instead of it */
    } kept[] = {{"Error", NULL},
                {"TypeError", NULL},
                {"RangeError", NULL},
                {"Uint8Array", NULL},
                {"DataView", "buffer"},
                {"DataView", "byteOffset"},
                {"DataView", "byteLength"},
                {"Uint8Array", "byteLength"}};
    zmqjs_qjs_object *holder = state->holder;
    const zmqjs_function *const *functions;
    zmqjs_qjs_builder builder;
    size_t i;
    int status;
    for (i = 0; i < sizeof kept / sizeof *kept; i++) {
        JSValue value = kept[i].getter == NULL
                            ? zmqjs_qjs_get_global(ctx, kept[i].constructor, NULL)
                            : zmqjs_qjs_get_getter(ctx, kept[i].constructor, kept[i].getter);
        if (zmqjs_qjs_append(ctx, holder, value) < 0)
            return -1;
    }
    if (zmqjs_qjs_append(ctx, holder, JS_NewObjectProto(ctx, JS_NULL)) < 0 ||
        zmqjs_qjs_find_kinds(ctx, state) < 0)
        return -1;
    state->knows_bigints = zmqjs_qjs_knows_bigints(ctx);
    builder.call.frame.context = ctx;
    builder.call.state = state;
    builder.call.object = NULL;
    builder.targets[0] = builder.targets[1] = builder.targets[2] = holder->kept[ZMQJS_QJS_EXPORTS];
    status = zmqjs_adapter_register(zmqjs_qjs_define, &builder, &functions);
    if (status != ZMQJS_OK && status != ZMQJS_EXCEPTION)
        JS_ThrowInternalError(ctx, "%s", zmqjs_last_error());
    return status == ZMQJS_OK ? 0 : -1;
}

/* Makes a context's state. Returns NULL with an exception pending. */
static zmqjs_qjs_state *zmqjs_qjs_new_state(JSContext *ctx, int place) {
    zmqjs_qjs_state *state = (zmqjs_qjs_state *)js_mallocz(ctx, sizeof *state);
    JSValue holder;
    if (state == NULL)
        return NULL;
    state->place = place;
    state->id = zmqjs_qjs_ids[place];
    holder = zmqjs_qjs_new_object(ctx, state, JS_NULL, NULL);
    if (JS_IsException(holder)) {
        js_free(ctx, state);
        return NULL;
    }
    state->holder = (zmqjs_qjs_object *)zmqjs_qjs_opaque(holder);
    if (zmqjs_qjs_build(ctx, state) < 0) {
        JS_FreeValue(ctx, holder);
        return NULL;
    }
    JS_SetClassProto(ctx, state->id, holder);
    return state;
}

/* The state of a context, made where it is missing. Returns NULL with an exception pending. */
static zmqjs_qjs_state *zmqjs_qjs_get_state(JSContext *ctx) {
    static const JSClassDef definition = {"ZeroMQ", zmqjs_qjs_finalizer, zmqjs_qjs_mark, NULL,
                                          NULL};
    JSRuntime *rt = JS_GetRuntime(ctx);
    size_t count = 0;
    const zmqjs_function *const *functions = zmqjs_functions(&count);
    const char *refusal = NULL;
    zmqjs_qjs_state *state;
    int place;
    if (functions == NULL)
        refusal = zmqjs_last_error();
    else if (!zmqjs_qjs_fits_header())
        refusal = "the zmq module was compiled with another engine's quickjs.h";
    else if (count >> ZMQJS_QJS_NUMBER_BITS > 0)
        refusal = "more functions than the adapter can number";
    if (refusal != NULL) {
        JS_ThrowInternalError(ctx, "%s", refusal);
        return NULL;
    }
    pthread_mutex_lock(&zmqjs_qjs_mutex);
    place = zmqjs_qjs_find_id(rt);
    if (zmqjs_qjs_functions == NULL)
        zmqjs_qjs_functions = functions;
    pthread_mutex_unlock(&zmqjs_qjs_mutex);
    if (place < 0 || (!JS_IsRegisteredClass(rt, zmqjs_qjs_ids[place]) &&
                      JS_NewClass(rt, zmqjs_qjs_ids[place], &definition) < 0)) {
        JS_ThrowOutOfMemory(ctx);
        return NULL;
    }
    state = zmqjs_qjs_find_state(ctx, zmqjs_qjs_ids[place]);
    return state != NULL ? state : zmqjs_qjs_new_state(ctx, place);
}

/* Names the exports of the module, or gives them their values. */
static int zmqjs_qjs_export(JSContext *ctx, JSModuleDef *module, int declare) {
    const zmqjs_qjs_state *state = zmqjs_qjs_get_state(ctx);
    JSPropertyEnum *names = NULL;
    uint32_t i, count = 0;
    int result = -1;
    if (state != NULL)
        result = JS_GetOwnPropertyNames(ctx, &names, &count, state->holder->kept[ZMQJS_QJS_EXPORTS],
                                        JS_GPN_STRING_MASK);
    for (i = 0; i < count; i++) {
        JSValue value = JS_GetProperty(ctx, state->holder->kept[ZMQJS_QJS_EXPORTS], names[i].atom);
        const char *name = JS_AtomToCString(ctx, names[i].atom);
        result = name == NULL || result < 0 ? -1
                 : declare                  ? JS_AddModuleExport(ctx, module, name)
                           : JS_SetModuleExport(ctx, module, name, JS_DupValue(ctx, value));
        JS_FreeCString(ctx, name);
        JS_FreeValue(ctx, value);
        JS_FreeAtom(ctx, names[i].atom);
    }
    js_free(ctx, names);
    return result;
}

static int zmqjs_qjs_evaluate(JSContext *ctx, JSModuleDef *module) {
    return zmqjs_qjs_export(ctx, module, 0);
}

/* Resolves the new module at once: an import that fails makes the engine free every module
 * which is not. */
static JSModuleDef *zmqjs_qjs_register(JSContext *ctx, const char *name) {
    JSModuleDef *module =
        zmqjs_qjs_get_state(ctx) != NULL ? JS_NewCModule(ctx, name, zmqjs_qjs_evaluate) : NULL;
    if (module == NULL || zmqjs_qjs_export(ctx, module, 1) < 0 ||
        JS_ResolveModule(ctx, JS_MKPTR(JS_TAG_MODULE, module)) < 0)
        return NULL;
    return module;
}

/* Evaluates it too: in Bellard's 2021 engine a script that throws makes the engine free every
 * module not yet evaluated. */
JSModuleDef *js_init_module_zmq(JSContext *ctx, const char *module_name) {
    JSModuleDef *module = zmqjs_qjs_register(ctx, module_name);
    JSValue result = JS_UNDEFINED;
    if (module != NULL) {
        JSValue value = JS_MKPTR(JS_TAG_MODULE, module);
        result = JS_EvalFunction(ctx, JS_DupValue(ctx, value));
    }
    JS_FreeValue(ctx, result);
    return JS_IsException(result) ? NULL : module;
}

#ifdef ZMQJS_QUICKJS_SHARED_LIBRARY
/*
 * Registers the module under the name it was loaded by and, for scripts that say so, as
 * "zmq". Neither is evaluated: while the engine is loading a module, that may free the
 * one which imports it.
 */
#ifdef __cplusplus
extern "C"
#endif
ZMQJS_API JSModuleDef *js_init_module(JSContext *ctx, const char *module_name);

JSModuleDef *js_init_module(JSContext *ctx, const char *module_name) {
    JSModuleDef *module = zmqjs_qjs_register(ctx, module_name);
    if (module != NULL && strcmp(module_name, "zmq") != 0 && !zmqjs_qjs_register(ctx, "zmq"))
        return NULL;
    return module;
}
#endif

zmqjs_runtime *zmqjs_quickjs_runtime(JSContext *ctx) {
    zmqjs_qjs_call call;
    call.frame.context = ctx;
    call.object = NULL;
    call.state = zmqjs_qjs_get_state(ctx);
    if (call.state == NULL || zmqjs_qjs_start(&call) < 0) {
        zmqjs_qjs_forget_exception(ctx);
        return NULL;
    }
    return call.state->runtime;
}

int zmqjs_quickjs_set_interrupted(JSContext *ctx, int (*interrupted)(void *), void *argument) {
    zmqjs_qjs_state *state = zmqjs_qjs_get_state(ctx);
    if (state == NULL)
        zmqjs_qjs_forget_exception(ctx);
    if (state == NULL || state->runtime != NULL)
        return -1;
    state->interrupt.function = interrupted;
    state->interrupt.argument = argument;
    return 0;
}

#if defined(__cplusplus) && defined(__clang__)
#pragma clang diagnostic pop
#endif

#endif /* ZMQJS_QUICKJS_IMPLEMENTATION */
