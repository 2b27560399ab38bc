/*
 * zmqjs_duktape.h - the module "zmq" for Duktape 2
 *
 * Header-only. In ONE file of the host:
 *
 *     #include <duktape.h>
 *     #define ZMQJS_DUKTAPE_IMPLEMENTATION
 *     #include "zmqjs_duktape.h"       and link with -lzmqjs -lduktape
 *
 *     duk_push_c_function(ctx, zmqjs_duktape_open, 0);
 *     duk_call(ctx, 0);                the module: an object
 *     duk_put_global_string(ctx, "zmq");
 *
 * It is C99. The module belongs to the heap and ends with it. What the engine lacks: it
 * has no BigInt, so integers come as numbers, and those beyond 2^53 throw a RangeError; a
 * class of the module cannot be extended by a script.
 */
#ifndef ZMQJS_DUKTAPE_H
#define ZMQJS_DUKTAPE_H

#include "zmqjs.h"

#ifndef DUK_VERSION
#error "zmqjs_duktape.h: include duktape.h first"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Returns the module, the same each time in a heap. A native function of the engine, to be
 * called like any: it throws, as they do, and is used on the heap's thread. */
duk_ret_t zmqjs_duktape_open(duk_context *ctx);

/* Gives the runtime of a heap whose module is open, which lives as long as the heap, for
 * zmqjs_interrupt(). Returns NULL if the module is not open; throws if no runtime can be
 * made. */
zmqjs_runtime *zmqjs_duktape_runtime(duk_context *ctx);

#ifdef __cplusplus
}
#endif

#endif /* ZMQJS_DUKTAPE_H */

#if defined(ZMQJS_DUKTAPE_IMPLEMENTATION) && !defined(ZMQJS_DUKTAPE_IMPLEMENTED)
#define ZMQJS_DUKTAPE_IMPLEMENTED

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- state ----------------------------------------------------------------------- */

/* A zmqjs_value is an index of the value stack, in the frame of the call under way. An
 * error is thrown by a jump, which must not cross the library: so what may throw is called
 * by zmqjs_duk_protect(), and what it throws waits on the stack for the call's end. */
typedef struct zmqjs_duk_frame {
    duk_idx_t exception; /* where it waits, or -1 */
    int no_memory;       /* not even for that */
} zmqjs_duk_frame;

/* All that a heap has of the module. */
typedef struct zmqjs_duk_state {
    const zmqjs_module *module;
    zmqjs_runtime *runtime; /* NULL until the first call */
    void *kept;             /* an array: the error constructors, the module, the prototypes */
    zmqjs_duk_frame *frame; /* of the call under way */
    size_t references;      /* the kept array, and each instance */
    int array_class;        /* how the engine describes an array */
    struct zmqjs_duk_function *functions;
} zmqjs_duk_state;

enum { ZMQJS_DUK_MODULE = ZMQJS_RANGE_ERROR + 1, ZMQJS_DUK_PROTOTYPES };

/* What a function carries. */
typedef struct zmqjs_duk_function {
    struct zmqjs_duk_function *next;
    zmqjs_duk_state *state;
    const zmqjs_function *function;
    const zmqjs_class *definition; /* of a constructor; else NULL */
} zmqjs_duk_function;

/* What an instance carries. self tells it from what inherits from it, or stands for it. */
typedef struct zmqjs_duk_instance {
    zmqjs_duk_state *state;
    const zmqjs_class *definition;
    void *pointer;
    void *self;
} zmqjs_duk_instance;

#define ZMQJS_DUK_STATE DUK_HIDDEN_SYMBOL("zmqjs.state")
#define ZMQJS_DUK_FUNCTION DUK_HIDDEN_SYMBOL("zmqjs.function")
#define ZMQJS_DUK_INSTANCE DUK_HIDDEN_SYMBOL("zmqjs.instance")
#define ZMQJS_DUK_SLOTS DUK_HIDDEN_SYMBOL("zmqjs.slots")

static zmqjs_value zmqjs_duk_wrap(duk_idx_t index) {
    zmqjs_value value = {{0, 0}};
    value.bits[0] = (uint64_t)index;
    return value;
}

static duk_idx_t zmqjs_duk_unwrap(zmqjs_value value) {
    return (duk_idx_t)value.bits[0];
}

/* Calls a function that leaves its result on the stack. Returns ZMQJS_OK, or
 * ZMQJS_EXCEPTION with the error on the stack instead. */
static int zmqjs_duk_protect(zmqjs_duk_state *state, duk_context *ctx,
                             duk_safe_call_function function, void *argument) {
    if (!duk_check_stack(ctx, 16)) {
        state->frame->no_memory = 1;
        return ZMQJS_EXCEPTION;
    }
    if (duk_safe_call(ctx, function, argument, 0, 1) != DUK_EXEC_SUCCESS) {
        state->frame->exception = duk_get_top_index(ctx);
        return ZMQJS_EXCEPTION;
    }
    return ZMQJS_OK;
}

