/* contract.c - see contract.h */
#define _GNU_SOURCE
#include "contract.h"

#include "check.h"
#include "fence.h"
#include "library.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

static const char *const callback_names[CALLBACKS] = {"interrupted", "collect"};

#define BROKEN(...) FAIL("contract: " __VA_ARGS__)

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (!memory) FAIL("out of memory");
    return memory;
}

/* ---- instances: each is finalized once ------------------------------------------------------ */

struct living {
    zmqjs_instance *instance;
    const struct contract *contract;
};

static struct {
    pthread_mutex_t lock;
    struct living *list;
    size_t count, room;
} alive = {.lock = PTHREAD_MUTEX_INITIALIZER};

static size_t find_alive(zmqjs_instance *instance)
{
    size_t i = 0;
    while (i < alive.count && alive.list[i].instance != instance) i++;
    return i;
}

static void add_instance(const struct contract *contract, zmqjs_instance *instance)
{
    pthread_mutex_lock(&alive.lock);
    if (find_alive(instance) < alive.count) BROKEN("a new instance is one that there is already");
    if (alive.count == alive.room) {
        alive.room = alive.room * 2 + 64;
        alive.list = realloc(alive.list, alive.room * sizeof *alive.list);
        if (!alive.list) FAIL("out of memory");
    }
    alive.list[alive.count].instance = instance;
    alive.list[alive.count++].contract = contract;
    pthread_mutex_unlock(&alive.lock);
}

size_t contract_instances(const struct contract *contract)
{
    size_t count = 0;
    pthread_mutex_lock(&alive.lock);
    for (size_t i = 0; i < alive.count; i++) count += alive.list[i].contract == contract;
    pthread_mutex_unlock(&alive.lock);
    return count;
}

void zmqjs_finalize(zmqjs_instance *instance)
{
    if (instance) {
        pthread_mutex_lock(&alive.lock);
        size_t i = find_alive(instance);
        if (i == alive.count) BROKEN("an instance is finalized that no call has given, or twice");
        alive.list[i] = alive.list[--alive.count];
        pthread_mutex_unlock(&alive.lock);
    }
    library_zmqjs_finalize(instance);
}

/* ---- rules for every call
 * ---------------------------------------------------------------------- */

static int has_the_same_mask(const struct contract *contract)
{
    sigset_t now;
    memset(&now, 0, sizeof now); /* the kernel fills in a part of it */
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    return memcmp(&now, &contract->signals, sizeof now) == 0;
}

static void check_engine(const struct contract *contract, const char *name)
{
    const fe_engine *engine = contract->engine;
    if (engine->depth == 0) BROKEN("%s is called outside of a script's call", name);
    if (!pthread_equal(engine->thread, pthread_self()))
        BROKEN("%s is called on another thread than the script's", name);
    if (engine->exception) BROKEN("%s is called while an exception is pending", name);
}

static struct contract *enter(void *payload, void *context, enum callback callback)
{
    struct contract *contract = payload;
    const char *name = callback_names[callback];
    if (!contract) BROKEN("%s comes without the payload", name);
    if (context != contract->engine) BROKEN("%s comes with a context that no call gave", name);
    if (!contract->under_way) BROKEN("%s is called outside of a call", name);
    check_engine(contract, name);
    if (!has_the_same_mask(contract)) BROKEN("%s is called under another signal mask", name);
    contract->asked[callback]++;
    return contract;
}

static int interrupted(void *payload, void *context)
{
    struct contract *contract = enter(payload, context, INTERRUPTED);
    return contract->inner->interrupted(contract->payload, context);
}

static void collect(void *payload, void *context)
{
    struct contract *contract = enter(payload, context, COLLECT);
    if (contract->under_way->keeps)
        BROKEN("collect is called by %s, which keeps values", contract->under_way->name);
    contract->inner->collect(contract->payload, context);
}

/* ---- arguments: written by the adapter
 * --------------------------------------------------------- */

static void check_argument(const zmqjs_data *data, int may_be_array);

static void check_text_argument(const zmqjs_data *data)
{
    if (data->flags != 0 && data->flags != ZMQJS_LATIN1 && data->flags != ZMQJS_UTF16)
        BROKEN("a string argument has the flags %x", data->flags);
    if (data->length && !data->as.data) BROKEN("a string argument has no data");
}

