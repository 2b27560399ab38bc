/*
 * zmqjs_napi.h - the module "zmq" for engines with Node-API: Node, Bun, Deno, Electron
 *
 * Header-only. In ONE file of an addon:
 *
 *     #include <node_api.h>            Node-API version 8 or newer
 *     #define ZMQJS_NAPI_IMPLEMENTATION
 *     #include "zmqjs_napi.h"          and link with -lzmqjs
 *
 *     NAPI_MODULE_INIT() { return zmqjs_napi_init(env, exports); }
 *
 * It is C99 and C++11 with _GNU_SOURCE defined, and needs neither libuv nor any engine's own interface. An
 * environment (the main thread's, or a worker's) has a runtime of its own, which ends
 * with it. It uses the environment's instance data.
 */
#ifndef ZMQJS_NAPI_H
#define ZMQJS_NAPI_H

#include "zmqjs_adapter.h"

#if !defined(NODE_API_MODULE) && !defined(SRC_NODE_API_H_)
#error "zmqjs_napi.h: include node_api.h first"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Defines the module's functions, classes and constants as properties of exports, once in
 * each environment. Returns exports, or NULL with an exception pending. On the
 * environment's thread, like the function below. */
napi_value zmqjs_napi_init(napi_env env, napi_value exports);

/* Gives the runtime of an environment, which lives as long as that, for zmqjs_interrupt().
 * Returns NULL if there is none yet and none can be made; see zmqjs_last_error(). */
zmqjs_runtime *zmqjs_napi_runtime(napi_env env);

#ifdef __cplusplus
}
#endif

#endif /* ZMQJS_NAPI_H */

#if defined(ZMQJS_NAPI_IMPLEMENTATION) && !defined(ZMQJS_NAPI_IMPLEMENTED)
#define ZMQJS_NAPI_IMPLEMENTED

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- state ----------------------------------------------------------------------- */

/* What is kept of the engine, for scripts may replace the globals. The first three are
 * numbered as enum zmqjs_error_class. */
enum {
    ZMQJS_NAPI_ERROR,
    ZMQJS_NAPI_TYPE_ERROR,
    ZMQJS_NAPI_RANGE_ERROR,
    ZMQJS_NAPI_DEFINE,   /* Object.defineProperty */
    ZMQJS_NAPI_SLOTS,    /* a WeakMap of instances to the arrays of their slots */
    ZMQJS_NAPI_SLOTS_SET, /* WeakMap.prototype.set */
    ZMQJS_NAPI_COPY,      /* a function: the first bytes of the next, as a Uint8Array */
    ZMQJS_NAPI_COPIED,    /* another, whose memory is at state->copied */
    ZMQJS_NAPI_CLASSES    /* the constructors of the module's classes */
};

/* Arrays of so many bytes V8 keeps in its own heap, if a script makes them. That takes a
 * third of the time that an ArrayBuffer takes, which is to be collected on its own. */
enum { ZMQJS_NAPI_FEW_BYTES = 64 };

enum { ZMQJS_NAPI_KNOWN = 64, ZMQJS_NAPI_SHORT = 128 };

/* All that an environment has of the module. */
typedef struct zmqjs_napi_state {
    const zmqjs_module *module;
    zmqjs_runtime *runtime; /* NULL until the first call */
    size_t references;      /* the environment, and each instance */
    napi_ref *kept;
    const zmqjs_data *making; /* the instance that the library is making of its own accord */
    struct zmqjs_napi_instance *known[ZMQJS_NAPI_KNOWN]; /* some of ours */
    struct zmqjs_napi_function *functions;
    napi_ref foreign_byte_array; /* Uint8FFArray, or NULL */
    void *copied;
    int ended;
} zmqjs_napi_state;

/* What a function carries. */
typedef struct zmqjs_napi_function {
    struct zmqjs_napi_function *next;
    zmqjs_napi_state *state;
    const zmqjs_function *function;
    const zmqjs_class *definition; /* of a constructor; else NULL */
    int is_export;                 /* a function of the module itself */
} zmqjs_napi_function;

/* What an instance of our classes carries. */
typedef struct zmqjs_napi_instance {
    zmqjs_napi_state *state;
    const zmqjs_class *definition;
    void *pointer;
    napi_ref slots; /* weak: the array that the WeakMap keeps; NULL until there is one */
} zmqjs_napi_instance;

static const napi_type_tag zmqjs_napi_tag = {0x3b1f5c0a91d84e27ULL, 0xa6c2e87d40b95f13ULL};

static zmqjs_value zmqjs_napi_wrap(const void *handle) {
    zmqjs_value value = {{0, 0}};
    value.bits[0] = (uint64_t)(uintptr_t)handle;
    return value;
}

static napi_value zmqjs_napi_unwrap(zmqjs_value value) {
    return (napi_value)(uintptr_t)value.bits[0];
}

/* A call of Node-API that failed leaves an exception pending in the end. */
static int zmqjs_napi_check(napi_env env, napi_status status) {
    const napi_extended_error_info *info = NULL;
    bool pending = false;
    if (status == napi_ok) {
        return ZMQJS_OK;
    }
    napi_get_last_error_info(env, &info);
    if (napi_is_exception_pending(env, &pending) == napi_ok && !pending) {
        napi_throw_error(env, NULL,
                         info != NULL && info->error_message != NULL ? info->error_message
                                                                     : "Node-API failed");
    }
    return ZMQJS_EXCEPTION;
}

static int zmqjs_napi_hand_out(napi_env env, napi_status status, napi_value made,
                               zmqjs_value *value) {
    if (zmqjs_napi_check(env, status) != ZMQJS_OK) {
        return ZMQJS_EXCEPTION;
    }
    *value = zmqjs_napi_wrap(made);
    return ZMQJS_OK;
}

static napi_value zmqjs_napi_kept(napi_env env, const zmqjs_napi_state *state, size_t index) {
    napi_value value = NULL;
    napi_get_reference_value(env, state->kept[index], &value);
    return value;
}

static void zmqjs_napi_release_state(zmqjs_napi_state *state) {
    if (--state->references > 0) {
        return;
    }
    while (state->functions != NULL) {
        zmqjs_napi_function *function = state->functions;
        state->functions = function->next;
        free(function);
    }
    free(state->kept);
    free(state);
}

