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
 *     duk_put_global_string(ctx, "zmq");     or let the host's require() return it
 *
 * Other files may include it for its declarations. The implementation is C99 to C17, the
 * declarations are C++ too. ZMQJS_DUKTAPE_STATIC, defined before, makes the functions static.
 *
 * Everything belongs to the global environment and ends with it, at the latest in
 * duk_destroy_heap(), which waits for messages not yet sent as zmqjs_runtime_free() does.
 * It is used on the heap's thread, like every function of the engine. Nothing of the
 * library is made before a script's first call into the module.
 *
 * Duktape has no BigInt: the module returns a number instead, or throws a RangeError if that would
 * not be exact. Methods of well-known symbols that the engine lacks are left out. An array whose
 * prototype is null is no array for the module: nothing else distinguishes it from a Proxy without
 * running the traps. Messages of a million parts do not fit the engine's stack. The engine runs no
 * finalizers inside a coroutine: a socket that a script drops there without closing it stays open
 * until the module ends.
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
#define ZMQJS_DUKTAPE_API ZMQJS_ADAPTER_API
#endif

/* Pushes the module's object, the same one at every call in a global environment, and
 * returns 1. It is a Duktape/C function and throws like one: call it from a protected call. */
ZMQJS_DUKTAPE_API duk_ret_t zmqjs_duktape_open(duk_context *ctx);

/* Gives the runtime of a global environment, which lives as long as that, for
 * zmqjs_interrupt(). Returns NULL if the module is not open there, or no runtime can be
 * made. It throws nothing. */
ZMQJS_DUKTAPE_API zmqjs_runtime *zmqjs_duktape_runtime(duk_context *ctx);

/* Sets a function that is called every 50 ms while a call waits; nonzero ends the wait. Call this
 * after the module is open and before the first call into it; else it returns -1 and changes nothing.
 * It throws nothing. */
ZMQJS_DUKTAPE_API int zmqjs_duktape_set_interrupted(duk_context *ctx, int (*interrupted)(void *),
                                                    void *argument);

#endif /* ZMQJS_DUKTAPE_H */

#if defined(ZMQJS_DUKTAPE_IMPLEMENTATION) && !defined(ZMQJS_DUKTAPE_IMPLEMENTED)
#define ZMQJS_DUKTAPE_IMPLEMENTED

#ifdef __cplusplus
#error "zmqjs_duktape.h: the implementation is C; put it into a file of its own"
#endif

#if DUK_VERSION < 20400
#error "zmqjs_duktape.h: Duktape before 2.4 has no arrays without a prototype; take a newer one"
#endif

/* ---- state ------------------------------------------------------------------------- */

/* The key of an object's hidden array, which scripts cannot name. Element 0 of the array is a fixed
 * buffer with a zmqjs_duk_native or a zmqjs_duk_state. */
#define ZMQJS_DUK_KEY DUK_HIDDEN_SYMBOL("zmqjs")

/* The text of the error for a result that would need BigInt. */
#define ZMQJS_DUK_TOO_LARGE "the integer is beyond 2^53, and this engine has no BigInt"

/* The stack entries that a part of a call may use at most, beside those that it counts. */
#define ZMQJS_DUK_ROOM 32

/* The elements of the holder, which the functions of the module and the global stash refer to: a buffer, the
 * finalizer of instances, and in their order what the script returns. */
enum {
    ZMQJS_DUK_STATE, ZMQJS_DUK_FINALIZER, ZMQJS_DUK_MODULE, ZMQJS_DUK_ERRORS, ZMQJS_DUK_CLASSES, ZMQJS_DUK_REGISTER,
    ZMQJS_DUK_HELD
};

static const char zmqjs_duk_script[] =
    "(function () { 'use strict';" ZMQJS_ADAPTER_SCRIPT "return [{}, errors, classes, register]; })()";

/* An instance that has to be finalized. A state has a list of them: the engine calls no finalizers for
 * objects that it collects inside a coroutine. */
typedef struct zmqjs_duk_owned {
    zmqjs_instance *instance;
    struct zmqjs_duk_owned *next, **link;
} zmqjs_duk_owned;

/* An object of one of the classes. Element 1 of its hidden array is the holder, element 2 a bare array
 * of the values that it keeps. The hidden array has the finalizer: a script could replace one of the
 * object itself. */
