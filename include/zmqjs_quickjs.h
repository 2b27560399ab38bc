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
#define ZMQJS_QUICKJS_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Registers the module in a context under a name. Returns NULL with an exception
 * pending. */
ZMQJS_QUICKJS_API JSModuleDef *js_init_module_zmq(JSContext *ctx, const char *module_name);

/* Gives the runtime of a context, which lives as long as the context, for
 * zmqjs_interrupt(). Returns NULL if none can be made; see zmqjs_last_error(). */
ZMQJS_QUICKJS_API zmqjs_runtime *zmqjs_quickjs_runtime(JSContext *ctx);

/* Sets a function that a wait asks every 50 ms whether it shall end (nonzero). Call
 * it before the context's first call into the module; later it returns -1 and
 * changes nothing, as it does if memory runs out. */
ZMQJS_QUICKJS_API int zmqjs_quickjs_set_interrupted(JSContext *ctx, int (*interrupted)(void *),
                                                    void *argument);

#ifdef __cplusplus
}
#endif

#endif /* ZMQJS_QUICKJS_H */

#if defined(ZMQJS_QUICKJS_IMPLEMENTATION) && !defined(ZMQJS_QUICKJS_IMPLEMENTED)
#define ZMQJS_QUICKJS_IMPLEMENTED

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__cplusplus) && defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpedantic" /* compound literals in quickjs.h's macros */
#endif

/* ---- the forks ------------------------------------------------------------------- */

#if defined(ZMQJS_QJS_FORK_NG) || defined(ZMQJS_QJS_FORK_FFGLITCH) ||                              \
    defined(ZMQJS_QJS_FORK_BELLARD_2025) || defined(ZMQJS_QJS_FORK_BELLARD_2024) ||                \
    defined(ZMQJS_QJS_FORK_BELLARD_2021)
#elif defined(QUICKJS_NG) || defined(QJS_VERSION_MAJOR)
#define ZMQJS_QJS_FORK_NG
#elif defined(JS_MKMV)
#define ZMQJS_QJS_FORK_FFGLITCH
#elif defined(JS_SHORT_BIG_INT_BITS) || defined(JS_STRIP_SOURCE)
#define ZMQJS_QJS_FORK_BELLARD_2025
#elif defined(JS_EVAL_FLAG_ASYNC)
#define ZMQJS_QJS_FORK_BELLARD_2024
#elif defined(JS_EVAL_FLAG_STRIP) && defined(JS_PARSE_JSON_EXT)
#define ZMQJS_QJS_FORK_BELLARD_2021
#else
#error "zmqjs_quickjs.h: this quickjs.h is of no known fork; define the ZMQJS_QJS_FORK_ it is like"
#endif

#if defined(ZMQJS_QJS_FORK_NG) && defined(QJS_VERSION_MAJOR)
#if QJS_VERSION_MAJOR == 0 && QJS_VERSION_MINOR < 7
#error "zmqjs_quickjs.h: quickjs-ng before 0.7 does not tell when a runtime ends; take a newer one"
#endif
#endif

#ifdef JS_NAN_BOXING
#error "zmqjs_quickjs.h: engines with NaN boxing (32-bit ones) are not supported"
#endif

/*
 * The magic of a function, 15 bits: the number of our class's id in zmqjs_qjs_ids, then
 * the index of the definition. quickjs-ng counts class ids in each runtime, so there the
 * id may differ; the others count them in the process.
 */
#ifdef ZMQJS_QJS_FORK_NG
#define ZMQJS_QJS_MAX_IDS 64
#else
#define ZMQJS_QJS_MAX_IDS 1
#endif
#define ZMQJS_QJS_INDEX_BITS 9
#define ZMQJS_QJS_MAX_FUNCTIONS (1 << ZMQJS_QJS_INDEX_BITS)
#define ZMQJS_QJS_INDEX(magic) ((magic) & (ZMQJS_QJS_MAX_FUNCTIONS - 1))
#define ZMQJS_QJS_ID(magic) \
    zmqjs_qjs_ids[ZMQJS_QJS_MAX_IDS > 1 ? (magic) >> ZMQJS_QJS_INDEX_BITS : 0]

#if defined(ZMQJS_QJS_FORK_NG) || defined(ZMQJS_QJS_FORK_BELLARD_2025)
#define ZMQJS_QJS_RESIZABLE_BUFFERS
#endif

/*
 * Which engines can show foreign memory as an ArrayBuffer. FFglitch's arrays cannot.
 * Newer engines have ArrayBuffer.prototype.transfer(), which in Bellard's forgets the
 * free callback's argument, and in quickjs-ng before 0.16 reallocates foreign memory.
 */
#if defined(ZMQJS_QJS_FORK_BELLARD_2021) || defined(ZMQJS_QJS_FORK_BELLARD_2024)
#define ZMQJS_QJS_ADOPT_BY_FREE
#elif defined(ZMQJS_QJS_FORK_NG) && (QJS_VERSION_MAJOR > 0 || QJS_VERSION_MINOR >= 16)
#define ZMQJS_QJS_ADOPT_BY_REALLOC
#endif

/* ---- state ------------------------------------------------------------------------- */

/* What the holder keeps: the engine's intrinsics, for scripts may replace the globals,
 * then the module's functions, constructors and prototypes. The first three are numbered
 * as enum zmqjs_error_class. */
enum {
    ZMQJS_QJS_ERROR,
    ZMQJS_QJS_TYPE_ERROR,
    ZMQJS_QJS_RANGE_ERROR,
    ZMQJS_QJS_BYTE_ARRAY, /* Uint8Array, or the host's Uint8FFArray */
    ZMQJS_QJS_IS_VIEW,
    ZMQJS_QJS_VIEW_BUFFER,
    ZMQJS_QJS_VIEW_OFFSET,
    ZMQJS_QJS_VIEW_LENGTH,
    ZMQJS_QJS_TYPED_ARRAY_LENGTH,
    ZMQJS_QJS_IS_SAME, /* Object.is */
    ZMQJS_QJS_EXPORTS
};

/* The engine's own objects that are told by their class id. */
enum {
    ZMQJS_QJS_ARRAY_BUFFER,
    ZMQJS_QJS_UINT8_ARRAY,
    ZMQJS_QJS_DATA_VIEW,
    ZMQJS_QJS_PROXY,
    ZMQJS_QJS_KINDS
};

/*
 * What an object of our class carries. A context's holder, which no script sees, is one
 * too: it lies in the context's table of class prototypes and keeps the state's values,
 * so that all of it ends with the context.
 */
typedef struct zmqjs_qjs_object {
    struct zmqjs_qjs_state *state;
    const zmqjs_class *definition; /* NULL in the holder */
    void *pointer;
    JSValue *slots;
    size_t slot_count;
} zmqjs_qjs_object;

/* All that a context has of the module. */
typedef struct zmqjs_qjs_state {
    const zmqjs_module *module;
    zmqjs_runtime *runtime; /* NULL until the first call */
    size_t references;      /* one of each zmqjs_qjs_object */
    zmqjs_qjs_object *holder;
    int id_number;
    JSClassID id;
    JSClassID kinds[ZMQJS_QJS_KINDS]; /* 0 where the context lacks them */
    int foreign_byte_array;
    int (*interrupted)(void *argument);
    void *interrupted_argument;
    int function_count;
    const zmqjs_function *functions[ZMQJS_QJS_MAX_FUNCTIONS]; /* by the index in a magic */
} zmqjs_qjs_state;

static pthread_mutex_t zmqjs_qjs_mutex = PTHREAD_MUTEX_INITIALIZER;
static JSClassID zmqjs_qjs_ids[ZMQJS_QJS_MAX_IDS];

static zmqjs_value zmqjs_qjs_wrap(JSValueConst value) {
    zmqjs_value wrapped;
    memcpy(&wrapped, &value, sizeof wrapped);
    return wrapped;
}

static JSValue zmqjs_qjs_unwrap(zmqjs_value wrapped) {
    JSValue value;
    memcpy(&value, &wrapped, sizeof value);
    return value;
}

static void zmqjs_qjs_forget_exception(JSContext *ctx) {
    JS_FreeValue(ctx, JS_GetException(ctx));
}

/* As JS_GetPropertyStr, which takes a name for which there is no memory for an empty one. */
static JSValue zmqjs_qjs_get(JSContext *ctx, JSValueConst object, const char *name) {
    JSAtom atom = JS_NewAtom(ctx, name);
    JSValue value = JS_EXCEPTION;
    if (atom != JS_ATOM_NULL) {
        value = JS_GetProperty(ctx, object, atom);
        JS_FreeAtom(ctx, atom);
    }
    return value;
}