/* ---- instances -------------------------------------------------------------------- */

static zmqjs_napi_instance **zmqjs_napi_known(zmqjs_napi_state *state, const void *instance) {
    return &state->known[((uintptr_t)instance >> 4) % ZMQJS_NAPI_KNOWN];
}

static void zmqjs_napi_finalize(napi_env env, void *data, void *hint) {
    zmqjs_napi_instance *instance = (zmqjs_napi_instance *)data;
    zmqjs_napi_instance **known = zmqjs_napi_known(instance->state, instance);
    (void)hint;
    zmqjs_finalize(instance->pointer);
    if (*known == instance) {
        *known = NULL;
    }
    if (instance->slots != NULL && !instance->state->ended) {
        napi_delete_reference(env, instance->slots);
    }
    zmqjs_napi_release_state(instance->state);
    free(instance);
}

/* The instance that a value is, or NULL. An object that another addon has wrapped is told
 * from ours by its tag, which takes long to read. */
static zmqjs_napi_instance *zmqjs_napi_instance_of(napi_env env, zmqjs_napi_state *state,
                                                   napi_value value) {
    void *wrapped = NULL;
    zmqjs_napi_instance **known;
    bool ours = false;
    if (napi_unwrap(env, value, &wrapped) != napi_ok || wrapped == NULL) {
        return NULL;
    }
    known = zmqjs_napi_known(state, wrapped);
    if (*known != wrapped) {
        if (napi_check_object_type_tag(env, value, &zmqjs_napi_tag, &ours) != napi_ok || !ours) {
            return NULL;
        }
        *known = (zmqjs_napi_instance *)wrapped;
    }
    return (*known)->state == state ? *known : NULL;
}

/* Makes an object that the engine has made an instance. */
static int zmqjs_napi_become(napi_env env, zmqjs_napi_state *state, napi_value object,
                             const zmqjs_data *data) {
    zmqjs_napi_instance *instance = (zmqjs_napi_instance *)calloc(1, sizeof *instance);
    napi_status status = napi_generic_failure;
    if (instance != NULL) {
        status = napi_type_tag_object(env, object, &zmqjs_napi_tag);
    }
    if (status == napi_ok) {
        status = napi_wrap(env, object, instance, zmqjs_napi_finalize, NULL, NULL);
    }
    if (status != napi_ok) {
        free(instance);
        return zmqjs_napi_check(env, status);
    }
    instance->state = state;
    instance->definition = data->as.native.definition;
    instance->pointer = data->as.native.pointer;
    state->references++;
    return ZMQJS_OK;
}

static int zmqjs_napi_new_instance(napi_env env, zmqjs_napi_state *state, const zmqjs_data *data,
                                   zmqjs_value *value) {
    const zmqjs_data *outer = state->making;
    napi_value made = NULL;
    napi_status status;
    size_t i = 0;
    if (data->as.native.construct != NULL) {
        *value = *data->as.native.construct;
        return zmqjs_napi_become(env, state, zmqjs_napi_unwrap(*value), data);
    }
    while (state->module->classes[i] != data->as.native.definition) {
        i++;
    }
    state->making = data; /* for the constructor */
    status = napi_new_instance(env, zmqjs_napi_kept(env, state, ZMQJS_NAPI_CLASSES + i), 0, NULL,
                               &made);
    state->making = outer;
    return zmqjs_napi_hand_out(env, status, made, value);
}

/* ---- reading values ----------------------------------------------------------------- */

/* By UTF-16, because reading UTF-8 would replace lone surrogates. */
static int zmqjs_napi_get_string(napi_env env, napi_value value, zmqjs_data *data) {
    char16_t few[ZMQJS_NAPI_SHORT], *units = few;
    size_t length = 0;
    char *text;
    napi_status status = napi_get_value_string_utf16(env, value, few, ZMQJS_NAPI_SHORT, &length);
    if (status == napi_ok && length >= ZMQJS_NAPI_SHORT - 1) {
        status = napi_get_value_string_utf16(env, value, NULL, 0, &length);
        units = (char16_t *)malloc((length + 1) * sizeof *units);
        if (status == napi_ok && units != NULL) {
            status = napi_get_value_string_utf16(env, value, units, length + 1, &length);
        }
    }
    text = units != NULL ? (char *)malloc(3 * length + 1) : NULL;
    if (status != napi_ok || text == NULL) {
        free(text);
        free(units == few ? NULL : units);
        return zmqjs_napi_check(env, status != napi_ok ? status : napi_generic_failure);
    }
    data->type = ZMQJS_STRING;
    data->as.string.length = zmqjs_adapter_utf8(units, length, text);
    data->as.string.data = text;
    data->held[0] = text;
    free(units == few ? NULL : units);
    return ZMQJS_OK;
}

static int zmqjs_napi_get_bigint(napi_env env, napi_value value, zmqjs_data *data) {
    bool exact = false;
    uint64_t bits = 0;
    data->type = ZMQJS_BIGINT;
    if (napi_get_value_bigint_int64(env, value, &data->as.bigint, &exact) == napi_ok && !exact &&
        napi_get_value_bigint_uint64(env, value, &bits, &exact) == napi_ok) {
        data->as.bigint = (int64_t)bits;
        data->flags = exact ? ZMQJS_BIGINT_UNSIGNED : ZMQJS_BIGINT_TRUNCATED;
    }
    return ZMQJS_OK;
}

static size_t zmqjs_napi_element_size(napi_typedarray_type type) {
    switch (type) {
    case napi_int8_array:
    case napi_uint8_array:
    case napi_uint8_clamped_array:
        return 1;
    case napi_int32_array:
    case napi_uint32_array:
    case napi_float32_array:
        return 4;
    case napi_float64_array:
    case napi_bigint64_array:
    case napi_biguint64_array:
        return 8;
    default: /* float16 too */
        return 2;
    }
}