typedef struct zmqjs_duk_native {
    void *object; /* its heap pointer: other objects may inherit the hidden property */
    struct zmqjs_duk_state *state;
    zmqjs_duk_owned *owned; /* NULL: finalized */
    uint32_t used, room;    /* indexes, of those that there are */
} zmqjs_duk_native;
enum { ZMQJS_DUK_NATIVE, ZMQJS_DUK_HOLDER, ZMQJS_DUK_KEPT };

/* The module in a global environment. The memory belongs to the engine and outlives the holder's
 * finalizer: other finalizers may still call functions of the module. */
typedef struct zmqjs_duk_state {
    zmqjs_duk_native none; /* so that no function of the module is taken for an instance */
    const zmqjs_function *const *functions;
    zmqjs_runtime *runtime; /* NULL until the first call */
    void *holder;           /* its heap pointer */
    int ended;              /* and so is everything owned */
    zmqjs_duk_owned *owned;
    zmqjs_adapter_interrupt interrupt;
} zmqjs_duk_state;

/* A call. Its stack has the arguments, the elements of arrays, this, the values that are not kept any
 * more, and the kept values that the result names. The values are released when the function returns,
 * since that may run finalizers of the script. */
typedef struct zmqjs_duk_call {
    zmqjs_duk_state *state;
    int status;           /* of the call */
    duk_idx_t this_index; /* of this, also one that the engine has made for a constructor */
    duk_idx_t next_kept;  /* of the next kept value for the result */
    int is_taken;         /* the instance of the result has been made */
    zmqjs_frame frame;
} zmqjs_duk_call;

/* Pushes the hidden array of an object, or undefined, and gives the memory of its buffer. */
static void *zmqjs_duk_push_hidden(duk_context *ctx, duk_idx_t object) {
    if (!duk_get_prop_literal(ctx, object, ZMQJS_DUK_KEY))
        return NULL;
    duk_get_prop_index(ctx, -1, 0);
    void *memory = duk_get_buffer(ctx, -1, NULL);
    duk_pop(ctx);
    return memory;
}

/* The native part of an object, or NULL. A Proxy has the hidden properties of its target. */
static zmqjs_duk_native *zmqjs_duk_get_native(duk_context *ctx, duk_idx_t object) {
    zmqjs_duk_native *native = zmqjs_duk_push_hidden(ctx, object);
    duk_pop(ctx);
    int is_own = native && native->object == duk_get_heapptr(ctx, object);
    return is_own && native->owned && !native->state->ended ? native : NULL;
}

static void zmqjs_duk_push_held(duk_context *ctx, const zmqjs_duk_state *state, duk_uarridx_t index) {
    duk_push_heapptr(ctx, state->holder);
    duk_get_prop_index(ctx, -1, index);
    duk_remove(ctx, -2);
}

/* Pushes an element of something that the holder keeps. */
static void zmqjs_duk_push_held_element(duk_context *ctx, const zmqjs_duk_state *state, duk_uarridx_t held,
                                        size_t index) {
    zmqjs_duk_push_held(ctx, state, held);
    duk_get_prop_index(ctx, -1, (duk_uarridx_t)index);
    duk_remove(ctx, -2);
}

/* ---- results ------------------------------------------------------------------------ */

/* Pushes well-formed UTF-8 as the engine's text, which is CESU-8. */
static void zmqjs_duk_push_text(duk_context *ctx, const char *text, size_t length) {
    size_t same = 0;
    while (same < length && (unsigned char)text[same] < 0xF0)
        same++;
    if (same == length) {
        duk_push_lstring(ctx, text, length);
        return;
    }
    char *out = duk_push_fixed_buffer(ctx, length + length / 2);
    duk_push_lstring(ctx, out, zmqjs_adapter_cesu8(text, length, out));
    duk_remove(ctx, -2);
}

static void zmqjs_duk_define_elements(duk_context *ctx, zmqjs_duk_call *call, const zmqjs_data *data);

static void zmqjs_duk_push_error(duk_context *ctx, zmqjs_duk_state *state, zmqjs_error error) {
    zmqjs_duk_call none = {.state = state};
    zmqjs_properties details;
    zmqjs_duk_push_held_element(ctx, state, ZMQJS_DUK_ERRORS, zmqjs_adapter_error_class(&error));
    zmqjs_duk_push_text(ctx, error.message, strlen(error.message));
    duk_new(ctx, 1);
    zmqjs_duk_define_elements(ctx, &none, zmqjs_adapter_details(&error, &details));
}

