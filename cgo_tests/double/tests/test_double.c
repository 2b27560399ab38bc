/* test_double.c - the double itself: a check that cannot fail checks nothing */
#define _GNU_SOURCE
#include "fence.h"
#include "host.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How a child ends that runs what breaks a rule; its words go nowhere. */
static int end_of(void (*breach)(void))
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr)) _Exit(3);
        breach();
        _Exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

static int is_fatal(void (*breach)(void))
{
    int status = end_of(breach);
    return WIFEXITED(status) && WEXITSTATUS(status) == 70;
}

static void counts_values(void)
{
    toy_engine *engine = toy_engine_new();
    toy_value *object = toy_object(engine, NULL), *word = toy_text(engine, "word");
    toy_set(object, "word", word);
    toy_release(object);
    CHECK_INT((long long)word->references, 1);

    const char *maker = "";
    CHECK_INT((long long)toy_engine_free(engine, &maker), 1);
    CHECK_TEXT(maker, "string");
}

static int ends;

static void count_end(void *pointer)
{
    (void)pointer;
    ends++;
}

static void collects_cycles(void)
{
    toy_engine *engine = toy_engine_new();
    toy_value *prototype = toy_object(engine, NULL);
    toy_value *one = toy_instance(engine, prototype, "type", &ends, count_end);
    toy_value *two = toy_instance(engine, prototype, "type", &ends, count_end);
    toy_slot_set(one, 0, two);
    toy_slot_set(two, 0, one);
    toy_slot_set(two, 1, two);
    toy_release(one);
    CHECK_INT((long long)toy_collect(engine), 0);
    CHECK_INT(ends, 0);
    toy_release(two);
    CHECK_INT((long long)toy_collect(engine), 2);
    CHECK_INT(ends, 2);

    toy_release(prototype);
    const char *maker;
    CHECK_INT((long long)toy_engine_free(engine, &maker), 0);
}

/* ---- rules of handles, each broken once -------------------------------------------------- */

static toy_engine *engine;

static uint64_t own(void)
{
    engine = toy_engine_new();
    toy_value *value = toy_null(engine);
    uint64_t handle = toy_own(engine, value, "a test");
    toy_release(value);
    return handle;
}

static void give_back_twice(void)
{
    uint64_t handle = own();
    toy_release(toy_take(engine, handle));
    toy_take(engine, handle);
}

static void look_after_end(void)
{
    uint64_t handle = own();
    toy_release(toy_take(engine, handle));
    toy_look(engine, handle);
}

static void give_back_lent(void)
{
    uint64_t handle = own();
    toy_take(engine, toy_lend(engine, toy_look(engine, handle)));
}

static void look_after_scope(void)
{
    uint64_t handle = own();
    uint64_t scope = toy_scope_open(engine);
    uint64_t inner = toy_own(engine, toy_look(engine, handle), "a test");
    toy_scope_close(engine, scope, 0);
    toy_look(engine, handle);
    toy_look(engine, inner);
}

static void close_outer_scope(void)
{
    own();
    uint64_t scope = toy_scope_open(engine);
    toy_scope_open(engine);
    toy_scope_close(engine, scope, 0);
}

static void invent_a_value(void)
{
    zmqjs_value value = {{own(), 0}};
    adapter_look(engine, value);
}

static void throw_twice(void)
{
    own();
    toy_throw(toy_null(engine));
    toy_throw(toy_null(engine));
}

static void handles_end(void)
{
    CHECK(is_fatal(give_back_twice));
    CHECK(is_fatal(look_after_end));
    CHECK(is_fatal(give_back_lent));
    CHECK(is_fatal(look_after_scope));
    CHECK(is_fatal(close_outer_scope));
    CHECK(is_fatal(invent_a_value));
    CHECK(is_fatal(throw_twice));

    uint64_t handle = own();
    uint64_t scope = toy_scope_open(engine);
    uint64_t inner = toy_own(engine, toy_look(engine, handle), "a test");
    uint64_t kept = toy_scope_close(engine, scope, inner);
    CHECK(kept != inner);
    CHECK(toy_look(engine, kept) == toy_look(engine, handle));
}