/* Reads bytes, if the value is such: 1. */
static int zmqjs_napi_get_bytes(napi_env env, napi_value value, zmqjs_data *data) {
    bool is = false;
    napi_typedarray_type type;
    size_t length = 0;
    void *bytes = NULL;
    napi_status status = napi_invalid_arg;
    if (napi_is_typedarray(env, value, &is) == napi_ok && is) {
        status = napi_get_typedarray_info(env, value, &type, &length, &bytes, NULL, NULL);
        if (status == napi_ok) {
            length *= zmqjs_napi_element_size(type);
        }
    } else if (napi_is_arraybuffer(env, value, &is) == napi_ok && is) {
        status = napi_get_arraybuffer_info(env, value, &bytes, &length);
    } else if (napi_is_dataview(env, value, &is) == napi_ok && is) {
        status = napi_get_dataview_info(env, value, &length, &bytes, NULL, NULL);
    }
    if (status != napi_ok) {
        return 0;
    }
    data->type = ZMQJS_BYTES;
    data->as.bytes.data = bytes;
    data->as.bytes.length = bytes != NULL ? length : 0;
    return 1;
}

static int zmqjs_napi_get_object(napi_env env, zmqjs_napi_state *state, napi_value value,
                                 zmqjs_data *data) {
    const zmqjs_napi_instance *instance;
    bool is_array = false;
    uint32_t length = 0;
    if (zmqjs_napi_get_bytes(env, value, data)) {
        return ZMQJS_OK;
    }
    instance = zmqjs_napi_instance_of(env, state, value);
    if (instance != NULL) {
        data->type = ZMQJS_NATIVE;
        data->as.native.definition = instance->definition;
        data->as.native.pointer = instance->pointer;
    } else if (napi_is_array(env, value, &is_array) == napi_ok && is_array &&
               napi_get_array_length(env, value, &length) == napi_ok) {
        data->type = ZMQJS_ARRAY;
        data->as.elements.length = length;
    }
    return ZMQJS_OK;
}

static int zmqjs_napi_value_get(void *payload, void *context, zmqjs_value wrapped,
                                zmqjs_data *data) {
    napi_env env = (napi_env)context;
    napi_value value = zmqjs_napi_unwrap(wrapped);
    napi_valuetype type = napi_undefined;
    bool boolean = false;
    double number = 0;
    napi_typeof(env, value, &type);
    switch (type) {
    case napi_undefined:
        return ZMQJS_OK;
    case napi_null:
        data->type = ZMQJS_NULL;
        return ZMQJS_OK;
    case napi_boolean:
        data->type = ZMQJS_BOOLEAN;
        napi_get_value_bool(env, value, &boolean);
        data->as.boolean = boolean;
        return ZMQJS_OK;
    case napi_number:
        napi_get_value_double(env, value, &number);
        zmqjs_adapter_get_number(number, data);
        return ZMQJS_OK;
    case napi_bigint:
        return zmqjs_napi_get_bigint(env, value, data);
    case napi_string:
        return zmqjs_napi_get_string(env, value, data);
    case napi_object:
        data->type = ZMQJS_OBJECT;
        return zmqjs_napi_get_object(env, (zmqjs_napi_state *)payload, value, data);
    default:
        data->type = ZMQJS_OBJECT;
        return ZMQJS_OK;
    }
}

static void zmqjs_napi_value_release(void *payload, void *context, zmqjs_data *data) {
    (void)payload;
    (void)context;
    free(data->held[0]); /* NULL for bytes */
}

static void zmqjs_napi_release(zmqjs_data *data, int count) {
    while (count-- > 0) {
        zmqjs_napi_value_release(NULL, NULL, &data[count]);
    }
}

static int zmqjs_napi_element_get(void *payload, void *context, zmqjs_value array, uint32_t index,
                                  zmqjs_value *element) {
    napi_env env = (napi_env)context;
    napi_value value = NULL;
    napi_status status = napi_get_element(env, zmqjs_napi_unwrap(array), index, &value);
    (void)payload;
    return zmqjs_napi_hand_out(env, status, value, element);
}

/* ---- making values -------------------------------------------------------------------- */

/* A Uint8Array of a buffer, or what the host has instead. */
static napi_status zmqjs_napi_new_view(napi_env env, const zmqjs_napi_state *state,
                                       napi_value buffer, size_t length, napi_value *view) {
    napi_value constructor = NULL;
    if (state->foreign_byte_array == NULL) {
        return napi_create_typedarray(env, napi_uint8_array, length, buffer, 0, view);
    }
    napi_get_reference_value(env, state->foreign_byte_array, &constructor);
    return napi_new_instance(env, constructor, 1, &buffer, view);
}

static napi_status zmqjs_napi_new_bytes(napi_env env, const zmqjs_napi_state *state,
                                        const zmqjs_data *data, napi_value *value) {
    void *bytes = NULL;
    napi_value buffer = NULL, arguments[2];
    size_t length = data->as.bytes.length;
    napi_status status;
    if (length <= ZMQJS_NAPI_FEW_BYTES && state->foreign_byte_array == NULL) {
        if (length > 0) {
            memcpy(state->copied, data->as.bytes.data, length);
        }
        arguments[0] = zmqjs_napi_kept(env, state, ZMQJS_NAPI_COPIED);
        status = napi_create_uint32(env, (uint32_t)length, &arguments[1]);
        return status == napi_ok
                   ? napi_call_function(env, arguments[0],
                                        zmqjs_napi_kept(env, state, ZMQJS_NAPI_COPY), 2, arguments,
                                        value)
                   : status;
    }
    status = napi_create_arraybuffer(env, length, &bytes, &buffer);
    if (status != napi_ok) {
        return status;
    }
    if (length > 0) {
        memcpy(bytes, data->as.bytes.data, length);
    }
    return zmqjs_napi_new_view(env, state, buffer, length, value);
}

static napi_status zmqjs_napi_define(napi_env env, napi_value object, const char *name,
                                     napi_value value, int attributes) {
    napi_property_descriptor descriptor;
    memset(&descriptor, 0, sizeof descriptor);
    descriptor.utf8name = name;
    descriptor.value = value;
    descriptor.attributes = (napi_property_attributes)attributes;
    return napi_define_properties(env, object, 1, &descriptor);
}

/* An array, or with names an object. */
static napi_status zmqjs_napi_new_elements(napi_env env, const zmqjs_data *data,
                                           napi_value *value) {
    size_t i, length = data->as.elements.length;
    napi_status status = data->type == ZMQJS_ARRAY
                             ? napi_create_array_with_length(env, length, value)
                             : napi_create_object(env, value);
    for (i = 0; status == napi_ok && i < length; i++) {
        napi_value element = zmqjs_napi_unwrap(data->as.elements.values[i]);
        status = data->type == ZMQJS_ARRAY
                     ? napi_set_element(env, *value, (uint32_t)i, element)
                     : zmqjs_napi_define(env, *value, data->as.elements.names[i], element,
                                         napi_writable | napi_enumerable | napi_configurable);
    }
    return status;
}

