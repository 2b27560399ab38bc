/*
 * A replacement of libzmqjs.so that implements the functions of zmqjs.h that an adapter uses, without
 * ZeroMQ. The functions of its module describe their arguments and return requested values, so
 * that tests can check each part of a call, count live objects, and run under a leak checker.
 */
#include "probe_library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct zmqjs_runtime {
    zmqjs_engine engine;
    void *payload;
};

struct zmqjs_instance {
    uint32_t class_number;
    int32_t number;
    size_t kept; /* the length of the array of kept values */
};

static _Thread_local char last_error[256];

static int live_runtimes, live_boxes, live_adoptions, live_frames, interrupts;

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
int probe_live_frames(void) {
    return counted(&live_frames);
}
int probe_interrupts(void) {
    return counted(&interrupts);
}

/* ---- frames ------------------------------------------------------------------------- */

/* Elements of zmqjs_frame.reserved: memory to free on release, and whether the frame holds anything. */
enum { MEMORY, IS_HELD };

static int hold(zmqjs_frame *frame, void *memory, int status) {
    frame->reserved[MEMORY] = (uint64_t)(uintptr_t)memory;
    frame->reserved[IS_HELD] = 1;
    frame->keep = NULL;
    frame->keep_count = 0;
    count(&live_frames, 1);
    return status;
}

void zmqjs_frame_release(zmqjs_frame *frame) {
    if (frame->reserved[IS_HELD]) {
        free((void *)(uintptr_t)frame->reserved[MEMORY]);
        frame->reserved[IS_HELD] = 0;
        count(&live_frames, -1);
    }
}

static int throw(zmqjs_frame *frame, uint32_t error_class, const char *text) {
    char *message = malloc(strlen(text) + 1);
    memset(&frame->error, 0, sizeof frame->error);
    strcpy(message, text);
    frame->error.error_class = error_class;
    frame->error.message = message;
    return hold(frame, message, ZMQJS_EXCEPTION);
}

static int refuse(const zmqjs_function *self, zmqjs_frame *frame) {
    char text[200];
    snprintf(text, sizeof text, "usage: %s", self->signature);
    return throw(frame, ZMQJS_TYPE_ERROR, text);
}

static zmqjs_data argument(const zmqjs_frame *frame, size_t index) {
    static const zmqjs_data undefined = {.type = ZMQJS_UNDEFINED};
    return index < frame->argument_count ? frame->arguments[index] : undefined;
}

static int get_int(const zmqjs_frame *frame, size_t index, int32_t *number) {
    zmqjs_data data = argument(frame, index);
    *number = data.type == ZMQJS_INT32 ? data.as.int32 : 0;
    return data.type == ZMQJS_INT32;
}

static int give(zmqjs_frame *frame, zmqjs_data data) {
    frame->result = data;
    return ZMQJS_OK;
}

static int give_int(zmqjs_frame *frame, int32_t number) {
    return give(frame, (zmqjs_data){.type = ZMQJS_INT32, .as.int32 = number});
}

static int give_undefined(zmqjs_frame *frame) {
    return give(frame, (zmqjs_data){.type = ZMQJS_UNDEFINED});
}

static zmqjs_data text_data(const char *text) {
    return (zmqjs_data){.type = ZMQJS_STRING, .as.data = (void *)(uintptr_t)text, .length = strlen(text)};
}

