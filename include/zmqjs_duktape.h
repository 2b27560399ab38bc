/*
 * zmqjs_duktape.h - the module "zmq" for Duktape 2.4 and newer
 *
 * Header-only. In ONE file of the host:
 *
 *     #include "duktape.h"             the host's own
 *     #define ZMQJS_DUKTAPE_IMPLEMENTATION
 *     #include "zmqjs_duktape.h"       and link with -lzmqjs
 *
 * and for each global environment, before its scripts run:
 *
 *     duk_push_c_function(ctx, zmqjs_duktape_open, 0);
 *     duk_call(ctx, 0);
 *     duk_put_global_string(ctx, "zmq");     or whatever the host's require() gives
 *
 * Other files may include it for its declarations. The implementation is C99 to C17, the
 * declarations are C++ too. ZMQJS_DUKTAPE_STATIC, defined before, makes the functions static.
 *
 * Everything belongs to the global environment and ends with it, at the latest in
 * duk_destroy_heap(), which waits for messages not yet sent as zmqjs_runtime_free() does.
 * It is used on the heap's thread, like every function of the engine. Nothing of the
 * library is made before a script's first call into the module.
 *
 * Of what Duktape lacks: where the module gives a BigInt, it gives a number, or a
 * RangeError if that would not be exact. Methods of well-known symbols that are not there
 * are left out. An array whose prototype is null is no array for the module: nothing else
 * tells it from a Proxy without running the traps. Messages of a million parts do not fit
 * the engine's stack. It runs no finalizers inside a coroutine: what a script drops there
 * without closing it, stays open until the module ends.
 */
#ifndef ZMQJS_DUKTAPE_H
#define ZMQJS_DUKTAPE_H

#include "zmqjs_adapter.h"

#ifndef DUK_VERSION
#error "zmqjs_duktape.h: include the engine's duktape.h first"
#endif

#ifdef ZMQJS_DUKTAPE_STATIC
#define ZMQJS_DUKTAPE_API static __attribute__((unused))
#else
#define ZMQJS_DUKTAPE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Pushes the module's object, the same one at every call in a global environment, and
 * returns 1. It is a Duktape/C function and throws like one: call it from a protected call. */
ZMQJS_DUKTAPE_API duk_ret_t zmqjs_duktape_open(duk_context *ctx);

/* Gives the runtime of a global environment, which lives as long as that, for
 * zmqjs_interrupt(). Returns NULL if the module is not open there, or no runtime can be
 * made. It throws nothing. */
ZMQJS_DUKTAPE_API zmqjs_runtime *zmqjs_duktape_runtime(duk_context *ctx);

/* Sets a function that a wait asks every 50 ms whether it shall end (nonzero). Call it
 * after the module is open and before the first call into it; else it returns -1 and
 * changes nothing. It throws nothing. */
ZMQJS_DUKTAPE_API int zmqjs_duktape_set_interrupted(duk_context *ctx, int (*interrupted)(void *),
                                                    void *argument);

#ifdef __cplusplus
}
#endif

#endif /* ZMQJS_DUKTAPE_H */

#if defined(ZMQJS_DUKTAPE_IMPLEMENTATION) && !defined(ZMQJS_DUKTAPE_IMPLEMENTED)
#define ZMQJS_DUKTAPE_IMPLEMENTED

#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
#error "zmqjs_duktape.h: the implementation is C; put it into a file of its own"
#endif

#if DUK_VERSION < 20400
#error "zmqjs_duktape.h: Duktape before 2.4 has no arrays without a prototype; take a newer one"
#endif

/* ---- state ------------------------------------------------------------------------- */

/* What is ours of an object lies in a bare array under this key, which scripts cannot name.
 * Its element 0 is a fixed buffer with a zmqjs_duk_native or a zmqjs_duk_state. */
#define ZMQJS_DUK_KEY DUK_HIDDEN_SYMBOL("zmqjs")

/* The stack entries that the work of a callback may use at most. */
#define ZMQJS_DUK_ROOM 16

/* The elements of the holder, which the functions of the module and the global stash refer
 * to. Constructors of errors are kept, for scripts may replace the globals. */
enum {
    ZMQJS_DUK_STATE,
    ZMQJS_DUK_ERRORS, /* in the order of enum zmqjs_error_class */
    ZMQJS_DUK_FINALIZER = ZMQJS_DUK_ERRORS + 3, /* of instances */
    ZMQJS_DUK_MODULE,
    ZMQJS_DUK_PROTOTYPES
};

/* What the library is to be told the end of. All of a state are a list: the engine collects
 * without calling finalizers what it collects inside a coroutine. */
typedef struct zmqjs_duk_owned {
    void *pointer;
    struct zmqjs_duk_owned *next, **link;
} zmqjs_duk_owned;

/* What belongs to an instance. Element 1 of its array is the holder, then come its slots. The
 * finalizer is the array's: that of the instance itself could be replaced by a script. */
typedef struct zmqjs_duk_native {
    void *instance; /* its heap pointer: other objects may inherit the hidden property */
    const zmqjs_class *definition;
    struct zmqjs_duk_state *state;
    zmqjs_duk_owned *owned; /* NULL: finalized */
} zmqjs_duk_native;
#define ZMQJS_DUK_SLOTS 2