static int zmqjs_napi_value_new(void *payload, void *context, const zmqjs_data *data,
                                zmqjs_value *value) {
    zmqjs_napi_state *state = (zmqjs_napi_state *)payload;
    napi_env env = (napi_env)context;
    napi_value made = NULL;
    napi_status status = napi_invalid_arg;
    switch (data->type) {
    case ZMQJS_UNDEFINED:
        status = napi_get_undefined(env, &made);
        break;
    case ZMQJS_NULL:
        status = napi_get_null(env, &made);
        break;
    case ZMQJS_BOOLEAN:
        status = napi_get_boolean(env, data->as.boolean != 0, &made);
        break;
    case ZMQJS_INT32:
        status = napi_create_int32(env, data->as.int32, &made);
        break;
    case ZMQJS_DOUBLE:
        status = napi_create_double(env, data->as.number, &made);
        break;
    case ZMQJS_BIGINT:
        status = data->flags & ZMQJS_BIGINT_UNSIGNED
                     ? napi_create_bigint_uint64(env, (uint64_t)data->as.bigint, &made)
                     : napi_create_bigint_int64(env, data->as.bigint, &made);
        break;
    case ZMQJS_STRING:
        status = napi_create_string_utf8(env, data->as.string.length > 0 ? data->as.string.data : "",
                                         data->as.string.length, &made);
        break;
    case ZMQJS_BYTES:
        status = zmqjs_napi_new_bytes(env, state, data, &made);
        break;
    case ZMQJS_NATIVE:
        return zmqjs_napi_new_instance(env, state, data, value);
    case ZMQJS_ARRAY:
    case ZMQJS_OBJECT:
        status = zmqjs_napi_new_elements(env, data, &made);
        break;
    default:
        break;
    }
    return zmqjs_napi_hand_out(env, status, made, value);
}

typedef struct zmqjs_napi_adopted {
    zmqjs_release release; /* NULL until the adoption has succeeded */
    void *argument;
} zmqjs_napi_adopted;

static void zmqjs_napi_end_adopted(napi_env env, void *data, void *hint) {
    zmqjs_napi_adopted *adopted = (zmqjs_napi_adopted *)hint;
    (void)env;
    (void)data;
    if (adopted->release != NULL) {
        adopted->release(adopted->argument);
    }
    free(adopted);
}

/* Electron and others refuse foreign memory: then nothing is pending. */
static int zmqjs_napi_bytes_adopt(void *payload, void *context, void *data, size_t length,
                                  zmqjs_release release, void *argument, zmqjs_value *value) {
    zmqjs_napi_state *state = (zmqjs_napi_state *)payload;
    napi_env env = (napi_env)context;
    napi_value buffer = NULL, view = NULL;
    napi_status status;
    zmqjs_napi_adopted *adopted = state->foreign_byte_array == NULL
                                      ? (zmqjs_napi_adopted *)calloc(1, sizeof *adopted)
                                      : NULL;
    if (adopted == NULL) {
        return ZMQJS_REFUSED;
    }
    adopted->argument = argument;
    status = napi_create_external_arraybuffer(env, data, length, zmqjs_napi_end_adopted, adopted,
                                              &buffer);
    if (status != napi_ok) {
        free(adopted);
        return status == napi_pending_exception ? ZMQJS_EXCEPTION : ZMQJS_REFUSED;
    }
    status = zmqjs_napi_new_view(env, state, buffer, length, &view);
    if (status == napi_ok) {
        adopted->release = release;
    }
    return zmqjs_napi_hand_out(env, status, view, value);
}

static int zmqjs_napi_scope_open(void *payload, void *context, zmqjs_value *scope) {
    napi_env env = (napi_env)context;
    napi_escapable_handle_scope opened = NULL;
    napi_status status = napi_open_escapable_handle_scope(env, &opened);
    (void)payload;
    *scope = zmqjs_napi_wrap(opened);
    return zmqjs_napi_check(env, status);
}

static void zmqjs_napi_scope_close(void *payload, void *context, zmqjs_value scope,
                                   zmqjs_value *keep) {
    napi_env env = (napi_env)context;
    napi_escapable_handle_scope opened =
        (napi_escapable_handle_scope)(uintptr_t)scope.bits[0];
    napi_value kept = NULL;
    (void)payload;
    if (keep != NULL && napi_escape_handle(env, opened, zmqjs_napi_unwrap(*keep), &kept) == napi_ok) {
        *keep = zmqjs_napi_wrap(kept);
    }
    napi_close_escapable_handle_scope(env, opened);
}

/* ---- slots, errors, interrupts -------------------------------------------------------- */

/* The array of an instance's slots: NULL without an exception if it has none. */
static napi_value zmqjs_napi_slots(napi_env env, const zmqjs_napi_instance *instance) {
    napi_value slots = NULL;
    if (instance->slots != NULL) {
        napi_get_reference_value(env, instance->slots, &slots);
    }
    return slots;
}

static napi_status zmqjs_napi_new_slots(napi_env env, zmqjs_napi_instance *instance,
                                        napi_value object, napi_value *slots) {
    zmqjs_napi_state *state = instance->state;
    napi_value entry[2], result = NULL;
    napi_status status = napi_create_array(env, slots);
    entry[0] = object;
    entry[1] = *slots;
    if (status == napi_ok) {
        status = napi_call_function(env, zmqjs_napi_kept(env, state, ZMQJS_NAPI_SLOTS),
                                    zmqjs_napi_kept(env, state, ZMQJS_NAPI_SLOTS_SET), 2, entry,
                                    &result);
    }
    return status == napi_ok ? napi_create_reference(env, *slots, 0, &instance->slots) : status;
}

