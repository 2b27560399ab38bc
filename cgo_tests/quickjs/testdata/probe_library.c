/*
 * A stand-in for libzmqjs.so: the whole contract of zmqjs.h as an adapter sees it, and no
 * ZeroMQ. Its module says what it was given and makes what it is told to, so that a test
 * can see every callback work, count what lives, and run under a leak checker.
 */
#include "probe_library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct zmqjs_runtime {
    zmqjs_engine engine;
    void *payload;
};

typedef struct probe_box {
    int32_t number;
} probe_box;

static _Thread_local char last_error[256];

static int live_runtimes, live_boxes, live_adoptions, interrupts;

static void count(int *counter, int by) {
    __atomic_add_fetch(counter, by, __ATOMIC_SEQ_CST);
}

static int counted(const int *counter) {
    return __atomic_load_n(counter, __ATOMIC_SEQ_CST);
}

int probe_live_runtimes(void) {
    return counted(&live_runtimes);
}
int probe_live_boxes(void) {
    return counted(&live_boxes);
}
int probe_live_adoptions(void) {
    return counted(&live_adoptions);
}
int probe_interrupts(void) {
    return counted(&interrupts);
}

/* ---- the callbacks, as the functions below use them -------------------------------- */

#define ENGINE (&call->runtime->engine)
#define CALLBACK(name, ...)                                                                        \
    ENGINE->name(call->runtime->payload, call->context, __VA_ARGS__)

static void throw_error(zmqjs_call *call, uint32_t error_class, const char *message) {
    zmqjs_error error = {error_class, 0, message, NULL, NULL};
    CALLBACK(throw_error, &error);
}

static int refuse(const zmqjs_function *self, zmqjs_call *call) {
    char text[200];
    snprintf(text, sizeof text, "usage: %s", self->signature);
    throw_error(call, ZMQJS_TYPE_ERROR, text);
    return ZMQJS_EXCEPTION;
}

static int get(zmqjs_call *call, size_t index, zmqjs_data *data) {
    memset(data, 0, sizeof *data);
    if (index >= call->argument_count)
        return ZMQJS_OK;
    if (call->data != NULL) {
        *data = call->data[index];
        return ZMQJS_OK;
    }
    return CALLBACK(value_get, call->arguments[index], data);
}

static void release(zmqjs_call *call, zmqjs_data *data) {
    if (call->data == NULL && (data->type == ZMQJS_STRING || data->type == ZMQJS_BYTES) && ENGINE->value_release)
        CALLBACK(value_release, data);
}