/* All that a global environment has of the module. The memory is the engine's and outlives
 * the holder's finalizer: other finalizers may still call functions of the module. */
typedef struct zmqjs_duk_state {
    zmqjs_duk_native none; /* so that no function of the module is taken for an instance */
    const zmqjs_module *module;
    zmqjs_runtime *runtime; /* NULL until the first call */
    void *holder;           /* its heap pointer */
    int ended;              /* and so is everything owned */
    zmqjs_duk_owned *owned;
    int (*interrupted)(void *argument);
    void *interrupted_argument;
    int function_count;
    const zmqjs_function *functions[]; /* by the magic of the engine's functions */
} zmqjs_duk_state;

/* The stack of one call: the arguments, this, the pending exception, then cells with the
 * values that the library owns. A zmqjs_value is an index there. Free cells are a list. */
typedef struct zmqjs_duk_frame {
    duk_context *ctx;
    zmqjs_duk_state *state;
    duk_idx_t pending;
    duk_idx_t free_cell; /* holds the index of the next one; 0: none */
} zmqjs_duk_frame;

/* The arguments of a callback, for the part of it that may throw. */
typedef struct zmqjs_duk_job {
    zmqjs_duk_state *state;
    duk_idx_t object, value;
    uint32_t index;
    zmqjs_data *read;
    const zmqjs_data *data;
    const zmqjs_error *error;
} zmqjs_duk_job;

static zmqjs_value zmqjs_duk_wrap(duk_idx_t index) {
    return (zmqjs_value){{(uint64_t)index, 0}};
}

static duk_idx_t zmqjs_duk_unwrap(zmqjs_value value) {
    return (duk_idx_t)value.bits[0];
}

/* Pushes the hidden array of an object, or undefined, and gives the memory of its buffer. */
static void *zmqjs_duk_push_hidden(duk_context *ctx, duk_idx_t object) {
    if (!duk_get_prop_literal(ctx, object, ZMQJS_DUK_KEY))
        return NULL;
    duk_get_prop_index(ctx, -1, 0);
    void *memory = duk_get_buffer(ctx, -1, NULL);
    duk_pop(ctx);
    return memory;
}

/* What belongs to an instance, or NULL. A Proxy has the hidden properties of its target. */
static zmqjs_duk_native *zmqjs_duk_get_native(duk_context *ctx, duk_idx_t object) {
    zmqjs_duk_native *native = zmqjs_duk_push_hidden(ctx, object);
    duk_pop(ctx);
    int is_own = native && native->instance == duk_get_heapptr(ctx, object);
    return is_own && native->owned && !native->state->ended ? native : NULL;
}

static void zmqjs_duk_push_kept(duk_context *ctx, zmqjs_duk_state *state, size_t index) {
    duk_push_heapptr(ctx, state->holder);
    duk_get_prop_index(ctx, -1, (duk_uarridx_t)index);
    duk_remove(ctx, -2);
}

/* Defines a property, and pops its value. The name may be "@@" and that of a well-known
 * symbol: nothing is defined if the engine lacks it. */
static void zmqjs_duk_define(duk_context *ctx, duk_idx_t object, const char *name,
                             duk_uint_t flags) {
    object = duk_normalize_index(ctx, object);
    duk_push_string(ctx, name);
    if (strncmp(name, "@@", 2) == 0) {
        duk_pop(ctx);
        duk_get_global_literal(ctx, "Symbol");
        if (duk_is_object(ctx, -1))
            duk_get_prop_string(ctx, -1, name + 2);
        else
            duk_push_undefined(ctx);
        duk_remove(ctx, -2);
        if (!duk_is_symbol(ctx, -1)) {
            duk_pop_2(ctx);
            return;
        }
    }
    duk_insert(ctx, -2);
    duk_def_prop(ctx, object, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_HAVE_WEC | flags);
}

/* ---- text and errors ----------------------------------------------------------------- */

/* Writes the engine's text as UTF-8, which is not longer, and gives its length. A pair of
 * surrogates is two characters of three bytes there. */
static size_t zmqjs_duk_to_utf8(const unsigned char *text, size_t length, unsigned char *out) {
    size_t written = 0;
    for (size_t at = 0; at < length;) {
        const unsigned char *in = text + at;
        if (length - at < 6 || in[0] != 0xED || (in[1] & 0xF0) != 0xA0 || in[3] != 0xED ||
            (in[4] & 0xF0) != 0xB0) {
            out[written++] = text[at++];
            continue;
        }
        uint32_t character = 0x10000u + ((in[1] & 0x0Fu) << 16 | (in[2] & 0x3Fu) << 10 |
                                         (in[4] & 0x0Fu) << 6 | (in[5] & 0x3Fu));
        out[written++] = (unsigned char)(0xF0 | character >> 18);
        out[written++] = (unsigned char)(0x80 | (character >> 12 & 0x3F));
        out[written++] = (unsigned char)(0x80 | (character >> 6 & 0x3F));
        out[written++] = (unsigned char)(0x80 | (character & 0x3F));
        at += 6;
    }
    return written;
}

