/* contract.c - see contract.h */
#define _GNU_SOURCE
#include "contract.h"

#include "check.h"
#include "fence.h"
#include "utf8.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const callback_names[CALLBACKS] = {
    "value_get",     "value_new",  "element_get", "slot_set",    "slot_get",    "throw_error",
    "value_release", "value_free", "scope_open",  "scope_close", "bytes_adopt", "interrupted"};

static const char failure_text[] = "a callback of the engine failed";

#define BROKEN(...) FAIL("contract: " __VA_ARGS__)

/* A string or bytes that value_get has lent. The library sees a fenced copy. */
struct borrowing {
    zmqjs_data given;    /* as the library has it */
    zmqjs_data original; /* as the adapter gave it */
    struct borrowing *next;
};

/* ---- what holds for every callback ----------------------------------------------------- */

/* While an exception is pending only what was taken is given back. */
static int may_run_while_failing(enum callback callback)
{
    return callback == VALUE_RELEASE || callback == VALUE_FREE || callback == SCOPE_CLOSE;
}

static int has_the_same_mask(const struct contract *contract)
{
    sigset_t now;
    memset(&now, 0, sizeof now); /* a part of it is what the kernel knows */
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    return memcmp(&now, &contract->signals, sizeof now) == 0;
}

static struct contract *enter(void *payload, void *context, enum callback callback)
{
    struct contract *contract = payload;
    const char *name = callback_names[callback];
    if (!contract) BROKEN("%s comes without the payload", name);
    toy_engine *engine = contract->engine;
    if (context != engine) BROKEN("%s comes with a context that no call gave", name);
    if (engine->depth == 0) BROKEN("%s is called outside of a call", name);
    if (!pthread_equal(engine->thread, pthread_self()))
        BROKEN("%s is called on another thread than the call's", name);
    if (!has_the_same_mask(contract)) BROKEN("%s is called under another signal mask", name);
    if (engine->exception && !may_run_while_failing(callback))
        BROKEN("%s is called while an exception is pending", name);
    contract->calls[callback]++;
    return contract;
}

static int must_fail(struct contract *contract, enum callback callback)
{
    if (contract->failing != callback || contract->fail_at == 0 || --contract->fail_at > 0)
        return 0;
    contract->failed++;
    toy_value *error = toy_error(contract->engine, TOY_ERROR, failure_text);
    toy_throw(error);
    toy_release(error);
    return 1;
}

/* What a failed callback leaves in its outputs: nothing that one could use. */
static void scribble(void *memory, size_t size) { memset(memory, 0xa5, size); }

static toy_value *look(struct contract *contract, zmqjs_value value)
{
    zmqjs_data data;
    memset(&data, 0, sizeof data);
    /* The adapter's own check of the handle; strings and bytes are given back. */
    contract->inner->value_get(contract->payload, contract->engine, value, &data);
    if (data.type == ZMQJS_STRING || data.type == ZMQJS_BYTES)
        contract->inner->value_release(contract->payload, contract->engine, &data);
    return toy_look(contract->engine, value.bits[0]);
}

/* ---- reading ----------------------------------------------------------------------------- */

static void lend(struct contract *contract, zmqjs_data *data)
{
    struct borrowing *borrowing = calloc(1, sizeof *borrowing);
    if (!borrowing) FAIL("out of memory");
    borrowing->original = *data;
    if (data->type == ZMQJS_STRING && data->as.string.data)
        data->as.string.data = fence_copy(data->as.string.data, data->as.string.length);
    if (data->type == ZMQJS_BYTES && data->as.bytes.data)
        data->as.bytes.data = fence_copy(data->as.bytes.data, data->as.bytes.length);
    borrowing->given = *data;
    borrowing->next = contract->borrowings;
    contract->borrowings = borrowing;
}