/* The same for what makes a value. */
static int zmqjs_duk_make(zmqjs_duk_state *state, duk_context *ctx,
                          duk_safe_call_function function, void *argument, zmqjs_value *value) {
    int status = zmqjs_duk_protect(state, ctx, function, argument);
    if (status == ZMQJS_OK) {
        *value = zmqjs_duk_wrap(duk_get_top_index(ctx));
    }
    return status;
}

static void zmqjs_duk_release_state(zmqjs_duk_state *state) {
    if (--state->references > 0) {
        return;
    }
    while (state->functions != NULL) {
        zmqjs_duk_function *function = state->functions;
        state->functions = function->next;
        free(function);
    }
    free(state);
}

/* ---- instances -------------------------------------------------------------------- */

static zmqjs_duk_instance *zmqjs_duk_instance_at(duk_context *ctx, duk_idx_t index) {
    zmqjs_duk_instance *instance;
    duk_get_prop_string(ctx, index, ZMQJS_DUK_INSTANCE);
    instance = (zmqjs_duk_instance *)duk_get_pointer(ctx, -1);
    duk_pop(ctx);
    return instance != NULL && instance->self == duk_get_heapptr(ctx, index) ? instance : NULL;
}

static duk_ret_t zmqjs_duk_forget(duk_context *ctx, void *argument) {
    (void)argument;
    duk_push_pointer(ctx, NULL);
    duk_put_prop_string(ctx, 0, ZMQJS_DUK_INSTANCE);
    return 0;
}

/* Inherited by every instance, and so by what inherits from one. A frozen instance cannot
 * be written to: what it carries stays then, and is nobody's. */
static duk_ret_t zmqjs_duk_finalizer(duk_context *ctx) {
    zmqjs_duk_instance *instance = zmqjs_duk_instance_at(ctx, 0);
    if (instance != NULL) {
        zmqjs_duk_state *state = instance->state;
        instance->self = NULL;
        zmqjs_finalize(instance->pointer);
        if (duk_safe_call(ctx, zmqjs_duk_forget, NULL, 0, 0) == DUK_EXEC_SUCCESS) {
            free(instance);
        }
        zmqjs_duk_release_state(state);
    }
    return 0;
}

typedef struct zmqjs_duk_made {
    zmqjs_duk_state *state;
    const zmqjs_data *data;
    const void *bytes; /* what is made of data instead of as.string */
    size_t length;
    zmqjs_duk_instance *instance;
} zmqjs_duk_made;

static duk_ret_t zmqjs_duk_push_instance(duk_context *ctx, void *argument) {
    zmqjs_duk_made *made = (zmqjs_duk_made *)argument;
    const zmqjs_module *module = made->state->module;
    const zmqjs_value *construct = made->data->as.native.construct;
    duk_uarridx_t i = 0;
    if (construct != NULL) {
        duk_dup(ctx, zmqjs_duk_unwrap(*construct));
    } else {
        while (module->classes[i] != made->data->as.native.definition) {
            i++;
        }
        duk_push_object(ctx);
        duk_push_heapptr(ctx, made->state->kept);
        duk_get_prop_index(ctx, -1, ZMQJS_DUK_PROTOTYPES + i);
        duk_set_prototype(ctx, -3);
        duk_pop(ctx);
    }
    duk_push_bare_object(ctx); /* now: a script may freeze the instance */
    duk_put_prop_string(ctx, -2, ZMQJS_DUK_SLOTS);
    made->instance->self = duk_get_heapptr(ctx, -1);
    duk_push_pointer(ctx, made->instance);
    duk_put_prop_string(ctx, -2, ZMQJS_DUK_INSTANCE);
    return 1;
}

static int zmqjs_duk_new_instance(zmqjs_duk_state *state, duk_context *ctx, const zmqjs_data *data,
                                  zmqjs_value *value) {
    zmqjs_duk_made made = {state, data, NULL, 0, NULL};
    made.instance = (zmqjs_duk_instance *)calloc(1, sizeof *made.instance);
    if (made.instance == NULL) {
        state->frame->no_memory = 1;
        return ZMQJS_EXCEPTION;
    }
    made.instance->state = state;
    made.instance->definition = data->as.native.definition;
    made.instance->pointer = data->as.native.pointer;
    if (zmqjs_duk_make(state, ctx, zmqjs_duk_push_instance, &made, value) != ZMQJS_OK) {
        free(made.instance);
        return ZMQJS_EXCEPTION;
    }
    state->references++;
    return ZMQJS_OK;
}

/* ---- reading values ----------------------------------------------------------------- */

/* The second half of a surrogate pair, as the engine writes one: three bytes. */
static int zmqjs_duk_is_low(const unsigned char *bytes, const unsigned char *end) {
    return end - bytes >= 3 && bytes[0] == 0xED && bytes[1] >= 0xB0;
}