static int give_text(zmqjs_frame *frame, const char *text) {
    char *copy = malloc(strlen(text) + 1);
    strcpy(copy, text);
    frame->result = text_data(copy);
    return hold(frame, copy, ZMQJS_HELD);
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

/* Describes the data that an adapter made from a value. */
static void describe_data(zmqjs_data data, char *text, size_t size) {
    static const char *const names[] = {"undefined", "null",   "boolean", "int32",
                                        "double",    "bigint", "string",  "bytes",
                                        "instance",  "array",  "object"};
    char hex[400];
    snprintf(text, size, "%s", names[data.type]);
    switch (data.type) {
    case ZMQJS_BOOLEAN:
        snprintf(text, size, "boolean %d", data.as.boolean);
        break;
    case ZMQJS_INT32:
        snprintf(text, size, "int32 %d", data.as.int32);
        break;
    case ZMQJS_DOUBLE:
        snprintf(text, size, "double %.17g", data.as.number);
        break;
    case ZMQJS_BIGINT:
        if (data.flags & ZMQJS_TRUNCATED)
            snprintf(text, size, "bigint truncated");
        else if (data.flags & ZMQJS_UNSIGNED)
            snprintf(text, size, "bigint unsigned %llu", (unsigned long long)data.as.bigint);
        else
            snprintf(text, size, "bigint %lld", (long long)data.as.bigint);
        break;
    case ZMQJS_STRING:
        hexadecimal(hex, sizeof hex, data.as.data, data.length);
        snprintf(text, size, "string %zu%s: %s", data.length, data.flags ? " not UTF-8" : "", hex);
        break;
    case ZMQJS_BYTES:
        hexadecimal(hex, sizeof hex, data.as.data, data.length);
        snprintf(text, size, "bytes %zu: %s", data.length, hex);
        break;
    case ZMQJS_INSTANCE:
        snprintf(text, size, "instance %d", data.as.instance->number);
        break;
    case ZMQJS_ARRAY:
        snprintf(text, size, "array %zu%s", data.length, data.as.elements ? " with elements" : "");
        break;
    }
}

static int describe(const zmqjs_function *self, zmqjs_frame *frame) {
    char text[512];
    (void)self;
    describe_data(argument(frame, 0), text, sizeof text);
    return give_text(frame, text);
}

/* Describes the elements of the first argument, then the second argument. */
static int list(const zmqjs_function *self, zmqjs_frame *frame) {
    zmqjs_data data = argument(frame, 0);
    char text[2048] = "";
    size_t i, used = 0;
    if (data.type != ZMQJS_ARRAY)
        return refuse(self, frame);
    for (i = 0; data.as.elements != NULL && i < data.length && used + 600 < sizeof text; i++) {
        describe_data(data.as.elements[i], text + used, 512);
        used += strlen(text + used);
        used += (size_t)snprintf(text + used, 4, ", ");
    }
    if (data.as.elements == NULL)
        used += (size_t)snprintf(text + used, 40, "%zu unread, ", data.length);
    describe_data(argument(frame, 1), text + used, 512);
    return give_text(frame, text);
}

/* Writes a byte to memory that the adapter passed. */
static int poke(const zmqjs_function *self, zmqjs_frame *frame) {
    int32_t index, byte;
    zmqjs_data data = argument(frame, 0);
    if (!get_int(frame, 1, &index) || !get_int(frame, 2, &byte) || data.type != ZMQJS_BYTES ||
        (size_t)index >= data.length)
        return refuse(self, frame);
    ((unsigned char *)data.as.data)[index] = (unsigned char)byte;
    return give_undefined(frame);
}

/* Returns a value of a kind. */
static int make(const zmqjs_function *self, zmqjs_frame *frame) {
    static unsigned char bytes[] = {1, 2, 0, 255};
    static char characters[] = "\xc3\xa4\0\xf0\x9f\x98\x80";
    static zmqjs_data seven[4];
    zmqjs_data data = argument(frame, 0), *elements;
    char kind[40];
    if (data.type != ZMQJS_STRING)
        return refuse(self, frame);
    snprintf(kind, sizeof kind, "%.*s", (int)data.length, (const char *)data.as.data);
    memset(&data, 0, sizeof data);
#define IS(text) (strcmp(kind, text) == 0)
    if (IS("array") || IS("object")) {
        elements = malloc(sizeof seven);
        elements[0] = elements[1] = (zmqjs_data){.type = ZMQJS_INT32, .as.int32 = 7};
        elements[IS("object") ? 3 : 1] = text_data("seven");
        if (IS("object")) {
            elements[0] = text_data("first");
            elements[2] = text_data("second");
        }
        frame->result.type = IS("array") ? ZMQJS_ARRAY : ZMQJS_OBJECT;
        frame->result.as.elements = elements;
        frame->result.length = 2;
        return hold(frame, elements, ZMQJS_HELD);
    }
    if (IS("undefined"))
        return give_undefined(frame);
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
        data.flags = ZMQJS_UNSIGNED;
        data.as.bigint = -1;
    } else if (IS("string")) {
        data.type = ZMQJS_STRING;
        data.as.data = characters;
        data.length = 7;
    } else if (IS("empty string")) {
        data.type = ZMQJS_STRING;
    } else if (IS("bytes")) {
        data.type = ZMQJS_BYTES;
        data.as.data = bytes;
        data.length = sizeof bytes;
    } else if (IS("empty bytes")) {
        data.type = ZMQJS_BYTES;
    } else {
        return refuse(self, frame);
    }
#undef IS
    return give(frame, data);
}