/* Ends a borrowing; what the library has written into bytes reaches the engine. */
static void take_back(struct contract *contract, struct borrowing **link)
{
    struct borrowing *borrowing = *link;
    *link = borrowing->next;
    zmqjs_data *given = &borrowing->given, *original = &borrowing->original;
    if (given->type == ZMQJS_BYTES && given->as.bytes.data) {
        if (given->as.bytes.length)
            memcpy(original->as.bytes.data, given->as.bytes.data, given->as.bytes.length);
        fence_end(given->as.bytes.data, given->as.bytes.length);
    }
    if (given->type == ZMQJS_STRING && given->as.string.data)
        fence_end((void *)given->as.string.data, given->as.string.length);
    contract->inner->value_release(contract->payload, contract->engine, original);
    free(borrowing);
}

static int value_get(void *payload, void *context, zmqjs_value value, zmqjs_data *data)
{
    static const zmqjs_data zero;
    struct contract *contract = enter(payload, context, VALUE_GET);
    if (!data) BROKEN("value_get comes without data");
    if (memcmp(data, &zero, sizeof zero) != 0) BROKEN("value_get's data does not come zeroed");
    look(contract, value);
    if (must_fail(contract, VALUE_GET)) {
        scribble(data, sizeof *data);
        return ZMQJS_EXCEPTION;
    }
    int status = contract->inner->value_get(contract->payload, context, value, data);
    if (data->type == ZMQJS_STRING || data->type == ZMQJS_BYTES) lend(contract, data);
    return status;
}

static void value_release(void *payload, void *context, zmqjs_data *data)
{
    struct contract *contract = enter(payload, context, VALUE_RELEASE);
    struct borrowing **link = &contract->borrowings;
    while (*link && memcmp(&(*link)->given, data, sizeof *data) != 0) link = &(*link)->next;
    if (!*link)
        BROKEN("value_release gives back what value_get did not lend (type %u)", data->type);
    take_back(contract, link);
}

static int element_get(void *payload, void *context, zmqjs_value array, uint32_t index,
                       zmqjs_value *element)
{
    struct contract *contract = enter(payload, context, ELEMENT_GET);
    toy_value *v = look(contract, array);
    if (v->kind != TOY_ARRAY) BROKEN("element_get is asked of what is not an array");
    if (index >= v->as.array.length)
        BROKEN("element_get is asked for element %u of %zu", index, v->as.array.length);
    if (must_fail(contract, ELEMENT_GET)) {
        scribble(element, sizeof *element);
        return ZMQJS_EXCEPTION;
    }
    return contract->inner->element_get(contract->payload, context, array, index, element);
}

/* ---- making ------------------------------------------------------------------------------- */

static void check_native(struct contract *contract, const zmqjs_data *data)
{
    const zmqjs_module *module = zmqjs_module_definition();
    size_t i = 0;
    while (i < module->class_count && module->classes[i] != data->as.native.definition) i++;
    if (i == module->class_count) BROKEN("value_new gets a class that the module does not list");
    if (!data->as.native.pointer) BROKEN("value_new gets an instance without a pointer");
    for (toy_value *v = contract->engine->values; v; v = v->next)
        if (v->kind == TOY_INSTANCE && v->as.instance.pointer == data->as.native.pointer)
            BROKEN("value_new gets a pointer that an instance already has");
    if (data->as.native.construct) {
        toy_value *target = look(contract, *data->as.native.construct);
        if (target->kind != TOY_FUNCTION) BROKEN("construct is not this_value of a constructor");
    }
}

static void check_elements(struct contract *contract, const zmqjs_data *data)
{
    if (data->as.elements.length && !data->as.elements.values)
        BROKEN("value_new gets elements without values");
    for (size_t i = 0; i < data->as.elements.length; i++) {
        look(contract, data->as.elements.values[i]);
        if (data->type != ZMQJS_OBJECT) continue;
        if (!data->as.elements.names || !data->as.elements.names[i])
            BROKEN("value_new gets an object's property without a name");
        if (!utf8_valid(data->as.elements.names[i], strlen(data->as.elements.names[i])))
            BROKEN("value_new gets a name that is not UTF-8");
    }
}