/* The engine's strings are UTF-8 but for pairs of surrogates, which become one character. */
static size_t zmqjs_duk_join_pairs(const unsigned char *bytes, size_t length, char *text) {
    const unsigned char *end = bytes + length;
    char *start = text;
    while (bytes < end) {
        if (end - bytes >= 6 && bytes[0] == 0xED && bytes[1] >= 0xA0 && bytes[1] < 0xB0 &&
            zmqjs_duk_is_low(bytes + 3, end)) {
            uint32_t high = (uint32_t)(bytes[1] & 0x0F) << 6 | (bytes[2] & 0x3F);
            uint32_t low = (uint32_t)(bytes[4] & 0x0F) << 6 | (bytes[5] & 0x3F);
            uint32_t c = 0x10000 + (high << 10) + low;
            *text++ = (char)(0xF0 | c >> 18);
            *text++ = (char)(0x80 | (c >> 12 & 0x3F));
            *text++ = (char)(0x80 | (c >> 6 & 0x3F));
            *text++ = (char)(0x80 | (c & 0x3F));
            bytes += 6;
        } else {
            *text++ = (char)*bytes++;
        }
    }
    return (size_t)(text - start);
}

static int zmqjs_duk_get_string(zmqjs_duk_state *state, duk_context *ctx, duk_idx_t index,
                                zmqjs_data *data) {
    data->type = ZMQJS_STRING;
    data->as.string.data = duk_get_lstring(ctx, index, &data->as.string.length);
    if (memchr(data->as.string.data, 0xED, data->as.string.length) != NULL) {
        char *text = (char *)malloc(data->as.string.length);
        if (text == NULL) {
            state->frame->no_memory = 1;
            return ZMQJS_EXCEPTION;
        }
        data->as.string.length = zmqjs_duk_join_pairs(
            (const unsigned char *)data->as.string.data, data->as.string.length, text);
        data->as.string.data = text;
        data->held[0] = text;
    }
    return ZMQJS_OK;
}

static void zmqjs_duk_get_number(double number, zmqjs_data *data) {
    data->type = ZMQJS_DOUBLE;
    data->as.number = number;
    if (number >= INT32_MIN && number <= INT32_MAX && number == (int32_t)number &&
        !(number == 0 && signbit(number))) {
        data->type = ZMQJS_INT32;
        data->as.int32 = (int32_t)number;
    }
}

typedef struct zmqjs_duk_read {
    const zmqjs_duk_state *state;
    duk_idx_t index;
    zmqjs_data *data;
} zmqjs_duk_read;

/* The number by which the engine's description of a value tells its class. */
static int zmqjs_duk_class_of(duk_context *ctx, duk_idx_t index) {
    int number;
    duk_inspect_value(ctx, index);
    duk_get_prop_string(ctx, -1, "class");
    number = duk_get_int(ctx, -1);
    duk_pop_2(ctx);
    return number;
}

/* duk_is_array() takes a proxy for what it stands for, and its length would run a trap. */
static duk_ret_t zmqjs_duk_read_object(duk_context *ctx, void *argument) {
    zmqjs_duk_read *read = (zmqjs_duk_read *)argument;
    const zmqjs_duk_instance *instance = zmqjs_duk_instance_at(ctx, read->index);
    if (instance != NULL) {
        read->data->type = ZMQJS_NATIVE;
        read->data->as.native.definition = instance->definition;
        read->data->as.native.pointer = instance->pointer;
    } else if (duk_is_array(ctx, read->index) &&
               zmqjs_duk_class_of(ctx, read->index) == read->state->array_class) {
        read->data->type = ZMQJS_ARRAY;
        read->data->as.elements.length = duk_get_length(ctx, read->index);
    }
    duk_push_undefined(ctx);
    return 1;
}

static int zmqjs_duk_value_get(void *payload, void *context, zmqjs_value wrapped,
                               zmqjs_data *data) {
    zmqjs_duk_state *state = (zmqjs_duk_state *)payload;
    duk_context *ctx = (duk_context *)context;
    zmqjs_duk_read read;
    int status;
    read.state = state;
    read.index = zmqjs_duk_unwrap(wrapped);
    read.data = data;
    if (duk_is_buffer_data(ctx, read.index)) {
        data->type = ZMQJS_BYTES;
        data->as.bytes.data = duk_get_buffer_data(ctx, read.index, &data->as.bytes.length);
        return ZMQJS_OK;
    }
    switch (duk_get_type(ctx, read.index)) {
    case DUK_TYPE_NONE:
    case DUK_TYPE_UNDEFINED:
        return ZMQJS_OK;
    case DUK_TYPE_NULL:
        data->type = ZMQJS_NULL;
        return ZMQJS_OK;
    case DUK_TYPE_BOOLEAN:
        data->type = ZMQJS_BOOLEAN;
        data->as.boolean = duk_get_boolean(ctx, read.index);
        return ZMQJS_OK;
    case DUK_TYPE_NUMBER:
        zmqjs_duk_get_number(duk_get_number(ctx, read.index), data);
        return ZMQJS_OK;
    case DUK_TYPE_STRING:
        data->type = ZMQJS_OBJECT; /* a symbol */
        return duk_is_symbol(ctx, read.index) ? ZMQJS_OK
                                              : zmqjs_duk_get_string(state, ctx, read.index, data);
    default:
        data->type = ZMQJS_OBJECT;
        if (!duk_is_object(ctx, read.index) || duk_is_function(ctx, read.index)) {
            return ZMQJS_OK;
        }
        status = zmqjs_duk_protect(state, ctx, zmqjs_duk_read_object, &read);
        if (status == ZMQJS_OK) {
            duk_pop(ctx);
        }
        return status;
    }
}