static duk_ret_t zmqjs_duk_throw(duk_context *ctx, zmqjs_duk_state *state, zmqjs_error error) {
    zmqjs_duk_push_error(ctx, state, error);
    return duk_throw(ctx);
}

static void zmqjs_duk_push_bytes(duk_context *ctx, const zmqjs_data *data) {
    memcpy(duk_push_fixed_buffer(ctx, data->length), zmqjs_adapter_bytes(data), data->length);
    duk_push_buffer_object(ctx, -1, 0, data->length, DUK_BUFOBJ_UINT8ARRAY);
    duk_remove(ctx, -2);
}

/* Pushes an instance: in a constructor the engine has made the object already. */
static void zmqjs_duk_push_instance(duk_context *ctx, zmqjs_duk_call *call, const zmqjs_data *data) {
    zmqjs_duk_state *state = call->state;
    if (duk_is_constructor_call(ctx)) {
        duk_dup(ctx, call->this_index);
    } else {
        duk_push_object(ctx);
        zmqjs_duk_push_held_element(ctx, state, ZMQJS_DUK_CLASSES, 2 * data->length);
        duk_set_prototype(ctx, -2);
    }
    duk_push_literal(ctx, ZMQJS_DUK_KEY);
    duk_push_bare_array(ctx);
    zmqjs_duk_native *native = duk_push_fixed_buffer(ctx, sizeof *native);
    *native = (zmqjs_duk_native){.object = duk_get_heapptr(ctx, -4), .state = state};
    duk_put_prop_index(ctx, -2, ZMQJS_DUK_NATIVE);
    duk_push_heapptr(ctx, state->holder);
    duk_put_prop_index(ctx, -2, ZMQJS_DUK_HOLDER);
    duk_push_bare_array(ctx);
    duk_put_prop_index(ctx, -2, ZMQJS_DUK_KEPT);
    zmqjs_duk_push_held(ctx, state, ZMQJS_DUK_FINALIZER);
    duk_set_finalizer(ctx, -2);
    duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_CLEAR_WEC);
    zmqjs_duk_owned *owned = malloc(sizeof *owned);
    if (!owned)
        zmqjs_duk_throw(ctx, state, zmqjs_adapter_error(ZMQJS_ERROR, "out of memory"));
    *owned = (zmqjs_duk_owned){data->as.instance, state->owned, &state->owned};
    if (owned->next)
        owned->next->link = &owned->next;
    state->owned = native->owned = owned;
    call->is_taken = 1;
}

static void zmqjs_duk_push(duk_context *ctx, zmqjs_duk_call *call, const zmqjs_data *data);

/* Defines the elements of an array, or the properties of an object, on the value at the top. */
static void zmqjs_duk_define_elements(duk_context *ctx, zmqjs_duk_call *call, const zmqjs_data *data) {
    for (size_t i = 0; i < data->length; i++) {
        if (data->type == ZMQJS_ARRAY)
            duk_push_uint(ctx, (duk_uint_t)i);
        else
            zmqjs_duk_push(ctx, call, &data->as.elements[2 * i]);
        zmqjs_duk_push(ctx, call, zmqjs_adapter_element(data, i));
        duk_def_prop(ctx, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WEC);
    }
}

static void zmqjs_duk_push(duk_context *ctx, zmqjs_duk_call *call, const zmqjs_data *data) {
    double number;
    switch (data->type) {
    case ZMQJS_NULL:
        duk_push_null(ctx);
        break;
    case ZMQJS_BOOLEAN:
        duk_push_boolean(ctx, data->as.boolean != 0);
        break;
    case ZMQJS_INT32:
    case ZMQJS_DOUBLE:
    case ZMQJS_BIGINT:
        if (!zmqjs_adapter_number(data, &number))
            zmqjs_duk_throw(ctx, call->state,
                            zmqjs_adapter_error(ZMQJS_RANGE_ERROR, ZMQJS_DUK_TOO_LARGE));
        duk_push_number(ctx, number);
        break;
    case ZMQJS_STRING:
        zmqjs_duk_push_text(ctx, zmqjs_adapter_bytes(data), data->length);
        break;
    case ZMQJS_BYTES:
        zmqjs_duk_push_bytes(ctx, data);
        break;
    case ZMQJS_INSTANCE:
        zmqjs_duk_push_instance(ctx, call, data);
        break;
    case ZMQJS_ARRAY:
    case ZMQJS_OBJECT:
        data->type == ZMQJS_ARRAY ? duk_push_array(ctx) : duk_push_object(ctx);
        zmqjs_duk_define_elements(ctx, call, data);
        break;
    case ZMQJS_KEPT:
        duk_dup(ctx, call->next_kept++);
        break;
    case ZMQJS_THIS:
        duk_dup(ctx, call->this_index);
        break;
    default:
        duk_push_undefined(ctx);
    }
}

