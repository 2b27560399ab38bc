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
 * It is C99 and C++11 with _GNU_SOURCE defined, and needs neither libuv nor any engine's own
 * interface. An environment (the main thread's, or a worker's) has a runtime of its own, which ends
 * with it. It uses the environment's instance data.
 */
#ifndef ZMQJS_NAPI_H
#define ZMQJS_NAPI_H

#include "zmqjs_adapter.h"

#if !defined(NODE_API_MODULE) && !defined(SRC_NODE_API_H_)
#error "zmqjs_napi.h: include node_api.h first"
#endif

/* Defines the module's functions, classes and constants as properties of exports, once in
 * each environment. Returns exports, or NULL with an exception pending. On the
 * environment's thread, like the function below. */
ZMQJS_ADAPTER_API napi_value zmqjs_napi_init(napi_env env, napi_value exports);

/*
 * Defines on an object, under their names, the methods of Socket that can send bytes without copying
 * them. They work as those of the class, but keep bytes of 64 KiB and more (not over inproc) until
 * libzmq has sent them. A script that changes them until then may send them changed. It must neither
 * transfer nor shrink their ArrayBuffer until then: node:worker_threads has markAsUntransferable().
 * Memory that the environment frees before it calls its hooks, as that of other addons, must be copied
 * by the script; what was received by this module is copied.
 * keep is called when the environment ends, after at most zmqjs_leave_timeout(), for bytes that libzmq has not sent
 * yet: it has their memory stay for good, and returns 0. Where it is NULL or fails, the environment ends only
 * when libzmq has sent or dropped them, and in shared contexts bytes are copied.
 * Once in each environment, after zmqjs_napi_init(). Returns object, or NULL with an exception pending.
 * On the environment's thread.
 */
typedef int (*zmqjs_napi_keeper)(napi_env env, napi_value array_buffer);
ZMQJS_ADAPTER_API napi_value zmqjs_napi_lending(napi_env env, napi_value object, zmqjs_napi_keeper keep);

/* Gives the runtime of an environment, which lives as long as that, for zmqjs_interrupt().
 * Returns NULL if there is none yet and none can be made; see zmqjs_last_error(). */
ZMQJS_ADAPTER_API zmqjs_runtime *zmqjs_napi_runtime(napi_env env);

#endif /* ZMQJS_NAPI_H */

#if defined(ZMQJS_NAPI_IMPLEMENTATION) && !defined(ZMQJS_NAPI_IMPLEMENTED)
#define ZMQJS_NAPI_IMPLEMENTED

#include "zmqjs_napi_lending.h"

#include <stdio.h>

/* Whether the thread is the main one, whose waits signals end. Each system has another test for it. */
#ifdef _WIN32 /* it has no signals */
#define ZMQJS_NAPI_IS_MAIN_THREAD() 0
#elif defined(__APPLE__) /* its gettid() is another call */
#include <pthread.h>
#define ZMQJS_NAPI_IS_MAIN_THREAD() pthread_main_np()
#else
#include <sys/syscall.h>
#include <unistd.h>
#define ZMQJS_NAPI_IS_MAIN_THREAD() (syscall(SYS_gettid) == getpid())
#endif

/* ---- state ----------------------------------------------------------------------- */

/* Values of the engine that the state keeps, since scripts may replace the globals. The first three
 * are numbered as enum zmqjs_error_class. */
enum {
    ZMQJS_NAPI_ERROR,
    ZMQJS_NAPI_TYPE_ERROR,
    ZMQJS_NAPI_RANGE_ERROR,
    ZMQJS_NAPI_CLASSES,       /* see ZMQJS_ADAPTER_SCRIPT */
    ZMQJS_NAPI_REGISTER,      /* a function: see there */
    ZMQJS_NAPI_KEPT,          /* a function: see there */
    ZMQJS_NAPI_NEW_OBJECT,    /* a function: an object that has a prototype */
    ZMQJS_NAPI_NEW_ARRAY,     /* a function: an array of its arguments */
    ZMQJS_NAPI_COPY,          /* a function: the first bytes of the next, as a Uint8Array */
    ZMQJS_NAPI_COPIED,        /* a Uint8Array, whose memory is at state->copied */
    ZMQJS_NAPI_INTRINSICS
};

/* Shorter strings are read by one call, into a buffer of the call. */
enum { ZMQJS_NAPI_SHORT = 128 };

/* Arrays of at most so many elements are made by one call. */
enum { ZMQJS_NAPI_FEW_ELEMENTS = 64 };

enum { ZMQJS_NAPI_KNOWN = 64 };

/* The attributes of a property that a script makes. */
enum { ZMQJS_NAPI_PLAIN = napi_writable | napi_enumerable | napi_configurable };

/* The module in an environment. */
typedef struct zmqjs_napi_state {
    zmqjs_runtime *runtime; /* NULL until the first call */
    size_t references;      /* the environment, and each instance */
    napi_ref kept[ZMQJS_NAPI_INTRINSICS];
    struct zmqjs_napi_instance *known[ZMQJS_NAPI_KNOWN]; /* some of ours */
    struct zmqjs_napi_function *functions; /* by their numbers; and again, those that lend */
    size_t function_count;
    napi_ref foreign_byte_array;                         /* Uint8FFArray, or NULL */
    void *copied;
    size_t few; /* its length */
    zmqjs_napi_loans loans;
    int ended;
} zmqjs_napi_state;