static JSValue zmqjs_qjs_get_global(JSContext *ctx, const char *name) {
    JSValue global = JS_GetGlobalObject(ctx);
    JSValue value = zmqjs_qjs_get(ctx, global, name);
    JS_FreeValue(ctx, global);
    return value;
}

/* The key for a name, or for "@@" and the name of a well-known symbol: JS_ATOM_NULL if the
 * engine lacks that. */
static int zmqjs_qjs_get_key(JSContext *ctx, const char *name, JSAtom *key) {
    JSValue symbols, symbol = JS_UNDEFINED;
    *key = JS_ATOM_NULL;
    if (strncmp(name, "@@", 2) != 0) {
        *key = JS_NewAtom(ctx, name);
        return *key == JS_ATOM_NULL ? -1 : 0;
    }
    symbols = zmqjs_qjs_get_global(ctx, "Symbol");
    if (JS_IsObject(symbols)) {
        symbol = zmqjs_qjs_get(ctx, symbols, name + 2);
    }
    if (JS_IsSymbol(symbol)) {
        *key = JS_ValueToAtom(ctx, symbol);
    }
    JS_FreeValue(ctx, symbol);
    JS_FreeValue(ctx, symbols);
    return JS_IsException(symbols) || JS_IsException(symbol) ? -1 : 0;
}

/* Defines a property, if there is a key for it. Takes over value. */
static int zmqjs_qjs_define(JSContext *ctx, JSValueConst object, const char *name, JSValue value,
                            int flags) {
    int result;
    JSAtom key;
    if (JS_IsException(value)) {
        return -1;
    }
    result = zmqjs_qjs_get_key(ctx, name, &key);
    if (key == JS_ATOM_NULL) {
        JS_FreeValue(ctx, value);
        return result;
    }
    result = JS_DefinePropertyValue(ctx, object, key, value, flags);
    JS_FreeAtom(ctx, key);
    return result;
}

static zmqjs_qjs_object *zmqjs_qjs_own_object(JSValueConst value) {
#ifdef ZMQJS_QJS_FORK_NG
    JSClassID id;
    return (zmqjs_qjs_object *)JS_GetAnyOpaque(value, &id);
#else
    return (zmqjs_qjs_object *)JS_GetOpaque(value, zmqjs_qjs_ids[0]);
#endif
}

/* When a context is collected, the holder may go before the instances. */
static void zmqjs_qjs_finalizer(JSRuntime *rt, JSValue value) {
    zmqjs_qjs_object *object = zmqjs_qjs_own_object(value);
    zmqjs_qjs_state *state = object != NULL ? object->state : NULL;
    size_t i;
    if (object == NULL) {
        return;
    }
    zmqjs_finalize(object->pointer);
    for (i = 0; i < object->slot_count; i++) {
        JS_FreeValueRT(rt, object->slots[i]);
    }
    js_free_rt(rt, object->slots);
    js_free_rt(rt, object);
    if (--state->references == 0) {
        if (state->runtime != NULL) {
            zmqjs_runtime_free(state->runtime);
        }
        js_free_rt(rt, state);
    }
}

static void zmqjs_qjs_mark(JSRuntime *rt, JSValueConst value, JS_MarkFunc *mark) {
    zmqjs_qjs_object *object = zmqjs_qjs_own_object(value);
    size_t i;
    for (i = 0; object != NULL && i < object->slot_count; i++) {
        JS_MarkValue(rt, object->slots[i], mark);
    }
}

/* Makes an object of our class, with room for the state's values if it is the holder. */
static JSValue zmqjs_qjs_new_own_object(JSContext *ctx, zmqjs_qjs_state *state,
                                        JSValueConst prototype, size_t slot_count) {
    size_t size = (slot_count > 0 ? slot_count : 1) * sizeof(JSValue);
    zmqjs_qjs_object *object = (zmqjs_qjs_object *)js_mallocz(ctx, sizeof *object);
    JSValue *slots = (JSValue *)js_malloc(ctx, size);
    JSValue value = JS_EXCEPTION;
    if (object != NULL && slots != NULL) {
        value = JS_NewObjectProtoClass(ctx, prototype, state->id);
    }
    if (JS_IsException(value)) {
        js_free(ctx, slots);
        js_free(ctx, object);
        return value;
    }
    object->state = state;
    object->slots = slots;
    while (object->slot_count < slot_count) {
        slots[object->slot_count++] = JS_UNDEFINED;
    }
    state->references++;
    JS_SetOpaque(value, object);
    return value;
}

/* The number of our class's id in a runtime, or -1. Called with the mutex held. */
#ifdef ZMQJS_QJS_FORK_NG
typedef struct zmqjs_qjs_registration {
    struct zmqjs_qjs_registration *next;
    JSRuntime *rt;
    int id_number;
} zmqjs_qjs_registration;

static zmqjs_qjs_registration *zmqjs_qjs_registrations;

static void zmqjs_qjs_unregister(JSRuntime *rt, void *argument) {
    zmqjs_qjs_registration **link = &zmqjs_qjs_registrations;
    (void)rt;
    pthread_mutex_lock(&zmqjs_qjs_mutex);
    while (*link != argument) {
        link = &(*link)->next;
    }
    *link = (*link)->next;
    pthread_mutex_unlock(&zmqjs_qjs_mutex);
    free(argument);
}

static int zmqjs_qjs_find_id(JSRuntime *rt) {
    zmqjs_qjs_registration *entry = zmqjs_qjs_registrations;
    JSClassID id = 0;
    int number = 0;
    while (entry != NULL && entry->rt != rt) {
        entry = entry->next;
    }
    if (entry != NULL) {
        return entry->id_number;
    }
    JS_NewClassID(rt, &id);
    while (zmqjs_qjs_ids[number] != 0 && zmqjs_qjs_ids[number] != id) {
        if (++number == ZMQJS_QJS_MAX_IDS) {
            return -1;
        }
    }
    entry = (zmqjs_qjs_registration *)malloc(sizeof *entry);
    if (entry == NULL || JS_AddRuntimeFinalizer(rt, zmqjs_qjs_unregister, entry) < 0) {
        free(entry);
        return -1;
    }
    zmqjs_qjs_ids[number] = id;
    entry->rt = rt;
    entry->id_number = number;
    entry->next = zmqjs_qjs_registrations;
    zmqjs_qjs_registrations = entry;
    return number;
}
#else
static int zmqjs_qjs_find_id(JSRuntime *rt) {
    (void)rt;
    JS_NewClassID(&zmqjs_qjs_ids[0]);
    return 0;
}
#endif

static int zmqjs_qjs_register_class(JSContext *ctx) {
    static const JSClassDef definition = {"ZeroMQ", zmqjs_qjs_finalizer, zmqjs_qjs_mark, NULL,
                                          NULL};
    JSRuntime *rt = JS_GetRuntime(ctx);
    int number;
    pthread_mutex_lock(&zmqjs_qjs_mutex);
    number = zmqjs_qjs_find_id(rt);
    pthread_mutex_unlock(&zmqjs_qjs_mutex);
    if (number < 0 || (!JS_IsRegisteredClass(rt, zmqjs_qjs_ids[number]) &&
                       JS_NewClass(rt, zmqjs_qjs_ids[number], &definition) < 0)) {
        JS_ThrowOutOfMemory(ctx);
        return -1;
    }
    return number;
}

static zmqjs_qjs_state *zmqjs_qjs_find_state(JSContext *ctx, JSClassID id) {
    JSValue value = JS_GetClassProto(ctx, id);
    zmqjs_qjs_object *holder = (zmqjs_qjs_object *)JS_GetOpaque(value, id);
    JS_FreeValue(ctx, value);
    return holder != NULL ? holder->state : NULL;
}

/* ---- reading values ------------------------------------------------------------------ */

/* Reads a BigInt that fits: 1, 0 if it does not, or -1. JS_ToBigInt64 wraps silently, so what
 * it gives is made a BigInt again and compared. */
static int zmqjs_qjs_get_small_bigint(zmqjs_qjs_state *state, JSContext *ctx, JSValueConst value,
                                      int64_t *number) {
    JSValue pair[2], result;
    if (!JS_IsFunction(ctx, state->holder->slots[ZMQJS_QJS_IS_SAME])) {
        return 0;
    }
    if (JS_ToBigInt64(ctx, number, value) < 0) {
        return -1;
    }
    pair[0] = value;
    pair[1] = JS_NewBigInt64(ctx, *number);
    if (JS_IsException(pair[1])) {
        return -1;
    }
    result = JS_Call(ctx, state->holder->slots[ZMQJS_QJS_IS_SAME], JS_UNDEFINED, 2, pair);
    JS_FreeValue(ctx, pair[1]);
    return JS_IsException(result) ? -1 : JS_IsBool(result) && JS_VALUE_GET_BOOL(result);
}