static void check_data(struct contract *contract, const zmqjs_data *data)
{
    if (data->type > ZMQJS_OBJECT) BROKEN("value_new gets the unknown type %u", data->type);
    if (data->flags & ~(data->type == ZMQJS_BIGINT ? ZMQJS_BIGINT_UNSIGNED : 0u))
        BROKEN("value_new gets unknown flags %x", data->flags);
    if (data->type == ZMQJS_BOOLEAN && data->as.boolean != 0 && data->as.boolean != 1)
        BROKEN("value_new gets the boolean %d", data->as.boolean);
    if (data->type == ZMQJS_BIGINT && data->flags && data->as.bigint >= 0)
        BROKEN("value_new gets a bigint as unsigned that fits an int64_t");
    if (data->type == ZMQJS_STRING) {
        if (data->as.string.length && !data->as.string.data)
            BROKEN("value_new gets a string without data");
        if (!utf8_valid(data->as.string.data, data->as.string.length))
            BROKEN("value_new gets a string that is not UTF-8");
    }
    if (data->type == ZMQJS_BYTES && data->as.bytes.length && !data->as.bytes.data)
        BROKEN("value_new gets bytes without data");
    if (data->type == ZMQJS_NATIVE) check_native(contract, data);
    if (data->type == ZMQJS_ARRAY || data->type == ZMQJS_OBJECT) check_elements(contract, data);
}

static int value_new(void *payload, void *context, const zmqjs_data *data, zmqjs_value *value)
{
    struct contract *contract = enter(payload, context, VALUE_NEW);
    if (!data || !value) BROKEN("value_new comes without data or value");
    check_data(contract, data);
    if (must_fail(contract, VALUE_NEW)) {
        scribble(value, sizeof *value);
        return ZMQJS_EXCEPTION;
    }
    return contract->inner->value_new(contract->payload, context, data, value);
}

static void value_free(void *payload, void *context, zmqjs_value value)
{
    struct contract *contract = enter(payload, context, VALUE_FREE);
    contract->inner->value_free(contract->payload, context, value);
}

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

static int bytes_adopt(void *payload, void *context, void *data, size_t length,
                       zmqjs_release release, void *argument, zmqjs_value *value)
{
    struct contract *contract = enter(payload, context, BYTES_ADOPT);
    if (!data || !length || !release || !value) BROKEN("bytes_adopt comes without a part");
    if (length < 1024) BROKEN("bytes_adopt is asked for %zu bytes, which is not large", length);
    if (must_fail(contract, BYTES_ADOPT)) {
        scribble(value, sizeof *value);
        return ZMQJS_EXCEPTION;
    }
    if (contract->refuse_adoption) {
        scribble(value, sizeof *value);
        return ZMQJS_REFUSED;
    }
    struct adoption *adoption = calloc(1, sizeof *adoption);
    if (!adoption) FAIL("out of memory");
    adoption->contract = contract;
    adoption->release = release;
    adoption->argument = argument;
    contract->adopted++;
    return contract->inner->bytes_adopt(contract->payload, context, data, length, release_adopted,
                                        adoption, value);
}

/* ---- slots, errors, scopes ------------------------------------------------------------------ */

static toy_value *look_instance(struct contract *contract, zmqjs_value object, const char *name)
{
    toy_value *v = look(contract, object);
    if (v->kind != TOY_INSTANCE) BROKEN("%s is asked of what is not an instance", name);
    return v;
}

static int slot_set(void *payload, void *context, zmqjs_value object, uint32_t index,
                    zmqjs_value value)
{
    struct contract *contract = enter(payload, context, SLOT_SET);
    toy_value *v = look_instance(contract, object, "slot_set");
    look(contract, value);
    if (index > v->as.instance.slot_count)
        BROKEN("slot_set leaves a gap: slot %u of %zu", index, v->as.instance.slot_count);
    if (must_fail(contract, SLOT_SET)) return ZMQJS_EXCEPTION;
    return contract->inner->slot_set(contract->payload, context, object, index, value);
}

static int slot_get(void *payload, void *context, zmqjs_value object, uint32_t index,
                    zmqjs_value *value)
{
    struct contract *contract = enter(payload, context, SLOT_GET);
    look_instance(contract, object, "slot_get");
    if (must_fail(contract, SLOT_GET)) {
        scribble(value, sizeof *value);
        return ZMQJS_EXCEPTION;
    }
    return contract->inner->slot_get(contract->payload, context, object, index, value);
}