static int zmqjs_napi_slot_set(void *payload, void *context, zmqjs_value object, uint32_t index,
                               zmqjs_value value) {
    napi_env env = (napi_env)context;
    napi_value holder = zmqjs_napi_unwrap(object), slots;
    napi_status status = napi_ok;
    zmqjs_napi_instance *instance =
        zmqjs_napi_instance_of(env, (zmqjs_napi_state *)payload, holder);
    if (instance == NULL) {
        return zmqjs_napi_check(env, napi_object_expected);
    }
    slots = zmqjs_napi_slots(env, instance);
    if (slots == NULL) {
        status = zmqjs_napi_new_slots(env, instance, holder, &slots);
    }
    if (status == napi_ok) {
        status = napi_set_element(env, slots, index, zmqjs_napi_unwrap(value));
    }
    return zmqjs_napi_check(env, status);
}

static int zmqjs_napi_slot_get(void *payload, void *context, zmqjs_value object, uint32_t index,
                               zmqjs_value *value) {
    napi_env env = (napi_env)context;
    napi_value slots, kept = NULL;
    napi_status status;
    const zmqjs_napi_instance *instance =
        zmqjs_napi_instance_of(env, (zmqjs_napi_state *)payload, zmqjs_napi_unwrap(object));
    if (instance == NULL) {
        return zmqjs_napi_check(env, napi_object_expected);
    }
    slots = zmqjs_napi_slots(env, instance);
    status = slots != NULL ? napi_get_element(env, slots, index, &kept)
                           : napi_get_undefined(env, &kept);
    return zmqjs_napi_hand_out(env, status, kept, value);
}

static void zmqjs_napi_define_text(napi_env env, napi_value object, const char *name,
                                   const char *text) {
    napi_value value = NULL;
    if (text != NULL && napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value) == napi_ok) {
        zmqjs_napi_define(env, object, name, value,
                          napi_writable | napi_enumerable | napi_configurable);
    }
}

static void zmqjs_napi_throw_error(void *payload, void *context, const zmqjs_error *error) {
    zmqjs_napi_state *state = (zmqjs_napi_state *)payload;
    napi_env env = (napi_env)context;
    napi_value message = NULL, number = NULL, exception = NULL;
    uint32_t index = error->error_class <= ZMQJS_RANGE_ERROR ? error->error_class : 0;
    napi_status status = napi_create_string_utf8(env, error->message, NAPI_AUTO_LENGTH, &message);
    if (status == napi_ok) {
        status = napi_new_instance(env, zmqjs_napi_kept(env, state, index), 1, &message, &exception);
    }
    if (status != napi_ok) {
        zmqjs_napi_check(env, status);
        return;
    }
    zmqjs_napi_define_text(env, exception, "code", error->code);
    zmqjs_napi_define_text(env, exception, "endpoint", error->endpoint);
    if (error->error_number != 0 &&
        napi_create_int32(env, error->error_number, &number) == napi_ok) {
        zmqjs_napi_define(env, exception, "errno", number,
                          napi_writable | napi_enumerable | napi_configurable);
    }
    napi_throw(env, exception);
}

static void zmqjs_napi_throw_text(napi_env env, zmqjs_napi_state *state, uint32_t error_class,
                                  const char *text) {
    zmqjs_error error;
    memset(&error, 0, sizeof error);
    error.error_class = error_class;
    error.message = text;
    zmqjs_napi_throw_error(state, env, &error);
}

static void zmqjs_napi_throw_status(napi_env env, zmqjs_napi_state *state, int status,
                                    const char *text) {
    const zmqjs_error error = zmqjs_adapter_error(status, text);
    zmqjs_napi_throw_error(state, env, &error);
}

/* A worker that is to end may run no more JavaScript, which shows in what would. */
static int zmqjs_napi_interrupted(void *payload, void *context) {
    napi_env env = (napi_env)context;
    napi_handle_scope scope = NULL;
    napi_value undefined = NULL;
    bool equal = true;
    napi_status status;
    (void)payload;
    if (napi_open_handle_scope(env, &scope) != napi_ok) {
        return 1;
    }
    napi_get_undefined(env, &undefined);
    status = napi_strict_equals(env, undefined, undefined, &equal);
    napi_close_handle_scope(env, scope);
    return status != napi_ok;
}

/* ---- calls ------------------------------------------------------------------------------ */

/* The array that scripts expect of a host which has it is looked for at the first call. */
static void zmqjs_napi_find_foreign_byte_array(napi_env env, zmqjs_napi_state *state) {
    napi_value global = NULL, constructor = NULL;
    napi_valuetype type = napi_undefined;
    if (napi_get_global(env, &global) == napi_ok &&
        napi_get_named_property(env, global, "Uint8FFArray", &constructor) == napi_ok &&
        napi_typeof(env, constructor, &type) == napi_ok && type == napi_function) {
        napi_create_reference(env, constructor, 1, &state->foreign_byte_array);
    }
}

static int zmqjs_napi_start(napi_env env, zmqjs_napi_state *state) {
    zmqjs_engine engine;
    int status;
    if (state->runtime != NULL) {
        return ZMQJS_OK;
    }
    memset(&engine, 0, sizeof engine);
    engine.abi_version = ZMQJS_ABI_VERSION;
    engine.size = sizeof engine;
    engine.name = "Node-API";
    engine.value_get = zmqjs_napi_value_get;
    engine.value_new = zmqjs_napi_value_new;
    engine.element_get = zmqjs_napi_element_get;
    engine.slot_set = zmqjs_napi_slot_set;
    engine.slot_get = zmqjs_napi_slot_get;
    engine.throw_error = zmqjs_napi_throw_error;
    engine.value_release = zmqjs_napi_value_release;
    engine.scope_open = zmqjs_napi_scope_open;
    engine.scope_close = zmqjs_napi_scope_close;
    engine.bytes_adopt = zmqjs_napi_bytes_adopt;
    /* A signal ends a wait of the main thread, so that Ctrl-C works; signals do not come to
     * a worker, which is ended by the thread that made it. */
    engine.interrupted = syscall(SYS_gettid) == getpid() ? NULL : zmqjs_napi_interrupted;
    if (state->ended) {
        zmqjs_napi_throw_status(env, state, ZMQJS_INVALID_ARGUMENT,
                                "zmq: the environment has ended");
        return ZMQJS_EXCEPTION;
    }
    zmqjs_napi_find_foreign_byte_array(env, state);
    status = zmqjs_runtime_new(&engine, state, &state->runtime);
    if (status != ZMQJS_OK) {
        zmqjs_napi_throw_status(env, state, status, zmqjs_last_error());
        return ZMQJS_EXCEPTION;
    }
    return ZMQJS_OK;
}