/* By its digits: no function of the engine tells whether a BigInt fits. */
static int zmqjs_qjs_get_bigint(zmqjs_qjs_state *state, JSContext *ctx, JSValueConst value,
                                zmqjs_data *data) {
    int small = zmqjs_qjs_get_small_bigint(state, ctx, value, &data->as.bigint);
    const char *digits;
    uint64_t bits;
    data->type = ZMQJS_BIGINT;
    if (small != 0) {
        return small > 0 ? ZMQJS_OK : ZMQJS_EXCEPTION;
    }
    digits = JS_ToCString(ctx, value);
    if (digits == NULL) {
        return ZMQJS_EXCEPTION;
    }
    errno = 0;
    bits = digits[0] == '-' ? (uint64_t)strtoll(digits, NULL, 10) : strtoull(digits, NULL, 10);
    data->as.bigint = (int64_t)bits;
    if (errno == ERANGE) {
        data->flags = ZMQJS_BIGINT_TRUNCATED;
    } else if (digits[0] != '-' && bits > INT64_MAX) {
        data->flags = ZMQJS_BIGINT_UNSIGNED;
    }
    JS_FreeCString(ctx, digits);
    return ZMQJS_OK;
}

static int zmqjs_qjs_get_string(JSContext *ctx, JSValueConst value, zmqjs_data *data) {
    const char *text = JS_ToCStringLen(ctx, &data->as.string.length, value);
    if (text == NULL) {
        return ZMQJS_EXCEPTION;
    }
    data->type = ZMQJS_STRING;
    data->as.string.data = text;
    data->held[0] = (void *)(uintptr_t)text;
    return ZMQJS_OK;
}

/* Calls a kept getter of the engine's own: -1 where it throws, as for a detached buffer; the
 * size is 0 then. */
static int zmqjs_qjs_get_size(zmqjs_qjs_state *state, JSContext *ctx, int getter,
                              JSValueConst object, size_t *size) {
    int64_t number = 0;
    JSValue result = JS_Call(ctx, state->holder->slots[getter], object, 0, NULL);
    int failed = JS_IsException(result) || JS_ToInt64(ctx, &number, result) < 0;
    if (failed) {
        zmqjs_qjs_forget_exception(ctx);
    }
    JS_FreeValue(ctx, result);
    *size = number > 0 ? (size_t)number : 0;
    return failed ? -1 : 0;
}

/* Shows a part of an ArrayBuffer, as much of it as is there. */
static void zmqjs_qjs_get_part(JSContext *ctx, JSValueConst buffer, size_t offset, size_t length,
                               zmqjs_data *data) {
    size_t size = 0;
    uint8_t *bytes = JS_GetArrayBuffer(ctx, &size, buffer);
    data->type = ZMQJS_BYTES;
    if (bytes == NULL) {
        zmqjs_qjs_forget_exception(ctx);
    } else if (offset < size) {
        data->as.bytes.data = bytes + offset;
        data->as.bytes.length = length < size - offset ? length : size - offset;
    }
}

static int zmqjs_qjs_get_data_view(zmqjs_qjs_state *state, JSContext *ctx, JSValueConst value,
                                   zmqjs_data *data) {
    JSValue buffer = JS_Call(ctx, state->holder->slots[ZMQJS_QJS_VIEW_BUFFER], value, 0, NULL);
    size_t offset, length;
    int failed;
    if (JS_IsException(buffer)) {
        return ZMQJS_EXCEPTION;
    }
    failed = zmqjs_qjs_get_size(state, ctx, ZMQJS_QJS_VIEW_OFFSET, value, &offset) < 0 ||
             zmqjs_qjs_get_size(state, ctx, ZMQJS_QJS_VIEW_LENGTH, value, &length) < 0;
    zmqjs_qjs_get_part(ctx, buffer, failed ? 0 : offset, failed ? SIZE_MAX : length, data);
    JS_FreeValue(ctx, buffer);
    if (failed) {
#ifndef ZMQJS_QJS_RESIZABLE_BUFFERS
        if (data->as.bytes.data != NULL) { /* so it is not because the buffer is detached */
            data->type = ZMQJS_OBJECT;
        }
#endif
        memset(&data->as, 0, sizeof data->as);
    }
    return ZMQJS_OK;
}

/* FFglitch's ArrayBuffer.isView() takes its motion vectors for views too, whose bytes cannot be
 * had. Of a detached typed array the length is 0. */
static void zmqjs_qjs_get_typed_array(zmqjs_qjs_state *state, JSContext *ctx, JSValueConst value,
                                      zmqjs_data *data) {
    size_t offset, length, element;
    JSValue buffer = JS_GetTypedArrayBuffer(ctx, value, &offset, &length, &element);
    data->type = ZMQJS_BYTES;
    if (JS_IsException(buffer)) {
        zmqjs_qjs_forget_exception(ctx);
        if (zmqjs_qjs_get_size(state, ctx, ZMQJS_QJS_TYPED_ARRAY_LENGTH, value, &length) < 0) {
            data->type = ZMQJS_OBJECT;
        }
        return;
    }
#ifdef ZMQJS_QJS_RESIZABLE_BUFFERS
    /* The length of a view that follows its buffer's size may be out of date, unless the
     * view ends where the buffer does. */
    zmqjs_qjs_get_part(ctx, buffer, 0, SIZE_MAX, data);
    if (data->as.bytes.length != offset + length) {
        zmqjs_qjs_get_size(state, ctx, ZMQJS_QJS_TYPED_ARRAY_LENGTH, value, &length);
    }
    memset(&data->as, 0, sizeof data->as);
#endif
    zmqjs_qjs_get_part(ctx, buffer, offset, length, data);
    JS_FreeValue(ctx, buffer);
}

/* Of any element type. Asking JS_GetTypedArrayBuffer would throw, and Bellard's 2021 engine
 * crashes when it throws in a native function without memory for the error. */
static int zmqjs_qjs_is_view(zmqjs_qjs_state *state, JSContext *ctx, JSValueConst value) {
    JSValue result = JS_Call(ctx, state->holder->slots[ZMQJS_QJS_IS_VIEW], JS_UNDEFINED, 1, &value);
    if (JS_IsException(result)) {
        zmqjs_qjs_forget_exception(ctx);
        return 0;
    }
    return JS_IsBool(result) && JS_VALUE_GET_BOOL(result);
}

#ifdef ZMQJS_QJS_FORK_FFGLITCH
#define ZMQJS_QJS_TRY_FFARRAY(element, kind)                                                       \
    do {                                                                                           \
        element *elements;                                                                         \
        if (JS_Get##kind##FFArray(value, &elements, &count) ||                                     \
            JS_Get##kind##FFPtr(value, &elements, &count)) {                                       \
            data->type = ZMQJS_BYTES;                                                              \
            data->as.bytes.data = elements;                                                        \
            data->as.bytes.length = count * sizeof *elements;                                      \
            return 1;                                                                              \
        }                                                                                          \
    } while (0)

static int zmqjs_qjs_get_ffarray(JSValueConst value, zmqjs_data *data) {
    uint32_t count;
    ZMQJS_QJS_TRY_FFARRAY(uint8_t, Uint8);
    ZMQJS_QJS_TRY_FFARRAY(int8_t, Int8);
    ZMQJS_QJS_TRY_FFARRAY(int16_t, Int16);
    ZMQJS_QJS_TRY_FFARRAY(uint16_t, Uint16);
    ZMQJS_QJS_TRY_FFARRAY(int32_t, Int32);
    ZMQJS_QJS_TRY_FFARRAY(uint32_t, Uint32);
    ZMQJS_QJS_TRY_FFARRAY(int64_t, Int64);
    ZMQJS_QJS_TRY_FFARRAY(uint64_t, Uint64);
    return 0;
}
#endif

static int zmqjs_qjs_is_array(JSContext *ctx, JSValueConst value) {
#ifdef QUICKJS_NG
    (void)ctx;
    return JS_IsArray(value);
#else
    return JS_IsArray(ctx, value) > 0;
#endif
}