/* ---- calls ---------------------------------------------------------------------------------- */

static toy_value *forget_one(toy_engine *e, const toy_call_info *call)
{
    toy_own(e, call->this_value, "forget_one");
    return toy_undefined(e);
}

static void calls_tell_what_they_forget(void)
{
    engine = toy_engine_new();
    toy_value *function = toy_function(engine, forget_one, NULL, NULL);
    toy_value *result = toy_call(function, function, 0, NULL);
    CHECK_INT((long long)engine->left_behind, 1);
    CHECK_TEXT(engine->left_behind_maker, "forget_one");
    toy_release(result);
    toy_release(function);
    const char *maker;
    CHECK_INT((long long)toy_engine_free(engine, &maker), 0);
}

static toy_value *give_itself(toy_engine *e, const toy_call_info *call)
{
    (void)e;
    return toy_retain(call->this_value);
}

static toy_value *takes(toy_engine *e, const toy_call_info *call)
{
    (void)call;
    return toy_undefined(e);
}

static void properties(void)
{
    engine = toy_engine_new();
    toy_value *object = toy_object(engine, NULL), *heir = toy_object(engine, object);
    toy_value *getter = toy_function(engine, give_itself, NULL, NULL);
    toy_value *setter = toy_function(engine, takes, NULL, NULL);
    toy_set_accessor(object, "self", getter, NULL);
    toy_set_accessor(object, "sink", getter, setter);

    toy_value *self = toy_get(heir, "self"), *none = toy_get(heir, "none");
    CHECK(self == heir);
    CHECK(none->kind == TOY_UNDEFINED);
    CHECK_INT(toy_assign(heir, "sink", none), 0);
    CHECK_INT(toy_assign(heir, "self", none), -1);
    toy_release(toy_catch(engine));

    toy_value *all[] = {object, heir, getter, setter, self, none};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) toy_release(all[i]);
    const char *maker;
    CHECK_INT((long long)toy_engine_free(engine, &maker), 0);
}

/* ---- the contract's tools -------------------------------------------------------------------- */

static void read_behind_fence(void)
{
    char *data = fence_copy("text", 4);
    if (data[4] == 0) _Exit(0);
}

static void read_after_fence(void)
{
    char *data = fence_copy("text", 4);
    fence_end(data, 4);
    if (data[0] == 't') _Exit(0);
}

static void fences_bite(void)
{
    CHECK(WIFSIGNALED(end_of(read_behind_fence)));
    CHECK(WIFSIGNALED(end_of(read_after_fence)));
    for (int i = 0; i < 3000; i++) {
        size_t length = (size_t)i * 7 % 9000;
        char *data = fence_copy(NULL, 0);
        fence_end(data, 0);
        char *zeros = calloc(length + 1, 1);
        data = fence_copy(zeros, length);
        CHECK(memcmp(data, zeros, length) == 0);
        fence_end(data, length);
        free(zeros);
    }
}

static void knows_utf8(void)
{
    static const char *const good[] = {"", "a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
                                       "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"};
    static const char *const bad[] = {"\x80", "\xbf", "\xc3", "\xc0\x80", "\xe2\x82",
                                      "\xe0\x80\x80",
                                      "\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xff",
                                      "\xf8\x88\x80\x80\x80", "\xc3\x61"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(utf8_valid(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!utf8_valid(bad[i], strlen(bad[i])));
    CHECK(utf8_valid("a\0b", 3));
}

const test_case double_cases[] = {
    {"double-counts-values", counts_values, 0},
    {"double-collects-cycles", collects_cycles, 0},
    {"double-handles-end", handles_end, 0},
    {"double-calls-tell-what-they-forget", calls_tell_what_they_forget, 0},
    {"double-properties", properties, 0},
    {"double-fences-bite", fences_bite, 0},
    {"double-knows-utf8", knows_utf8, 0},
    {NULL, NULL, 0},
};