/* Returns the sum of an array. */
static int sum(const zmqjs_function *self, zmqjs_frame *frame) {
    int32_t total = 0;
    zmqjs_data data = argument(frame, 0);
    size_t i;
    if (data.type != ZMQJS_ARRAY)
        return refuse(self, frame);
    for (i = 0; i < data.length; i++)
        if (data.as.elements[i].type == ZMQJS_INT32)
            total += data.as.elements[i].as.int32;
    return give_int(frame, total);
}

/* Throws: class, length of the message, whether with properties. */
static int fail(const zmqjs_function *self, zmqjs_frame *frame) {
    int32_t error_class, length, decorated;
    char *message;
    if (!get_int(frame, 0, &error_class) || !get_int(frame, 1, &length) ||
        !get_int(frame, 2, &decorated))
        return refuse(self, frame);
    message = malloc((size_t)length + 1);
    memset(message, 'x', (size_t)length);
    message[length] = 0;
    memset(&frame->error, 0, sizeof frame->error);
    frame->error.error_class = (uint32_t)error_class;
    frame->error.message = message;
    if (decorated) {
        frame->error.error_number = 98;
        frame->error.code = "EADDRINUSE";
        frame->error.endpoint = "tcp://127.0.0.1:1";
    }
    return hold(frame, message, ZMQJS_EXCEPTION);
}

/* Fails with a status, as a function without a frame does. */
static int refuse_call(const zmqjs_function *self, zmqjs_frame *frame) {
    (void)self;
    frame->reserved[IS_HELD] = 0;
    snprintf(last_error, sizeof last_error, "the runtime is busy");
    return ZMQJS_BUSY;
}

static void free_adoption(void *memory) {
    free(memory);
    count(&live_adoptions, -1);
}

/* Returns bytes that may be adopted. */
static int adopt(const zmqjs_function *self, zmqjs_frame *frame) {
    int32_t length;
    unsigned char *bytes;
    if (!get_int(frame, 0, &length))
        return refuse(self, frame);
    bytes = malloc((size_t)length + 1);
    memset(bytes, 0xab, (size_t)length + 1);
    frame->result = (zmqjs_data){.type = ZMQJS_BYTES, .flags = ZMQJS_ADOPTABLE, .as.data = bytes,
                                 .length = (size_t)length};
    return hold(frame, bytes, ZMQJS_HELD);
}

int zmqjs_frame_adopt(zmqjs_frame *frame, const zmqjs_data *bytes, zmqjs_release *release,
                      void **memory) {
    if (bytes != &frame->result || !frame->reserved[IS_HELD] || !frame->reserved[MEMORY])
        return ZMQJS_INVALID_ARGUMENT;
    *release = free_adoption;
    *memory = (void *)(uintptr_t)frame->reserved[MEMORY];
    frame->reserved[MEMORY] = 0;
    count(&live_adoptions, 1);
    return ZMQJS_OK;
}

/* Calls the engine's callback interrupted, as a wait does; -1 if it has none. */
static int ask(const zmqjs_function *self, zmqjs_frame *frame) {
    const zmqjs_engine *engine = &frame->runtime->engine;
    (void)self;
    return give_int(frame, engine->interrupted
                               ? engine->interrupted(frame->runtime->payload, frame->context)
                               : -1);
}