static void zmqjs_duk_value_release(void *payload, void *context, zmqjs_data *data) {
    (void)payload;
    (void)context;
    free(data->held[0]);
}

/* A value in the middle of the stack only empties its place, until the call ends. */
static void zmqjs_duk_value_free(void *payload, void *context, zmqjs_value value) {
    duk_context *ctx = (duk_context *)context;
    duk_idx_t index = zmqjs_duk_unwrap(value);
    (void)payload;
    if (index == duk_get_top_index(ctx)) {
        duk_pop(ctx);
    } else if (duk_check_stack(ctx, 1)) {
        duk_push_undefined(ctx);
        duk_replace(ctx, index);
    }
}

typedef struct zmqjs_duk_place {
    duk_idx_t object, value;
    duk_uarridx_t index;
} zmqjs_duk_place;

static duk_ret_t zmqjs_duk_push_element(duk_context *ctx, void *argument) {
    const zmqjs_duk_place *place = (const zmqjs_duk_place *)argument;
    duk_get_prop_index(ctx, place->object, place->index);
    return 1;
}

static int zmqjs_duk_element_get(void *payload, void *context, zmqjs_value array, uint32_t index,
                                 zmqjs_value *element) {
    zmqjs_duk_place place = {zmqjs_duk_unwrap(array), 0, index};
    return zmqjs_duk_make((zmqjs_duk_state *)payload, (duk_context *)context,
                          zmqjs_duk_push_element, &place, element);
}

/* ---- making values -------------------------------------------------------------------- */

static int zmqjs_duk_has_long_characters(const zmqjs_data *data) {
    size_t i;
    for (i = 0; i < data->as.string.length; i++) {
        if ((unsigned char)data->as.string.data[i] >= 0xF0) {
            return 1;
        }
    }
    return 0;
}

/* A character of four bytes becomes a pair of surrogates, six bytes. */
static size_t zmqjs_duk_split_pairs(const char *text, size_t length, unsigned char *bytes) {
    const unsigned char *from = (const unsigned char *)text, *end = from + length;
    unsigned char *start = bytes;
    while (from < end) {
        if (*from >= 0xF0) {
            uint32_t c = ((uint32_t)(from[0] & 7) << 18 | (uint32_t)(from[1] & 0x3F) << 12 |
                          (uint32_t)(from[2] & 0x3F) << 6 | (from[3] & 0x3F)) -
                         0x10000;
            *bytes++ = 0xED;
            *bytes++ = (unsigned char)(0xA0 | c >> 16);
            *bytes++ = (unsigned char)(0x80 | (c >> 10 & 0x3F));
            *bytes++ = 0xED;
            *bytes++ = (unsigned char)(0xB0 | (c >> 6 & 0x0F));
            *bytes++ = (unsigned char)(0x80 | (c & 0x3F));
            from += 4;
        } else {
            *bytes++ = *from++;
        }
    }
    return (size_t)(bytes - start);
}

static void zmqjs_duk_push_elements(duk_context *ctx, const zmqjs_data *data) {
    size_t i;
    duk_idx_t object = data->type == ZMQJS_ARRAY ? duk_push_array(ctx) : duk_push_object(ctx);
    for (i = 0; i < data->as.elements.length; i++) {
        if (data->type == ZMQJS_OBJECT) {
            duk_push_string(ctx, data->as.elements.names[i]);
        } else {
            duk_push_uint(ctx, (duk_uint_t)i);
        }
        duk_dup(ctx, zmqjs_duk_unwrap(data->as.elements.values[i]));
        duk_def_prop(ctx, object, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WEC);
    }
}

static void zmqjs_duk_push_bigint(duk_context *ctx, const zmqjs_data *data) {
    const int64_t limit = (int64_t)1 << 53;
    if ((data->flags & ZMQJS_BIGINT_UNSIGNED) != 0 || data->as.bigint > limit ||
        data->as.bigint < -limit) {
        (void)duk_range_error(ctx, "the integer does not fit a number, and the engine has no BigInt");
    }
    duk_push_number(ctx, (double)data->as.bigint);
}