/* Pushes the result of a call, or the error that it throws. This may throw. */
static duk_ret_t zmqjs_duk_make_part(duk_context *ctx, void *argument) {
    zmqjs_duk_call *call = argument;
    duk_require_stack(ctx, ZMQJS_DUK_ROOM);
    if (call->status >= ZMQJS_OK)
        zmqjs_duk_push(ctx, call, &call->frame.result);
    else
        zmqjs_duk_push_error(ctx, call->state, zmqjs_adapter_call_error(call->status, &call->frame));
    return 1;
}

/* ---- arguments ------------------------------------------------------------------------ */

/* An array whose prototype is null is none here. */
static int zmqjs_duk_is_array(duk_context *ctx, duk_idx_t index) {
    if (!duk_is_array(ctx, index))
        return 0;
    duk_get_prototype(ctx, index); /* undefined for a Proxy of an array */
    int is_array = !duk_is_undefined(ctx, -1);
    duk_pop(ctx);
    return is_array;
}

/* The elements of arrays follow the arguments on the stack. */
static void zmqjs_duk_read(void *payload, size_t place, zmqjs_data *data) {
    duk_context *ctx = payload;
    duk_idx_t index = (duk_idx_t)place;
    size_t length;
    if (duk_is_number(ctx, index)) {
        zmqjs_adapter_get_number(duk_get_number(ctx, index), data);
    } else if (duk_is_string(ctx, index) && !duk_is_symbol(ctx, index)) {
        const char *text = duk_get_lstring(ctx, index, &length);
        zmqjs_adapter_get_string(text, length, 0, data);
    } else if (duk_is_boolean(ctx, index)) {
        zmqjs_adapter_get_boolean(duk_get_boolean(ctx, index), data);
    } else if (duk_is_null_or_undefined(ctx, index)) {
        data->type = duk_is_null(ctx, index) ? ZMQJS_NULL : ZMQJS_UNDEFINED;
    } else if (duk_is_buffer_data(ctx, index)) {
        void *bytes = duk_get_buffer_data(ctx, index, &length);
        zmqjs_adapter_get_bytes(bytes, length, data);
    } else {
        int is_array = zmqjs_duk_is_array(ctx, index);
        zmqjs_duk_native *native = duk_is_object(ctx, index) ? zmqjs_duk_get_native(ctx, index) : NULL;
        zmqjs_adapter_get_object(native ? native->owned->instance : NULL, is_array, data);
    }
}

/* Reads the arguments into data, or into memory on the stack. All elements are got first: a getter may
 * change what is read. */
static void zmqjs_duk_read_all(duk_context *ctx, const zmqjs_function *function, zmqjs_duk_call *call,
                               zmqjs_data *data) {
    size_t lengths[ZMQJS_PARAMETER_MAXIMUM], count = call->frame.argument_count, elements = 0;
    duk_set_top(ctx, (duk_idx_t)count);
    for (size_t i = 0; i < count; i++) {
        int is_read = zmqjs_adapter_reads_elements(function, i) && zmqjs_duk_is_array(ctx, (duk_idx_t)i);
        lengths[i] = is_read ? duk_get_length(ctx, (duk_idx_t)i) : ZMQJS_ADAPTER_NO_ARRAY;
        if (lengths[i] > ZMQJS_ELEMENT_MAXIMUM)
            continue;
        duk_require_stack(ctx, (duk_idx_t)lengths[i] + ZMQJS_DUK_ROOM);
        for (size_t j = 0; j < lengths[i]; j++)
            duk_get_prop_index(ctx, (duk_idx_t)i, (duk_uarridx_t)j);
        elements += lengths[i];
    }
    if (elements > 0)
        call->frame.arguments = data = duk_push_fixed_buffer(ctx, (count + elements) * sizeof *data);
    zmqjs_adapter_read_list(function, count, lengths, zmqjs_duk_read, ctx, data);
}