/* Calls the engine's callback collect, as a call that runs out of descriptors does. */
static int collect(const zmqjs_function *self, zmqjs_frame *frame) {
    const zmqjs_engine *engine = &frame->runtime->engine;
    (void)self;
    if (engine->collect)
        engine->collect(frame->runtime->payload, frame->context);
    return give_int(frame, engine->collect != NULL);
}

static int nothing(const zmqjs_function *self, zmqjs_frame *frame) {
    (void)self;
    return give_undefined(frame);
}

/* ---- class Box ------------------------------------------------------------------------ */

static int new_box(zmqjs_frame *frame, int32_t number) {
    zmqjs_instance *box = calloc(1, sizeof *box);
    box->number = number;
    count(&live_boxes, 1);
    return give(frame, (zmqjs_data){.type = ZMQJS_INSTANCE, .as.instance = box, .length = 0});
}

static int box_construct(const zmqjs_function *self, zmqjs_frame *frame) {
    int32_t number;
    return get_int(frame, 0, &number) ? new_box(frame, number) : refuse(self, frame);
}

static int box_twin(const zmqjs_function *self, zmqjs_frame *frame) {
    return frame->self ? new_box(frame, frame->self->number) : refuse(self, frame);
}

/* Keeps the value at an index; without a value, drops the kept one. */
static int box_put(const zmqjs_function *self, zmqjs_frame *frame) {
    int32_t index;
    zmqjs_keep *keep;
    if (!frame->self || !get_int(frame, 0, &index) ||
        (size_t)index >= frame->self->kept + self->keeps)
        return refuse(self, frame);
    keep = malloc(sizeof *keep);
    keep->index = (uint32_t)index;
    keep->argument = frame->argument_count > 1 ? 1 : -1;
    if (keep->argument >= 0 && frame->self->kept <= keep->index)
        frame->self->kept = keep->index + 1;
    frame->result = (zmqjs_data){.type = ZMQJS_THIS};
    hold(frame, keep, ZMQJS_HELD);
    frame->keep = keep;
    frame->keep_count = 1;
    return ZMQJS_HELD;
}

static int box_take(const zmqjs_function *self, zmqjs_frame *frame) {
    int32_t index;
    if (!frame->self || !get_int(frame, 0, &index))
        return refuse(self, frame);
    return give(frame, (zmqjs_data){.type = ZMQJS_KEPT, .as.int32 = index});
}

static int box_get_number(const zmqjs_function *self, zmqjs_frame *frame) {
    return frame->self ? give_int(frame, frame->self->number) : refuse(self, frame);
}

static int box_set_number(const zmqjs_function *self, zmqjs_frame *frame) {
    int32_t number;
    if (!frame->self || !get_int(frame, 0, &number))
        return refuse(self, frame);
    frame->self->number = number;
    return give_undefined(frame);
}

static int sealed_construct(const zmqjs_function *self, zmqjs_frame *frame) {
    (void)self;
    return throw(frame, ZMQJS_TYPE_ERROR, "Sealed objects come from nowhere");
}

/* ---- the definition --------------------------------------------------------------------- */

enum { DESCRIBE, LIST, POKE, MAKE, SUM, FAIL, REFUSE, ADOPT, ASK, COLLECT, NOTHING, CONSTRUCT, TWIN, PUT, TAKE,
       TOUCH, DISPOSE, ITERATOR, GET_NUMBER, SET_NUMBER, GET_FIXED, SEALED, FUNCTIONS };