/* Pushes well-formed UTF-8 as the engine's text, which is at most half as much more. */
static void zmqjs_duk_push_text(duk_context *ctx, const char *text, size_t length) {
    const unsigned char *in = (const unsigned char *)text, *end = in + length;
    while (in < end && *in < 0xF0)
        in++;
    if (in == end) {
        duk_push_lstring(ctx, length > 0 ? text : "", length);
        return;
    }
    unsigned char *out = duk_push_fixed_buffer(ctx, length + length / 2);
    size_t written = 0;
    for (in = (const unsigned char *)text; in < end;) {
        if (*in < 0xF0) {
            out[written++] = *in++;
            continue;
        }
        uint32_t rest = ((in[0] & 0x07u) << 18 | (in[1] & 0x3Fu) << 12 | (in[2] & 0x3Fu) << 6 |
                         (in[3] & 0x3Fu)) - 0x10000u;
        out[written++] = 0xED;
        out[written++] = (unsigned char)(0xA0 | rest >> 16);
        out[written++] = (unsigned char)(0x80 | (rest >> 10 & 0x3F));
        out[written++] = 0xED;
        out[written++] = (unsigned char)(0xB0 | (rest >> 6 & 0x0F));
        out[written++] = (unsigned char)(0x80 | (rest & 0x3F));
        in += 4;
    }
    duk_push_lstring(ctx, (const char *)out, written);
    duk_remove(ctx, -2);
}

static void zmqjs_duk_define_text(duk_context *ctx, const char *name, const char *text) {
    if (!text)
        return;
    zmqjs_duk_push_text(ctx, text, strlen(text));
    zmqjs_duk_define(ctx, -2, name,
                     DUK_DEFPROP_WRITABLE | DUK_DEFPROP_ENUMERABLE | DUK_DEFPROP_CONFIGURABLE);
}

/* Throws an error. This and whatever else may throw has no frame of the library's below. */
static duk_ret_t zmqjs_duk_raise(duk_context *ctx, zmqjs_duk_state *state,
                                 const zmqjs_error *error) {
    zmqjs_duk_push_kept(ctx, state, ZMQJS_DUK_ERRORS + error->error_class);
    zmqjs_duk_push_text(ctx, error->message, strlen(error->message));
    duk_new(ctx, 1);
    zmqjs_duk_define_text(ctx, "code", error->code);
    zmqjs_duk_define_text(ctx, "endpoint", error->endpoint);
    if (error->error_number != 0) {
        duk_push_int(ctx, error->error_number);
        zmqjs_duk_define(ctx, -2, "errno",
                         DUK_DEFPROP_WRITABLE | DUK_DEFPROP_ENUMERABLE | DUK_DEFPROP_CONFIGURABLE);
    }
    return duk_throw(ctx);
}

static duk_ret_t zmqjs_duk_raise_text(duk_context *ctx, zmqjs_duk_state *state,
                                      uint32_t error_class, const char *text) {
    zmqjs_error error = {.error_class = error_class, .message = text};
    return zmqjs_duk_raise(ctx, state, &error);
}

static duk_ret_t zmqjs_duk_raise_status(duk_context *ctx, zmqjs_duk_state *state, int status,
                                        const char *text) {
    zmqjs_error error = zmqjs_adapter_error(status, text);
    return zmqjs_duk_raise(ctx, state, &error);
}

/* ---- callbacks ----------------------------------------------------------------------- */

static duk_ret_t zmqjs_duk_overflow(duk_context *ctx, void *argument) {
    (void)argument;
    return duk_range_error(ctx, "out of stack");
}

/* Does the part of a callback that may throw. Its result goes into a cell, or is dropped if
 * value is NULL; what it throws becomes the pending exception. There is always room for one
 * more part, if only to fail. */
static int zmqjs_duk_try(zmqjs_duk_frame *frame, duk_safe_call_function part, zmqjs_duk_job *job,
                         zmqjs_value *value) {
    duk_context *ctx = frame->ctx;
    if (!duk_check_stack(ctx, 2 * ZMQJS_DUK_ROOM))
        part = zmqjs_duk_overflow;
    job->state = frame->state;
    if (duk_safe_call(ctx, part, job, 0, 1) != DUK_EXEC_SUCCESS) {
        duk_replace(ctx, frame->pending);
        return ZMQJS_EXCEPTION;
    }
    duk_idx_t cell = duk_get_top_index(ctx);
    if (!value) {
        duk_pop(ctx);
        return ZMQJS_OK;
    }
    if (frame->free_cell != 0) {
        cell = frame->free_cell;
        frame->free_cell = duk_get_int(ctx, cell);
        duk_replace(ctx, cell);
    }
    *value = zmqjs_duk_wrap(cell);
    return ZMQJS_OK;
}

static void zmqjs_duk_value_free(void *payload, void *context, zmqjs_value value) {
    zmqjs_duk_frame *frame = context;
    duk_idx_t cell = zmqjs_duk_unwrap(value);
    (void)payload;
    if (cell == duk_get_top_index(frame->ctx)) {
        duk_pop(frame->ctx);
        return;
    }
    duk_push_int(frame->ctx, frame->free_cell);
    frame->free_cell = cell;
    duk_replace(frame->ctx, cell);
}

static duk_ret_t zmqjs_duk_throw_part(duk_context *ctx, void *argument) {
    zmqjs_duk_job *job = argument;
    return zmqjs_duk_raise(ctx, job->state, job->error);
}

