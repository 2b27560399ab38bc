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

static void fill(toy_value *instance, size_t index, toy_value *value)
{
    CHECK_INT(toy_slot_reserve(instance, 1), 0);
    toy_release(toy_slot_exchange(instance, index, value));
}

static void collects_cycles(void)
{
    toy_engine *engine = toy_engine_new();
    toy_value *prototype = toy_object(engine, NULL);
    toy_value *one = toy_instance(engine, prototype, "type", &ends, count_end);
    toy_value *two = toy_instance(engine, prototype, "type", &ends, count_end);
    fill(one, 0, two);
    fill(two, 0, one);
    fill(two, 1, two);
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

/* ---- finalizers ------------------------------------------------------------------------------ */

static int finalized;

static void count_finalizer(toy_value *value, void *argument)
{
    (void)value;
    finalized++;
    if (argument) *(toy_value **)argument = toy_retain(value);
}

static void runs_finalizers(void)
{
    toy_engine *engine = toy_engine_new();
    toy_value *kept = NULL, *object = toy_object(engine, NULL), *cycle = toy_object(engine, NULL);
    toy_set_finalizer(object, count_finalizer, &kept);
    toy_release(object);
    CHECK_INT(finalized, 1);
    CHECK(kept == object);
    toy_release(kept); /* it runs once for each */
    CHECK_INT(finalized, 1);

    toy_set_finalizer(cycle, count_finalizer, NULL);
    toy_set(cycle, "self", cycle);
    toy_release(cycle);
    CHECK_INT(finalized, 1);
    CHECK_INT((long long)toy_collect(engine), 1);
    CHECK_INT(finalized, 2);

    cycle = toy_object(engine, NULL);
    toy_set_finalizer(cycle, count_finalizer, &kept);
    toy_set(cycle, "self", cycle);
    toy_release(cycle);
    CHECK_INT((long long)toy_collect(engine), 0);
    CHECK(kept == cycle);
    toy_release(kept);
    CHECK_INT((long long)toy_collect(engine), 1);

    const char *maker;
    CHECK_INT((long long)toy_engine_free(engine, &maker), 0);
}

/* ---- allocations ----------------------------------------------------------------------------- */

static int asked;

static void count_allocation(toy_engine *engine)
{
    (void)engine;
    asked++;
}

static toy_value *make_two(toy_engine *engine, const toy_call_info *call)
{
    (void)call;
    toy_value *array = toy_array(engine, 1), *text = array ? toy_text(engine, "text") : NULL;
    if (text) toy_item_set(array, 0, text);
    else toy_release(array);
    toy_release(text);
    return text ? array : NULL;
}

static void allocations_fail(void)
{
    toy_engine *engine = toy_engine_new();
    toy_value *function = toy_function(engine, make_two, NULL, 0);
    engine->before_allocation = count_allocation;
    for (size_t n = 1; n <= 2; n++) {
        engine->fail_at = n;
        CHECK(!toy_call(function, function, 0, NULL));
        CHECK_INT((long long)engine->failed, (long long)n);
        CHECK(engine->exception == engine->out_of_memory);
        toy_release(toy_catch(engine));
    }
    engine->fail_at = 3;
    toy_value *array = toy_call(function, function, 0, NULL);
    CHECK(array && engine->fail_at == 1);
    CHECK_INT(asked, 5);

    toy_release(array);
    toy_release(function);
    const char *maker;
    CHECK_INT((long long)toy_engine_free(engine, &maker), 0);
}

/* ---- calls ---------------------------------------------------------------------------------- */

static toy_engine *engine;

static toy_value *give_nothing(toy_engine *e, const toy_call_info *call)
{
    (void)e, (void)call;
    return NULL;
}

static void neither_result_nor_exception(void)
{
    engine = toy_engine_new();
    toy_value *function = toy_function(engine, give_nothing, NULL, 0);
    toy_call(function, function, 0, NULL);
}

static void throw_twice(void)
{
    engine = toy_engine_new();
    toy_throw(toy_null(engine));
    toy_throw(toy_null(engine));
}

static void fill_without_room(void)
{
    engine = toy_engine_new();
    toy_value *object = toy_object(engine, NULL);
    toy_slot_exchange(toy_instance(engine, object, "type", NULL, count_end), 0, object);
}

static void rules(void)
{
    CHECK(is_fatal(neither_result_nor_exception));
    CHECK(is_fatal(throw_twice));
    CHECK(is_fatal(fill_without_room));
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
    toy_value *getter = toy_function(engine, give_itself, NULL, 0);
    toy_value *setter = toy_function(engine, takes, NULL, 0);
    toy_define_accessor(object, "self", getter, NULL, TOY_OPEN);
    toy_define_accessor(object, "sink", getter, setter, TOY_OPEN);

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

const test_case double_cases[] = {
    {"double-counts-values", counts_values, 0},
    {"double-collects-cycles", collects_cycles, 0},
    {"double-runs-finalizers", runs_finalizers, 0},
    {"double-allocations-fail", allocations_fail, 0},
    {"double-rules", rules, 0},
    {"double-properties", properties, 0},
    {"double-fences-bite", fences_bite, 0},
    {"double-knows-utf8", knows_utf8, 0},
    {"double-converts-utf8", converts_utf8, 0},
    {NULL, NULL, 0},
};