static void check_text(const char *name, const char *text)
{
    if (text && !utf8_valid(text, strlen(text))) BROKEN("an error's %s is not UTF-8", name);
}

static void throw_error(void *payload, void *context, const zmqjs_error *error)
{
    struct contract *contract = enter(payload, context, THROW_ERROR);
    if (error->error_class > ZMQJS_RANGE_ERROR) BROKEN("error class %u", error->error_class);
    if (!error->message || !*error->message) BROKEN("an error has no message");
    if (error->code && !*error->code) BROKEN("an error has an empty code");
    check_text("message", error->message);
    check_text("code", error->code);
    check_text("endpoint", error->endpoint);
    contract->inner->throw_error(contract->payload, context, error);
}

static int scope_open(void *payload, void *context, zmqjs_value *scope)
{
    struct contract *contract = enter(payload, context, SCOPE_OPEN);
    if (must_fail(contract, SCOPE_OPEN)) {
        scribble(scope, sizeof *scope);
        return ZMQJS_EXCEPTION;
    }
    return contract->inner->scope_open(contract->payload, context, scope);
}

static void scope_close(void *payload, void *context, zmqjs_value scope, zmqjs_value *keep)
{
    struct contract *contract = enter(payload, context, SCOPE_CLOSE);
    contract->inner->scope_close(contract->payload, context, scope, keep);
}

static int interrupted(void *payload, void *context)
{
    struct contract *contract = enter(payload, context, INTERRUPTED);
    return contract->inner->interrupted(contract->payload, context);
}

/* ---- for the host ------------------------------------------------------------------------ */

void contract_init(struct contract *contract, toy_engine *engine, const zmqjs_engine *inner,
                   void *payload, unsigned absent)
{
    memset(contract, 0, sizeof *contract);
    contract->engine = engine;
    contract->inner = inner;
    contract->payload = payload;
    contract->absent = absent;
    pthread_sigmask(SIG_SETMASK, NULL, &contract->signals);
}

zmqjs_engine contract_engine(const struct contract *contract)
{
    unsigned absent = contract->absent;
    zmqjs_engine engine = {
        ZMQJS_ABI_VERSION, sizeof engine, "double",
        value_get,         value_new,     element_get,
        slot_set,          slot_get,      throw_error,
        absent & BIT(VALUE_RELEASE) ? NULL : value_release,
        absent & BIT(VALUE_FREE) ? NULL : value_free,
        absent & BIT(SCOPE_OPEN) ? NULL : scope_open,
        absent & BIT(SCOPE_CLOSE) ? NULL : scope_close,
        absent & BIT(BYTES_ADOPT) ? NULL : bytes_adopt,
        absent & BIT(INTERRUPTED) ? NULL : interrupted,
    };
    return engine;
}

void contract_fail(struct contract *contract, enum callback callback, size_t n)
{
    contract->failing = callback;
    contract->fail_at = n;
    contract->failed = 0;
}

int contract_is_failure(toy_value *exception)
{
    toy_value *message = toy_get(exception, "message");
    int same = message && message->kind == TOY_STRING &&
               message->as.string.length == strlen(failure_text) &&
               memcmp(message->as.string.data, failure_text, strlen(failure_text)) == 0;
    toy_release(message);
    return same;
}

void contract_settled(struct contract *contract, const char *after)
{
    toy_engine *engine = contract->engine;
    if (contract->absent & BIT(VALUE_RELEASE)) /* what is lent ends by itself, with the call */
        while (contract->borrowings) take_back(contract, &contract->borrowings);
    if (contract->borrowings) BROKEN("%s did not release what value_get lent", after);
    if (!(contract->absent & BIT(VALUE_FREE)) && engine->left_behind)
        BROKEN("%s did not give back %zu values, the first from %s", after, engine->left_behind,
               engine->left_behind_maker);
    engine->left_behind = 0;
}