static void check_elements(const zmqjs_data *data)
{
    if (!data->as.elements) {
        if (data->length && data->length <= ZMQJS_ELEMENT_MAXIMUM)
            BROKEN("an array argument has %zu elements, but none are there", data->length);
        return;
    }
    for (size_t i = 0; i < data->length; i++) check_argument(&data->as.elements[i], 0);
}

static void check_argument(const zmqjs_data *data, int may_be_array)
{
    switch (data->type) {
    case ZMQJS_UNDEFINED:
    case ZMQJS_NULL:
    case ZMQJS_INT32:
    case ZMQJS_DOUBLE:
    case ZMQJS_OBJECT:
        return;
    case ZMQJS_BOOLEAN:
        if (data->as.boolean != 0 && data->as.boolean != 1)
            BROKEN("a boolean argument is %d", data->as.boolean);
        return;
    case ZMQJS_BIGINT:
        if (data->flags & ~(uint32_t)(ZMQJS_UNSIGNED | ZMQJS_TRUNCATED))
            BROKEN("a bigint argument has the flags %x", data->flags);
        if (data->flags == ZMQJS_UNSIGNED && data->as.bigint >= 0)
            BROKEN("a bigint argument is unsigned, but fits an int64_t");
        return;
    case ZMQJS_STRING:
        check_text_argument(data);
        return;
    case ZMQJS_BYTES:
        if (data->length && !data->as.data) BROKEN("a bytes argument has no data");
        return;
    case ZMQJS_INSTANCE:
        if (!data->as.instance) BROKEN("an instance argument is NULL");
        return;
    case ZMQJS_ARRAY:
        if (may_be_array) check_elements(data);
        else if (data->length || data->as.elements)
            BROKEN("an array is passed with elements that are not read");
        return;
    }
    BROKEN("an argument has the type %u", data->type);
}

static void check_arguments(const zmqjs_function *function, const zmqjs_frame *frame)
{
    if (!frame->runtime) BROKEN("%s is called without a runtime", function->name);
    if (frame->argument_count && !frame->arguments)
        BROKEN("%s is called without its arguments", function->name);
    for (size_t i = 0; i < frame->argument_count && i < function->parameter_count; i++) {
        if (function->reads >> i & 1)
            check_argument(&frame->arguments[i], function->arrays >> i & 1);
        else if (frame->arguments[i].type != ZMQJS_UNDEFINED)
            BROKEN("%s does not read argument %zu, but it is passed", function->name, i);
    }
}

/* ---- arguments: copies that end with the call -------------------------------------------------- */

static size_t bytes_of(const zmqjs_data *data)
{
    return data->type == ZMQJS_STRING && data->flags & ZMQJS_UTF16 ? data->length * 2
                                                                    : data->length;
}

static zmqjs_data *lend(const zmqjs_data *arguments, size_t count)
{
    zmqjs_data *lent = fence_copy(arguments, count * sizeof *arguments);
    for (size_t i = 0; i < count; i++) {
        zmqjs_data *data = &lent[i];
        if ((data->type == ZMQJS_STRING || data->type == ZMQJS_BYTES) && data->as.data)
            data->as.data = fence_copy(data->as.data, bytes_of(data));
        if (data->type == ZMQJS_ARRAY && data->as.elements)
            data->as.elements = lend(data->as.elements, data->length);
    }
    return lent;
}

/* Bytes that the library has written reach the engine; texts must be unchanged. */
static void take_back_data(const zmqjs_data *lent, const zmqjs_data *original)
{
    size_t size = bytes_of(lent);
    if (lent->type == ZMQJS_BYTES && size) memcpy(original->as.data, lent->as.data, size);
    if (lent->type == ZMQJS_STRING && size && memcmp(original->as.data, lent->as.data, size) != 0)
        BROKEN("a call has changed the text of an argument");
    fence_end(lent->as.data, size);
}