static duk_ret_t zmqjs_duk_push_data(duk_context *ctx, void *argument) {
    const zmqjs_duk_made *made = (const zmqjs_duk_made *)argument;
    const zmqjs_data *data = made->data;
    void *bytes;
    switch (data->type) {
    case ZMQJS_NULL:
        duk_push_null(ctx);
        break;
    case ZMQJS_BOOLEAN:
        duk_push_boolean(ctx, data->as.boolean != 0);
        break;
    case ZMQJS_INT32:
        duk_push_int(ctx, data->as.int32);
        break;
    case ZMQJS_DOUBLE:
        duk_push_number(ctx, data->as.number);
        break;
    case ZMQJS_BIGINT:
        zmqjs_duk_push_bigint(ctx, data);
        break;
    case ZMQJS_STRING:
        duk_push_lstring(ctx, (const char *)made->bytes, made->length);
        break;
    case ZMQJS_BYTES:
        bytes = duk_push_fixed_buffer(ctx, data->as.bytes.length);
        if (data->as.bytes.length > 0) {
            memcpy(bytes, data->as.bytes.data, data->as.bytes.length);
        }
        duk_push_buffer_object(ctx, -1, 0, data->as.bytes.length, DUK_BUFOBJ_UINT8ARRAY);
        break;
    case ZMQJS_ARRAY:
    case ZMQJS_OBJECT:
        zmqjs_duk_push_elements(ctx, data);
        break;
    default:
        duk_push_undefined(ctx);
        break;
    }
    return 1;
}

static int zmqjs_duk_value_new(void *payload, void *context, const zmqjs_data *data,
                               zmqjs_value *value) {
    zmqjs_duk_state *state = (zmqjs_duk_state *)payload;
    zmqjs_duk_made made = {state, data, NULL, 0, NULL};
    unsigned char *split = NULL;
    int status;
    if (data->type == ZMQJS_NATIVE) {
        return zmqjs_duk_new_instance(state, (duk_context *)context, data, value);
    }
    if (data->type == ZMQJS_STRING) {
        made.bytes = data->as.string.length > 0 ? data->as.string.data : "";
        made.length = data->as.string.length;
        if (zmqjs_duk_has_long_characters(data)) {
            split = (unsigned char *)malloc(data->as.string.length / 2 * 3 + 3);
            if (split == NULL) {
                state->frame->no_memory = 1;
                return ZMQJS_EXCEPTION;
            }
            made.length = zmqjs_duk_split_pairs(data->as.string.data, made.length, split);
            made.bytes = split;
        }
    }
    status = zmqjs_duk_make(state, (duk_context *)context, zmqjs_duk_push_data, &made, value);
    free(split);
    return status;
}

/* ---- slots, errors ------------------------------------------------------------------------ */

static duk_ret_t zmqjs_duk_put_slot(duk_context *ctx, void *argument) {
    const zmqjs_duk_place *place = (const zmqjs_duk_place *)argument;
    duk_get_prop_string(ctx, place->object, ZMQJS_DUK_SLOTS);
    duk_dup(ctx, place->value);
    duk_put_prop_index(ctx, -2, place->index);
    return 1;
}

static int zmqjs_duk_slot_set(void *payload, void *context, zmqjs_value object, uint32_t index,
                              zmqjs_value value) {
    zmqjs_duk_place place = {zmqjs_duk_unwrap(object), zmqjs_duk_unwrap(value), index};
    int status = zmqjs_duk_protect((zmqjs_duk_state *)payload, (duk_context *)context,
                                   zmqjs_duk_put_slot, &place);
    if (status == ZMQJS_OK) {
        duk_pop((duk_context *)context);
    }
    return status;
}

static duk_ret_t zmqjs_duk_push_slot(duk_context *ctx, void *argument) {
    const zmqjs_duk_place *place = (const zmqjs_duk_place *)argument;
    duk_get_prop_string(ctx, place->object, ZMQJS_DUK_SLOTS);
    duk_get_prop_index(ctx, -1, place->index);
    return 1;
}

static int zmqjs_duk_slot_get(void *payload, void *context, zmqjs_value object, uint32_t index,
                              zmqjs_value *value) {
    zmqjs_duk_place place = {zmqjs_duk_unwrap(object), 0, index};
    return zmqjs_duk_make((zmqjs_duk_state *)payload, (duk_context *)context, zmqjs_duk_push_slot,
                          &place, value);
}

static void zmqjs_duk_define_text(duk_context *ctx, const char *name, const char *text) {
    if (text != NULL) {
        duk_push_string(ctx, name);
        duk_push_string(ctx, text);
        duk_def_prop(ctx, -3,
                     DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_W | DUK_DEFPROP_CLEAR_E |
                         DUK_DEFPROP_SET_C);
    }
}

typedef struct zmqjs_duk_thrown {
    zmqjs_duk_state *state;
    const zmqjs_error *error;
} zmqjs_duk_thrown;