/* The data of a function of the engine. */
typedef struct zmqjs_napi_function {
    zmqjs_napi_state *state;
    const zmqjs_function *function;
    const zmqjs_class *begun;      /* of a constructor its class; else NULL */
    struct zmqjs_napi_instance *last_self; /* this of the last call, if it was an instance */
    int lends;                     /* one of zmqjs_napi_lending() */
} zmqjs_napi_function;

/* The native part of an object of one of the classes. */
typedef struct zmqjs_napi_instance {
    zmqjs_napi_state *state;
    zmqjs_instance *instance;
    napi_ref object; /* weak */
    int64_t size;
    napi_ref kept; /* weak: the object that has its kept values, by index; NULL until there is one */
} zmqjs_napi_instance;

/* A call that is under way. */
typedef struct zmqjs_napi_call {
    napi_env env;
    zmqjs_napi_state *state;
    napi_value this_value;
    zmqjs_napi_instance *instance; /* this, if it is one */
    char16_t text[ZMQJS_NAPI_SHORT]; /* of one argument */
    int text_is_used;
    int lends;
    zmqjs_frame frame;
} zmqjs_napi_call;

static const napi_type_tag zmqjs_napi_tag = {0x3b1f5c0a91d84e27ULL, 0xa6c2e87d40b95f13ULL};

/* A call of Node-API that failed leaves an exception pending in the end. */
static int zmqjs_napi_check(napi_env env, napi_status status) {
    const napi_extended_error_info *info = NULL;
    bool pending = false;
    if (status == napi_ok)
        return 0;
    napi_get_last_error_info(env, &info);
    if (napi_is_exception_pending(env, &pending) == napi_ok && !pending)
        napi_throw_error(env, NULL,
                         info != NULL && info->error_message != NULL ? info->error_message
                                                                     : "Node-API failed");
    return -1;
}

static napi_value zmqjs_napi_value(napi_env env, napi_ref reference) {
    napi_value value = NULL;
    napi_get_reference_value(env, reference, &value);
    return value;
}

/* Calls one of the functions that are kept of the engine. */
static napi_status zmqjs_napi_call_kept(const zmqjs_napi_call *call, int number, size_t count,
                                        const napi_value *arguments, napi_value *result) {
    napi_value function = zmqjs_napi_value(call->env, call->state->kept[number]);
    return napi_call_function(call->env, function, function, count, arguments, result);
}

static void zmqjs_napi_release_state(zmqjs_napi_state *state) {
    if (--state->references == 0) {
        zmqjs_napi_loans_destroy(&state->loans);
        free(state->functions);
        free(state);
    }
}

/* ---- instances -------------------------------------------------------------------- */

static zmqjs_napi_instance **zmqjs_napi_known(zmqjs_napi_state *state, const void *instance) {
    return &state->known[((uintptr_t)instance >> 4) % ZMQJS_NAPI_KNOWN];
}

static void zmqjs_napi_finalize(napi_env env, void *data, void *hint) {
    zmqjs_napi_instance *instance = (zmqjs_napi_instance *)data;
    zmqjs_napi_instance **known = zmqjs_napi_known(instance->state, instance);
    int64_t total;
    size_t i;
    (void)hint;
    zmqjs_finalize(instance->instance);
    if (*known == instance)
        *known = NULL;
    for (i = 0; i < instance->state->function_count; i++) {
        if (instance->state->functions[i].last_self == instance)
            instance->state->functions[i].last_self = NULL;
    }
    napi_adjust_external_memory(env, -instance->size, &total);
    if (!instance->state->ended) {
        napi_delete_reference(env, instance->object);
        if (instance->kept != NULL)
            napi_delete_reference(env, instance->kept);
    }
    zmqjs_napi_release_state(instance->state);
    free(instance);
}

/* The instance that a value is, or NULL. Another addon may have wrapped an object: the tag shows that,
 * but takes long to read, so some instances are remembered. */
static zmqjs_napi_instance *zmqjs_napi_instance_of(napi_env env, zmqjs_napi_state *state,
                                                   napi_value value) {
    void *wrapped = NULL;
    zmqjs_napi_instance **known;
    bool ours = false;
    if (napi_unwrap(env, value, &wrapped) != napi_ok || wrapped == NULL)
        return NULL;
    known = zmqjs_napi_known(state, wrapped);
    if (*known != wrapped) {
        if (napi_check_object_type_tag(env, value, &zmqjs_napi_tag, &ours) != napi_ok || !ours)
            return NULL;
        *known = (zmqjs_napi_instance *)wrapped;
    }
    return (*known)->state == state ? *known : NULL;
}

/* The instance that this is in a call of a function, or NULL. Reading what an object wraps takes many
 * times as long as finding that it is the object of the last call. */
static zmqjs_napi_instance *zmqjs_napi_self(napi_env env, zmqjs_napi_function *data,
                                            napi_value value) {
    zmqjs_napi_instance *last = data->last_self;
    napi_value object = NULL;
    bool same = false;
    if (last == NULL || napi_get_reference_value(env, last->object, &object) != napi_ok ||
        object == NULL || napi_strict_equals(env, value, object, &same) != napi_ok || !same)
        last = data->last_self = zmqjs_napi_instance_of(env, data->state, value);
    return last;
}