static const zmqjs_function all[FUNCTIONS] = {
#define FUNCTION(number, name, parameters, count, reads, arrays, keeps, call)                      \
    [number] = {name, name parameters, count, number, count, reads, arrays, keeps, call}
    FUNCTION(DESCRIBE, "describe", "(value): string", 1, 1, 0, 0, describe),
    FUNCTION(LIST, "list", "(array, value): string", 2, 3, 1, 0, list),
    FUNCTION(POKE, "poke", "(bytes, index, byte)", 3, 7, 0, 0, poke),
    FUNCTION(MAKE, "make", "(kind)", 1, 1, 0, 0, make),
    FUNCTION(SUM, "sum", "(array): number", 1, 1, 1, 0, sum),
    FUNCTION(FAIL, "fail", "(class, length, decorated)", 3, 7, 0, 0, fail),
    FUNCTION(REFUSE, "refuse", "()", 0, 0, 0, 0, refuse_call),
    FUNCTION(ADOPT, "adopt", "(length): bytes", 1, 1, 0, 0, adopt),
    FUNCTION(ASK, "ask", "(): number", 0, 0, 0, 0, ask),
    FUNCTION(COLLECT, "collectAll", "(): number", 0, 0, 0, 0, collect),
    FUNCTION(NOTHING, "nothing", "()", 0, 0, 0, 0, nothing),
    FUNCTION(CONSTRUCT, "Box", "(number)", 1, 1, 0, 0, box_construct),
    FUNCTION(TWIN, "twin", "(): Box", 0, 0, 0, 0, box_twin),
    FUNCTION(PUT, "put", "(index, value)", 2, 1, 0, 128, box_put),
    FUNCTION(TAKE, "take", "(index)", 1, 1, 0, 0, box_take),
    FUNCTION(TOUCH, "touch", "()", 0, 0, 0, 0, nothing),
    FUNCTION(DISPOSE, "[Symbol.dispose]", "()", 0, 0, 0, 0, nothing),
    FUNCTION(ITERATOR, "[Symbol.iterator]", "()", 0, 0, 0, 0, box_get_number),
    [GET_NUMBER] = {"get number", "number: number", 0, GET_NUMBER, 0, 0, 0, 0, box_get_number},
    [SET_NUMBER] = {"set number", "number: number", 1, SET_NUMBER, 1, 1, 0, 0, box_set_number},
    [GET_FIXED] = {"get fixed", "fixed: number", 0, GET_FIXED, 0, 0, 0, 0, box_get_number},
    FUNCTION(SEALED, "Sealed", "()", 0, 0, 0, 0, sealed_construct),
};

static const zmqjs_class box_class = {"Box", 0, 64, &all[CONSTRUCT]};
static const zmqjs_class sealed_class = {"Sealed", 1, 64, &all[SEALED]};

enum { METHOD = ZMQJS_WRITABLE | ZMQJS_CONFIGURABLE };