static void take_back(zmqjs_data *lent, const zmqjs_data *arguments, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lent[i].type != arguments[i].type || lent[i].length != arguments[i].length)
            BROKEN("a call has changed its arguments");
        if ((lent[i].type == ZMQJS_STRING || lent[i].type == ZMQJS_BYTES) && lent[i].as.data)
            take_back_data(&lent[i], &arguments[i]);
        if (lent[i].type == ZMQJS_ARRAY && lent[i].as.elements)
            take_back((zmqjs_data *)lent[i].as.elements, arguments[i].as.elements, lent[i].length);
    }
    fence_end(lent, count * sizeof *lent);
}

/* Values that the library has not read are not read here either. */
static zmqjs_data *readable(const zmqjs_function *function, const zmqjs_frame *frame, size_t *count)
{
    *count = frame->argument_count;
    if (*count > function->parameter_count) *count = function->parameter_count;
    zmqjs_data *arguments = allocate(*count, sizeof *arguments);
    for (size_t i = 0; i < *count; i++)
        if (function->reads >> i & 1) arguments[i] = frame->arguments[i];
    return arguments;
}

/* ---- results: written by the library
 * ------------------------------------------------------------ */

static const fe_value *this_of(const struct contract *contract, const zmqjs_frame *frame)
{
    for (const fe_value *v = contract->engine->values; v; v = v->next)
        if (frame->self && v->kind == FE_INSTANCE && v->as.instance.pointer == frame->self) return v;
    return NULL;
}

static void check_keep_count(const zmqjs_function *function, const zmqjs_frame *frame)
{
    size_t kept = 0;
    if (frame->keep_count && !frame->keep) BROKEN("%s keeps nothing that is there", function->name);
    for (size_t i = 0; i < frame->keep_count; i++) kept += frame->keep[i].argument >= 0;
    if (kept > function->keeps)
        BROKEN("%s keeps %zu values, but may keep %u", function->name, kept, function->keeps);
}

static void check_keep_entry(const zmqjs_function *function, const zmqjs_frame *frame,
                             const zmqjs_keep *keep, size_t limit)
{
    if (keep->index >= limit)
        BROKEN("%s uses index %u, but has room up to %zu", function->name, keep->index, limit);
    if (keep->argument < -1) BROKEN("%s keeps argument %d", function->name, keep->argument);
    if (keep->argument >= 0 && (size_t)keep->argument >= frame->argument_count)
        BROKEN("%s keeps argument %d of %zu", function->name, keep->argument,
               frame->argument_count);
}

static void check_keep(const struct contract *contract, const zmqjs_function *function,
                       const zmqjs_frame *frame)
{
    const fe_value *instance = this_of(contract, frame);
    check_keep_count(function, frame);
    if (frame->keep_count && !instance) BROKEN("%s keeps values without this", function->name);
    for (size_t i = 0; i < frame->keep_count; i++)
        check_keep_entry(function, frame, &frame->keep[i],
                         instance->as.instance.slot_count + function->keeps);
}

static void check_well_formed(const char *text, size_t length, const char *what)
{
    if (length && !text) BROKEN("%s has no data", what);
    if (!utf8_valid(text, length)) BROKEN("%s is not UTF-8", what);
}

static uint32_t flags_allowed(uint32_t type)
{
    if (type == ZMQJS_BIGINT) return ZMQJS_UNSIGNED;
    return type == ZMQJS_BYTES ? ZMQJS_ADOPTABLE : 0;
}

static int has_flags(uint32_t type)
{
    return type == ZMQJS_BIGINT || type == ZMQJS_STRING || type == ZMQJS_BYTES;
}

static void check_result(const zmqjs_data *data, int depth);

static void check_parts(const zmqjs_data *data, int depth)
{
    int is_object = data->type == ZMQJS_OBJECT;
    if (data->length && !data->as.elements) BROKEN("a result has no elements");
    for (size_t i = 0; i < data->length * (is_object ? 2 : 1); i++) {
        const zmqjs_data *part = &data->as.elements[i];
        if (is_object && i % 2 == 0 && part->type != ZMQJS_STRING)
            BROKEN("a property's name has the type %u", part->type);
        check_result(part, depth + 1);
    }
}

