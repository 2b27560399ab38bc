/*
 * test_contract.c - the contract itself: each rule is broken once, as a bad library
 * would, and must be noticed. No library is loaded.
 */
#define _GNU_SOURCE
#include "host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a library has in a call: the engine's table, and its arguments. */
struct bad_call {
    zmqjs_engine engine;
    struct contract *contract;
    toy_engine *context;
    zmqjs_value text, array, object;
};

typedef void breach(struct bad_call *c);

static zmqjs_data read_value(struct bad_call *c, zmqjs_value value)
{
    zmqjs_data data;
    memset(&data, 0, sizeof data);
    CHECK_STATUS(c->engine.value_get(c->contract, c->context, value, &data), ZMQJS_OK);
    return data;
}

static zmqjs_value make(struct bad_call *c, uint32_t type, const char *content)
{
    zmqjs_value value;
    zmqjs_data data;
    memset(&data, 0, sizeof data);
    data.type = type;
    if (type == ZMQJS_STRING) data.as.string.data = content;
    if (type == ZMQJS_STRING) data.as.string.length = strlen(content);
    CHECK_STATUS(c->engine.value_new(c->contract, c->context, &data, &value), ZMQJS_OK);
    return value;
}

static void give_back(struct bad_call *c, zmqjs_value value)
{
    c->engine.value_free(c->contract, c->context, value);
}

static void keep_the_rules(struct bad_call *c)
{
    zmqjs_value scope, kept, element, undefined = make(c, ZMQJS_UNDEFINED, NULL);
    zmqjs_data data = read_value(c, c->text);
    CHECK(data.type == ZMQJS_STRING && memcmp(data.as.string.data, "text", 4) == 0);
    c->engine.value_release(c->contract, c->context, &data);
    c->engine.scope_open(c->contract, c->context, &scope);
    make(c, ZMQJS_NULL, NULL); /* the scope ends it */
    kept = make(c, ZMQJS_STRING, "kept");
    c->engine.scope_close(c->contract, c->context, scope, &kept);
    c->engine.element_get(c->contract, c->context, c->array, 1, &element);
    give_back(c, element);
    give_back(c, kept);
    give_back(c, undefined);
}

/* ---- breaches ------------------------------------------------------------------------------- */

static void data_not_zeroed(struct bad_call *c)
{
    zmqjs_data data;
    memset(&data, 0, sizeof data);
    data.held[1] = &data;
    c->engine.value_get(c->contract, c->context, c->text, &data);
}
static void released_twice(struct bad_call *c)
{
    zmqjs_data data = read_value(c, c->text);
    c->engine.value_release(c->contract, c->context, &data);
    c->engine.value_release(c->contract, c->context, &data);
}
static void released_other(struct bad_call *c)
{
    zmqjs_data data = read_value(c, c->text);
    data.as.string.length--;
    c->engine.value_release(c->contract, c->context, &data);
}
static void not_released(struct bad_call *c) { read_value(c, c->text); }
static void not_given_back(struct bad_call *c) { make(c, ZMQJS_NULL, NULL); }
static void given_back_twice(struct bad_call *c)
{
    zmqjs_value value = make(c, ZMQJS_NULL, NULL);
    give_back(c, value);
    give_back(c, value);
}
static void given_back_an_argument(struct bad_call *c) { give_back(c, c->text); }
static void used_after_its_scope(struct bad_call *c)
{
    zmqjs_value scope;
    c->engine.scope_open(c->contract, c->context, &scope);
    zmqjs_value value = make(c, ZMQJS_NULL, NULL);
    c->engine.scope_close(c->contract, c->context, scope, NULL);
    give_back(c, value);
}
static void scope_left_open(struct bad_call *c)
{
    zmqjs_value scope;
    c->engine.scope_open(c->contract, c->context, &scope);
}
static void no_value(struct bad_call *c)
{
    zmqjs_value zero = {{0, 0}};
    read_value(c, zero);
}
static void text_not_utf8(struct bad_call *c) { make(c, ZMQJS_STRING, "\xff"); }
static void unknown_type(struct bad_call *c) { make(c, 99, NULL); }
static void no_such_element(struct bad_call *c)
{
    zmqjs_value value;
    c->engine.element_get(c->contract, c->context, c->array, 2, &value);
}
static void element_of_no_array(struct bad_call *c)
{
    zmqjs_value value;
    c->engine.element_get(c->contract, c->context, c->object, 0, &value);
}
static void slot_of_no_instance(struct bad_call *c)
{
    c->engine.slot_set(c->contract, c->context, c->object, 0, c->text);
}
static void another_context(struct bad_call *c)
{
    zmqjs_value value;
    c->engine.slot_get(c->contract, c, c->object, 0, &value);
}
static void error_without_message(struct bad_call *c)
{
    zmqjs_error error = {ZMQJS_ERROR, 0, NULL, NULL, NULL};
    c->engine.throw_error(c->contract, c->context, &error);
}
static void fail_and_go_on(struct bad_call *c)
{
    zmqjs_value value;
    zmqjs_data data;
    memset(&data, 0, sizeof data);
    contract_fail(c->contract, VALUE_NEW, 1);
    c->engine.value_new(c->contract, c->context, &data, &value);
    read_value(c, c->text);
}
static void fail_and_use_the_value(struct bad_call *c)
{
    zmqjs_value value;
    zmqjs_data data;
    memset(&data, 0, sizeof data);
    contract_fail(c->contract, VALUE_NEW, 1);
    c->engine.value_new(c->contract, c->context, &data, &value);
    give_back(c, value);
}
static void small_adoption(struct bad_call *c)
{
    zmqjs_value value;
    c->engine.bytes_adopt(c->contract, c->context, c, 10, free, c, &value);
}