static void zmqjs_duk_throw_error(void *payload, void *context, const zmqjs_error *error) {
    zmqjs_duk_job job = {.error = error};
    (void)payload;
    zmqjs_duk_try(context, zmqjs_duk_throw_part, &job, NULL);
}

static int zmqjs_duk_get_string(zmqjs_duk_frame *frame, duk_idx_t index, zmqjs_data *data) {
    size_t length;
    const char *text = duk_get_lstring(frame->ctx, index, &length);
    data->type = ZMQJS_STRING;
    data->as.string.data = text;
    data->as.string.length = length;
    if (!memchr(text, 0xED, length))
        return ZMQJS_OK;
    unsigned char *copy = malloc(length);
    if (!copy) {
        zmqjs_error error = {.error_class = ZMQJS_ERROR, .message = "out of memory"};
        zmqjs_duk_throw_error(NULL, frame, &error);
        return ZMQJS_EXCEPTION;
    }
    data->as.string.data = data->held[0] = copy;
    data->as.string.length = zmqjs_duk_to_utf8((const unsigned char *)text, length, copy);
    return ZMQJS_OK;
}

static void zmqjs_duk_value_release(void *payload, void *context, zmqjs_data *data) {
    (void)payload;
    (void)context;
    free(data->held[0]);
}

static duk_ret_t zmqjs_duk_native_part(duk_context *ctx, void *argument) {
    zmqjs_duk_job *job = argument;
    const zmqjs_duk_native *native = zmqjs_duk_get_native(ctx, job->object);
    if (native) {
        job->read->type = ZMQJS_NATIVE;
        job->read->as.native.definition = native->definition;
        job->read->as.native.pointer = native->owned->pointer;
    }
    return 0;
}

static int zmqjs_duk_get_object(zmqjs_duk_frame *frame, duk_idx_t index, zmqjs_data *data) {
    duk_context *ctx = frame->ctx;
    if (duk_is_buffer_data(ctx, index)) {
        data->type = ZMQJS_BYTES;
        data->as.bytes.data = duk_get_buffer_data(ctx, index, &data->as.bytes.length);
        return ZMQJS_OK;
    }
    data->type = ZMQJS_OBJECT;
    if (!duk_is_array(ctx, index)) {
        zmqjs_duk_job job = {.object = index, .read = data};
        return zmqjs_duk_try(frame, zmqjs_duk_native_part, &job, NULL);
    }
    duk_get_prototype(ctx, index); /* undefined for a Proxy of an array */
    if (!duk_is_undefined(ctx, -1)) {
        data->type = ZMQJS_ARRAY;
        data->as.elements.length = duk_get_length(ctx, index);
    }
    duk_pop(ctx);
    return ZMQJS_OK;
}

static int zmqjs_duk_value_get(void *payload, void *context, zmqjs_value value, zmqjs_data *data) {
    zmqjs_duk_frame *frame = context;
    duk_idx_t index = zmqjs_duk_unwrap(value);
    (void)payload;
    switch (duk_get_type(frame->ctx, index)) {
    case DUK_TYPE_UNDEFINED:
        return ZMQJS_OK;
    case DUK_TYPE_NULL:
        data->type = ZMQJS_NULL;
        return ZMQJS_OK;
    case DUK_TYPE_BOOLEAN:
        data->type = ZMQJS_BOOLEAN;
        data->as.boolean = duk_get_boolean(frame->ctx, index) != 0;
        return ZMQJS_OK;
    case DUK_TYPE_NUMBER:
        zmqjs_adapter_get_number(duk_get_number(frame->ctx, index), data);
        return ZMQJS_OK;
    case DUK_TYPE_STRING:
        if (!duk_is_symbol(frame->ctx, index))
            return zmqjs_duk_get_string(frame, index, data);
        break;
    case DUK_TYPE_BUFFER:
    case DUK_TYPE_OBJECT:
        return zmqjs_duk_get_object(frame, index, data);
    }
    data->type = ZMQJS_OBJECT;
    return ZMQJS_OK;
}

static duk_ret_t zmqjs_duk_element_part(duk_context *ctx, void *argument) {
    zmqjs_duk_job *job = argument;
    duk_get_prop_index(ctx, job->object, job->index);
    return 1;
}

static int zmqjs_duk_element_get(void *payload, void *context, zmqjs_value array, uint32_t index,
                                 zmqjs_value *element) {
    zmqjs_duk_job job = {.object = zmqjs_duk_unwrap(array), .index = index};
    (void)payload;
    return zmqjs_duk_try(context, zmqjs_duk_element_part, &job, element);
}

static duk_ret_t zmqjs_duk_slot_set_part(duk_context *ctx, void *argument) {
    zmqjs_duk_job *job = argument;
    zmqjs_duk_push_hidden(ctx, job->object);
    duk_dup(ctx, job->value);
    duk_put_prop_index(ctx, -2, job->index + ZMQJS_DUK_SLOTS);
    return 0;
}

static int zmqjs_duk_slot_set(void *payload, void *context, zmqjs_value object, uint32_t index,
                              zmqjs_value value) {
    zmqjs_duk_job job = {.object = zmqjs_duk_unwrap(object), .value = zmqjs_duk_unwrap(value),
                         .index = index};
    (void)payload;
    return zmqjs_duk_try(context, zmqjs_duk_slot_set_part, &job, NULL);
}