/* Reads the arguments: how many there are to release, or -1. */
static int zmqjs_napi_read(napi_env env, zmqjs_napi_state *state, const zmqjs_function *function,
                           const zmqjs_value *arguments, size_t count, zmqjs_data *data) {
    int i, parameters = function->parameter_count, borrowed = 0;
    for (i = 0; i < parameters && (size_t)i < count; i++) {
        memset(&data[i], 0, sizeof data[i]);
        if ((function->reads & 1u << i) == 0) {
            continue;
        }
        if (zmqjs_napi_value_get(state, env, arguments[i], &data[i]) != ZMQJS_OK) {
            zmqjs_napi_release(data, borrowed);
            return -1;
        }
        if (data[i].type == ZMQJS_STRING) {
            borrowed = i + 1;
        }
    }
    return borrowed;
}

static napi_value zmqjs_napi_run(napi_env env, zmqjs_napi_state *state,
                                 const zmqjs_function *function, napi_value this_value,
                                 size_t count, napi_value *values) {
    zmqjs_value arguments[ZMQJS_PARAMETER_MAXIMUM];
    zmqjs_data data[ZMQJS_PARAMETER_MAXIMUM];
    const zmqjs_napi_instance *instance;
    zmqjs_call call;
    int status, borrowed;
    size_t i;
    if (zmqjs_napi_start(env, state) != ZMQJS_OK) {
        return NULL;
    }
    if (count > ZMQJS_PARAMETER_MAXIMUM) {
        count = ZMQJS_PARAMETER_MAXIMUM;
    }
    for (i = 0; i < count; i++) {
        arguments[i] = zmqjs_napi_wrap(values[i]);
    }
    borrowed = zmqjs_napi_read(env, state, function, arguments, count, data);
    if (borrowed < 0) {
        return NULL;
    }
    instance = zmqjs_napi_instance_of(env, state, this_value);
    call.runtime = state->runtime;
    call.context = env;
    call.this_value = zmqjs_napi_wrap(this_value);
    call.this_definition = instance != NULL ? instance->definition : NULL;
    call.this_pointer = instance != NULL ? instance->pointer : NULL;
    call.arguments = arguments;
    call.argument_count = count;
    call.data = data;
    call.wants_data = 1;
    status = function->call(function, &call);
    zmqjs_napi_release(data, borrowed);
    if (status == ZMQJS_DATA) {
        status = zmqjs_napi_value_new(state, env, &call.result_data, &call.result);
    }
    if (status == ZMQJS_OK) {
        return zmqjs_napi_unwrap(call.result);
    }
    if (status != ZMQJS_EXCEPTION) {
        zmqjs_napi_throw_status(env, state, status, zmqjs_last_error());
    }
    return NULL;
}

/* NULL if it is a call; Deno gives undefined then. */
static napi_status zmqjs_napi_new_target(napi_env env, napi_callback_info info, napi_value *target) {
    napi_valuetype type = napi_undefined;
    napi_status status = napi_get_new_target(env, info, target);
    if (status == napi_ok && *target != NULL) {
        status = napi_typeof(env, *target, &type);
        if (type == napi_undefined) {
            *target = NULL;
        }
    }
    return status;
}

/* Every function, method, getter and setter. */
static napi_value zmqjs_napi_call(napi_env env, napi_callback_info info) {
    napi_value values[ZMQJS_PARAMETER_MAXIMUM], this_value = NULL, target = NULL;
    size_t count = ZMQJS_PARAMETER_MAXIMUM;
    void *data = NULL;
    const zmqjs_napi_function *function;
    char text[100];
    if (napi_get_cb_info(env, info, &count, values, &this_value, &data) != napi_ok) {
        return NULL;
    }
    function = (const zmqjs_napi_function *)data;
    if (function->is_export && zmqjs_napi_new_target(env, info, &target) == napi_ok &&
        target != NULL) { /* methods refuse their instance then */
        snprintf(text, sizeof text, "%s is not a constructor", function->function->name);
        zmqjs_napi_throw_text(env, function->state, ZMQJS_TYPE_ERROR, text);
        return NULL;
    }
    return zmqjs_napi_run(env, function->state, function->function, this_value, count, values);
}

static napi_value zmqjs_napi_construct(napi_env env, napi_callback_info info) {
    napi_value values[ZMQJS_PARAMETER_MAXIMUM], this_value = NULL, target = NULL;
    size_t count = ZMQJS_PARAMETER_MAXIMUM;
    void *data = NULL;
    zmqjs_napi_state *state;
    const zmqjs_class *definition;
    char text[100];
    if (napi_get_cb_info(env, info, &count, values, &this_value, &data) != napi_ok ||
        zmqjs_napi_new_target(env, info, &target) != napi_ok) {
        return NULL;
    }
    state = ((const zmqjs_napi_function *)data)->state;
    definition = ((const zmqjs_napi_function *)data)->definition;
    if (state->making != NULL) {
        const zmqjs_data *made = state->making;
        state->making = NULL;
        zmqjs_napi_become(env, state, this_value, made);
        return this_value;
    }
    if (definition->constructor == NULL || target == NULL) {
        snprintf(text, sizeof text, "Class constructor %s cannot be invoked without 'new'",
                 definition->name);
        zmqjs_napi_throw_text(env, state, ZMQJS_TYPE_ERROR,
                              definition->constructor == NULL && definition->construct_error != NULL
                                  ? definition->construct_error
                                  : text);
        return NULL;
    }
    return zmqjs_napi_run(env, state, definition->constructor, this_value, count, values);
}

/* ---- building the module ----------------------------------------------------------------- */

/* The key for a name, or for "@@" and the name of a well-known symbol: NULL if the engine
 * lacks that. */
static napi_value zmqjs_napi_key(napi_env env, const char *name) {
    napi_value global = NULL, key = NULL;
    napi_valuetype type = napi_undefined;
    if (strncmp(name, "@@", 2) != 0) {
        napi_create_string_utf8(env, name, NAPI_AUTO_LENGTH, &key);
        return key;
    }
    napi_get_global(env, &global);
    if (napi_get_named_property(env, global, "Symbol", &key) != napi_ok ||
        napi_get_named_property(env, key, name + 2, &key) != napi_ok ||
        napi_typeof(env, key, &type) != napi_ok || type != napi_symbol) {
        return NULL;
    }
    return key;
}