/* Makes an object an instance. */
static napi_status zmqjs_napi_become(const zmqjs_napi_call *call, napi_value object, const zmqjs_data *data) {
    const zmqjs_napi_function *function = call->state->functions;
    zmqjs_napi_instance *instance = (zmqjs_napi_instance *)calloc(1, sizeof *instance);
    napi_status status = instance != NULL ? napi_ok : napi_generic_failure;
    int64_t total;
    if (status != napi_ok ||
        (status = napi_create_reference(call->env, object, 0, &instance->object)) ||
        (status = napi_type_tag_object(call->env, object, &zmqjs_napi_tag)) ||
        (status = napi_wrap(call->env, object, instance, zmqjs_napi_finalize, NULL, NULL))) {
        if (instance != NULL && instance->object != NULL)
            napi_delete_reference(call->env, instance->object);
        free(instance);
        zmqjs_finalize(data->as.instance);
        return status;
    }
    while (function->begun == NULL || function->begun->number != data->length)
        function++;
    instance->state = call->state;
    instance->instance = data->as.instance;
    instance->size = function->begun->size;
    call->state->references++;
    napi_adjust_external_memory(call->env, instance->size, &total);
    return napi_ok;
}

/* Makes an object with the prototype of its class an instance. */
static napi_status zmqjs_napi_new_instance(const zmqjs_napi_call *call, const zmqjs_data *data, napi_value *value) {
    napi_value prototype = zmqjs_napi_value(call->env, call->state->kept[ZMQJS_NAPI_CLASSES]);
    napi_status status = napi_get_element(call->env, prototype, 2 * (uint32_t)data->length, &prototype);
    if (status == napi_ok)
        status = zmqjs_napi_call_kept(call, ZMQJS_NAPI_NEW_OBJECT, 1, &prototype, value);
    if (status == napi_ok)
        return zmqjs_napi_become(call, *value, data);
    zmqjs_finalize(data->as.instance);
    return status;
}

/* The object that has the kept values of an instance; NULL without an exception if there is none. It has no
 * prototype, so that no setter of a script is called. */
static napi_value zmqjs_napi_kept(const zmqjs_napi_call *call) {
    const zmqjs_napi_instance *instance = call->instance;
    return instance != NULL && instance->kept != NULL ? zmqjs_napi_value(call->env, instance->kept)
                                                      : NULL;
}

/* Makes that object, unless there is one. Storing a value in it cannot fail. */
static napi_status zmqjs_napi_make_kept(const zmqjs_napi_call *call) {
    napi_value kept = NULL;
    napi_status status = napi_ok;
    if (zmqjs_napi_kept(call) == NULL)
        status = zmqjs_napi_call_kept(call, ZMQJS_NAPI_KEPT, 1, &call->this_value, &kept);
    return kept != NULL ? napi_create_reference(call->env, kept, 0, &call->instance->kept) : status;
}

/* Carries out the changes to the values that this keeps. Finalizers run later. */
static napi_status zmqjs_napi_keep(const zmqjs_napi_call *call, size_t count, const napi_value *values) {
    napi_value kept = zmqjs_napi_kept(call), undefined = NULL;
    napi_status status = napi_get_undefined(call->env, &undefined);
    size_t i;
    for (i = 0; i < call->frame.keep_count && status == napi_ok; i++) {
        const zmqjs_keep *keep = &call->frame.keep[i];
        const int is_kept = keep->argument >= 0 && (size_t)keep->argument < count;
        status = napi_set_element(call->env, kept, keep->index, is_kept ? values[keep->argument] : undefined);
    }
    return status;
}

/* ---- arguments --------------------------------------------------------------------- */

/* A string is read as UTF-16, for reading UTF-8 would replace lone surrogates. */
static int zmqjs_napi_get_string(zmqjs_napi_call *call, napi_value value, zmqjs_data *data) {
    char16_t *units = call->text_is_used ? NULL : call->text;
    size_t length = 0;
    napi_status status = napi_get_value_string_utf16(call->env, value, units,
                                                     units != NULL ? ZMQJS_NAPI_SHORT : 0, &length);
    if (units == NULL || length == ZMQJS_NAPI_SHORT - 1) { /* there may be more */
        status = napi_get_value_string_utf16(call->env, value, NULL, 0, &length);
        units = (char16_t *)malloc((length + 1) * sizeof *units);
        if (status == napi_ok && units != NULL)
            status = napi_get_value_string_utf16(call->env, value, units, length + 1, &length);
    }
    call->text_is_used |= units == call->text;
    zmqjs_adapter_get_string(units, length, ZMQJS_UTF16, data);
    return zmqjs_napi_check(call->env, units != NULL ? status : napi_generic_failure);
}

static void zmqjs_napi_free_string(void *payload, const zmqjs_data *data) {
    const zmqjs_napi_call *call = (const zmqjs_napi_call *)payload;
    if (data->as.data != call->text)
        free(data->as.data);
}

static void zmqjs_napi_get_bigint(napi_env env, napi_value value, zmqjs_data *data) {
    bool fits = false, fits_unsigned = false;
    int64_t number = 0;
    uint64_t bits = 0;
    napi_get_value_bigint_int64(env, value, &number, &fits);
    if (!fits)
        napi_get_value_bigint_uint64(env, value, &bits, &fits_unsigned);
    zmqjs_adapter_get_bigint(fits ? (uint64_t)number : bits,
                             fits ? 0 : fits_unsigned ? ZMQJS_UNSIGNED : ZMQJS_TRUNCATED, data);
}