static duk_ret_t zmqjs_duk_slot_get_part(duk_context *ctx, void *argument) {
    zmqjs_duk_job *job = argument;
    zmqjs_duk_push_hidden(ctx, job->object);
    duk_get_prop_index(ctx, -1, job->index + ZMQJS_DUK_SLOTS);
    return 1;
}

static int zmqjs_duk_slot_get(void *payload, void *context, zmqjs_value object, uint32_t index,
                              zmqjs_value *value) {
    zmqjs_duk_job job = {.object = zmqjs_duk_unwrap(object), .index = index};
    (void)payload;
    return zmqjs_duk_try(context, zmqjs_duk_slot_get_part, &job, value);
}

static int zmqjs_duk_interrupted(void *payload, void *context) {
    zmqjs_duk_state *state = payload;
    (void)context;
    return state->interrupted(state->interrupted_argument);
}

/* ---- making values --------------------------------------------------------------------- */

/* What takes no memory. */
static void zmqjs_duk_push_plain(duk_context *ctx, const zmqjs_data *data) {
    if (data->type == ZMQJS_INT32)
        duk_push_int(ctx, data->as.int32);
    else if (data->type == ZMQJS_DOUBLE)
        duk_push_number(ctx, data->as.number);
    else if (data->type == ZMQJS_BOOLEAN)
        duk_push_boolean(ctx, data->as.boolean != 0);
    else if (data->type == ZMQJS_NULL)
        duk_push_null(ctx);
    else
        duk_push_undefined(ctx);
}

static void zmqjs_duk_push_integer(duk_context *ctx, zmqjs_duk_state *state,
                                   const zmqjs_data *data) {
    const int64_t limit = (int64_t)1 << 53;
    if (data->flags & ZMQJS_BIGINT_UNSIGNED || data->as.bigint > limit || data->as.bigint < -limit)
        zmqjs_duk_raise_text(ctx, state, ZMQJS_RANGE_ERROR,
                             "the integer is beyond 2^53, and this engine has no BigInt");
    duk_push_number(ctx, (double)data->as.bigint);
}

static void zmqjs_duk_push_bytes(duk_context *ctx, const void *bytes, size_t length) {
    void *copy = duk_push_fixed_buffer(ctx, length);
    if (length > 0)
        memcpy(copy, bytes, length);
    duk_push_buffer_object(ctx, -1, 0, length, DUK_BUFOBJ_UINT8ARRAY);
    duk_remove(ctx, -2);
}

/* An array, or with names an object. */
static void zmqjs_duk_push_elements(duk_context *ctx, const zmqjs_data *data) {
    duk_idx_t object = data->type == ZMQJS_ARRAY ? duk_push_array(ctx) : duk_push_object(ctx);
    for (size_t i = 0; i < data->as.elements.length; i++) {
        if (data->type == ZMQJS_ARRAY)
            duk_push_uint(ctx, (duk_uint_t)i);
        else
            duk_push_string(ctx, data->as.elements.names[i]);
        duk_dup(ctx, zmqjs_duk_unwrap(data->as.elements.values[i]));
        duk_def_prop(ctx, object, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WEC);
    }
}

/* In a constructor the engine has made the instance already. */
static void zmqjs_duk_push_instance(duk_context *ctx, zmqjs_duk_state *state,
                                    const zmqjs_data *data) {
    if (data->as.native.construct) {
        duk_dup(ctx, zmqjs_duk_unwrap(*data->as.native.construct));
    } else {
        size_t class_index = 0;
        while (state->module->classes[class_index] != data->as.native.definition)
            class_index++;
        duk_push_object(ctx);
        zmqjs_duk_push_kept(ctx, state, ZMQJS_DUK_PROTOTYPES + class_index);
        duk_set_prototype(ctx, -2);
    }
    duk_push_literal(ctx, ZMQJS_DUK_KEY);
    duk_push_bare_array(ctx);
    zmqjs_duk_native *native = duk_push_fixed_buffer(ctx, sizeof *native);
    *native = (zmqjs_duk_native){duk_get_heapptr(ctx, -4), data->as.native.definition, state, NULL};
    duk_put_prop_index(ctx, -2, 0);
    duk_push_heapptr(ctx, state->holder);
    duk_put_prop_index(ctx, -2, 1);
    zmqjs_duk_push_kept(ctx, state, ZMQJS_DUK_FINALIZER);
    duk_set_finalizer(ctx, -2);
    duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_CLEAR_WEC);
    native->owned = malloc(sizeof *native->owned);
    if (!native->owned)
        zmqjs_duk_raise_text(ctx, state, ZMQJS_ERROR, "out of memory");
    *native->owned = (zmqjs_duk_owned){data->as.native.pointer, state->owned, &state->owned};
    if (state->owned)
        state->owned->link = &native->owned->next;
    state->owned = native->owned;
}