static zmqjs_napi_function *zmqjs_napi_new_data(zmqjs_napi_state *state,
                                                const zmqjs_function *function,
                                                const zmqjs_class *definition) {
    zmqjs_napi_function *data = (zmqjs_napi_function *)calloc(1, sizeof *data);
    if (data != NULL) {
        data->next = state->functions;
        data->state = state;
        data->function = function;
        data->definition = definition;
        state->functions = data;
    }
    return data;
}

static napi_status zmqjs_napi_define_length(napi_env env, napi_value function, int length) {
    napi_value number = NULL;
    napi_status status = napi_create_int32(env, length, &number);
    return status == napi_ok
               ? zmqjs_napi_define(env, function, "length", number, napi_configurable)
               : status;
}

static napi_status zmqjs_napi_new_function(napi_env env, zmqjs_napi_state *state,
                                           const zmqjs_function *function, const char *prefix,
                                           napi_value *value) {
    char name[128];
    int is_symbol = strncmp(function->name, "@@", 2) == 0;
    napi_status status;
    zmqjs_napi_function *data = zmqjs_napi_new_data(state, function, NULL);
    if (data == NULL) {
        return napi_generic_failure;
    }
    snprintf(name, sizeof name, is_symbol ? "[Symbol.%s%s]" : "%s%s", prefix,
             function->name + (is_symbol ? 2 : 0));
    status = napi_create_function(env, name, NAPI_AUTO_LENGTH, zmqjs_napi_call, data, value);
    return status == napi_ok ? zmqjs_napi_define_length(env, *value, function->length) : status;
}

/* Defines a method, or on exports a function. */
static napi_status zmqjs_napi_define_function(napi_env env, zmqjs_napi_state *state,
                                              napi_value object, const zmqjs_function *function,
                                              int attributes) {
    napi_property_descriptor descriptor;
    napi_status status;
    memset(&descriptor, 0, sizeof descriptor);
    descriptor.name = zmqjs_napi_key(env, function->name);
    descriptor.attributes = (napi_property_attributes)attributes;
    if (descriptor.name == NULL) {
        return napi_ok;
    }
    status = zmqjs_napi_new_function(env, state, function, "", &descriptor.value);
    return status == napi_ok ? napi_define_properties(env, object, 1, &descriptor) : status;
}

/* By Object.defineProperty: Node-API's own accessors have functions without names. */
static napi_status zmqjs_napi_define_accessor(napi_env env, zmqjs_napi_state *state,
                                              napi_value object, const zmqjs_accessor *accessor) {
    napi_value arguments[3], function = NULL, yes = NULL, result = NULL;
    napi_status status = napi_create_object(env, &arguments[2]);
    arguments[0] = object;
    arguments[1] = zmqjs_napi_key(env, accessor->name);
    if (status == napi_ok) {
        status = zmqjs_napi_new_function(env, state, accessor->getter, "get ", &function);
    }
    if (status == napi_ok) {
        status = napi_set_named_property(env, arguments[2], "get", function);
    }
    if (status == napi_ok && accessor->setter != NULL) {
        status = zmqjs_napi_new_function(env, state, accessor->setter, "set ", &function);
        if (status == napi_ok) {
            status = napi_set_named_property(env, arguments[2], "set", function);
        }
    }
    if (status == napi_ok) {
        napi_get_boolean(env, true, &yes);
        status = napi_set_named_property(env, arguments[2], "configurable", yes);
    }
    return status == napi_ok ? napi_call_function(env, object,
                                                  zmqjs_napi_kept(env, state, ZMQJS_NAPI_DEFINE), 3,
                                                  arguments, &result)
                             : status;
}

static napi_status zmqjs_napi_fill_prototype(napi_env env, zmqjs_napi_state *state,
                                             const zmqjs_class *definition, napi_value prototype) {
    napi_property_descriptor tag;
    napi_status status = napi_ok;
    size_t i;
    for (i = 0; status == napi_ok && i < definition->method_count; i++) {
        status = zmqjs_napi_define_function(env, state, prototype, definition->methods[i],
                                            napi_writable | napi_configurable);
    }
    for (i = 0; status == napi_ok && i < definition->accessor_count; i++) {
        status = zmqjs_napi_define_accessor(env, state, prototype, definition->accessors[i]);
    }
    memset(&tag, 0, sizeof tag);
    tag.name = zmqjs_napi_key(env, "@@toStringTag");
    tag.attributes = napi_configurable;
    if (status == napi_ok && tag.name != NULL) {
        status = napi_create_string_utf8(env, definition->name, NAPI_AUTO_LENGTH, &tag.value);
        if (status == napi_ok) {
            status = napi_define_properties(env, prototype, 1, &tag);
        }
    }
    return status;
}

static napi_status zmqjs_napi_define_class(napi_env env, zmqjs_napi_state *state,
                                           napi_value exports, size_t index) {
    const zmqjs_class *definition = state->module->classes[index];
    napi_value constructor = NULL, prototype = NULL;
    napi_status status = napi_generic_failure;
    zmqjs_napi_function *data = zmqjs_napi_new_data(state, NULL, definition);
    if (data != NULL) {
        status = napi_define_class(env, definition->name, NAPI_AUTO_LENGTH, zmqjs_napi_construct,
                                   data, 0, NULL, &constructor);
    }
    if (status == napi_ok) {
        status = napi_create_reference(env, constructor, 1,
                                       &state->kept[ZMQJS_NAPI_CLASSES + index]);
    }
    if (status == napi_ok && definition->constructor != NULL) {
        status = zmqjs_napi_define_length(env, constructor, definition->constructor->length);
    }
    if (status == napi_ok) {
        status = napi_get_named_property(env, constructor, "prototype", &prototype);
    }
    if (status == napi_ok) {
        status = zmqjs_napi_fill_prototype(env, state, definition, prototype);
    }
    return status == napi_ok
               ? zmqjs_napi_define(env, exports, definition->name, constructor, napi_enumerable)
               : status;
}