/* Types that are newer than the table have elements of two bytes (Float16Array). */
static size_t zmqjs_napi_element_size(napi_typedarray_type type) {
    static const unsigned char sizes[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8}; /* by napi_typedarray_type */
    return (size_t)type < sizeof sizes ? sizes[type] : 2;
}

/* Reads bytes, if the value is such: 1, and their ArrayBuffer, if buffer is not NULL. */
static int zmqjs_napi_get_bytes(napi_env env, napi_value value, zmqjs_data *data, napi_value *buffer) {
    bool is = false;
    napi_typedarray_type type = napi_uint8_array;
    size_t length = 0;
    void *bytes = NULL;
    if (napi_is_typedarray(env, value, &is) == napi_ok && is) {
        napi_get_typedarray_info(env, value, &type, &length, &bytes, buffer, NULL);
        length *= zmqjs_napi_element_size(type);
    } else if (napi_is_arraybuffer(env, value, &is) == napi_ok && is) {
        napi_get_arraybuffer_info(env, value, &bytes, &length);
        if (buffer != NULL)
            *buffer = value;
    } else if (napi_is_dataview(env, value, &is) == napi_ok && is) {
        napi_get_dataview_info(env, value, &length, &bytes, buffer, NULL);
    } else {
        return 0;
    }
    zmqjs_adapter_get_bytes(bytes, bytes != NULL ? length : 0, data);
    return 1;
}

static int zmqjs_napi_get_length(void *payload, const void *value, size_t *length) {
    const zmqjs_napi_call *call = (const zmqjs_napi_call *)payload;
    bool is = false;
    uint32_t count = 0;
    if (napi_is_array(call->env, *(const napi_value *)value, &is) != napi_ok || !is)
        return 0;
    napi_get_array_length(call->env, *(const napi_value *)value, &count);
    *length = count;
    return 1;
}

static int zmqjs_napi_get_element(void *payload, const void *array, uint32_t index, void *element) {
    const zmqjs_napi_call *call = (const zmqjs_napi_call *)payload;
    napi_status status =
        napi_get_element(call->env, *(const napi_value *)array, index, (napi_value *)element);
    return zmqjs_napi_check(call->env, status);
}

static void zmqjs_napi_get_object(zmqjs_napi_call *call, napi_value value, zmqjs_data *data) {
    const zmqjs_napi_instance *instance;
    napi_value buffer = NULL;
    bool is_array = false;
    if (zmqjs_napi_get_bytes(call->env, value, data, call->lends ? &buffer : NULL)) {
        if (buffer != NULL && data->length >= ZMQJS_NAPI_LENT)
            zmqjs_napi_lend(&call->state->loans, buffer, data);
        return;
    }
    instance = zmqjs_napi_instance_of(call->env, call->state, value);
    if (instance == NULL)
        napi_is_array(call->env, value, &is_array);
    zmqjs_adapter_get_object(instance != NULL ? instance->instance : NULL, is_array, data);
}

static int zmqjs_napi_get_value(void *payload, const void *place, zmqjs_data *data) {
    zmqjs_napi_call *call = (zmqjs_napi_call *)payload;
    napi_env env = call->env;
    napi_value value = *(const napi_value *)place;
    napi_valuetype type = napi_undefined;
    bool boolean = false;
    double number = 0;
    /* Most are numbers and arrays of bytes, and to find the type of these takes longer. */
    if (napi_get_value_double(env, value, &number) == napi_ok) {
        zmqjs_adapter_get_number(number, data);
        return 0;
    }
    if (napi_is_typedarray(env, value, &boolean) == napi_ok && boolean)
        type = napi_object;
    else
        napi_typeof(env, value, &type);
    if (type == napi_string)
        return zmqjs_napi_get_string(call, value, data);
    if (type == napi_object) {
        zmqjs_napi_get_object(call, value, data);
    } else if (type == napi_bigint) {
        zmqjs_napi_get_bigint(env, value, data);
    } else if (type == napi_boolean) {
        napi_get_value_bool(env, value, &boolean);
        zmqjs_adapter_get_boolean(boolean, data);
    } else {
        data->type = type == napi_undefined ? ZMQJS_UNDEFINED
                     : type == napi_null    ? ZMQJS_NULL
                                            : ZMQJS_OBJECT;
    }
    return 0;
}

static void zmqjs_napi_throw_out_of_memory(void *payload) {
    zmqjs_napi_check(((const zmqjs_napi_call *)payload)->env, napi_generic_failure);
}

static const zmqjs_adapter_reader zmqjs_napi_reader = {
    sizeof(napi_value),   zmqjs_napi_get_length,  zmqjs_napi_get_element,
    zmqjs_napi_get_value, zmqjs_napi_free_string, NULL,
    zmqjs_napi_throw_out_of_memory};

/* ---- results -------------------------------------------------------------------------- */

static napi_status zmqjs_napi_new_value(const zmqjs_napi_call *call, const zmqjs_data *data,
                                        napi_value *value);

/* Makes a Uint8Array of a buffer, or the host's own kind of array. */
static napi_status zmqjs_napi_new_view(const zmqjs_napi_call *call, napi_value buffer,
                                       size_t length, napi_value *view) {
    napi_env env = call->env;
    napi_ref foreign = call->state->foreign_byte_array;
    return foreign == NULL
               ? napi_create_typedarray(env, napi_uint8_array, length, buffer, 0, view)
               : napi_new_instance(env, zmqjs_napi_value(env, foreign), 1, &buffer, view);
}