static duk_ret_t zmqjs_duk_throw(duk_context *ctx, void *argument) {
    const zmqjs_duk_thrown *thrown = (const zmqjs_duk_thrown *)argument;
    const zmqjs_error *error = thrown->error;
    duk_push_heapptr(ctx, thrown->state->kept);
    duk_get_prop_index(ctx, -1, error->error_class <= ZMQJS_RANGE_ERROR ? error->error_class : 0);
    duk_push_string(ctx, error->message);
    duk_new(ctx, 1);
    zmqjs_duk_define_text(ctx, "code", error->code);
    zmqjs_duk_define_text(ctx, "endpoint", error->endpoint);
    if (error->error_number != 0) {
        duk_push_string(ctx, "errno");
        duk_push_int(ctx, error->error_number);
        duk_def_prop(ctx, -3,
                     DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_W | DUK_DEFPROP_CLEAR_E |
                         DUK_DEFPROP_SET_C);
    }
    return duk_throw(ctx);
}

static void zmqjs_duk_throw_error(void *payload, void *context, const zmqjs_error *error) {
    zmqjs_duk_thrown thrown = {(zmqjs_duk_state *)payload, error};
    (void)zmqjs_duk_protect(thrown.state, (duk_context *)context, zmqjs_duk_throw, &thrown);
}

/* ---- calls ------------------------------------------------------------------------------ */

static void zmqjs_duk_start(zmqjs_duk_state *state, duk_context *ctx) {
    zmqjs_engine engine;
    if (state->runtime != NULL) {
        return;
    }
    memset(&engine, 0, sizeof engine);
    engine.abi_version = ZMQJS_ABI_VERSION;
    engine.size = sizeof engine;
    engine.name = "duktape";
    engine.value_get = zmqjs_duk_value_get;
    engine.value_new = zmqjs_duk_value_new;
    engine.element_get = zmqjs_duk_element_get;
    engine.slot_set = zmqjs_duk_slot_set;
    engine.slot_get = zmqjs_duk_slot_get;
    engine.throw_error = zmqjs_duk_throw_error;
    engine.value_release = zmqjs_duk_value_release;
    engine.value_free = zmqjs_duk_value_free;
    if (zmqjs_runtime_new(&engine, state, &state->runtime) != ZMQJS_OK) {
        (void)duk_generic_error(ctx, "%s", zmqjs_last_error());
    }
}

/* Throws what has waited on the stack. */
static duk_ret_t zmqjs_duk_rethrow(duk_context *ctx, const zmqjs_duk_frame *frame, int status) {
    if (status != ZMQJS_EXCEPTION) {
        return duk_generic_error(ctx, "%s", zmqjs_last_error());
    }
    if (frame->exception < 0) {
        return duk_range_error(ctx, "out of memory");
    }
    duk_dup(ctx, frame->exception);
    return duk_throw(ctx);
}

/* Runs a function with the arguments on the stack. */
static duk_ret_t zmqjs_duk_run(duk_context *ctx, zmqjs_duk_state *state,
                               const zmqjs_function *function) {
    zmqjs_value arguments[ZMQJS_PARAMETER_MAXIMUM];
    zmqjs_duk_frame frame = {-1, 0}, *outer = state->frame;
    duk_idx_t i, count = duk_get_top(ctx);
    const zmqjs_duk_instance *instance = NULL;
    zmqjs_call call;
    int status;
    zmqjs_duk_start(state, ctx);
    if (count > ZMQJS_PARAMETER_MAXIMUM) {
        count = ZMQJS_PARAMETER_MAXIMUM;
    }
    for (i = 0; i < count; i++) {
        arguments[i] = zmqjs_duk_wrap(i);
    }
    duk_push_this(ctx);
    memset(&call, 0, sizeof call);
    if (duk_is_object(ctx, -1)) {
        instance = zmqjs_duk_instance_at(ctx, duk_get_top_index(ctx));
    }
    if (instance != NULL) {
        call.this_definition = instance->definition;
        call.this_pointer = instance->pointer;
    }
    call.runtime = state->runtime;
    call.context = ctx;
    call.this_value = zmqjs_duk_wrap(duk_get_top_index(ctx));
    call.arguments = arguments;
    call.argument_count = (size_t)count;
    state->frame = &frame;
    status = function->call(function, &call);
    state->frame = outer;
    if (status != ZMQJS_OK) {
        return zmqjs_duk_rethrow(ctx, &frame, status);
    }
    duk_dup(ctx, zmqjs_duk_unwrap(call.result));
    return 1;
}

static const zmqjs_duk_function *zmqjs_duk_current(duk_context *ctx) {
    const zmqjs_duk_function *function;
    duk_push_current_function(ctx);
    duk_get_prop_string(ctx, -1, ZMQJS_DUK_FUNCTION);
    function = (const zmqjs_duk_function *)duk_get_pointer(ctx, -1);
    duk_pop_2(ctx);
    return function;
}

/* Every function, method, getter and setter. */
static duk_ret_t zmqjs_duk_call(duk_context *ctx) {
    const zmqjs_duk_function *function = zmqjs_duk_current(ctx);
    if (duk_is_constructor_call(ctx)) {
        return duk_type_error(ctx, "%s is not a constructor", function->function->name);
    }
    return zmqjs_duk_run(ctx, function->state, function->function);
}