static void *on_another_thread(void *argument)
{
    struct bad_call *c = argument;
    read_value(c, c->text);
    return NULL;
}
static void another_thread(struct bad_call *c)
{
    pthread_t thread;
    pthread_create(&thread, NULL, on_another_thread, c);
    pthread_join(thread, NULL);
}

static breach *const breaches[] = {
    data_not_zeroed,     released_twice,      released_other,         not_released,
    not_given_back,      given_back_twice,    given_back_an_argument, used_after_its_scope,
    scope_left_open,     no_value,            text_not_utf8,          unknown_type,
    no_such_element,     element_of_no_array, slot_of_no_instance,    another_context,
    error_without_message, fail_and_go_on,    fail_and_use_the_value, small_adoption,
    another_thread,
};

/* ---- running them ------------------------------------------------------------------------ */

static struct contract contract;
static breach *current;

static toy_value *call_breach(toy_engine *engine, const toy_call_info *info)
{
    struct bad_call call;
    call.engine = contract_engine(&contract);
    call.contract = &contract;
    call.context = engine;
    call.text = adapter_lend(engine, info->arguments[0]);
    call.array = adapter_lend(engine, info->arguments[1]);
    call.object = adapter_lend(engine, info->this_value);
    current(&call);
    return engine->exception ? NULL : toy_undefined(engine);
}

static void run_breach(breach *rule)
{
    struct adapter adapter;
    toy_engine *engine = toy_engine_new();
    adapter_init(&adapter, engine);
    contract_init(&contract, engine, &adapter_callbacks, &adapter, 0);
    toy_value *function = toy_function(engine, call_breach, NULL, NULL);
    toy_value *object = toy_object(engine, NULL);
    toy_value *arguments[] = {toy_text(engine, "text"), toy_array(engine, 2)};
    current = rule;
    toy_release(toy_call(function, object, 2, arguments));
    contract_settled(&contract, "the breach");

    toy_value *all[] = {function, object, arguments[0], arguments[1]};
    for (size_t i = 0; i < 4; i++) toy_release(all[i]);
    const char *maker = "";
    CHECK_INT((long long)toy_engine_free(engine, &maker), 0);
}

static void rules_can_be_kept(void) { run_breach(keep_the_rules); }

static void breaches_are_noticed(void)
{
    for (size_t i = 0; i < sizeof breaches / sizeof *breaches; i++) {
        int status = 0;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            if (!freopen("/dev/null", "w", stderr)) _Exit(0);
            run_breach(breaches[i]);
            _Exit(0);
        }
        waitpid(child, &status, 0);
        if (!WIFEXITED(status) || (WEXITSTATUS(status) != 1 && WEXITSTATUS(status) != 70))
            FAIL("breach number %zu ends with status %x", i, (unsigned)status);
    }
}

const test_case contract_cases[] = {
    {"contract-rules-can-be-kept", rules_can_be_kept, 0},
    {"contract-breaches-are-noticed", breaches_are_noticed, 0},
    {NULL, NULL, 0},
};