static void zmqjs_napi_end_adopted(napi_env env, void *data, void *hint) {
    (void)env;
    zmqjs_adapter_free_adopted(data, hint);
}

/* Makes a Uint8Array of few bytes. V8 keeps an array of at most 64 bytes in its own heap, if a script makes it. That
 * takes a third of the time that an ArrayBuffer takes, which is collected separately. */
static napi_status zmqjs_napi_new_few_bytes(const zmqjs_napi_call *call, const zmqjs_data *data,
                                            napi_value *value) {
    napi_value length = NULL;
    napi_status status = napi_create_uint32(call->env, (uint32_t)data->length, &length);
    memcpy(call->state->copied, zmqjs_adapter_bytes(data), data->length);
    return status == napi_ok ? zmqjs_napi_call_kept(call, ZMQJS_NAPI_COPY, 1, &length, value) : status;
}

/* Shows the memory of a result without a copy if the library gives it up and the host does not refuse
 * foreign memory, as Electron does. */
static napi_status zmqjs_napi_new_bytes(const zmqjs_napi_call *call, const zmqjs_data *data,
                                        napi_value *value) {
    const int may_adopt = zmqjs_adapter_adopts(data) && call->state->foreign_byte_array == NULL;
    zmqjs_frame *frame = (zmqjs_frame *)(uintptr_t)&call->frame;
    zmqjs_adapter_adopted *adopted = NULL;
    napi_value buffer = NULL;
    napi_status status = napi_generic_failure;
    void *bytes = NULL;
    if (data->length <= call->state->few && call->state->foreign_byte_array == NULL)
        return zmqjs_napi_new_few_bytes(call, data, value);
    if (may_adopt && (adopted = zmqjs_adapter_adopt(frame, data)) != NULL)
        status = napi_create_external_arraybuffer(call->env, data->as.data, data->length,
                                                  zmqjs_napi_end_adopted, adopted, &buffer);
    if (status == napi_ok) {
        napi_type_tag_object(call->env, buffer, &zmqjs_napi_received);
        return zmqjs_napi_new_view(call, buffer, data->length, value);
    }
    if (status != napi_pending_exception)
        status = napi_create_arraybuffer(call->env, data->length, &bytes, &buffer);
    if (status == napi_ok)
        memcpy(bytes, zmqjs_adapter_bytes(data), data->length);
    if (adopted != NULL)
        zmqjs_adapter_free_adopted(NULL, adopted);
    return status == napi_ok ? zmqjs_napi_new_view(call, buffer, data->length, value) : status;
}

/* Defines the properties of an object. */
static napi_status zmqjs_napi_fill(const zmqjs_napi_call *call, napi_value object,
                                   const zmqjs_data *data) {
    napi_property_descriptor property;
    napi_status status = napi_ok;
    size_t i;
    memset(&property, 0, sizeof property);
    property.attributes = (napi_property_attributes)ZMQJS_NAPI_PLAIN;
    for (i = 0; i < data->length && status == napi_ok; i++) {
        if ((status = zmqjs_napi_new_value(call, &data->as.elements[2 * i], &property.name)) == napi_ok &&
            (status = zmqjs_napi_new_value(call, &data->as.elements[2 * i + 1], &property.value)) == napi_ok)
            status = napi_define_properties(call->env, object, 1, &property);
    }
    return status;
}

/* Makes an array of its first elements, and appends the others; setters of its prototype are not called. */
static napi_status zmqjs_napi_new_array(const zmqjs_napi_call *call, const zmqjs_data *data,
                                        napi_value *array) {
    napi_value arguments[1 + ZMQJS_NAPI_FEW_ELEMENTS];
    napi_status status = napi_get_undefined(call->env, array);
    size_t i = 0, count;
    do {
        for (count = 0; i < data->length && count < ZMQJS_NAPI_FEW_ELEMENTS && status == napi_ok; i++)
            status = zmqjs_napi_new_value(call, zmqjs_adapter_element(data, i), &arguments[++count]);
        arguments[0] = *array;
        if (status == napi_ok)
            status = zmqjs_napi_call_kept(call, ZMQJS_NAPI_NEW_ARRAY, 1 + count, arguments, array);
    } while (i < data->length && status == napi_ok);
    return status;
}

static napi_status zmqjs_napi_new_value(const zmqjs_napi_call *call, const zmqjs_data *data,
                                        napi_value *value) {
    napi_env env = call->env;
    napi_value kept;
    napi_status status;
    switch (data->type) {
    case ZMQJS_UNDEFINED:
        return napi_get_undefined(env, value);
    case ZMQJS_NULL:
        return napi_get_null(env, value);
    case ZMQJS_BOOLEAN:
        return napi_get_boolean(env, data->as.boolean != 0, value);
    case ZMQJS_INT32:
        return napi_create_int32(env, data->as.int32, value);
    case ZMQJS_DOUBLE:
        return napi_create_double(env, data->as.number, value);
    case ZMQJS_BIGINT:
        return data->flags & ZMQJS_UNSIGNED
                   ? napi_create_bigint_uint64(env, (uint64_t)data->as.bigint, value)
                   : napi_create_bigint_int64(env, data->as.bigint, value);
    case ZMQJS_STRING:
        return zmqjs_adapter_is_short_ascii(data)
                   ? napi_create_string_latin1(env, zmqjs_adapter_bytes(data), data->length, value)
                   : napi_create_string_utf8(env, zmqjs_adapter_bytes(data), data->length, value);
    case ZMQJS_BYTES:
        return zmqjs_napi_new_bytes(call, data, value);
    case ZMQJS_INSTANCE:
        return zmqjs_napi_new_instance(call, data, value);
    case ZMQJS_ARRAY:
        return zmqjs_napi_new_array(call, data, value);
    case ZMQJS_OBJECT:
        status = napi_create_object(env, value);
        return status == napi_ok ? zmqjs_napi_fill(call, *value, data) : status;
    case ZMQJS_KEPT:
        kept = zmqjs_napi_kept(call);
        return kept != NULL ? napi_get_element(env, kept, (uint32_t)data->as.int32, value)
                            : napi_get_undefined(env, value);
    case ZMQJS_THIS:
        *value = call->this_value;
        return napi_ok;
    default:
        return napi_invalid_arg;
    }
}