static void check_result(const zmqjs_data *data, int depth)
{
    if (has_flags(data->type) && data->flags & ~flags_allowed(data->type))
        BROKEN("a result of type %u has the flags %x", data->type, data->flags);
    switch (data->type) {
    case ZMQJS_UNDEFINED:
    case ZMQJS_NULL:
    case ZMQJS_INT32:
    case ZMQJS_DOUBLE:
    case ZMQJS_THIS:
        return;
    case ZMQJS_BOOLEAN:
        if (data->as.boolean != 0 && data->as.boolean != 1)
            BROKEN("a result is the boolean %d", data->as.boolean);
        return;
    case ZMQJS_BIGINT:
        if (data->flags && data->as.bigint >= 0)
            BROKEN("a result is an unsigned bigint that fits an int64_t");
        return;
    case ZMQJS_STRING:
        check_well_formed(data->as.data, data->length, "a string");
        return;
    case ZMQJS_BYTES:
        if (data->length && !data->as.data) BROKEN("bytes have no data");
        return;
    case ZMQJS_INSTANCE:
        if (depth > 0) BROKEN("a new instance is inside an array or object");
        if (!data->as.instance) BROKEN("a new instance is NULL");
        return;
    case ZMQJS_ARRAY:
    case ZMQJS_OBJECT:
        check_parts(data, depth);
        return;
    case ZMQJS_KEPT:
        if (data->as.int32 < 0) BROKEN("a result is kept under index %d", data->as.int32);
        return;
    }
    BROKEN("a result has the type %u", data->type);
}

static void check_error(const zmqjs_error *error)
{
    if (error->error_class > ZMQJS_RANGE_ERROR) BROKEN("error class %u", error->error_class);
    if (!error->message || !*error->message) BROKEN("an error has no message");
    if (error->code && !*error->code) BROKEN("an error has an empty code");
    check_well_formed(error->message, strlen(error->message), "an error's message");
    if (error->code) check_well_formed(error->code, strlen(error->code), "an error's code");
    if (error->endpoint)
        check_well_formed(error->endpoint, strlen(error->endpoint), "an error's endpoint");
}

static void check_outcome(const struct contract *contract, const zmqjs_function *function,
                          const zmqjs_frame *frame, int status)
{
    if (status == ZMQJS_EXCEPTION) {
        check_error(&frame->error);
        return;
    }
    if (status != ZMQJS_OK && status != ZMQJS_HELD)
        BROKEN("%s returns the status %d", function->name, status);
    if (status == ZMQJS_HELD) check_keep(contract, function, frame);
    check_result(&frame->result, 0);
    if (frame->result.type == ZMQJS_INSTANCE) add_instance(contract, frame->result.as.instance);
}

/* ---- frames ---------------------------------------------------------------------------------- */

/* The content of a frame before a call is unspecified. */
static void scribble(zmqjs_frame *frame)
{
    memset(&frame->result, 0xa5, sizeof frame->result);
    memset(&frame->keep, 0xa5, sizeof frame->keep);
    memset(&frame->keep_count, 0xa5, sizeof frame->keep_count);
    memset(&frame->error, 0xa5, sizeof frame->error);
    memset(frame->reserved, 0xa5, sizeof frame->reserved);
}

static void hold(struct contract *contract, const zmqjs_frame *frame)
{
    if (contract->held_count == contract->held_room) {
        contract->held_room = contract->held_room * 2 + 8;
        contract->held = realloc(contract->held, contract->held_room * sizeof *contract->held);
        if (!contract->held) FAIL("out of memory");
    }
    contract->held[contract->held_count++] = frame;
}

/* Whether arguments are those that a fast call takes, and these. */
static int are_usual(const zmqjs_function *function, const zmqjs_frame *frame, const zmqjs_data **value,
                     int32_t *integer)
{
    size_t values = function->parameter_count - 1, count = frame->argument_count;
    *value = values ? frame->arguments : NULL;
    *integer = 0;
    if (count < values || !frame->arguments) return count == 0 && values == 0 && function->length == 0;
    if (count == values) return function->length <= values;
    *integer = frame->arguments[values].as.int32;
    return frame->arguments[values].type == ZMQJS_INT32;
}