static duk_ret_t zmqjs_duk_construct(duk_context *ctx) {
    const zmqjs_duk_function *function = zmqjs_duk_current(ctx);
    const zmqjs_class *definition = function->definition;
    if (definition->constructor == NULL) {
        return duk_type_error(ctx, "%s", definition->construct_error != NULL
                                             ? definition->construct_error
                                             : "Illegal constructor");
    }
    if (!duk_is_constructor_call(ctx)) {
        return duk_type_error(ctx, "Class constructor %s cannot be invoked without 'new'",
                              definition->name);
    }
    return zmqjs_duk_run(ctx, function->state, definition->constructor);
}

/* ---- building the module ----------------------------------------------------------------- */

/* Pushes the key for a name, or for "@@" and the name of a well-known symbol: 0 if the
 * engine lacks that, and nothing is pushed. */
static int zmqjs_duk_push_key(duk_context *ctx, const char *name) {
    if (strncmp(name, "@@", 2) != 0) {
        duk_push_string(ctx, name);
        return 1;
    }
    duk_get_global_string(ctx, "Symbol");
    if (!duk_is_undefined(ctx, -1)) {
        duk_get_prop_string(ctx, -1, name + 2);
        duk_remove(ctx, -2);
    }
    if (duk_is_symbol(ctx, -1)) {
        return 1;
    }
    duk_pop(ctx);
    return 0;
}

static void zmqjs_duk_push_function(duk_context *ctx, zmqjs_duk_state *state,
                                    duk_c_function native, const zmqjs_function *function,
                                    const zmqjs_class *definition, const char *prefix) {
    const char *name = definition != NULL ? definition->name : function->name;
    int is_symbol = strncmp(name, "@@", 2) == 0;
    zmqjs_duk_function *data = (zmqjs_duk_function *)calloc(1, sizeof *data);
    if (data == NULL) {
        (void)duk_range_error(ctx, "out of memory");
        return;
    }
    data->next = state->functions;
    data->state = state;
    data->function = function;
    data->definition = definition;
    state->functions = data;
    duk_push_c_function(ctx, native, DUK_VARARGS);
    duk_push_pointer(ctx, data);
    duk_put_prop_string(ctx, -2, ZMQJS_DUK_FUNCTION);
    duk_push_string(ctx, "name");
    duk_push_sprintf(ctx, is_symbol ? "[Symbol.%s%s]" : "%s%s", prefix, name + (is_symbol ? 2 : 0));
    duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_C | DUK_DEFPROP_FORCE);
    duk_push_string(ctx, "length");
    duk_push_int(ctx, function != NULL ? function->length : 0);
    duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_C | DUK_DEFPROP_FORCE);
}

/* Defines a method of the object on top, or with enumerable a function of the module. */
static void zmqjs_duk_define_function(duk_context *ctx, zmqjs_duk_state *state,
                                      const zmqjs_function *function, int enumerable) {
    if (zmqjs_duk_push_key(ctx, function->name)) {
        zmqjs_duk_push_function(ctx, state, zmqjs_duk_call, function, NULL, "");
        duk_def_prop(ctx, -3,
                     DUK_DEFPROP_HAVE_VALUE |
                         (enumerable ? DUK_DEFPROP_CLEAR_WC | DUK_DEFPROP_SET_E
                                     : DUK_DEFPROP_SET_WC | DUK_DEFPROP_CLEAR_E));
    }
}

static void zmqjs_duk_define_accessor(duk_context *ctx, zmqjs_duk_state *state,
                                      const zmqjs_accessor *accessor) {
    duk_uint_t flags = DUK_DEFPROP_HAVE_GETTER | DUK_DEFPROP_SET_C | DUK_DEFPROP_CLEAR_E;
    duk_idx_t object = duk_get_top_index(ctx);
    duk_push_string(ctx, accessor->name);
    zmqjs_duk_push_function(ctx, state, zmqjs_duk_call, accessor->getter, NULL, "get ");
    if (accessor->setter != NULL) {
        zmqjs_duk_push_function(ctx, state, zmqjs_duk_call, accessor->setter, NULL, "set ");
        flags |= DUK_DEFPROP_HAVE_SETTER;
    }
    duk_def_prop(ctx, object, flags);
}

/* Defines a class of the module, which is on top, and keeps its prototype. */
static void zmqjs_duk_define_class(duk_context *ctx, zmqjs_duk_state *state, size_t index) {
    const zmqjs_class *definition = state->module->classes[index];
    size_t i;
    duk_push_string(ctx, definition->name);
    zmqjs_duk_push_function(ctx, state, zmqjs_duk_construct, definition->constructor, definition,
                            "");
    duk_push_object(ctx); /* module, name, constructor, prototype */
    for (i = 0; i < definition->method_count; i++) {
        zmqjs_duk_define_function(ctx, state, definition->methods[i], 0);
    }
    for (i = 0; i < definition->accessor_count; i++) {
        zmqjs_duk_define_accessor(ctx, state, definition->accessors[i]);
    }
    if (zmqjs_duk_push_key(ctx, "@@toStringTag")) {
        duk_push_string(ctx, definition->name);
        duk_def_prop(ctx, -3,
                     DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_C | DUK_DEFPROP_CLEAR_WE);
    }
    duk_push_c_function(ctx, zmqjs_duk_finalizer, 1);
    duk_set_finalizer(ctx, -2);
    duk_push_string(ctx, "constructor");
    duk_dup(ctx, -3);
    duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WC | DUK_DEFPROP_CLEAR_E);
    duk_push_heapptr(ctx, state->kept);
    duk_dup(ctx, -2);
    duk_put_prop_index(ctx, -2, (duk_uarridx_t)(ZMQJS_DUK_PROTOTYPES + index));
    duk_pop(ctx);
    duk_push_string(ctx, "prototype");
    duk_insert(ctx, -2);
    duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_CLEAR_WEC);
    duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_E | DUK_DEFPROP_CLEAR_WC);
}