static duk_ret_t zmqjs_duk_new_part(duk_context *ctx, void *argument) {
    zmqjs_duk_job *job = argument;
    const zmqjs_data *data = job->data;
    switch (data->type) {
    case ZMQJS_BIGINT:
        zmqjs_duk_push_integer(ctx, job->state, data);
        break;
    case ZMQJS_STRING:
        zmqjs_duk_push_text(ctx, data->as.string.data, data->as.string.length);
        break;
    case ZMQJS_BYTES:
        zmqjs_duk_push_bytes(ctx, data->as.bytes.data, data->as.bytes.length);
        break;
    case ZMQJS_NATIVE:
        zmqjs_duk_push_instance(ctx, job->state, data);
        break;
    case ZMQJS_ARRAY:
    case ZMQJS_OBJECT:
        zmqjs_duk_push_elements(ctx, data);
        break;
    default:
        zmqjs_duk_push_plain(ctx, data);
    }
    return 1;
}

static int zmqjs_duk_value_new(void *payload, void *context, const zmqjs_data *data,
                               zmqjs_value *value) {
    zmqjs_duk_job job = {.data = data};
    (void)payload;
    return zmqjs_duk_try(context, zmqjs_duk_new_part, &job, value);
}

/* ---- calls ---------------------------------------------------------------------------------- */

/* Makes the runtime, if there is none. */
static void zmqjs_duk_start(duk_context *ctx, zmqjs_duk_state *state) {
    if (state->runtime)
        return;
    if (state->ended)
        zmqjs_duk_raise_status(ctx, state, ZMQJS_INVALID_ARGUMENT,
                               "zmq: the module has ended");
    const zmqjs_engine engine = {
        .abi_version = ZMQJS_ABI_VERSION,
        .size = sizeof engine,
        .name = "duktape",
        .value_get = zmqjs_duk_value_get,
        .value_new = zmqjs_duk_value_new,
        .element_get = zmqjs_duk_element_get,
        .slot_set = zmqjs_duk_slot_set,
        .slot_get = zmqjs_duk_slot_get,
        .throw_error = zmqjs_duk_throw_error,
        .value_release = zmqjs_duk_value_release,
        .value_free = zmqjs_duk_value_free,
        .interrupted = state->interrupted ? zmqjs_duk_interrupted : NULL,
    };
    int status = zmqjs_runtime_new(&engine, state, &state->runtime);
    if (status != ZMQJS_OK)
        zmqjs_duk_raise_status(ctx, state, status, zmqjs_last_error());
}

static duk_ret_t zmqjs_duk_run(duk_context *ctx, zmqjs_duk_state *state,
                               const zmqjs_function *function) {
    static const zmqjs_value arguments[ZMQJS_PARAMETER_MAXIMUM] = {
        {{0}}, {{1}}, {{2}}, {{3}}, {{4}}, {{5}}, {{6}}, {{7}}};
    const duk_idx_t this_index = duk_get_top(ctx), parameters = function->parameter_count;
    zmqjs_duk_frame frame = {ctx, state, this_index + 1, 0};
    duk_require_stack(ctx, 2 * ZMQJS_DUK_ROOM);
    zmqjs_duk_start(ctx, state);
    zmqjs_call call = {
        .runtime = state->runtime,
        .context = &frame,
        .this_value = zmqjs_duk_wrap(this_index),
        .arguments = arguments,
        .argument_count = (size_t)(this_index < parameters ? this_index : parameters),
        .wants_data = 1,
    };
    duk_push_this(ctx);
    if (duk_is_object(ctx, this_index) && !duk_is_constructor_call(ctx)) {
        const zmqjs_duk_native *native = zmqjs_duk_get_native(ctx, this_index);
        call.this_definition = native ? native->definition : NULL;
        call.this_pointer = native ? native->owned->pointer : NULL;
    }
    duk_push_undefined(ctx); /* no pending exception */
    int status = function->call(function, &call);
    switch (status) {
    case ZMQJS_DATA:
        zmqjs_duk_push_plain(ctx, &call.result_data);
        return 1;
    case ZMQJS_OK:
        duk_dup(ctx, zmqjs_duk_unwrap(call.result));
        return 1;
    case ZMQJS_EXCEPTION:
        duk_dup(ctx, frame.pending);
        return duk_throw(ctx);
    default:
        return zmqjs_duk_raise_status(ctx, state, status, zmqjs_last_error());
    }
}

/* The state of the function that is called, which keeps the memory. */
static zmqjs_duk_state *zmqjs_duk_current_state(duk_context *ctx) {
    duk_push_current_function(ctx);
    zmqjs_duk_state *state = zmqjs_duk_push_hidden(ctx, -1);
    duk_pop_2(ctx);
    return state;
}

/* Every function, method, getter and setter. */
static duk_ret_t zmqjs_duk_call(duk_context *ctx) {
    zmqjs_duk_state *state = zmqjs_duk_current_state(ctx);
    if (duk_is_constructor_call(ctx))
        return zmqjs_duk_raise_text(ctx, state, ZMQJS_TYPE_ERROR, "not a constructor");
    return zmqjs_duk_run(ctx, state, state->functions[duk_get_current_magic(ctx)]);
}

static duk_ret_t zmqjs_duk_construct(duk_context *ctx) {
    zmqjs_duk_state *state = zmqjs_duk_current_state(ctx);
    const zmqjs_class *definition = state->module->classes[duk_get_current_magic(ctx)];
    const char *refusal = NULL;
    if (!definition->constructor)
        refusal = definition->construct_error ? definition->construct_error : "not a constructor";
    else if (!duk_is_constructor_call(ctx))
        refusal = "a class constructor needs 'new'";
    if (refusal)
        return zmqjs_duk_raise_text(ctx, state, ZMQJS_TYPE_ERROR, refusal);
    return zmqjs_duk_run(ctx, state, definition->constructor);
}