static int zmqjs_qjs_get_array(JSContext *ctx, JSValueConst value, zmqjs_data *data) {
    int64_t length = 0;
    JSValue property = zmqjs_qjs_get(ctx, value, "length");
    if (JS_IsException(property)) {
        return ZMQJS_EXCEPTION;
    }
    JS_ToInt64(ctx, &length, property);
    data->type = ZMQJS_ARRAY;
    data->as.elements.length = (size_t)length;
    return ZMQJS_OK;
}

static int zmqjs_qjs_get_object(zmqjs_qjs_state *state, JSContext *ctx, JSValueConst value,
                                zmqjs_data *data) {
    zmqjs_qjs_object *instance;
#ifdef ZMQJS_QJS_FORK_FFGLITCH
    if (zmqjs_qjs_get_ffarray(value, data)) {
        return ZMQJS_OK;
    }
#endif
    instance = (zmqjs_qjs_object *)JS_GetOpaque(value, state->id);
    data->type = ZMQJS_OBJECT;
    if (instance != NULL) {
        data->type = ZMQJS_NATIVE;
        data->as.native.definition = instance->definition;
        data->as.native.pointer = instance->pointer;
        return ZMQJS_OK;
    }
    if (JS_GetOpaque(value, state->kinds[ZMQJS_QJS_UINT8_ARRAY]) != NULL) {
        zmqjs_qjs_get_typed_array(state, ctx, value, data);
    } else if (JS_GetOpaque(value, state->kinds[ZMQJS_QJS_PROXY]) != NULL) {
        return ZMQJS_OK; /* whatever it is asked would run its traps */
    } else if (JS_GetOpaque(value, state->kinds[ZMQJS_QJS_ARRAY_BUFFER]) != NULL) {
        zmqjs_qjs_get_part(ctx, value, 0, SIZE_MAX, data);
    } else if (JS_GetOpaque(value, state->kinds[ZMQJS_QJS_DATA_VIEW]) != NULL) {
        return zmqjs_qjs_get_data_view(state, ctx, value, data);
    } else if (zmqjs_qjs_is_array(ctx, value)) {
        return zmqjs_qjs_get_array(ctx, value, data);
    } else if (zmqjs_qjs_is_view(state, ctx, value)) {
        zmqjs_qjs_get_typed_array(state, ctx, value, data);
    }
    return ZMQJS_OK;
}

static int zmqjs_qjs_value_get(void *payload, void *context, zmqjs_value wrapped,
                               zmqjs_data *data) {
    JSContext *ctx = (JSContext *)context;
    JSValue value = zmqjs_qjs_unwrap(wrapped);
    switch (JS_VALUE_GET_NORM_TAG(value)) {
    case JS_TAG_INT:
        data->type = ZMQJS_INT32;
        data->as.int32 = JS_VALUE_GET_INT(value);
        return ZMQJS_OK;
    case JS_TAG_OBJECT:
        return zmqjs_qjs_get_object((zmqjs_qjs_state *)payload, ctx, value, data);
    case JS_TAG_UNDEFINED:
        return ZMQJS_OK;
    case JS_TAG_NULL:
        data->type = ZMQJS_NULL;
        return ZMQJS_OK;
    case JS_TAG_BOOL:
        data->type = ZMQJS_BOOLEAN;
        data->as.boolean = JS_VALUE_GET_BOOL(value);
        return ZMQJS_OK;
    case JS_TAG_FLOAT64:
        zmqjs_adapter_get_number(JS_VALUE_GET_FLOAT64(value), data);
        return ZMQJS_OK;
    case JS_TAG_BIG_INT:
#ifdef JS_VALUE_GET_SHORT_BIG_INT
    case JS_TAG_SHORT_BIG_INT:
#endif
        return zmqjs_qjs_get_bigint((zmqjs_qjs_state *)payload, ctx, value, data);
    default: /* strings have several tags in some engines */
        if (JS_IsString(value)) {
            return zmqjs_qjs_get_string(ctx, value, data);
        }
        data->type = ZMQJS_OBJECT;
        return ZMQJS_OK;
    }
}

static void zmqjs_qjs_value_release(void *payload, void *context, zmqjs_data *data) {
    (void)payload;
    if (data->type == ZMQJS_STRING) {
        JS_FreeCString((JSContext *)context, (const char *)data->held[0]);
    }
}

static void zmqjs_qjs_release(JSContext *ctx, zmqjs_data *data, int count) {
    while (count-- > 0) {
        zmqjs_qjs_value_release(NULL, ctx, &data[count]);
    }
}

static void zmqjs_qjs_value_free(void *payload, void *context, zmqjs_value value) {
    (void)payload;
    JS_FreeValue((JSContext *)context, zmqjs_qjs_unwrap(value));
}

static int zmqjs_qjs_hand_out(JSValue result, zmqjs_value *value) {
    if (JS_IsException(result)) {
        return ZMQJS_EXCEPTION;
    }
    *value = zmqjs_qjs_wrap(result);
    return ZMQJS_OK;
}

static int zmqjs_qjs_element_get(void *payload, void *context, zmqjs_value array, uint32_t index,
                                 zmqjs_value *element) {
    (void)payload;
    return zmqjs_qjs_hand_out(
        JS_GetPropertyUint32((JSContext *)context, zmqjs_qjs_unwrap(array), index), element);
}

/* ---- making values --------------------------------------------------------------------- */

static JSValue zmqjs_qjs_new_bytes(zmqjs_qjs_state *state, JSContext *ctx, const void *data,
                                   size_t length) {
#ifdef ZMQJS_QJS_FORK_FFGLITCH
    uint8_t *bytes;
    JSValue array;
    (void)state;
    if (length > UINT32_MAX) {
        return JS_ThrowRangeError(ctx, "invalid array length");
    }
    array = JS_NewUint8FFArray(ctx, &bytes, (uint32_t)length, 0);
    if (JS_IsException(array)) {
        return JS_ThrowOutOfMemory(ctx); /* it leaves none pending */
    }
    if (length > 0) {
        memcpy(bytes, data, length);
    }
    return array;
#else
    JSValue array, buffer;
    buffer = JS_NewArrayBufferCopy(ctx, (const uint8_t *)(length > 0 ? data : ""), length);
    if (JS_IsException(buffer)) {
        return buffer;
    }
    array = JS_CallConstructor(ctx, state->holder->slots[ZMQJS_QJS_BYTE_ARRAY], 1, &buffer);
    JS_FreeValue(ctx, buffer);
    return array;
#endif
}

/* An array, or with names an object. */
static JSValue zmqjs_qjs_new_elements(JSContext *ctx, const zmqjs_data *data) {
    JSValue result = data->type == ZMQJS_ARRAY ? JS_NewArray(ctx) : JS_NewObject(ctx);
    size_t i;
    for (i = 0; !JS_IsException(result) && i < data->as.elements.length; i++) {
        JSValue element = JS_DupValue(ctx, zmqjs_qjs_unwrap(data->as.elements.values[i]));
        int defined =
            data->type == ZMQJS_ARRAY
                ? JS_DefinePropertyValueUint32(ctx, result, (uint32_t)i, element, JS_PROP_C_W_E)
                : zmqjs_qjs_define(ctx, result, data->as.elements.names[i], element,
                                   JS_PROP_C_W_E);
        if (defined < 0) {
            JS_FreeValue(ctx, result);
            result = JS_EXCEPTION;
        }
    }
    return result;
}

/* The prototype of a new instance: that of new.target, if it has one. */
static JSValue zmqjs_qjs_prototype_for(zmqjs_qjs_state *state, JSContext *ctx,
                                       const zmqjs_data *data) {
    const zmqjs_module *module = state->module;
    size_t i;
    if (data->as.native.construct != NULL) {
        JSValue prototype =
            zmqjs_qjs_get(ctx, zmqjs_qjs_unwrap(*data->as.native.construct), "prototype");
        if (JS_IsException(prototype) || JS_IsObject(prototype)) {
            return prototype;
        }
        JS_FreeValue(ctx, prototype);
    }
    for (i = 0; i < module->class_count; i++) {
        if (module->classes[i] == data->as.native.definition) {
            size_t first = ZMQJS_QJS_EXPORTS + module->function_count + module->class_count;
            return JS_DupValue(ctx, state->holder->slots[first + i]);
        }
    }
    return JS_ThrowTypeError(ctx, "a class of another module");
}