static void zmqjs_duk_build(duk_context *ctx, zmqjs_duk_state *state) {
    const zmqjs_module *module = state->module;
    size_t i;
    duk_push_object(ctx);
    for (i = 0; i < module->function_count; i++) {
        zmqjs_duk_define_function(ctx, state, module->functions[i], 1);
    }
    for (i = 0; i < module->class_count; i++) {
        zmqjs_duk_define_class(ctx, state, i);
    }
    for (i = 0; i < module->constant_count; i++) {
        duk_push_string(ctx, module->constants[i]->name);
        duk_push_number(ctx, (double)module->constants[i]->value);
        duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_E | DUK_DEFPROP_CLEAR_WC);
    }
}

/* Of the kept array: the heap ends. Instances may be finalized after it. */
static duk_ret_t zmqjs_duk_end(duk_context *ctx) {
    zmqjs_duk_state *state;
    duk_get_prop_string(ctx, 0, ZMQJS_DUK_STATE);
    state = (zmqjs_duk_state *)duk_get_pointer(ctx, -1);
    if (state != NULL) {
        duk_push_pointer(ctx, NULL);
        duk_put_prop_string(ctx, 0, ZMQJS_DUK_STATE);
        if (state->runtime != NULL) {
            zmqjs_runtime_free(state->runtime);
        }
        zmqjs_duk_release_state(state);
    }
    return 0;
}

/* Pushes the kept array, with the state, or undefined. */
static zmqjs_duk_state *zmqjs_duk_find_state(duk_context *ctx) {
    zmqjs_duk_state *state = NULL;
    duk_push_heap_stash(ctx);
    if (duk_get_prop_string(ctx, -1, ZMQJS_DUK_STATE)) {
        duk_get_prop_string(ctx, -1, ZMQJS_DUK_STATE);
        state = (zmqjs_duk_state *)duk_get_pointer(ctx, -1);
        duk_pop(ctx);
    }
    duk_remove(ctx, -2);
    return state;
}

duk_ret_t zmqjs_duktape_open(duk_context *ctx) {
    static const char *const errors[] = {"Error", "TypeError", "RangeError"};
    const zmqjs_module *module = zmqjs_module_definition();
    zmqjs_duk_state *state = zmqjs_duk_find_state(ctx);
    duk_uarridx_t i;
    if (state == NULL) {
        if (module == NULL) {
            return duk_generic_error(ctx, "%s", zmqjs_last_error());
        }
        duk_push_array(ctx);
        for (i = 0; i <= ZMQJS_RANGE_ERROR; i++) {
            duk_get_global_string(ctx, errors[i]);
            duk_put_prop_index(ctx, -2, i);
        }
        duk_push_c_function(ctx, zmqjs_duk_end, 1);
        duk_set_finalizer(ctx, -2);
        state = (zmqjs_duk_state *)calloc(1, sizeof *state);
        if (state == NULL) {
            return duk_range_error(ctx, "out of memory");
        }
        state->module = module;
        state->references = 1;
        state->kept = duk_get_heapptr(ctx, -1);
        state->array_class = zmqjs_duk_class_of(ctx, -1);
        duk_push_pointer(ctx, state);
        duk_put_prop_string(ctx, -2, ZMQJS_DUK_STATE); /* whose finalizer frees it */
        zmqjs_duk_build(ctx, state);
        duk_put_prop_index(ctx, -2, ZMQJS_DUK_MODULE);
        duk_push_heap_stash(ctx);
        duk_dup(ctx, -2);
        duk_put_prop_string(ctx, -2, ZMQJS_DUK_STATE);
        duk_pop(ctx);
    }
    duk_get_prop_index(ctx, -1, ZMQJS_DUK_MODULE);
    return 1;
}

zmqjs_runtime *zmqjs_duktape_runtime(duk_context *ctx) {
    zmqjs_duk_state *state = zmqjs_duk_find_state(ctx);
    duk_pop(ctx);
    if (state == NULL) {
        return NULL;
    }
    zmqjs_duk_start(state, ctx);
    return state->runtime;
}

#endif /* ZMQJS_DUKTAPE_IMPLEMENTATION */