/* ---- kept values ------------------------------------------------------------------------ */

/* Pushes the array of the values that an instance keeps. */
static void zmqjs_duk_push_kept(duk_context *ctx, duk_idx_t object) {
    zmqjs_duk_push_hidden(ctx, object);
    duk_get_prop_index(ctx, -1, ZMQJS_DUK_KEPT);
    duk_remove(ctx, -2);
}

/* Makes room for count more kept values, and on the stack for all of them twice. Making an array may
 * run finalizers of the script, and these may use the instance: so the values are moved last, when
 * no script code can run. */
static void zmqjs_duk_make_room(duk_context *ctx, duk_idx_t object, zmqjs_duk_native *native,
                                uint32_t count) {
    uint32_t room, i;
    duk_require_stack(ctx, 2 * (duk_idx_t)(native->used + count) + ZMQJS_DUK_ROOM);
    while (native->room < native->used + count) {
        duk_push_bare_array(ctx);
        for (room = 0; room < 2 * (native->used + count); room++) {
            duk_push_undefined(ctx);
            duk_put_prop_index(ctx, -2, room);
        }
        zmqjs_duk_push_kept(ctx, object);
        for (i = 0; i < native->used; i++) {
            duk_get_prop_index(ctx, -1, i);
            duk_put_prop_index(ctx, -3, i);
        }
        zmqjs_duk_push_hidden(ctx, object);
        duk_dup(ctx, -3);
        duk_put_prop_index(ctx, -2, ZMQJS_DUK_KEPT);
        duk_pop_3(ctx);
        native->room = room;
    }
}

/* Carries out the frame's changes of kept values. The previous values stay on the stack. */
static void zmqjs_duk_keep(duk_context *ctx, zmqjs_duk_native *native, duk_idx_t kept,
                           const zmqjs_frame *frame) {
    for (size_t i = 0; i < frame->keep_count; i++) {
        const zmqjs_keep *keep = &frame->keep[i];
        duk_get_prop_index(ctx, kept, keep->index);
        keep->argument >= 0 ? duk_dup(ctx, keep->argument) : duk_push_undefined(ctx);
        duk_put_prop_index(ctx, kept, keep->index);
        native->used = keep->index < native->used ? native->used : keep->index + 1;
    }
}

/* Pushes the kept values that a result names, in the order in which it names them. */
static void zmqjs_duk_push_named(duk_context *ctx, duk_idx_t kept, const zmqjs_data *data) {
    if (data->type == ZMQJS_KEPT)
        duk_get_prop_index(ctx, kept, (duk_uarridx_t)data->as.int32);
    for (size_t i = 0; (data->type == ZMQJS_ARRAY || data->type == ZMQJS_OBJECT) && i < data->length; i++)
        zmqjs_duk_push_named(ctx, kept, zmqjs_adapter_element(data, i));
}

/* ---- calls ---------------------------------------------------------------------------------- */

/* It runs finalizers of the script. The engine discards their exceptions. */
static void zmqjs_duk_collect(void *payload, void *context) {
    (void)payload;
    duk_gc(context, 0);
}

/* Makes the runtime, if there is none. */
static int zmqjs_duk_start(zmqjs_duk_state *state) {
    return zmqjs_adapter_start(&state->runtime, "duktape", &state->interrupt,
                               state->interrupt.function ? zmqjs_adapter_interrupted : NULL, zmqjs_duk_collect);
}

