/* test_fakeengine.c - the fake engine itself: a check that cannot fail checks nothing */
#define _GNU_SOURCE
#include "fence.h"
#include "host.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The end of a child that breaks a rule; its output is discarded. */
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
    fe_engine *engine = fe_engine_new();
    fe_value *object = fe_object(engine, NULL), *word = fe_text(engine, "word");
    fe_set(object, "word", word);
    fe_release(object);
    CHECK_INT((long long)word->references, 1);

    const char *maker = "";
    CHECK_INT((long long)fe_engine_free(engine, &maker), 1);
    CHECK_TEXT(maker, "string");
}

static int ends;

static void count_end(void *pointer)
{
    (void)pointer;
    ends++;
}

static void fill(fe_value *instance, size_t index, fe_value *value)
{
    CHECK_INT(fe_slot_reserve(instance, 1), 0);
    fe_release(fe_slot_exchange(instance, index, value));
}

static void collects_cycles(void)
{
    fe_engine *engine = fe_engine_new();
    fe_value *prototype = fe_object(engine, NULL);
    fe_value *one = fe_instance(engine, prototype, "type", &ends, count_end);
    fe_value *two = fe_instance(engine, prototype, "type", &ends, count_end);
    fill(one, 0, two);
    fill(two, 0, one);
    fill(two, 1, two);
    fe_release(one);
    CHECK_INT((long long)fe_collect(engine), 0);
    CHECK_INT(ends, 0);
    fe_release(two);
    CHECK_INT((long long)fe_collect(engine), 2);
    CHECK_INT(ends, 2);

    fe_release(prototype);
    const char *maker;
    CHECK_INT((long long)fe_engine_free(engine, &maker), 0);
}

/* ---- finalizers ------------------------------------------------------------------------------ */

static int finalized;

static void count_finalizer(fe_value *value, void *argument)
{
    (void)value;
    finalized++;
    if (argument) *(fe_value **)argument = fe_retain(value);
}

static void runs_finalizers(void)
{
    fe_engine *engine = fe_engine_new();
    fe_value *kept = NULL, *object = fe_object(engine, NULL), *cycle = fe_object(engine, NULL);
    fe_set_finalizer(object, count_finalizer, &kept);
    fe_release(object);
    CHECK_INT(finalized, 1);
    CHECK(kept == object);
    fe_release(kept); /* it runs once for each */
    CHECK_INT(finalized, 1);

    fe_set_finalizer(cycle, count_finalizer, NULL);
    fe_set(cycle, "self", cycle);
    fe_release(cycle);
    CHECK_INT(finalized, 1);
    CHECK_INT((long long)fe_collect(engine), 1);
    CHECK_INT(finalized, 2);

    cycle = fe_object(engine, NULL);
    fe_set_finalizer(cycle, count_finalizer, &kept);
    fe_set(cycle, "self", cycle);
    fe_release(cycle);
    CHECK_INT((long long)fe_collect(engine), 0);
    CHECK(kept == cycle);
    fe_release(kept);
    CHECK_INT((long long)fe_collect(engine), 1);

    const char *maker;
    CHECK_INT((long long)fe_engine_free(engine, &maker), 0);
}

/* ---- allocations ----------------------------------------------------------------------------- */

static int asked;

static void count_allocation(fe_engine *engine)
{
    (void)engine;
    asked++;
}

static fe_value *make_two(fe_engine *engine, const fe_call_info *call)
{
    (void)call;
    fe_value *array = fe_array(engine, 1), *text = array ? fe_text(engine, "text") : NULL;
    if (text) fe_item_set(array, 0, text);
    else fe_release(array);
    fe_release(text);
    return text ? array : NULL;
}

static void allocations_fail(void)
{
    fe_engine *engine = fe_engine_new();
    fe_value *function = fe_function(engine, make_two, NULL, 0);
    engine->before_allocation = count_allocation;
    for (size_t n = 1; n <= 2; n++) {
        engine->fail_at = n;
        CHECK(!fe_call(function, function, 0, NULL));
        CHECK_INT((long long)engine->failed, (long long)n);
        CHECK(engine->exception == engine->out_of_memory);
        fe_release(fe_catch(engine));
    }
    engine->fail_at = 3;
    fe_value *array = fe_call(function, function, 0, NULL);
    CHECK(array && engine->fail_at == 1);
    CHECK_INT(asked, 5);

    fe_release(array);
    fe_release(function);
    const char *maker;
    CHECK_INT((long long)fe_engine_free(engine, &maker), 0);
}