static JSValue zmqjs_qjs_new_instance(zmqjs_qjs_state *state, JSContext *ctx,
                                      const zmqjs_data *data) {
    JSValue value, prototype = zmqjs_qjs_prototype_for(state, ctx, data);
    if (JS_IsException(prototype)) {
        return prototype;
    }
    value = zmqjs_qjs_new_own_object(ctx, state, prototype, 0);
    JS_FreeValue(ctx, prototype);
    if (!JS_IsException(value)) {
        zmqjs_qjs_object *instance = zmqjs_qjs_own_object(value);
        instance->definition = data->as.native.definition;
        instance->pointer = data->as.native.pointer;
    }
    return value;
}

/* A value that takes no memory. */
static inline JSValue zmqjs_qjs_new_plain(JSContext *ctx, const zmqjs_data *data) {
    switch (data->type) {
    case ZMQJS_INT32:
        return JS_MKVAL(JS_TAG_INT, data->as.int32);
    case ZMQJS_DOUBLE:
        return JS_NewFloat64(ctx, data->as.number);
    case ZMQJS_BOOLEAN:
        return JS_NewBool(ctx, data->as.boolean != 0);
    case ZMQJS_NULL:
        return JS_NULL;
    default:
        return JS_UNDEFINED;
    }
}

static int zmqjs_qjs_value_new(void *payload, void *context, const zmqjs_data *data,
                               zmqjs_value *value) {
    zmqjs_qjs_state *state = (zmqjs_qjs_state *)payload;
    JSContext *ctx = (JSContext *)context;
    JSValue result;
    switch (data->type) {
    case ZMQJS_UNDEFINED:
    case ZMQJS_NULL:
    case ZMQJS_BOOLEAN:
    case ZMQJS_INT32:
    case ZMQJS_DOUBLE:
        result = zmqjs_qjs_new_plain(ctx, data);
        break;
    case ZMQJS_BIGINT:
        result = data->flags & ZMQJS_BIGINT_UNSIGNED
                     ? JS_NewBigUint64(ctx, (uint64_t)data->as.bigint)
                     : JS_NewBigInt64(ctx, data->as.bigint);
        break;
    case ZMQJS_STRING:
        result = JS_NewStringLen(ctx, data->as.string.length > 0 ? data->as.string.data : "",
                                 data->as.string.length);
        break;
    case ZMQJS_BYTES:
        result = zmqjs_qjs_new_bytes(state, ctx, data->as.bytes.data, data->as.bytes.length);
        break;
    case ZMQJS_NATIVE:
        result = zmqjs_qjs_new_instance(state, ctx, data);
        break;
    case ZMQJS_ARRAY:
    case ZMQJS_OBJECT:
        result = zmqjs_qjs_new_elements(ctx, data);
        break;
    default:
        result = JS_ThrowTypeError(ctx, "unknown type of value: %u", (unsigned)data->type);
        break;
    }
    return zmqjs_qjs_hand_out(result, value);
}

#if defined(ZMQJS_QJS_ADOPT_BY_FREE) || defined(ZMQJS_QJS_ADOPT_BY_REALLOC)
typedef struct zmqjs_qjs_adopted {
    zmqjs_release release; /* NULL until the adoption has succeeded */
    void *argument;
} zmqjs_qjs_adopted;

/* Called a second time, without bytes, for a buffer that was detached. */
static void zmqjs_qjs_adopted_free(JSRuntime *rt, void *opaque, void *bytes) {
    zmqjs_qjs_adopted *adopted = (zmqjs_qjs_adopted *)opaque;
    if (bytes == NULL) {
        return;
    }
    if (adopted->release != NULL) {
        adopted->release(adopted->argument);
    }
    js_free_rt(rt, adopted);
}

#ifdef ZMQJS_QJS_ADOPT_BY_REALLOC
static void *zmqjs_qjs_adopted_realloc(JSRuntime *rt, void *opaque, void *bytes, size_t size) {
    if (size == 0) {
        zmqjs_qjs_adopted_free(rt, opaque, bytes);
    }
    return NULL;
}
#endif

static int zmqjs_qjs_bytes_adopt(void *payload, void *context, void *data, size_t length,
                                 zmqjs_release release, void *argument, zmqjs_value *value) {
    zmqjs_qjs_state *state = (zmqjs_qjs_state *)payload;
    JSContext *ctx = (JSContext *)context;
    JSValue array, buffer;
    zmqjs_qjs_adopted *adopted;
    if (length == 0 || length > INT32_MAX || state->foreign_byte_array) {
        return ZMQJS_REFUSED;
    }
    adopted = (zmqjs_qjs_adopted *)js_malloc(ctx, sizeof *adopted);
    if (adopted == NULL) {
        return ZMQJS_EXCEPTION;
    }
    adopted->release = NULL;
    adopted->argument = argument;
#ifdef ZMQJS_QJS_ADOPT_BY_REALLOC
    buffer = JS_NewArrayBuffer(ctx, (uint8_t *)data, length, length, zmqjs_qjs_adopted_realloc,
                               adopted, 0);
#else
    buffer = JS_NewArrayBuffer(ctx, (uint8_t *)data, length, zmqjs_qjs_adopted_free, adopted, 0);
#endif
    if (JS_IsException(buffer)) {
        js_free(ctx, adopted);
        return ZMQJS_EXCEPTION;
    }
    array = JS_CallConstructor(ctx, state->holder->slots[ZMQJS_QJS_BYTE_ARRAY], 1, &buffer);
    if (!JS_IsException(array)) {
        adopted->release = release;
    }
    JS_FreeValue(ctx, buffer);
    return zmqjs_qjs_hand_out(array, value);
}
#endif

/* ---- slots, errors, interrupts ------------------------------------------------------------ */

static int zmqjs_qjs_grow_slots(JSContext *ctx, zmqjs_qjs_object *instance, size_t index) {
    size_t count = index + 1 + instance->slot_count / 2;
    JSValue *slots = (JSValue *)js_realloc(ctx, instance->slots, count * sizeof *slots);
    if (slots == NULL) {
        return ZMQJS_EXCEPTION;
    }
    instance->slots = slots;
    while (instance->slot_count < count) {
        slots[instance->slot_count++] = JS_UNDEFINED;
    }
    return ZMQJS_OK;
}

static int zmqjs_qjs_slot_set(void *payload, void *context, zmqjs_value object, uint32_t index,
                              zmqjs_value value) {
    JSContext *ctx = (JSContext *)context;
    JSValue former, kept = zmqjs_qjs_unwrap(value);
    zmqjs_qjs_object *instance = (zmqjs_qjs_object *)JS_GetOpaque2(
        ctx, zmqjs_qjs_unwrap(object), ((zmqjs_qjs_state *)payload)->id);
    if (instance == NULL) {
        return ZMQJS_EXCEPTION;
    }
    if (index >= instance->slot_count && zmqjs_qjs_grow_slots(ctx, instance, index) != ZMQJS_OK) {
        return ZMQJS_EXCEPTION;
    }
    former = instance->slots[index];
    instance->slots[index] = JS_DupValue(ctx, kept);
    JS_FreeValue(ctx, former);
    return ZMQJS_OK;
}

static int zmqjs_qjs_slot_get(void *payload, void *context, zmqjs_value object, uint32_t index,
                              zmqjs_value *value) {
    JSContext *ctx = (JSContext *)context;
    zmqjs_qjs_object *instance = (zmqjs_qjs_object *)JS_GetOpaque2(
        ctx, zmqjs_qjs_unwrap(object), ((zmqjs_qjs_state *)payload)->id);
    if (instance == NULL) {
        return ZMQJS_EXCEPTION;
    }
    return zmqjs_qjs_hand_out(index < instance->slot_count
                                  ? JS_DupValue(ctx, instance->slots[index])
                                  : JS_UNDEFINED,
                              value);
}

/* By the constructor, because JS_ThrowTypeError cuts its text at 255 bytes and
 * JS_NewError knows only Error. */
static void zmqjs_qjs_throw_error(void *payload, void *context, const zmqjs_error *error) {
    zmqjs_qjs_state *state = (zmqjs_qjs_state *)payload;
    JSContext *ctx = (JSContext *)context;
    const int flags = JS_PROP_C_W_E;
    uint32_t index =
        error->error_class <= ZMQJS_QJS_RANGE_ERROR ? error->error_class : (uint32_t)ZMQJS_ERROR;
    JSValue exception, message = JS_NewString(ctx, error->message);
    if (JS_IsException(message)) {
        return;
    }
    exception = JS_CallConstructor(ctx, state->holder->slots[index], 1, &message);
    JS_FreeValue(ctx, message);
    if (JS_IsException(exception)) {
        return;
    }
    if ((error->code != NULL && zmqjs_qjs_define(ctx, exception, "code",
                                                 JS_NewString(ctx, error->code), flags) < 0) ||
        (error->endpoint != NULL &&
         zmqjs_qjs_define(ctx, exception, "endpoint", JS_NewString(ctx, error->endpoint), flags) <
             0) ||
        (error->error_number != 0 &&
         zmqjs_qjs_define(ctx, exception, "errno", JS_NewInt32(ctx, error->error_number), flags) <
             0)) {
        JS_FreeValue(ctx, exception);
        return;
    }
    JS_Throw(ctx, exception);
}