static duk_ret_t zmqjs_duk_run(duk_context *ctx, zmqjs_duk_state *state,
                               const zmqjs_function *function) {
    zmqjs_data data[ZMQJS_PARAMETER_MAXIMUM];
    zmqjs_duk_call call = {.state = state};
    zmqjs_duk_native *self = NULL;
    duk_idx_t kept = 0;
    duk_require_stack(ctx, ZMQJS_DUK_ROOM);
    zmqjs_adapter_begin(&call.frame, state->runtime, ctx, NULL, data,
                        zmqjs_adapter_count(function, (size_t)duk_get_top(ctx)));
    zmqjs_duk_read_all(ctx, function, &call, data);
    call.this_index = duk_get_top(ctx);
    duk_push_this(ctx);
    if (duk_is_object(ctx, call.this_index) && !duk_is_constructor_call(ctx))
        self = zmqjs_duk_get_native(ctx, call.this_index);
    if (self) {
        zmqjs_duk_make_room(ctx, call.this_index, self, function->keeps);
        zmqjs_duk_push_kept(ctx, call.this_index);
        kept = duk_get_top_index(ctx);
        call.frame.self = self->owned ? self->owned->instance : NULL;
    }
    call.status = function->call(function, &call.frame);
    if (call.status == ZMQJS_OK && call.frame.result.type <= ZMQJS_DOUBLE) {
        zmqjs_duk_push(ctx, &call, &call.frame.result);
        return 1;
    }
    if (call.status == ZMQJS_HELD && self)
        zmqjs_duk_keep(ctx, self, kept, &call.frame);
    call.next_kept = duk_get_top(ctx);
    if (call.status >= ZMQJS_OK && self)
        zmqjs_duk_push_named(ctx, kept, &call.frame.result);
    int status = duk_safe_call(ctx, zmqjs_duk_make_part, &call, 0, 1);
    if (call.status >= ZMQJS_OK && call.frame.result.type == ZMQJS_INSTANCE && !call.is_taken)
        zmqjs_finalize(call.frame.result.as.instance);
    if (call.status != ZMQJS_OK)
        zmqjs_frame_release(&call.frame);
    return status == DUK_EXEC_SUCCESS && call.status >= ZMQJS_OK ? 1 : duk_throw(ctx);
}

/* A function that refers to the holder is called, or a class with new. Its magic is the number of the
 * function, and whether it is a class in the lowest bit. */
static duk_ret_t zmqjs_duk_called(duk_context *ctx) {
    duk_int_t magic = duk_get_current_magic(ctx);
    duk_push_current_function(ctx);
    zmqjs_duk_state *state = zmqjs_duk_push_hidden(ctx, -1);
    duk_pop_2(ctx);
    if ((magic & 1) != (duk_int_t)duk_is_constructor_call(ctx))
        return zmqjs_duk_throw(ctx, state, zmqjs_adapter_error(
            ZMQJS_TYPE_ERROR, magic & 1 ? "a class constructor needs 'new'" : "not a constructor"));
    if (state->ended)
        return zmqjs_duk_throw(ctx, state, zmqjs_adapter_error(ZMQJS_ERROR, "the module has ended"));
    int status = zmqjs_duk_start(state);
    if (status != ZMQJS_OK)
        return zmqjs_duk_throw(ctx, state, zmqjs_adapter_status_error(status));
    return zmqjs_duk_run(ctx, state, state->functions[magic >> 1]);
}

/* Finalizes the first instance of a list. */
static void zmqjs_duk_disown(zmqjs_duk_owned **link) {
    zmqjs_duk_owned *owned = *link;
    *link = owned->next;
    if (owned->next)
        owned->next->link = link;
    zmqjs_finalize(owned->instance);
    free(owned);
}

/* The finalizer of an instance's array. It may be called again, if a script's finalizer has
 * rescued the instance, and after that of the holder. */
static duk_ret_t zmqjs_duk_finalize(duk_context *ctx) {
    duk_get_prop_index(ctx, 0, ZMQJS_DUK_NATIVE);
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
    zmqjs_adapter_stop(&state->runtime);
    while (state->owned)
        zmqjs_duk_disown(&state->owned);
    return 0;
}

/* ---- registration --------------------------------------------------------------------------- */

typedef struct zmqjs_duk_builder {
    zmqjs_duk_call call;
    const zmqjs_definition *definition;
} zmqjs_duk_builder;

/* Pushes a function of the engine, which refers to the holder. */
static void zmqjs_duk_push_function(duk_context *ctx, const zmqjs_duk_state *state, const zmqjs_function *function,
                                    int is_class) {
    duk_push_c_function(ctx, zmqjs_duk_called, DUK_VARARGS);
    duk_set_magic(ctx, -1, 2 * (duk_int_t)function->number + is_class);
    duk_push_heapptr(ctx, state->holder);
    duk_put_prop_literal(ctx, -2, ZMQJS_DUK_KEY);
}