/* Tells the library the end of what is first in a list. */
static void zmqjs_duk_disown(zmqjs_duk_owned **link) {
    zmqjs_duk_owned *owned = *link;
    *link = owned->next;
    if (owned->next)
        owned->next->link = link;
    zmqjs_finalize(owned->pointer);
    free(owned);
}

/* The finalizer of an instance's array. It may be called again, if a script's finalizer has
 * rescued the instance, and after that of the holder. */
static duk_ret_t zmqjs_duk_finalize(duk_context *ctx) {
    duk_get_prop_index(ctx, 0, 0);
    zmqjs_duk_native *native = duk_get_buffer(ctx, -1, NULL);
    if (native->owned && !native->state->ended)
        zmqjs_duk_disown(native->owned->link);
    native->owned = NULL;
    return 0;
}

/* The finalizer of the holder. */
static duk_ret_t zmqjs_duk_end(duk_context *ctx) {
    duk_get_prop_index(ctx, 0, ZMQJS_DUK_STATE);
    zmqjs_duk_state *state = duk_get_buffer(ctx, -1, NULL);
    state->ended = 1;
    if (state->runtime)
        zmqjs_runtime_free(state->runtime);
    state->runtime = NULL;
    while (state->owned)
        zmqjs_duk_disown(&state->owned);
    return 0;
}

/* ---- building the module -------------------------------------------------------------------- */

/* Pushes a function of the engine, which refers to the holder. */
static void zmqjs_duk_push_native(duk_context *ctx, zmqjs_duk_state *state, duk_c_function call,
                                  size_t magic, int length) {
    duk_push_c_function(ctx, call, DUK_VARARGS);
    duk_set_magic(ctx, -1, (duk_int_t)magic);
    duk_push_heapptr(ctx, state->holder);
    zmqjs_duk_define(ctx, -2, ZMQJS_DUK_KEY, 0);
    duk_push_int(ctx, length);
    zmqjs_duk_define(ctx, -2, "length", DUK_DEFPROP_CONFIGURABLE);
}

/* Pushes a function of the module; format is that of its property "name". */
static void zmqjs_duk_push_function(duk_context *ctx, zmqjs_duk_state *state,
                                    const zmqjs_function *function, const char *format) {
    int of_symbol = strncmp(function->name, "@@", 2) == 0;
    int magic = state->function_count++;
    state->functions[magic] = function;
    zmqjs_duk_push_native(ctx, state, zmqjs_duk_call, (size_t)magic, function->length);
    duk_push_sprintf(ctx, of_symbol ? "[Symbol.%s]" : format,
                     function->name + (of_symbol ? 2 : 0));
    zmqjs_duk_define(ctx, -2, "name", DUK_DEFPROP_CONFIGURABLE);
}

static void zmqjs_duk_define_accessor(duk_context *ctx, zmqjs_duk_state *state,
                                      duk_idx_t prototype, const zmqjs_accessor *accessor) {
    duk_uint_t flags = DUK_DEFPROP_HAVE_GETTER | DUK_DEFPROP_SET_CONFIGURABLE;
    duk_push_string(ctx, accessor->name);
    zmqjs_duk_push_function(ctx, state, accessor->getter, "get %s");
    if (accessor->setter) {
        zmqjs_duk_push_function(ctx, state, accessor->setter, "set %s");
        flags |= DUK_DEFPROP_HAVE_SETTER;
    }
    duk_def_prop(ctx, prototype, flags);
}

/* Pushes the constructor of a class, and keeps its prototype in the holder. */
static void zmqjs_duk_push_class(duk_context *ctx, zmqjs_duk_state *state, size_t index,
                                 duk_idx_t holder) {
    const zmqjs_class *definition = state->module->classes[index];
    const duk_uint_t method = DUK_DEFPROP_WRITABLE | DUK_DEFPROP_CONFIGURABLE;
    zmqjs_duk_push_native(ctx, state, zmqjs_duk_construct, index,
                          definition->constructor ? definition->constructor->length : 0);
    duk_push_string(ctx, definition->name);
    zmqjs_duk_define(ctx, -2, "name", DUK_DEFPROP_CONFIGURABLE);
    duk_idx_t prototype = duk_push_object(ctx);
    for (size_t i = 0; i < definition->method_count; i++) {
        zmqjs_duk_push_function(ctx, state, definition->methods[i], "%s");
        zmqjs_duk_define(ctx, prototype, definition->methods[i]->name, method);
    }
    for (size_t i = 0; i < definition->accessor_count; i++)
        zmqjs_duk_define_accessor(ctx, state, prototype, definition->accessors[i]);
    duk_push_string(ctx, definition->name);
    zmqjs_duk_define(ctx, prototype, "@@toStringTag", DUK_DEFPROP_CONFIGURABLE);
    duk_dup(ctx, -2);
    zmqjs_duk_define(ctx, prototype, "constructor", method);
    duk_dup(ctx, prototype);
    duk_put_prop_index(ctx, holder, (duk_uarridx_t)(ZMQJS_DUK_PROTOTYPES + index));
    zmqjs_duk_define(ctx, -2, "prototype", 0);
}