static void zmqjs_napi_throw(const zmqjs_napi_call *call, zmqjs_error error) {
    napi_env env = call->env;
    napi_ref constructor = call->state->kept[zmqjs_adapter_error_class(&error)];
    napi_value message = NULL, exception = NULL;
    zmqjs_properties details;
    napi_status status;
    if ((status = napi_create_string_utf8(env, error.message, NAPI_AUTO_LENGTH, &message)) ||
        (status = napi_new_instance(env, zmqjs_napi_value(env, constructor), 1, &message, &exception)) ||
        (status = zmqjs_napi_fill(call, exception, zmqjs_adapter_details(&error, &details))))
        zmqjs_napi_check(env, status);
    else
        napi_throw(env, exception);
}

/* ---- calls ------------------------------------------------------------------------------ */

/* Once a worker has to end, calls that would run JavaScript fail. */
static int zmqjs_napi_interrupted(void *payload, void *context) {
    napi_env env = (napi_env)context;
    napi_handle_scope scope = NULL;
    napi_value undefined = NULL;
    bool equal = true;
    napi_status status;
    (void)payload;
    if (napi_open_handle_scope(env, &scope) != napi_ok)
        return 1;
    napi_get_undefined(env, &undefined);
    status = napi_strict_equals(env, undefined, undefined, &equal);
    napi_close_handle_scope(env, scope);
    return status != napi_ok;
}

/* The array that scripts expect of a host which has it is looked for at the first call. */
static void zmqjs_napi_find_foreign_byte_array(napi_env env, zmqjs_napi_state *state) {
    napi_value global = NULL, constructor = NULL;
    napi_valuetype type = napi_undefined;
    if (napi_get_global(env, &global) == napi_ok &&
        napi_get_named_property(env, global, "Uint8FFArray", &constructor) == napi_ok &&
        napi_typeof(env, constructor, &type) == napi_ok && type == napi_function)
        napi_create_reference(env, constructor, 1, &state->foreign_byte_array);
}

/* Makes the runtime, if there is none. */
static int zmqjs_napi_start(const zmqjs_napi_call *call) {
    zmqjs_napi_state *state = call->state;
    int status;
    if (state->runtime != NULL)
        return 0;
    if (state->ended) {
        zmqjs_napi_throw(call, zmqjs_adapter_error(ZMQJS_ERROR, "zmq: the environment has ended"));
        return -1;
    }
    zmqjs_napi_find_foreign_byte_array(call->env, state);
    /* A signal ends a wait of the main thread, so that Ctrl-C works; signals do not come to
     * a worker, which is ended by the thread that made it. */
    status = zmqjs_adapter_start(&state->runtime, "Node-API", state,
                                 ZMQJS_NAPI_IS_MAIN_THREAD() ? NULL : zmqjs_napi_interrupted, NULL);
    if (status != ZMQJS_OK)
        zmqjs_napi_throw(call, zmqjs_adapter_status_error(status));
    return status == ZMQJS_OK ? 0 : -1;
}

/* Reads the arguments, calls, and makes the result; of a constructor this becomes it. */
static napi_value zmqjs_napi_run(zmqjs_napi_call *call, const zmqjs_napi_function *data,
                                 size_t argument_count, const napi_value *values) {
    const zmqjs_function *function = data->function;
    zmqjs_data arguments[ZMQJS_PARAMETER_MAXIMUM];
    size_t count = zmqjs_adapter_count(function, argument_count);
    napi_value value = NULL;
    napi_status status = napi_ok;
    int is_read, result = ZMQJS_OK;
    if (zmqjs_napi_start(call) < 0)
        return NULL;
    call->text_is_used = 0;
    call->lends = data->lends;
    is_read = zmqjs_adapter_read(&zmqjs_napi_reader, call, function, count, values, arguments) == 0 &&
              (function->keeps == 0 || call->instance == NULL ||
               zmqjs_napi_check(call->env, zmqjs_napi_make_kept(call)) == 0);
    if (is_read) {
        zmqjs_adapter_begin(&call->frame, call->state->runtime, call->env,
                            call->instance != NULL ? call->instance->instance : NULL, arguments,
                            count);
        result = function->call(function, &call->frame);
    }
    if (call->lends)
        zmqjs_napi_return(arguments, count);
    zmqjs_adapter_release(&zmqjs_napi_reader, call, arguments, count);
    if (!is_read)
        return NULL;
    if (result == ZMQJS_HELD && call->frame.keep_count > 0)
        status = zmqjs_napi_keep(call, count, values);
    if (result != ZMQJS_OK && result != ZMQJS_HELD) {
        zmqjs_napi_throw(call, zmqjs_adapter_call_error(result, &call->frame));
    } else if (data->begun != NULL) {
        status = zmqjs_napi_become(call, call->this_value, &call->frame.result);
        value = call->this_value;
    } else if (status == napi_ok) {
        status = zmqjs_napi_new_value(call, &call->frame.result, &value);
    }
    if (result != ZMQJS_OK)
        zmqjs_frame_release(&call->frame);
    return zmqjs_napi_check(call->env, status) == 0 ? value : NULL;
}