static void zmqjs_qjs_throw_text(zmqjs_qjs_state *state, JSContext *ctx, uint32_t error_class,
                                 const char *text) {
    zmqjs_error error;
    memset(&error, 0, sizeof error);
    error.error_class = error_class;
    error.message = text;
    zmqjs_qjs_throw_error(state, ctx, &error);
}

static void zmqjs_qjs_throw_status(zmqjs_qjs_state *state, JSContext *ctx, int status) {
    const zmqjs_error error = zmqjs_adapter_error(status, zmqjs_last_error());
    zmqjs_qjs_throw_error(state, ctx, &error);
}

static int zmqjs_qjs_interrupted(void *payload, void *context) {
    zmqjs_qjs_state *state = (zmqjs_qjs_state *)payload;
    (void)context;
    return state->interrupted(state->interrupted_argument);
}

/* ---- calls ---------------------------------------------------------------------------------- */

/* The array that scripts expect of a host which has them is looked for only now: a host
 * may define it by a script of its own, after it has registered the module. */
static int zmqjs_qjs_find_foreign_byte_array(JSContext *ctx, zmqjs_qjs_state *state) {
#ifndef ZMQJS_QJS_FORK_FFGLITCH
    JSValue constructor = zmqjs_qjs_get_global(ctx, "Uint8FFArray");
    if (JS_IsException(constructor)) {
        return -1;
    }
    if (JS_IsConstructor(ctx, constructor)) {
        JS_FreeValue(ctx, state->holder->slots[ZMQJS_QJS_BYTE_ARRAY]);
        state->holder->slots[ZMQJS_QJS_BYTE_ARRAY] = constructor;
        state->foreign_byte_array = 1;
    } else {
        JS_FreeValue(ctx, constructor);
    }
#else
    (void)ctx;
    (void)state;
#endif
    return 0;
}

static int zmqjs_qjs_start(JSContext *ctx, zmqjs_qjs_state *state) {
    zmqjs_engine engine;
    int status;
    if (state->runtime == NULL && zmqjs_qjs_find_foreign_byte_array(ctx, state) < 0) {
        return -1;
    }
    if (state->runtime != NULL) {
        return 0;
    }
    memset(&engine, 0, sizeof engine);
    engine.abi_version = ZMQJS_ABI_VERSION;
    engine.size = sizeof engine;
    engine.name = "quickjs";
    engine.value_get = zmqjs_qjs_value_get;
    engine.value_new = zmqjs_qjs_value_new;
    engine.element_get = zmqjs_qjs_element_get;
    engine.slot_set = zmqjs_qjs_slot_set;
    engine.slot_get = zmqjs_qjs_slot_get;
    engine.throw_error = zmqjs_qjs_throw_error;
    engine.value_release = zmqjs_qjs_value_release;
    engine.value_free = zmqjs_qjs_value_free;
#if defined(ZMQJS_QJS_ADOPT_BY_FREE) || defined(ZMQJS_QJS_ADOPT_BY_REALLOC)
    engine.bytes_adopt = zmqjs_qjs_bytes_adopt;
#endif
    engine.interrupted = state->interrupted != NULL ? zmqjs_qjs_interrupted : NULL;
    status = zmqjs_runtime_new(&engine, state, &state->runtime);
    if (status != ZMQJS_OK) {
        zmqjs_qjs_throw_status(state, ctx, status);
        return -1;
    }
    return 0;
}

/* The state of the context that a function belongs to, ready for a call. */
static zmqjs_qjs_state *zmqjs_qjs_enter(JSContext *ctx, int magic) {
    zmqjs_qjs_state *state = zmqjs_qjs_find_state(ctx, ZMQJS_QJS_ID(magic));
    if (state == NULL) {
        JS_ThrowInternalError(ctx, "the module is not registered in this context");
        return NULL;
    }
    return zmqjs_qjs_start(ctx, state) < 0 ? NULL : state;
}

/* Reads the arguments: how many there are to release, or -1. */
static inline int zmqjs_qjs_read(zmqjs_qjs_state *state, JSContext *ctx,
                                 const zmqjs_function *function, int argc, JSValueConst *argv,
                                 zmqjs_data *data) {
    int i, borrowed = 0;
    if (argc > function->parameter_count) {
        argc = function->parameter_count;
    }
    for (i = 0; i < argc; i++) {
        int is_read = (function->reads & 1u << i) != 0;
        if (is_read && JS_VALUE_GET_TAG(argv[i]) == JS_TAG_INT) { /* the most frequent ones */
            data[i].type = ZMQJS_INT32;
            data[i].flags = 0;
            data[i].as.int32 = JS_VALUE_GET_INT(argv[i]);
            continue;
        }
        memset(&data[i], 0, sizeof data[i]);
        if (!is_read) {
            continue;
        }
        if (zmqjs_qjs_value_get(state, ctx, zmqjs_qjs_wrap(argv[i]), &data[i]) != ZMQJS_OK) {
            zmqjs_qjs_release(ctx, data, borrowed);
            return -1;
        }
        if (data[i].type == ZMQJS_STRING) {
            borrowed = i + 1;
        }
    }
    return borrowed;
}

static JSValue zmqjs_qjs_run(JSContext *ctx, zmqjs_qjs_state *state,
                             const zmqjs_function *function, JSValueConst this_value,
                             const zmqjs_qjs_object *instance, int argc, JSValueConst *argv) {
    zmqjs_call call;
    zmqjs_data data[ZMQJS_PARAMETER_MAXIMUM];
    int status, borrowed = argc > 0 ? zmqjs_qjs_read(state, ctx, function, argc, argv, data) : 0;
    if (borrowed < 0) {
        return JS_EXCEPTION;
    }
    call.data = data;
    call.wants_data = 1;
    call.runtime = state->runtime;
    call.context = ctx;
    call.this_value = zmqjs_qjs_wrap(this_value);
    call.this_definition = instance != NULL ? instance->definition : NULL;
    call.this_pointer = instance != NULL ? instance->pointer : NULL;
    call.arguments = (const zmqjs_value *)(const void *)argv;
    call.argument_count = (size_t)argc;
    status = function->call(function, &call);
    if (borrowed > 0) {
        zmqjs_qjs_release(ctx, data, borrowed);
    }
    if (status == ZMQJS_DATA) {
        return zmqjs_qjs_new_plain(ctx, &call.result_data);
    }
    if (status == ZMQJS_OK) {
        return zmqjs_qjs_unwrap(call.result);
    }
    if (status != ZMQJS_EXCEPTION) {
        zmqjs_qjs_throw_status(state, ctx, status);
    }
    return JS_EXCEPTION;
}

/* Every function, method, getter and setter. That of an instance finds its state at once. */
static JSValue zmqjs_qjs_call(JSContext *ctx, JSValueConst this_value, int argc,
                              JSValueConst *argv, int magic) {
    zmqjs_qjs_object *instance =
        (zmqjs_qjs_object *)JS_GetOpaque(this_value, ZMQJS_QJS_ID(magic));
    zmqjs_qjs_state *state = instance != NULL ? instance->state : zmqjs_qjs_enter(ctx, magic);
    if (state == NULL) {
        return JS_EXCEPTION;
    }
    return zmqjs_qjs_run(ctx, state, state->functions[ZMQJS_QJS_INDEX(magic)], this_value,
                         instance, argc, argv);
}

static JSValue zmqjs_qjs_construct(JSContext *ctx, JSValueConst new_target, int argc,
                                   JSValueConst *argv, int magic) {
    zmqjs_qjs_state *state = zmqjs_qjs_enter(ctx, magic);
    const zmqjs_class *definition;
    if (state == NULL) {
        return JS_EXCEPTION;
    }
    definition = state->module->classes[ZMQJS_QJS_INDEX(magic)];
    if (definition->constructor == NULL) {
        zmqjs_qjs_throw_text(state, ctx, ZMQJS_TYPE_ERROR,
                             definition->construct_error != NULL ? definition->construct_error
                                                                 : "Illegal constructor");
        return JS_EXCEPTION;
    }
    return zmqjs_qjs_run(ctx, state, definition->constructor, new_target, NULL, argc, argv);
}