static void zmqjs_duk_push_module(duk_context *ctx, zmqjs_duk_state *state, duk_idx_t holder) {
    const zmqjs_module *definition = state->module;
    duk_idx_t module = duk_push_object(ctx);
    for (size_t i = 0; i < definition->function_count; i++) {
        zmqjs_duk_push_function(ctx, state, definition->functions[i], "%s");
        zmqjs_duk_define(ctx, module, definition->functions[i]->name, DUK_DEFPROP_ENUMERABLE);
    }
    for (size_t i = 0; i < definition->class_count; i++) {
        zmqjs_duk_push_class(ctx, state, i, holder);
        zmqjs_duk_define(ctx, module, definition->classes[i]->name, DUK_DEFPROP_ENUMERABLE);
    }
    for (size_t i = 0; i < definition->constant_count; i++) {
        duk_push_number(ctx, (double)definition->constants[i]->value);
        zmqjs_duk_define(ctx, module, definition->constants[i]->name, DUK_DEFPROP_ENUMERABLE);
    }
    duk_freeze(ctx, module); /* as the exports of an ECMAScript module are */
}

/* Pushes the holder of a new state. */
static void zmqjs_duk_push_holder(duk_context *ctx) {
    static const char *const errors[] = {"Error", "TypeError", "RangeError"};
    const zmqjs_module *module = zmqjs_module_definition();
    if (!module)
        (void)duk_generic_error(ctx, "%s", zmqjs_last_error());
    duk_idx_t holder = duk_push_bare_array(ctx);
    zmqjs_duk_state *state;
    size_t size = sizeof *state + zmqjs_adapter_count_functions(module) * sizeof state->functions[0];
    state = memset(duk_push_fixed_buffer(ctx, size), 0, size);
    state->module = module;
    state->holder = duk_get_heapptr(ctx, holder);
    duk_put_prop_index(ctx, holder, ZMQJS_DUK_STATE);
    for (duk_uarridx_t i = 0; i < 3; i++) {
        duk_get_global_string(ctx, errors[i]);
        duk_put_prop_index(ctx, holder, ZMQJS_DUK_ERRORS + i);
    }
    duk_push_c_function(ctx, zmqjs_duk_finalize, 1);
    duk_put_prop_index(ctx, holder, ZMQJS_DUK_FINALIZER);
    zmqjs_duk_push_module(ctx, state, holder);
    duk_put_prop_index(ctx, holder, ZMQJS_DUK_MODULE);
    duk_push_c_function(ctx, zmqjs_duk_end, 1);
    duk_set_finalizer(ctx, holder);
}

duk_ret_t zmqjs_duktape_open(duk_context *ctx) {
    duk_require_stack(ctx, ZMQJS_DUK_ROOM);
    duk_push_global_stash(ctx);
    if (!duk_get_prop_literal(ctx, -1, ZMQJS_DUK_KEY)) {
        duk_pop(ctx);
        zmqjs_duk_push_holder(ctx);
        duk_dup_top(ctx);
        duk_put_prop_literal(ctx, -3, ZMQJS_DUK_KEY);
    }
    duk_get_prop_index(ctx, -1, ZMQJS_DUK_MODULE);
    duk_replace(ctx, -3);
    duk_pop(ctx);
    return 1;
}

/* ---- for the host ----------------------------------------------------------------------------- */

static duk_ret_t zmqjs_duk_find_part(duk_context *ctx, void *argument) {
    duk_require_stack(ctx, ZMQJS_DUK_ROOM);
    duk_push_global_stash(ctx);
    *(zmqjs_duk_state **)argument = zmqjs_duk_push_hidden(ctx, -1);
    return 0;
}

static duk_ret_t zmqjs_duk_start_part(duk_context *ctx, void *argument) {
    duk_require_stack(ctx, ZMQJS_DUK_ROOM);
    zmqjs_duk_start(ctx, argument);
    return 0;
}

/* Whether a part succeeds. */
static int zmqjs_duk_succeeds(duk_context *ctx, duk_safe_call_function part, void *argument) {
    if (!duk_check_stack(ctx, 1))
        return 0;
    int status = duk_safe_call(ctx, part, argument, 0, 1);
    duk_pop(ctx);
    return status == DUK_EXEC_SUCCESS;
}

zmqjs_runtime *zmqjs_duktape_runtime(duk_context *ctx) {
    zmqjs_duk_state *state = NULL;
    if (!zmqjs_duk_succeeds(ctx, zmqjs_duk_find_part, &state) || !state ||
        !zmqjs_duk_succeeds(ctx, zmqjs_duk_start_part, state))
        return NULL;
    return state->runtime;
}

int zmqjs_duktape_set_interrupted(duk_context *ctx, int (*interrupted)(void *), void *argument) {
    zmqjs_duk_state *state = NULL;
    if (!zmqjs_duk_succeeds(ctx, zmqjs_duk_find_part, &state) || !state || state->runtime ||
        state->ended)
        return -1;
    state->interrupted = interrupted;
    state->interrupted_argument = argument;
    return 0;
}

#endif /* ZMQJS_DUKTAPE_IMPLEMENTATION */