static duk_ret_t zmqjs_duk_define_part(duk_context *ctx, void *argument) {
    zmqjs_duk_builder *builder = argument;
    const zmqjs_definition *definition = builder->definition;
    zmqjs_duk_state *state = builder->call.state;
    uint32_t attributes = zmqjs_adapter_attributes(definition->property);
    zmqjs_properties properties;
    duk_idx_t top = duk_get_top(ctx);
    zmqjs_duk_push_held(ctx, state, ZMQJS_DUK_REGISTER);
    zmqjs_duk_push_held(ctx, state, ZMQJS_DUK_MODULE);
    zmqjs_duk_push(ctx, &builder->call, zmqjs_adapter_describe(definition, attributes, &properties));
    if (definition->function)
        zmqjs_duk_push_function(ctx, state, definition->function, definition->class_begun != NULL);
    if (definition->setter)
        zmqjs_duk_push_function(ctx, state, definition->setter, 0);
    duk_call(ctx, duk_get_top(ctx) - top - 1);
    return 1;
}

/* Leaves an exception on the stack. */
static int zmqjs_duk_define(void *payload, const zmqjs_definition *definition) {
    zmqjs_duk_builder *builder = payload;
    duk_context *ctx = builder->call.frame.context;
    builder->definition = definition;
    if (duk_safe_call(ctx, zmqjs_duk_define_part, builder, 0, 1) != DUK_EXEC_SUCCESS)
        return ZMQJS_EXCEPTION;
    duk_pop(ctx);
    return ZMQJS_OK;
}

/* Pushes the holder of a new state. */
static void zmqjs_duk_push_holder(duk_context *ctx) {
    duk_idx_t holder = duk_push_bare_array(ctx);
    zmqjs_duk_state *state = duk_push_fixed_buffer(ctx, sizeof *state);
    zmqjs_duk_builder builder = {.call = {.state = state, .frame = {.context = ctx}}};
    *state = (zmqjs_duk_state){.holder = duk_get_heapptr(ctx, holder)};
    duk_put_prop_index(ctx, holder, ZMQJS_DUK_STATE);
    duk_push_c_function(ctx, zmqjs_duk_finalize, 1);
    duk_put_prop_index(ctx, holder, ZMQJS_DUK_FINALIZER);
    duk_eval_string(ctx, zmqjs_duk_script);
    for (duk_uarridx_t i = ZMQJS_DUK_MODULE; i < ZMQJS_DUK_HELD; i++) {
        duk_get_prop_index(ctx, -1, i - ZMQJS_DUK_MODULE);
        duk_put_prop_index(ctx, holder, i);
    }
    int status = zmqjs_adapter_register(zmqjs_duk_define, &builder, &state->functions);
    if (status == ZMQJS_EXCEPTION)
        (void)duk_throw(ctx);
    if (status != ZMQJS_OK)
        (void)duk_generic_error(ctx, "%s", zmqjs_last_error());
    zmqjs_duk_push_held(ctx, state, ZMQJS_DUK_MODULE);
    duk_freeze(ctx, -1); /* as the exports of an ECMAScript module are */
    duk_set_top(ctx, holder + 1);
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

static duk_ret_t zmqjs_duk_find_part(duk_context *ctx, void *state) {
    duk_require_stack(ctx, ZMQJS_DUK_ROOM);
    duk_push_global_stash(ctx);
    *(zmqjs_duk_state **)state = zmqjs_duk_push_hidden(ctx, -1);
    return 0;
}

/* The state, or NULL, also if the module has ended. */
static zmqjs_duk_state *zmqjs_duk_find_state(duk_context *ctx) {
    zmqjs_duk_state *state = NULL;
    if (!duk_check_stack(ctx, 1))
        return NULL;
    (void)duk_safe_call(ctx, zmqjs_duk_find_part, &state, 0, 1);
    duk_pop(ctx);
    return state && !state->ended ? state : NULL;
}

zmqjs_runtime *zmqjs_duktape_runtime(duk_context *ctx) {
    zmqjs_duk_state *state = zmqjs_duk_find_state(ctx);
    return state && zmqjs_duk_start(state) == ZMQJS_OK ? state->runtime : NULL;
}

int zmqjs_duktape_set_interrupted(duk_context *ctx, int (*interrupted)(void *), void *argument) {
    zmqjs_duk_state *state = zmqjs_duk_find_state(ctx);
    if (!state || state->runtime)
        return -1;
    state->interrupt = (zmqjs_adapter_interrupt){interrupted, argument};
    return 0;
}

#endif /* ZMQJS_DUKTAPE_IMPLEMENTATION */