int contract_pass(const zmqjs_function *function, zmqjs_frame *frame, int fast)
{
    const zmqjs_data *arguments = frame->arguments, *value;
    size_t count = frame->argument_count;
    int32_t integer;
    if (!fast || !function->fast_call || !are_usual(function, frame, &value, &integer))
        return function->call(function, frame);
    frame->arguments = (const zmqjs_data *)sizeof *arguments; /* it is not read */
    frame->argument_count = SIZE_MAX;
    int status = function->fast_call(function, frame, value, integer);
    frame->arguments = arguments;
    frame->argument_count = count;
    return status;
}

int contract_call(struct contract *contract, const zmqjs_function *function,
                  const zmqjs_function *inner, zmqjs_frame *frame)
{
    const zmqjs_function *outer = contract->under_way;
    const zmqjs_data *arguments = frame->arguments;
    size_t count;
    check_engine(contract, function->name);
    check_arguments(function, frame);
    scribble(frame);
    zmqjs_data *own = readable(function, frame, &count), *lent = lend(own, count);
    zmqjs_frame before = *frame;

    frame->arguments = lent;
    frame->argument_count = count;
    contract->calls++;
    contract->under_way = function;
    int status = contract_pass(inner, frame, contract->calls % 2);
    contract->under_way = outer;
    if (frame->runtime != before.runtime || frame->context != before.context ||
        frame->self != before.self || frame->arguments != lent || frame->argument_count != count)
        BROKEN("%s has changed the adapter's part of the frame", function->name);

    take_back(lent, own, count);
    free(own);
    frame->arguments = arguments;
    frame->argument_count = before.argument_count;
    check_outcome(contract, function, frame, status);
    if (status != ZMQJS_OK) hold(contract, frame);
    return status;
}

void zmqjs_frame_release(zmqjs_frame *frame)
{
    struct contract *contract = ((fe_engine *)frame->context)->checker;
    size_t i = contract->held_count;
    while (i > 0 && contract->held[i - 1] != frame) i--;
    if (!i) BROKEN("a frame is released that holds nothing, or twice");
    contract->held[i - 1] = contract->held[--contract->held_count];
    contract->released++;
    library_zmqjs_frame_release(frame);
}

/* ---- adoption -------------------------------------------------------------------------------- */

/* Counts the release of adopted bytes, and passes it on. */
struct adoption {
    struct contract *contract;
    zmqjs_release release;
    void *argument;
};

static void release_adopted(void *argument)
{
    struct adoption *adoption = argument;
    adoption->contract->adopted_ended++;
    adoption->release(adoption->argument);
    free(adoption);
}

int zmqjs_frame_adopt(zmqjs_frame *frame, const zmqjs_data *bytes, zmqjs_release *release,
                      void **argument)
{
    struct contract *contract = ((fe_engine *)frame->context)->checker;
    struct adoption *adoption = allocate(1, sizeof *adoption);
    adoption->contract = contract;
    int status = ZMQJS_OUT_OF_MEMORY;
    if (!contract->refuse_adoption)
        status = library_zmqjs_frame_adopt(frame, bytes, &adoption->release, &adoption->argument);
    if (status != ZMQJS_OK) {
        free(adoption);
        return status;
    }
    contract->adopted++;
    *release = release_adopted;
    *argument = adoption;
    return status;
}

/* ---- the definition, with functions that lead here
 * ---------------------------------------------- */

/* outer is first: the library's pointer to it is one to the whole. */
struct checked_function {
    zmqjs_function outer;
    const zmqjs_function *inner;
};

struct checked_class {
    zmqjs_class outer;
    struct checked_class *next;
};

static const zmqjs_function **checked_functions;
static size_t function_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int call_checked(const zmqjs_function *self, zmqjs_frame *frame)
{
    const struct checked_function *checked = (const void *)self;
    return contract_call(((fe_engine *)frame->context)->checker, self, checked->inner, frame);
}