/* ---- calls ---------------------------------------------------------------------------------- */

static fe_engine *engine;

static fe_value *give_nothing(fe_engine *e, const fe_call_info *call)
{
    (void)e, (void)call;
    return NULL;
}

static void neither_result_nor_exception(void)
{
    engine = fe_engine_new();
    fe_value *function = fe_function(engine, give_nothing, NULL, 0);
    fe_call(function, function, 0, NULL);
}

static void throw_twice(void)
{
    engine = fe_engine_new();
    fe_throw(fe_null(engine));
    fe_throw(fe_null(engine));
}

static void fill_without_room(void)
{
    engine = fe_engine_new();
    fe_value *object = fe_object(engine, NULL);
    fe_slot_exchange(fe_instance(engine, object, "type", NULL, count_end), 0, object);
}

static void rules(void)
{
    CHECK(is_fatal(neither_result_nor_exception));
    CHECK(is_fatal(throw_twice));
    CHECK(is_fatal(fill_without_room));
}

static fe_value *give_itself(fe_engine *e, const fe_call_info *call)
{
    (void)e;
    return fe_retain(call->this_value);
}

static fe_value *takes(fe_engine *e, const fe_call_info *call)
{
    (void)call;
    return fe_undefined(e);
}

static void properties(void)
{
    engine = fe_engine_new();
    fe_value *object = fe_object(engine, NULL), *heir = fe_object(engine, object);
    fe_value *getter = fe_function(engine, give_itself, NULL, 0);
    fe_value *setter = fe_function(engine, takes, NULL, 0);
    fe_define_accessor(object, "self", getter, NULL, FE_OPEN);
    fe_define_accessor(object, "sink", getter, setter, FE_OPEN);

    fe_value *self = fe_get(heir, "self"), *none = fe_get(heir, "none");
    CHECK(self == heir);
    CHECK(none->kind == FE_UNDEFINED);
    CHECK_INT(fe_assign(heir, "sink", none), 0);
    CHECK_INT(fe_assign(heir, "self", none), -1);
    fe_release(fe_catch(engine));

    fe_value *all[] = {object, heir, getter, setter, self, none};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) fe_release(all[i]);
    const char *maker;
    CHECK_INT((long long)fe_engine_free(engine, &maker), 0);
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
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint16_t units[8];
        int is_surrogate = bad[i][0] == '\xed';
        CHECK_INT(utf16_of(bad[i], strlen(bad[i]), units) == UTF16_NONE, !is_surrogate);
    }
}

static void converts_utf8(void)
{
    static const uint16_t expected[] = {'a', 0xe4, 0x20ac, 0xd83d, 0xde00, 0xdc00};
    static const char text[] = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xed\xb0\x80";
    uint16_t units[sizeof text];
    CHECK_INT((long long)utf16_of(text, sizeof text - 1, units), 6);
    CHECK(memcmp(units, expected, sizeof expected) == 0);
    CHECK(!latin1_of(units, 6));
    CHECK(latin1_of(units, 2));
    CHECK(memcmp(units, "a\xe4", 2) == 0);
}

const test_case fakeengine_cases[] = {
    {"fakeengine-counts-values", counts_values, 0},
    {"fakeengine-collects-cycles", collects_cycles, 0},
    {"fakeengine-runs-finalizers", runs_finalizers, 0},
    {"fakeengine-allocations-fail", allocations_fail, 0},
    {"fakeengine-rules", rules, 0},
    {"fakeengine-properties", properties, 0},
    {"fakeengine-fences-bite", fences_bite, 0},
    {"fakeengine-knows-utf8", knows_utf8, 0},
    {"fakeengine-converts-utf8", converts_utf8, 0},
    {NULL, NULL, 0},
};