static napi_status zmqjs_napi_keep(napi_env env, zmqjs_napi_state *state, size_t index,
                                   napi_value value) {
    return napi_create_reference(env, value, 1, &state->kept[index]);
}

static napi_status zmqjs_napi_keep_copy(napi_env env, zmqjs_napi_state *state) {
    static const char source[] = "((Bytes) => (copied, length) => {"
                                 "  const bytes = new Bytes(length);"
                                 "  for (let i = 0; i < length; i++) bytes[i] = copied[i];"
                                 "  return bytes;"
                                 "})(Uint8Array)";
    napi_value value = NULL, buffer = NULL;
    napi_status status;
    if ((status = napi_create_string_utf8(env, source, NAPI_AUTO_LENGTH, &value)) ||
        (status = napi_run_script(env, value, &value)) ||
        (status = zmqjs_napi_keep(env, state, ZMQJS_NAPI_COPY, value)) ||
        (status = napi_create_arraybuffer(env, ZMQJS_NAPI_FEW_BYTES, &state->copied, &buffer)) ||
        (status = napi_create_typedarray(env, napi_uint8_array, ZMQJS_NAPI_FEW_BYTES, buffer, 0,
                                         &value))) {
        return status;
    }
    return zmqjs_napi_keep(env, state, ZMQJS_NAPI_COPIED, value);
}

static napi_status zmqjs_napi_keep_intrinsics(napi_env env, zmqjs_napi_state *state) {
    static const char *const errors[] = {"Error", "TypeError", "RangeError"};
    napi_value global = NULL, value = NULL, map = NULL;
    napi_status status = napi_get_global(env, &global);
    size_t i;
    for (i = 0; status == napi_ok && i <= ZMQJS_NAPI_RANGE_ERROR; i++) {
        status = napi_get_named_property(env, global, errors[i], &value);
        if (status == napi_ok) {
            status = zmqjs_napi_keep(env, state, i, value);
        }
    }
    if (status != napi_ok || (status = napi_get_named_property(env, global, "Object", &value)) ||
        (status = napi_get_named_property(env, value, "defineProperty", &value)) ||
        (status = zmqjs_napi_keep(env, state, ZMQJS_NAPI_DEFINE, value)) ||
        (status = napi_get_named_property(env, global, "WeakMap", &value)) ||
        (status = napi_new_instance(env, value, 0, NULL, &map)) ||
        (status = zmqjs_napi_keep(env, state, ZMQJS_NAPI_SLOTS, map)) ||
        (status = napi_get_named_property(env, map, "set", &value))) {
        return status;
    }
    status = zmqjs_napi_keep(env, state, ZMQJS_NAPI_SLOTS_SET, value);
    return status == napi_ok ? zmqjs_napi_keep_copy(env, state) : status;
}

static napi_status zmqjs_napi_define_constants(napi_env env, const zmqjs_module *module,
                                               napi_value exports) {
    napi_status status = napi_ok;
    size_t i;
    for (i = 0; status == napi_ok && i < module->constant_count; i++) {
        napi_value number = NULL;
        status = napi_create_int64(env, module->constants[i]->value, &number);
        if (status == napi_ok) {
            status = zmqjs_napi_define(env, exports, module->constants[i]->name, number,
                                       napi_enumerable);
        }
    }
    return status;
}

static napi_status zmqjs_napi_build(napi_env env, zmqjs_napi_state *state, napi_value exports) {
    napi_status status = zmqjs_napi_keep_intrinsics(env, state);
    size_t i;
    for (i = 0; status == napi_ok && i < state->module->function_count; i++) {
        status = zmqjs_napi_define_function(env, state, exports, state->module->functions[i],
                                            napi_enumerable);
        if (status == napi_ok && state->functions != NULL) {
            state->functions->is_export = 1;
        }
    }
    for (i = 0; status == napi_ok && i < state->module->class_count; i++) {
        status = zmqjs_napi_define_class(env, state, exports, i);
    }
    return status == napi_ok ? zmqjs_napi_define_constants(env, state->module, exports) : status;
}

/* The environment ends: what the script left open is ended while its engine is still there. */
static void zmqjs_napi_end(void *argument) {
    zmqjs_napi_state *state = (zmqjs_napi_state *)argument;
    state->ended = 1;
    if (state->runtime != NULL) {
        zmqjs_runtime_free(state->runtime);
    }
}

static void zmqjs_napi_forget(napi_env env, void *data, void *hint) {
    (void)env;
    (void)hint;
    zmqjs_napi_release_state((zmqjs_napi_state *)data);
}

napi_value zmqjs_napi_init(napi_env env, napi_value exports) {
    const zmqjs_module *module = zmqjs_module_definition();
    zmqjs_napi_state *state;
    napi_status status;
    if (module == NULL) {
        napi_throw_error(env, NULL, zmqjs_last_error());
        return NULL;
    }
    state = (zmqjs_napi_state *)calloc(1, sizeof *state);
    if (state != NULL) {
        state->kept = (napi_ref *)calloc(ZMQJS_NAPI_CLASSES + module->class_count,
                                         sizeof *state->kept);
        state->references = 1;
    }
    if (state == NULL || state->kept == NULL) {
        free(state);
        napi_throw_error(env, NULL, "zmq: out of memory");
        return NULL;
    }
    state->module = module;
    status = napi_set_instance_data(env, state, zmqjs_napi_forget, NULL);
    if (status == napi_ok) {
        status = napi_add_env_cleanup_hook(env, zmqjs_napi_end, state);
    }
    if (status == napi_ok) {
        status = zmqjs_napi_build(env, state, exports);
    }
    return zmqjs_napi_check(env, status) == ZMQJS_OK ? exports : NULL;
}

zmqjs_runtime *zmqjs_napi_runtime(napi_env env) {
    void *data = NULL;
    zmqjs_napi_state *state;
    napi_value exception;
    if (napi_get_instance_data(env, &data) != napi_ok || data == NULL) {
        return NULL;
    }
    state = (zmqjs_napi_state *)data;
    if (zmqjs_napi_start(env, state) != ZMQJS_OK) {
        napi_get_and_clear_last_exception(env, &exception);
        return NULL;
    }
    return state->runtime;
}

#endif /* ZMQJS_NAPI_IMPLEMENTATION */