static int get_int(const zmqjs_function *self, zmqjs_call *call, size_t index, int32_t *number) {
    zmqjs_data data;
    if (get(call, index, &data) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    release(call, &data);
    if (data.type != ZMQJS_INT32)
        return refuse(self, call);
    *number = data.as.int32;
    return ZMQJS_OK;
}

static int give(zmqjs_call *call, const zmqjs_data *data) {
    if (call->wants_data && data->type <= ZMQJS_DOUBLE) {
        call->result_data = *data;
        return ZMQJS_DATA;
    }
    return CALLBACK(value_new, data, &call->result);
}

static int give_int(zmqjs_call *call, int32_t number) {
    zmqjs_data data = {.type = ZMQJS_INT32, .as.int32 = number};
    return give(call, &data);
}

static int give_text(zmqjs_call *call, const char *text) {
    zmqjs_data data = {.type = ZMQJS_STRING};
    data.as.string.data = text;
    data.as.string.length = strlen(text);
    return give(call, &data);
}

static int give_undefined(zmqjs_call *call) {
    zmqjs_data data = {.type = ZMQJS_UNDEFINED};
    return give(call, &data);
}

/* ---- functions ---------------------------------------------------------------------- */

static size_t hexadecimal(char *text, size_t size, const void *bytes, size_t length) {
    size_t used = 0, i;
    text[0] = 0;
    for (i = 0; i < length && used + 4 < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%02x", i ? " " : "",
                                 ((const unsigned char *)bytes)[i]);
    return used;
}

/* Says what value_get made of its argument. */
static int describe(const zmqjs_function *self, zmqjs_call *call) {
    static const char *const names[] = {"undefined", "null",  "boolean", "int32",
                                        "double",    "bigint", "string",  "bytes",
                                        "native",    "array",  "object"};
    char text[512], hex[400];
    zmqjs_data data;
    (void)self;
    if (get(call, 0, &data) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    snprintf(text, sizeof text, "%s", names[data.type]);
    switch (data.type) {
    case ZMQJS_BOOLEAN:
        snprintf(text, sizeof text, "boolean %d", data.as.boolean);
        break;
    case ZMQJS_INT32:
        snprintf(text, sizeof text, "int32 %d", data.as.int32);
        break;
    case ZMQJS_DOUBLE:
        snprintf(text, sizeof text, "double %.17g", data.as.number);
        break;
    case ZMQJS_BIGINT:
        if (data.flags & ZMQJS_BIGINT_TRUNCATED)
            snprintf(text, sizeof text, "bigint truncated");
        else if (data.flags & ZMQJS_BIGINT_UNSIGNED)
            snprintf(text, sizeof text, "bigint unsigned %llu",
                     (unsigned long long)data.as.bigint);
        else
            snprintf(text, sizeof text, "bigint %lld", (long long)data.as.bigint);
        break;
    case ZMQJS_STRING:
        hexadecimal(hex, sizeof hex, data.as.string.data, data.as.string.length);
        snprintf(text, sizeof text, "string %zu: %s", data.as.string.length, hex);
        break;
    case ZMQJS_BYTES:
        hexadecimal(hex, sizeof hex, data.as.bytes.data, data.as.bytes.length);
        snprintf(text, sizeof text, "bytes %zu: %s", data.as.bytes.length, hex);
        break;
    case ZMQJS_NATIVE:
        snprintf(text, sizeof text, "native %s %d", data.as.native.definition->name,
                 ((probe_box *)data.as.native.pointer)->number);
        break;
    case ZMQJS_ARRAY:
        snprintf(text, sizeof text, "array %zu", data.as.elements.length);
        break;
    }
    release(call, &data);
    return give_text(call, text);
}

/* Writes a byte through the memory that value_get showed. */
static int poke(const zmqjs_function *self, zmqjs_call *call) {
    int32_t index, byte;
    zmqjs_data data;
    if (get_int(self, call, 1, &index) != ZMQJS_OK || get_int(self, call, 2, &byte) != ZMQJS_OK ||
        get(call, 0, &data) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    if (data.type != ZMQJS_BYTES || (size_t)index >= data.as.bytes.length)
        return refuse(self, call);
    ((unsigned char *)data.as.bytes.data)[index] = (unsigned char)byte;
    release(call, &data);
    return give_undefined(call);
}

/* An array or, with names, an object of some values. */
static int give_elements(zmqjs_call *call, uint32_t type) {
    static const char *const names[] = {"first", "second"};
    zmqjs_data number = {.type = ZMQJS_INT32, .as.int32 = 7};
    zmqjs_data string = {.type = ZMQJS_STRING};
    zmqjs_data data = {.type = type};
    zmqjs_value values[2];
    int status;
    string.as.string.data = "seven";
    string.as.string.length = 5;
    if (CALLBACK(value_new, &number, &values[0]) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    if (CALLBACK(value_new, &string, &values[1]) != ZMQJS_OK) {
        CALLBACK(value_free, values[0]);
        return ZMQJS_EXCEPTION;
    }
    data.as.elements.values = values;
    data.as.elements.names = names;
    data.as.elements.length = 2;
    status = give(call, &data);
    CALLBACK(value_free, values[0]);
    CALLBACK(value_free, values[1]);
    return status;
}

/* Makes a value of a kind with value_new. */
static int make(const zmqjs_function *self, zmqjs_call *call) {
    static unsigned char bytes[] = {1, 2, 0, 255};
    char kind[40];
    zmqjs_data data;
    if (get(call, 0, &data) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    if (data.type != ZMQJS_STRING)
        return refuse(self, call);
    snprintf(kind, sizeof kind, "%s", data.as.string.data);
    release(call, &data);
    memset(&data, 0, sizeof data);
#define IS(text) (strcmp(kind, text) == 0)
    if (IS("undefined"))
        return give_undefined(call);
    if (IS("array"))
        return give_elements(call, ZMQJS_ARRAY);
    if (IS("object"))
        return give_elements(call, ZMQJS_OBJECT);
    if (IS("null")) {
        data.type = ZMQJS_NULL;
    } else if (IS("true") || IS("false")) {
        data.type = ZMQJS_BOOLEAN;
        data.as.boolean = IS("true");
    } else if (IS("int32")) {
        data.type = ZMQJS_INT32;
        data.as.int32 = INT32_MIN;
    } else if (IS("double")) {
        data.type = ZMQJS_DOUBLE;
        data.as.number = 0.5;
    } else if (IS("bigint")) {
        data.type = ZMQJS_BIGINT;
        data.as.bigint = INT64_MIN;
    } else if (IS("bigint unsigned")) {
        data.type = ZMQJS_BIGINT;
        data.flags = ZMQJS_BIGINT_UNSIGNED;
        data.as.bigint = -1;
    } else if (IS("string")) {
        data.type = ZMQJS_STRING;
        data.as.string.data = "\xc3\xa4\0\xf0\x9f\x98\x80";
        data.as.string.length = 7;
    } else if (IS("empty string")) {
        data.type = ZMQJS_STRING;
    } else if (IS("bytes")) {
        data.type = ZMQJS_BYTES;
        data.as.bytes.data = bytes;
        data.as.bytes.length = sizeof bytes;
    } else if (IS("empty bytes")) {
        data.type = ZMQJS_BYTES;
    } else {
        return refuse(self, call);
    }
#undef IS
    return give(call, &data);
}

/* Reads the elements of an array and gives their sum. */
static int sum(const zmqjs_function *self, zmqjs_call *call) {
    int32_t total = 0;
    zmqjs_data data;
    size_t i;
    if (get(call, 0, &data) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    if (data.type != ZMQJS_ARRAY)
        return refuse(self, call);
    for (i = 0; i < data.as.elements.length; i++) {
        zmqjs_value element;
        zmqjs_data number = {0};
        if (CALLBACK(element_get, call->arguments[0], (uint32_t)i, &element) != ZMQJS_OK)
            return ZMQJS_EXCEPTION;
        if (CALLBACK(value_get, element, &number) == ZMQJS_OK && number.type == ZMQJS_INT32)
            total += number.as.int32;
        CALLBACK(value_free, element);
    }
    return give_int(call, total);
}

/* throw_error(class, length of the message, whether with properties) */
static int fail(const zmqjs_function *self, zmqjs_call *call) {
    int32_t error_class, length, decorated;
    zmqjs_error error = {0};
    char *message;
    if (get_int(self, call, 0, &error_class) != ZMQJS_OK ||
        get_int(self, call, 1, &length) != ZMQJS_OK ||
        get_int(self, call, 2, &decorated) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    message = malloc((size_t)length + 1);
    memset(message, 'x', (size_t)length);
    message[length] = 0;
    error.error_class = (uint32_t)error_class;
    error.message = message;
    if (decorated) {
        error.error_number = 98;
        error.code = "EADDRINUSE";
        error.endpoint = "tcp://127.0.0.1:1";
    }
    CALLBACK(throw_error, &error);
    free(message);
    return ZMQJS_EXCEPTION;
}

/* Fails as a function does whose runtime cannot be asked. */
static int refuse_call(const zmqjs_function *self, zmqjs_call *call) {
    (void)self;
    (void)call;
    snprintf(last_error, sizeof last_error, "the runtime is busy");
    return ZMQJS_BUSY;
}

static void free_adoption(void *argument) {
    free(argument);
    count(&live_adoptions, -1);
}

/* An array over memory of this library, or undefined if the engine declines. */
static int adopt(const zmqjs_function *self, zmqjs_call *call) {
    int32_t length;
    unsigned char *bytes;
    int status;
    if (get_int(self, call, 0, &length) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    if (ENGINE->bytes_adopt == NULL)
        return give_undefined(call);
    bytes = malloc((size_t)length + 1);
    memset(bytes, 0xab, (size_t)length + 1);
    count(&live_adoptions, 1);
    status = CALLBACK(bytes_adopt, bytes, (size_t)length, free_adoption, bytes, &call->result);
    if (status != ZMQJS_OK)
        free_adoption(bytes);
    return status == ZMQJS_REFUSED ? give_undefined(call) : status;
}

/* Asks the engine's interrupted, as a wait does; -1 if it has none. */
static int ask(const zmqjs_function *self, zmqjs_call *call) {
    (void)self;
    return give_int(call, ENGINE->interrupted
                              ? ENGINE->interrupted(call->runtime->payload, call->context)
                              : -1);
}

static int nothing(const zmqjs_function *self, zmqjs_call *call) {
    (void)self;
    return give_undefined(call);
}

/* ---- class Box ------------------------------------------------------------------------ */

static const zmqjs_class box_class;

static probe_box *this_box(const zmqjs_function *self, zmqjs_call *call) {
    zmqjs_data data = {0};
    if (CALLBACK(value_get, call->this_value, &data) != ZMQJS_OK)
        return NULL;
    if (data.type == ZMQJS_NATIVE && data.as.native.definition == &box_class)
        return data.as.native.pointer;
    release(call, &data);
    refuse(self, call);
    return NULL;
}

static int new_box(zmqjs_call *call, int32_t number, const zmqjs_value *construct) {
    zmqjs_data data = {.type = ZMQJS_NATIVE};
    probe_box *box = malloc(sizeof *box);
    int status;
    box->number = number;
    data.as.native.definition = &box_class;
    data.as.native.pointer = box;
    data.as.native.construct = construct;
    count(&live_boxes, 1);
    status = give(call, &data);
    if (status != ZMQJS_OK)
        zmqjs_finalize(box);
    return status;
}

static int box_construct(const zmqjs_function *self, zmqjs_call *call) {
    int32_t number;
    if (get_int(self, call, 0, &number) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    return new_box(call, number, &call->this_value);
}

static int box_twin(const zmqjs_function *self, zmqjs_call *call) {
    probe_box *box = this_box(self, call);
    return box ? new_box(call, box->number, NULL) : ZMQJS_EXCEPTION;
}

static int box_put(const zmqjs_function *self, zmqjs_call *call) {
    int32_t index;
    zmqjs_value value;
    if (!this_box(self, call) || get_int(self, call, 0, &index) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    if (call->argument_count < 2)
        return refuse(self, call);
    value = call->arguments[1];
    if (CALLBACK(slot_set, call->this_value, (uint32_t)index, value) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    return give_undefined(call);
}

static int box_take(const zmqjs_function *self, zmqjs_call *call) {
    int32_t index;
    if (!this_box(self, call) || get_int(self, call, 0, &index) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    return CALLBACK(slot_get, call->this_value, (uint32_t)index, &call->result);
}

static int box_get_number(const zmqjs_function *self, zmqjs_call *call) {
    probe_box *box = this_box(self, call);
    return box ? give_int(call, box->number) : ZMQJS_EXCEPTION;
}

static int box_set_number(const zmqjs_function *self, zmqjs_call *call) {
    probe_box *box = this_box(self, call);
    int32_t number;
    if (!box || get_int(self, call, 0, &number) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    box->number = number;
    return give_undefined(call);
}

/* ---- the definition --------------------------------------------------------------------- */

#define FUNCTION(variable, text, parameters, required, function)                                   \
    static const zmqjs_function variable = {text, text parameters, required, required, 0xff, function}

FUNCTION(f_describe, "describe", "(value): string", 1, describe);
FUNCTION(f_poke, "poke", "(bytes, index, byte)", 3, poke);
FUNCTION(f_make, "make", "(kind)", 1, make);
FUNCTION(f_sum, "sum", "(array): number", 1, sum);
FUNCTION(f_fail, "fail", "(class, length, decorated)", 3, fail);
FUNCTION(f_refuse, "refuse", "()", 0, refuse_call);
FUNCTION(f_adopt, "adopt", "(length): bytes", 1, adopt);
FUNCTION(f_ask, "ask", "(): number", 0, ask);
FUNCTION(f_nothing, "nothing", "()", 0, nothing);
FUNCTION(f_construct, "Box", "(number)", 1, box_construct);
FUNCTION(f_twin, "twin", "(): Box", 0, box_twin);
FUNCTION(f_put, "put", "(slot, value)", 2, box_put);
FUNCTION(f_take, "take", "(slot)", 1, box_take);
FUNCTION(f_touch, "touch", "()", 0, nothing);
FUNCTION(f_dispose, "@@dispose", "()", 0, nothing);
FUNCTION(f_iterator, "@@iterator", "()", 0, box_get_number);
FUNCTION(f_get_number, "number", ": number", 0, box_get_number);
FUNCTION(f_set_number, "number", ": number", 1, box_set_number);

static const zmqjs_function *const functions[] = {&f_describe, &f_poke,  &f_make, &f_sum,
                                                  &f_fail,     &f_refuse, &f_adopt, &f_ask,
                                                  &f_nothing};
static const zmqjs_function *const box_methods[] = {&f_twin,  &f_put,     &f_take,
                                                    &f_touch, &f_dispose, &f_iterator};
static const zmqjs_accessor box_number = {"number", &f_get_number, &f_set_number};
static const zmqjs_accessor box_fixed = {"fixed", &f_get_number, NULL};
static const zmqjs_accessor *const box_accessors[] = {&box_number, &box_fixed};

static const zmqjs_class box_class = {"Box", &f_construct, box_methods, 6, box_accessors, 2, NULL};
static const zmqjs_class sealed_class = {
    "Sealed", NULL, NULL, 0, NULL, 0, "Sealed objects come from nowhere"};
static const zmqjs_class *const classes[] = {&box_class, &sealed_class};

static const zmqjs_constant answer = {"ANSWER", 42}, minus = {"MINUS", -1},
                            large = {"LARGE", INT64_C(1) << 40};
static const zmqjs_constant *const constants[] = {&answer, &minus, &large};

static const zmqjs_module module = {"zmq", functions, 9, classes, 2, constants, 3};

/* ---- zmqjs.h ------------------------------------------------------------------------------ */

const zmqjs_module *zmqjs_module_definition(void) {
    return &module;
}

const char *zmqjs_last_error(void) {
    return last_error;
}

int zmqjs_runtime_new(const zmqjs_engine *engine, void *payload, zmqjs_runtime **runtime) {
    *runtime = NULL;
    if (engine->abi_version != ZMQJS_ABI_VERSION || engine->size != sizeof *engine)
        return ZMQJS_VERSION_MISMATCH;
    if (!engine->value_get || !engine->value_new || !engine->element_get || !engine->slot_set ||
        !engine->slot_get || !engine->throw_error)
        return ZMQJS_MISSING_CALLBACK;
    *runtime = malloc(sizeof **runtime);
    (*runtime)->engine = *engine;
    (*runtime)->payload = payload;
    count(&live_runtimes, 1);
    return ZMQJS_OK;
}

int zmqjs_runtime_free(zmqjs_runtime *runtime) {
    free(runtime);
    count(&live_runtimes, -1);
    return ZMQJS_OK;
}

int zmqjs_interrupt(zmqjs_runtime *runtime) {
    (void)runtime;
    count(&interrupts, 1);
    return ZMQJS_OK;
}

void zmqjs_finalize(void *native) {
    if (native != NULL) {
        free(native);
        count(&live_boxes, -1);
    }
}