/* NULL if it is a call; Deno gives undefined then. */
static napi_value zmqjs_napi_new_target(napi_env env, napi_callback_info info) {
    napi_valuetype type = napi_undefined;
    napi_value target = NULL;
    if (napi_get_new_target(env, info, &target) == napi_ok && target != NULL)
        napi_typeof(env, target, &type);
    return type != napi_undefined ? target : NULL;
}

/* Every function, method, getter, setter and constructor. */
static napi_value zmqjs_napi_call_function(napi_env env, napi_callback_info info) {
    napi_value values[ZMQJS_PARAMETER_MAXIMUM];
    size_t count = ZMQJS_PARAMETER_MAXIMUM;
    void *payload = NULL;
    zmqjs_napi_function *data;
    zmqjs_napi_call call;
    char text[100];
    if (napi_get_cb_info(env, info, &count, values, &call.this_value, &payload) != napi_ok)
        return NULL;
    data = (zmqjs_napi_function *)payload;
    call.env = env;
    call.state = data->state;
    call.instance = NULL;
    if (data->begun == NULL)
        call.instance = zmqjs_napi_self(env, data, call.this_value);
    if (call.instance == NULL && (data->begun != NULL) != (zmqjs_napi_new_target(env, info) != NULL)) {
        snprintf(text, sizeof text,
                 data->begun == NULL ? "%s is not a constructor"
                                     : "Class constructor %s cannot be invoked without 'new'",
                 data->function->name);
        zmqjs_napi_throw(&call, zmqjs_adapter_error(ZMQJS_TYPE_ERROR, text));
        return NULL;
    }
    return zmqjs_napi_run(&call, data, count, values);
}

/* ---- registration ----------------------------------------------------------------------- */

typedef struct zmqjs_napi_builder {
    zmqjs_napi_call call;
    napi_value exports;
    size_t first; /* of the functions that are defined, in state->functions; those that lend are not at 0 */
} zmqjs_napi_builder;

/* Makes a function of the engine; of a class its constructor. */
static napi_status zmqjs_napi_new_function(const zmqjs_napi_builder *builder, const zmqjs_function *function,
                                           const zmqjs_class *begun, napi_value *value) {
    zmqjs_napi_function *data = &builder->call.state->functions[builder->first + function->number];
    data->state = builder->call.state;
    data->function = function;
    data->begun = begun;
    data->lends = builder->first > 0;
    return begun != NULL
               ? napi_define_class(builder->call.env, function->name, NAPI_AUTO_LENGTH,
                                   zmqjs_napi_call_function, data, 0, NULL, value)
               : napi_create_function(builder->call.env, function->name, NAPI_AUTO_LENGTH,
                                      zmqjs_napi_call_function, data, value);
}

static int zmqjs_napi_define_property(void *payload, const zmqjs_definition *definition) {
    zmqjs_napi_builder *builder = (zmqjs_napi_builder *)payload;
    uint32_t attributes = zmqjs_adapter_attributes(definition->property);
    napi_value arguments[4], result = NULL;
    zmqjs_properties properties;
    size_t count = 2;
    napi_status status = zmqjs_napi_new_value(
        &builder->call,
        zmqjs_adapter_describe(definition, builder->first > 0 ? definition->property->attributes : attributes,
                               &properties),
        &arguments[1]);
    arguments[0] = builder->exports;
    if (definition->function != NULL && status == napi_ok)
        status = zmqjs_napi_new_function(builder, definition->function, definition->class_begun, &arguments[count++]);
    if (definition->setter != NULL && status == napi_ok)
        status = zmqjs_napi_new_function(builder, definition->setter, NULL, &arguments[count++]);
    if (status == napi_ok)
        status = zmqjs_napi_call_kept(&builder->call, ZMQJS_NAPI_REGISTER, count, arguments, &result);
    return zmqjs_napi_check(builder->call.env, status) == 0 ? ZMQJS_OK : ZMQJS_EXCEPTION;
}

/* Keeps the values of a script: [Error, ...] in the order of the enumeration. It registers objects since
 * V8's collections of young objects, which are frequent, reset weak references of Node-API, but keep
 * what is registered: a socket that nothing refers to any more stays open until a full collection. */