/* ---- building the module -------------------------------------------------------------------- */

static JSValue zmqjs_qjs_new_function(JSContext *ctx, zmqjs_qjs_state *state,
                                      const zmqjs_function *function, const char *prefix) {
    char name[128];
    JSCFunctionType type;
    int index = state->function_count++;
    state->functions[index] = function;
    snprintf(name, sizeof name, strncmp(function->name, "@@", 2) == 0 ? "[Symbol.%s%s]" : "%s%s",
             prefix, function->name + (strncmp(function->name, "@@", 2) == 0 ? 2 : 0));
    type.generic_magic = zmqjs_qjs_call;
    return JS_NewCFunction2(ctx, type.generic, name, function->length, JS_CFUNC_generic_magic,
                            state->id_number << ZMQJS_QJS_INDEX_BITS | index);
}

static int zmqjs_qjs_define_accessor(JSContext *ctx, zmqjs_qjs_state *state,
                                     JSValueConst prototype, const zmqjs_accessor *accessor) {
    JSValue getter = zmqjs_qjs_new_function(ctx, state, accessor->getter, "get ");
    JSValue setter = accessor->setter != NULL
                         ? zmqjs_qjs_new_function(ctx, state, accessor->setter, "set ")
                         : JS_UNDEFINED;
    JSAtom name = JS_NewAtom(ctx, accessor->name);
    int result = -1;
    if (name == JS_ATOM_NULL || JS_IsException(getter) || JS_IsException(setter)) {
        JS_FreeValue(ctx, getter);
        JS_FreeValue(ctx, setter);
    } else {
        result = JS_DefinePropertyGetSet(ctx, prototype, name, getter, setter,
                                         JS_PROP_CONFIGURABLE);
    }
    JS_FreeAtom(ctx, name);
    return result;
}

/* Keeps a value in the holder, which owns it then. */
static int zmqjs_qjs_keep(zmqjs_qjs_state *state, size_t index, JSValue value) {
    if (JS_IsException(value)) {
        return -1;
    }
    state->holder->slots[index] = value;
    return 0;
}

static int zmqjs_qjs_build_class(JSContext *ctx, zmqjs_qjs_state *state, size_t index) {
    const zmqjs_class *definition = state->module->classes[index];
    size_t constructor = ZMQJS_QJS_EXPORTS + state->module->function_count + index;
    size_t prototype = constructor + state->module->class_count;
    int length = definition->constructor != NULL ? definition->constructor->length : 0;
    JSValue object = JS_NewObject(ctx);
    JSCFunctionType type;
    size_t i;
    type.constructor_magic = zmqjs_qjs_construct;
    if (zmqjs_qjs_keep(state, prototype, object) < 0 ||
        zmqjs_qjs_keep(state, constructor,
                       JS_NewCFunction2(ctx, type.generic, definition->name, length,
                                        JS_CFUNC_constructor_magic,
                                        state->id_number << ZMQJS_QJS_INDEX_BITS | (int)index)) <
            0) {
        return -1;
    }
    JS_SetConstructor(ctx, state->holder->slots[constructor], object);
    for (i = 0; i < definition->method_count; i++) {
        const zmqjs_function *method = definition->methods[i];
        if (zmqjs_qjs_define(ctx, object, method->name,
                             zmqjs_qjs_new_function(ctx, state, method, ""),
                             JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE) < 0) {
            return -1;
        }
    }
    for (i = 0; i < definition->accessor_count; i++) {
        if (zmqjs_qjs_define_accessor(ctx, state, object, definition->accessors[i]) < 0) {
            return -1;
        }
    }
    return zmqjs_qjs_define(ctx, object, "@@toStringTag", JS_NewString(ctx, definition->name),
                            JS_PROP_CONFIGURABLE);
}