static void make_functions(void)
{
    const zmqjs_function *const *inner = library_zmqjs_functions(&function_count);
    if (!inner) FAIL("zmqjs_functions: %s", zmqjs_last_error());
    struct checked_function *checked = allocate(function_count, sizeof *checked);
    checked_functions = allocate(function_count, sizeof *checked_functions);
    for (size_t i = 0; i < function_count; i++) {
        if (inner[i]->number != i) BROKEN("function %zu has the number %u", i, inner[i]->number);
        checked[i].outer = *inner[i];
        checked[i].outer.call = call_checked;
        checked[i].inner = inner[i];
        checked_functions[i] = &checked[i].outer;
    }
}

const zmqjs_function *const *zmqjs_functions(size_t *count)
{
    pthread_once(&once, make_functions);
    if (count) *count = function_count;
    return checked_functions;
}

static const zmqjs_function *checked(const zmqjs_function *function)
{
    return function ? zmqjs_functions(NULL)[function->number] : NULL;
}

/* A registration that is passed on. */
struct walk {
    const zmqjs_registrar *registrar;
    void *payload;
    int ended; /* a callback has failed */
};

static struct walk *step(void *payload)
{
    struct walk *walk = payload;
    if (walk->ended) BROKEN("the registration goes on after a callback has failed");
    return walk;
}

static int end_step(struct walk *walk, int status)
{
    walk->ended = status != ZMQJS_OK;
    return status;
}

/* Classes stay for ever, as the library's do. */
static const zmqjs_class *checked_class(const zmqjs_class *definition)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct checked_class *classes;
    pthread_mutex_lock(&lock);
    struct checked_class *class = classes;
    while (class && class->outer.number != definition->number) class = class->next;
    if (!class) {
        class = allocate(1, sizeof *class);
        class->outer = *definition;
        class->outer.constructor = checked(definition->constructor);
        class->next = classes;
        classes = class;
    }
    pthread_mutex_unlock(&lock);
    return &class->outer;
}

static int begin_class(void *payload, const zmqjs_property *property, const zmqjs_class *definition)
{
    struct walk *walk = step(payload);
    return end_step(walk, walk->registrar->begin_class(walk->payload, property,
                                                       checked_class(definition)));
}

static int define_function(void *payload, const zmqjs_property *property,
                           const zmqjs_function *function)
{
    struct walk *walk = step(payload);
    return end_step(walk, walk->registrar->define_function(walk->payload, property,
                                                           checked(function)));
}

static int define_accessor(void *payload, const zmqjs_property *property,
                           const zmqjs_function *getter, const zmqjs_function *setter)
{
    struct walk *walk = step(payload);
    return end_step(walk, walk->registrar->define_accessor(walk->payload, property,
                                                           checked(getter), checked(setter)));
}

static int define_value(void *payload, const zmqjs_property *property, const zmqjs_data *value)
{
    struct walk *walk = step(payload);
    return end_step(walk, walk->registrar->define_value(walk->payload, property, value));
}

int zmqjs_register(const zmqjs_registrar *registrar, void *payload)
{
    static const zmqjs_registrar checking = {
        ZMQJS_ABI_VERSION, sizeof checking, begin_class, define_function, define_accessor,
        define_value,
    };
    struct walk walk = {registrar, payload, 0};
    return library_zmqjs_register(&checking, &walk);
}

/* ---- for the host ------------------------------------------------------------------------ */

void contract_init(struct contract *contract, fe_engine *engine, const zmqjs_engine *inner,
                   void *payload, unsigned absent)
{
    memset(contract, 0, sizeof *contract);
    contract->engine = engine;
    contract->inner = inner;
    contract->payload = payload;
    contract->absent = absent;
    pthread_sigmask(SIG_SETMASK, NULL, &contract->signals);
    if (engine) engine->checker = contract;
}

void contract_done(struct contract *contract)
{
    free(contract->held);
    contract->held = NULL;
    contract->held_count = contract->held_room = 0;
}

zmqjs_engine contract_engine(const struct contract *contract)
{
    zmqjs_engine engine = {
        ZMQJS_ABI_VERSION,
        sizeof engine,
        contract->inner->name,
        contract->absent & BIT(INTERRUPTED) ? NULL : interrupted,
        contract->absent & BIT(COLLECT) ? NULL : collect,
    };
    return engine;
}

void contract_settled(const struct contract *contract, const char *after)
{
    if (contract->held_count) BROKEN("%s left %zu frames unreleased", after, contract->held_count);
}