static napi_status zmqjs_napi_keep_intrinsics(napi_env env, zmqjs_napi_state *state) {
    static const char source[] = "((Bytes) => {" ZMQJS_ADAPTER_SCRIPT ZMQJS_ADAPTER_KEPT_SCRIPT
                                 "  const copied = new Bytes(new ArrayBuffer(64));"
                                 "  const registry = new FinalizationRegistry(() => {}), hold = registry.register;"
                                 "  return [...errors, classes, register, kept,"
                                 "    (prototype) => {"
                                 "      const object = { __proto__: prototype };"
                                 "      apply(hold, registry, [object]);"
                                 "      return object;"
                                 "    },"
                                 "    (array, ...elements) => {"
                                 "      for (let i = 0; array !== undefined && i < elements.length; i++)"
                                 "        define(array, array.length, 7, elements[i]);"
                                 "      return array === undefined ? elements : array;"
                                 "    },"
                                 "    (length) => {"
                                 "      const bytes = new Bytes(length);"
                                 "      for (let i = 0; i < length; i++) bytes[i] = copied[i];"
                                 "      return bytes;"
                                 "    }, copied];"
                                 "})(Uint8Array)";
    napi_value list = NULL, value = NULL;
    uint32_t i;
    napi_status status = napi_create_string_utf8(env, source, NAPI_AUTO_LENGTH, &list);
    if (status == napi_ok)
        status = napi_run_script(env, list, &list);
    for (i = 0; i < ZMQJS_NAPI_INTRINSICS && status == napi_ok; i++) {
        status = napi_get_element(env, list, i, &value);
        if (status == napi_ok)
            status = napi_create_reference(env, value, 1, &state->kept[i]);
    }
    return status == napi_ok
               ? napi_get_typedarray_info(env, value, NULL, &state->few, &state->copied, NULL, NULL)
               : status;
}

/* The environment ends: sockets that the script left open are closed while the engine still exists. */
static void zmqjs_napi_end(void *argument) {
    zmqjs_napi_state *state = (zmqjs_napi_state *)argument;
    if (!state->ended && state->runtime != NULL)
        zmqjs_runtime_free(state->runtime);
    state->ended = 1;
}

napi_value zmqjs_napi_lending(napi_env env, napi_value object, zmqjs_napi_keeper keep) {
    const zmqjs_function *const *functions;
    zmqjs_property property = {ZMQJS_ON_MODULE, ZMQJS_NAPI_PLAIN, NULL, NULL};
    zmqjs_definition definition = {&property, NULL, NULL, NULL, NULL, 0};
    zmqjs_napi_builder builder;
    void *data = NULL;
    size_t i;
    napi_status status = napi_get_instance_data(env, &data);
    builder.call.env = env;
    builder.call.state = (zmqjs_napi_state *)data;
    builder.exports = object;
    builder.first = 0;
    functions = zmqjs_functions(&builder.first);
    if (status == napi_ok) {
        builder.call.state->loans.keep = keep;
        builder.call.state->loans.references = &builder.call.state->references;
        status = zmqjs_napi_begin_loans(&builder.call.state->loans, zmqjs_napi_end, data);
    }
    for (i = 0; i < builder.first && status == napi_ok; i++) {
        definition.function = functions[i];
        property.name = functions[i]->name;
        if (functions[i]->lends != 0 && zmqjs_napi_define_property(&builder, &definition) != ZMQJS_OK)
            status = napi_pending_exception;
    }
    return zmqjs_napi_check(env, status) == 0 ? object : NULL;
}

static void zmqjs_napi_forget(napi_env env, void *data, void *hint) {
    (void)env;
    (void)hint;
    zmqjs_napi_release_state((zmqjs_napi_state *)data);
}

napi_value zmqjs_napi_init(napi_env env, napi_value exports) {
    const zmqjs_function *const *functions;
    size_t count = 0;
    zmqjs_napi_state *state = (zmqjs_napi_state *)calloc(1, sizeof *state);
    zmqjs_napi_builder builder;
    int result;
    if (zmqjs_functions(&count) != NULL && state != NULL) {
        state->function_count = 2 * count;
        state->functions =
            (zmqjs_napi_function *)calloc(state->function_count, sizeof *state->functions);
    }
    if (state == NULL || state->functions == NULL) {
        free(state);
        napi_throw_error(env, NULL, count == 0 ? zmqjs_last_error() : "zmq: out of memory");
        return NULL;
    }
    state->references = 1;
    zmqjs_napi_loans_init(&state->loans, env);
    if (zmqjs_napi_check(env, napi_set_instance_data(env, state, zmqjs_napi_forget, NULL)) < 0 ||
        zmqjs_napi_check(env, napi_add_env_cleanup_hook(env, zmqjs_napi_end, state)) < 0 ||
        zmqjs_napi_check(env, zmqjs_napi_keep_intrinsics(env, state)) < 0)
        return NULL;
    builder.call.env = env;
    builder.call.state = state;
    builder.exports = exports;
    builder.first = 0;
    result = zmqjs_adapter_register(zmqjs_napi_define_property, &builder, &functions);
    if (result != ZMQJS_OK && result != ZMQJS_EXCEPTION)
        napi_throw_error(env, NULL, zmqjs_last_error());
    return result == ZMQJS_OK ? exports : NULL;
}

zmqjs_runtime *zmqjs_napi_runtime(napi_env env) {
    zmqjs_napi_call call;
    napi_value exception;
    void *data = NULL;
    if (napi_get_instance_data(env, &data) != napi_ok || data == NULL)
        return NULL;
    call.env = env;
    call.state = (zmqjs_napi_state *)data;
    if (zmqjs_napi_start(&call) < 0) {
        napi_get_and_clear_last_exception(env, &exception);
        return NULL;
    }
    return call.state->runtime;
}

#endif /* ZMQJS_NAPI_IMPLEMENTATION */