/* The definitions of the module, in the order of the walk. */
static const struct step {
    zmqjs_property property;
    const zmqjs_class *definition;
    const zmqjs_function *function, *setter;
    zmqjs_data value;
} steps[] = {
    {{ZMQJS_ON_MODULE, METHOD, "describe", NULL}, NULL, &all[DESCRIBE], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "list", NULL}, NULL, &all[LIST], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "poke", NULL}, NULL, &all[POKE], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "make", NULL}, NULL, &all[MAKE], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "sum", NULL}, NULL, &all[SUM], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "fail", NULL}, NULL, &all[FAIL], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "refuse", NULL}, NULL, &all[REFUSE], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "adopt", NULL}, NULL, &all[ADOPT], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "ask", NULL}, NULL, &all[ASK], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "collectAll", NULL}, NULL, &all[COLLECT], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "nothing", NULL}, NULL, &all[NOTHING], NULL, {0}},
    {{ZMQJS_ON_MODULE, METHOD, "Box", NULL}, &box_class, NULL, NULL, {0}},
    {{ZMQJS_ON_PROTOTYPE, METHOD, "twin", NULL}, NULL, &all[TWIN], NULL, {0}},
    {{ZMQJS_ON_PROTOTYPE, METHOD, "put", NULL}, NULL, &all[PUT], NULL, {0}},
    {{ZMQJS_ON_PROTOTYPE, METHOD, "take", NULL}, NULL, &all[TAKE], NULL, {0}},
    {{ZMQJS_ON_PROTOTYPE, METHOD, "touch", NULL}, NULL, &all[TOUCH], NULL, {0}},
    {{ZMQJS_ON_PROTOTYPE, METHOD, NULL, "dispose"}, NULL, &all[DISPOSE], NULL, {0}},
    {{ZMQJS_ON_PROTOTYPE, METHOD, NULL, "iterator"}, NULL, &all[ITERATOR], NULL, {0}},
    {{ZMQJS_ON_PROTOTYPE, ZMQJS_CONFIGURABLE, "number", NULL}, NULL, &all[GET_NUMBER], &all[SET_NUMBER], {0}},
    {{ZMQJS_ON_PROTOTYPE, ZMQJS_CONFIGURABLE, "fixed", NULL}, NULL, &all[GET_FIXED], NULL, {0}},
    {{ZMQJS_ON_PROTOTYPE, ZMQJS_CONFIGURABLE, NULL, "toStringTag"}, NULL, NULL, NULL,
     {.type = ZMQJS_STRING, .as.data = (void *)(uintptr_t)"Box", .length = 3}},
    {{ZMQJS_ON_CONSTRUCTOR, METHOD, "make", NULL}, NULL, &all[NOTHING], NULL, {0}},
    {{ZMQJS_ON_CONSTRUCTOR, 0, "SIDES", NULL}, NULL, NULL, NULL, {.type = ZMQJS_INT32, .as.int32 = 6}},
    {{ZMQJS_ON_MODULE, METHOD, "Sealed", NULL}, &sealed_class, NULL, NULL, {0}},
    {{ZMQJS_ON_MODULE, ZMQJS_ENUMERABLE, "ANSWER", NULL}, NULL, NULL, NULL, {.type = ZMQJS_INT32, .as.int32 = 42}},
    {{ZMQJS_ON_MODULE, ZMQJS_ENUMERABLE, "MINUS", NULL}, NULL, NULL, NULL, {.type = ZMQJS_INT32, .as.int32 = -1}},
    {{ZMQJS_ON_MODULE, ZMQJS_ENUMERABLE, "LARGE", NULL}, NULL, NULL, NULL, {.type = ZMQJS_DOUBLE, .as.number = 1099511627776.0}},
};

/* ---- zmqjs.h ------------------------------------------------------------------------------ */

const zmqjs_function *const *zmqjs_functions(size_t *number) {
    static const zmqjs_function *const functions[FUNCTIONS] = {
        &all[0],  &all[1],  &all[2],  &all[3],  &all[4],  &all[5],  &all[6],  &all[7],
        &all[8],  &all[9],  &all[10], &all[11], &all[12], &all[13], &all[14], &all[15],
        &all[16], &all[17], &all[18], &all[19], &all[20], &all[21]};
    if (number != NULL)
        *number = FUNCTIONS;
    return functions;
}

static int define(const zmqjs_registrar *registrar, void *payload, const struct step *step) {
    if (step->definition != NULL)
        return registrar->begin_class(payload, &step->property, step->definition);
    if (step->function == NULL)
        return registrar->define_value(payload, &step->property, &step->value);
    if (strncmp(step->function->name, "get ", 4) == 0)
        return registrar->define_accessor(payload, &step->property, step->function, step->setter);
    return registrar->define_function(payload, &step->property, step->function);
}

int zmqjs_register(const zmqjs_registrar *registrar, void *payload) {
    size_t i;
    if (registrar->abi_version != ZMQJS_ABI_VERSION || registrar->size != sizeof *registrar)
        return ZMQJS_VERSION_MISMATCH;
    for (i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (define(registrar, payload, &steps[i]) != ZMQJS_OK)
            return ZMQJS_EXCEPTION;
    return ZMQJS_OK;
}

const char *zmqjs_last_error(void) {
    return last_error;
}

int zmqjs_runtime_new(const zmqjs_engine *engine, void *payload, zmqjs_runtime **runtime) {
    *runtime = NULL;
    if (engine->abi_version != ZMQJS_ABI_VERSION || engine->size != sizeof *engine)
        return ZMQJS_VERSION_MISMATCH;
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

void zmqjs_finalize(zmqjs_instance *box) {
    if (box != NULL) {
        free(box);
        count(&live_boxes, -1);
    }
}