static int zmqjs_qjs_build(JSContext *ctx, zmqjs_qjs_state *state) {
    const zmqjs_module *module = state->module;
    size_t i;
    for (i = 0; i < module->function_count; i++) {
        if (zmqjs_qjs_keep(state, ZMQJS_QJS_EXPORTS + i,
                           zmqjs_qjs_new_function(ctx, state, module->functions[i], "")) < 0) {
            return -1;
        }
    }
    for (i = 0; i < module->class_count; i++) {
        if (zmqjs_qjs_build_class(ctx, state, i) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Makes an object by a global constructor, or undefined where there is none: a context may
 * have been made without proxies or typed arrays. */
static JSValue zmqjs_qjs_new_sample(JSContext *ctx, const char *name, int argc,
                                    JSValueConst *argv) {
    JSValue sample = JS_UNDEFINED, constructor = zmqjs_qjs_get_global(ctx, name);
    if (JS_IsException(constructor)) {
        return constructor;
    }
    if (JS_IsConstructor(ctx, constructor)) {
        sample = JS_CallConstructor(ctx, constructor, argc, argv);
    }
    JS_FreeValue(ctx, constructor);
    return sample;
}

/* The class id of a sample: the only way by which each fork tells its own objects without
 * running code of the script or throwing. 0 fits no object. */
static JSClassID zmqjs_qjs_class_of(JSValueConst sample) {
    JSClassID id = 255;
    while (id > 0 && JS_GetOpaque(sample, id) == NULL) {
        id--;
    }
    return id;
}

/* Keeps the getter of a property that an object has from the prototype so many steps up. */
static int zmqjs_qjs_keep_getter(JSContext *ctx, zmqjs_qjs_state *state, size_t index,
                                 JSValueConst object, int steps, const char *property) {
    JSPropertyDescriptor descriptor;
    JSAtom name = JS_NewAtom(ctx, property);
    JSValue prototype = JS_DupValue(ctx, object);
    int found = -1;
    while (steps-- > 0) {
        JSValue next = JS_GetPrototype(ctx, prototype);
        JS_FreeValue(ctx, prototype);
        prototype = next;
    }
    if (name != JS_ATOM_NULL && JS_IsObject(prototype)) {
        found = JS_GetOwnProperty(ctx, &descriptor, prototype, name);
    }
    JS_FreeValue(ctx, prototype);
    JS_FreeAtom(ctx, name);
    if (found > 0) {
        state->holder->slots[index] = descriptor.getter;
        JS_FreeValue(ctx, descriptor.setter);
        JS_FreeValue(ctx, descriptor.value);
    }
    return found < 0 ? -1 : 0;
}

static int zmqjs_qjs_keep_static(JSContext *ctx, zmqjs_qjs_state *state, size_t index,
                                 const char *constructor, const char *function) {
    int result;
    JSValue object = zmqjs_qjs_get_global(ctx, constructor);
    if (JS_IsException(object)) {
        return -1;
    }
    result = zmqjs_qjs_keep(state, index, zmqjs_qjs_get(ctx, object, function));
    JS_FreeValue(ctx, object);
    return result;
}

static int zmqjs_qjs_keep_getters(JSContext *ctx, zmqjs_qjs_state *state, JSValueConst view,
                                  JSValueConst bytes) {
    if (!JS_IsObject(view) || !JS_IsObject(bytes)) {
        return 0;
    }
    if (zmqjs_qjs_keep_static(ctx, state, ZMQJS_QJS_IS_VIEW, "ArrayBuffer", "isView") < 0 ||
        zmqjs_qjs_keep_getter(ctx, state, ZMQJS_QJS_VIEW_BUFFER, view, 1, "buffer") < 0 ||
        zmqjs_qjs_keep_getter(ctx, state, ZMQJS_QJS_VIEW_OFFSET, view, 1, "byteOffset") < 0 ||
        zmqjs_qjs_keep_getter(ctx, state, ZMQJS_QJS_VIEW_LENGTH, view, 1, "byteLength") < 0) {
        return -1;
    }
    return zmqjs_qjs_keep_getter(ctx, state, ZMQJS_QJS_TYPED_ARRAY_LENGTH, bytes, 2, "byteLength");
}

static int zmqjs_qjs_keep_intrinsics(JSContext *ctx, zmqjs_qjs_state *state) {
    static const char *const constructors[] = {"Error", "TypeError", "RangeError", "Uint8Array"};
    static const char *const kinds[] = {"ArrayBuffer", "Uint8Array", "DataView", "Proxy"};
    JSValue samples[ZMQJS_QJS_KINDS], arguments[2];
    int i, result = 0;
    for (i = 0; i <= ZMQJS_QJS_BYTE_ARRAY; i++) {
        if (zmqjs_qjs_keep(state, (size_t)i, zmqjs_qjs_get_global(ctx, constructors[i])) < 0) {
            return -1;
        }
    }
    if (zmqjs_qjs_keep_static(ctx, state, ZMQJS_QJS_IS_SAME, "Object", "is") < 0) {
        return -1;
    }
    for (i = 0; i < ZMQJS_QJS_KINDS; i++) {
        samples[i] = JS_UNDEFINED;
        arguments[0] = arguments[1] =
            i == ZMQJS_QJS_PROXY ? state->holder->slots[ZMQJS_QJS_ERROR] : samples[0];
        if (result == 0) {
            samples[i] = zmqjs_qjs_new_sample(ctx, kinds[i], i < ZMQJS_QJS_PROXY ? i > 0 : 2,
                                              arguments);
            result = JS_IsException(samples[i]) ? -1 : 0;
        }
        state->kinds[i] = zmqjs_qjs_class_of(samples[i]);
    }
    if (result == 0) {
        result = zmqjs_qjs_keep_getters(ctx, state, samples[ZMQJS_QJS_DATA_VIEW],
                                        samples[ZMQJS_QJS_UINT8_ARRAY]);
    }
    for (i = 0; i < ZMQJS_QJS_KINDS; i++) {
        JS_FreeValue(ctx, samples[i]);
    }
    return result;
}

/* Makes the holder of a new state. */
static JSValue zmqjs_qjs_new_holder(JSContext *ctx, const zmqjs_module *module, int id_number) {
    size_t values = ZMQJS_QJS_EXPORTS + module->function_count + 2 * module->class_count;
    zmqjs_qjs_state *state;
    JSValue value;
    if (zmqjs_adapter_count_functions(module) > ZMQJS_QJS_MAX_FUNCTIONS) {
        return JS_ThrowInternalError(ctx, "more functions than the adapter can number");
    }
    state = (zmqjs_qjs_state *)js_mallocz(ctx, sizeof *state);
    if (state == NULL) {
        return JS_EXCEPTION;
    }
    state->module = module;
    state->id_number = id_number;
    state->id = zmqjs_qjs_ids[id_number];
    value = zmqjs_qjs_new_own_object(ctx, state, JS_NULL, values);
    if (JS_IsException(value)) {
        js_free(ctx, state);
        return value;
    }
    state->holder = zmqjs_qjs_own_object(value);
    if (zmqjs_qjs_keep_intrinsics(ctx, state) < 0 || zmqjs_qjs_build(ctx, state) < 0) {
        JS_FreeValue(ctx, value);
        return JS_EXCEPTION;
    }
    return value;
}

/* Whether the engine is the one that quickjs.h is from, where it tells: quickjs-ng changes
 * signatures between its minor versions. */
static int zmqjs_qjs_fits_header(void) {
#if defined(ZMQJS_QJS_FORK_NG) && defined(QJS_VERSION_MAJOR)
    char version[32];
    snprintf(version, sizeof version, "%d.%d.", QJS_VERSION_MAJOR, QJS_VERSION_MINOR);
    return strncmp(JS_GetVersion(), version, strlen(version)) == 0;
#else
    return 1;
#endif
}

/* The state of a context, made where it is missing. Returns NULL with an exception pending. */
static zmqjs_qjs_state *zmqjs_qjs_get_state(JSContext *ctx) {
    const zmqjs_module *module;
    zmqjs_qjs_state *state;
    JSValue holder;
    int id_number;
    if (!zmqjs_qjs_fits_header()) {
        JS_ThrowInternalError(ctx, "the zmq module was compiled with another engine's quickjs.h");
        return NULL;
    }
    id_number = zmqjs_qjs_register_class(ctx);
    if (id_number < 0) {
        return NULL;
    }
    state = zmqjs_qjs_find_state(ctx, zmqjs_qjs_ids[id_number]);
    if (state != NULL) {
        return state;
    }
    module = zmqjs_module_definition();
    if (module == NULL) {
        JS_ThrowInternalError(ctx, "%s", zmqjs_last_error());
        return NULL;
    }
    holder = zmqjs_qjs_new_holder(ctx, module, id_number);
    if (JS_IsException(holder)) {
        return NULL;
    }
    state = zmqjs_qjs_own_object(holder)->state;
    JS_SetClassProto(ctx, state->id, holder);
    return state;
}

/* ---- registering ----------------------------------------------------------------------------- */

/* Names an export, or gives it its value. */
static int zmqjs_qjs_export(JSContext *ctx, JSModuleDef *module, int declare, const char *name,
                            JSValueConst value) {
    return declare ? JS_AddModuleExport(ctx, module, name)
                   : JS_SetModuleExport(ctx, module, name, JS_DupValue(ctx, value));
}

static int zmqjs_qjs_export_all(JSContext *ctx, JSModuleDef *module, int declare,
                                const zmqjs_qjs_state *state) {
    const zmqjs_module *definition = state->module;
    const JSValue *value = state->holder->slots + ZMQJS_QJS_EXPORTS;
    size_t i;
    for (i = 0; i < definition->function_count; i++) {
        if (zmqjs_qjs_export(ctx, module, declare, definition->functions[i]->name, *value++) < 0) {
            return -1;
        }
    }
    for (i = 0; i < definition->class_count; i++) {
        if (zmqjs_qjs_export(ctx, module, declare, definition->classes[i]->name, *value++) < 0) {
            return -1;
        }
    }
    for (i = 0; i < definition->constant_count; i++) {
        const zmqjs_constant *constant = definition->constants[i];
        if (zmqjs_qjs_export(ctx, module, declare, constant->name,
                             JS_NewInt64(ctx, constant->value)) < 0) {
            return -1;
        }
    }
    return 0;
}

static int zmqjs_qjs_evaluate(JSContext *ctx, JSModuleDef *module) {
    const zmqjs_qjs_state *state = zmqjs_qjs_get_state(ctx);
    return state == NULL ? -1 : zmqjs_qjs_export_all(ctx, module, 0, state);
}

/* Resolves the new module at once: an import that fails makes the engine free every module
 * which is not. */
static JSModuleDef *zmqjs_qjs_register(JSContext *ctx, const char *name) {
    const zmqjs_qjs_state *state = zmqjs_qjs_get_state(ctx);
    JSModuleDef *module = state == NULL ? NULL : JS_NewCModule(ctx, name, zmqjs_qjs_evaluate);
    if (module == NULL || zmqjs_qjs_export_all(ctx, module, 1, state) < 0 ||
        JS_ResolveModule(ctx, JS_MKPTR(JS_TAG_MODULE, module)) < 0) {
        return NULL;
    }
    return module;
}

JSModuleDef *js_init_module_zmq(JSContext *ctx, const char *module_name) {
    JSModuleDef *module = zmqjs_qjs_register(ctx, module_name);
#ifdef ZMQJS_QJS_FORK_BELLARD_2021
    /* Here a script that throws makes the engine free every module not yet evaluated. */
    if (module != NULL) {
        JSValue value = JS_DupValue(ctx, JS_MKPTR(JS_TAG_MODULE, module));
        JSValue result = JS_EvalFunction(ctx, value);
        if (JS_IsException(result)) {
            return NULL;
        }
        JS_FreeValue(ctx, result);
    }
#endif
    return module;
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
    if (module != NULL && strcmp(module_name, "zmq") != 0 && !zmqjs_qjs_register(ctx, "zmq")) {
        return NULL;
    }
    return module;
}
#endif

zmqjs_runtime *zmqjs_quickjs_runtime(JSContext *ctx) {
    zmqjs_qjs_state *state = zmqjs_qjs_get_state(ctx);
    if (state == NULL || zmqjs_qjs_start(ctx, state) < 0) {
        zmqjs_qjs_forget_exception(ctx);
        return NULL;
    }
    return state->runtime;
}

int zmqjs_quickjs_set_interrupted(JSContext *ctx, int (*interrupted)(void *), void *argument) {
    zmqjs_qjs_state *state = zmqjs_qjs_get_state(ctx);
    if (state == NULL) {
        zmqjs_qjs_forget_exception(ctx);
        return -1;
    }
    if (state->runtime != NULL) {
        return -1;
    }
    state->interrupted = interrupted;
    state->interrupted_argument = argument;
    return 0;
}

#if defined(__cplusplus) && defined(__clang__)
#pragma clang diagnostic pop
#endif

#endif /* ZMQJS_QUICKJS_IMPLEMENTATION */
