/*
 * test_frame.c - frames: wrong content from an adapter, and the ownership of a call's output
 */
#include "check.h"
#include "contract.h"
#include "direct.h"
#include "fence.h"
#include "library.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- arguments that no adapter should write -------------------------------------------------- */

static zmqjs_data typed(uint32_t type)
{
    zmqjs_data data;
    memset(&data, 0xa5, sizeof data);
    data.type = type;
    return data;
}

/* Every function, with the same for each of its arguments; those that read some must throw. */
static void refuse_everywhere(const struct scene *s, const zmqjs_data *argument)
{
    zmqjs_data arguments[ZMQJS_PARAMETER_MAXIMUM];
    size_t count, refused = 0;
    const struct definition *all = definitions(&count);
    zmqjs_instance *poller =
        direct_must(s->runtime, NULL, class_named("Poller")->constructor, 0, NULL).as.instance;
    for (size_t i = 0; i < ZMQJS_PARAMETER_MAXIMUM; i++) arguments[i] = *argument;
    for (size_t i = 0; i < count; i++) {
        const zmqjs_function *functions[] = {all[i].function, all[i].setter};
        zmqjs_instance *self = NULL;
        if (all[i].property->target == ZMQJS_ON_PROTOTYPE) {
            if (strcmp(all[i].of->name, "Context") == 0) self = s->context;
            if (strcmp(all[i].of->name, "Socket") == 0) self = s->push;
            if (strcmp(all[i].of->name, "Poller") == 0) self = poller;
        }
        for (size_t k = 0; k < 2; k++) {
            if (!functions[k] || !functions[k]->reads) continue;
            struct outcome outcome = direct_call(s->runtime, self, functions[k],
                                                 functions[k]->parameter_count, arguments);
            if (outcome.status != ZMQJS_EXCEPTION || !*outcome.message)
                FAIL("%s takes an argument of type %u", functions[k]->name, argument->type);
            refused++;
        }
    }
    CHECK(refused > 30);
    library_zmqjs_finalize(poller);
}

/* Types for results only, and undefined types. */
static void unknown_types(void)
{
    static const uint32_t types[] = {ZMQJS_KEPT, ZMQJS_THIS, 14, 99, 1u << 31, UINT32_MAX};
    struct scene s;
    scene_open(&s, "inproc://types");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        zmqjs_data data = typed(types[i]);
        refuse_everywhere(&s, &data);
    }
    zmqjs_data object = typed(ZMQJS_OBJECT);
    refuse_everywhere(&s, &object);
    scene_close(&s);
}

/* An argument_count without arguments. */
static void counts(void)
{
    static const size_t absurd[] = {1, 8, 9, 1u << 20, SIZE_MAX / sizeof(zmqjs_data), SIZE_MAX};
    struct scene s;
    size_t count, refused = 0;
    const struct definition *all = definitions(&count);
    scene_open(&s, "inproc://counts");
    for (size_t i = 0; i < count; i++) {
        const zmqjs_function *function = all[i].function;
        if (!function || !(function->reads & 1)) continue;
        for (size_t k = 0; k < sizeof absurd / sizeof *absurd; k++) {
            struct outcome outcome = direct_call(s.runtime, NULL, function, absurd[k], NULL);
            refused += outcome.status == ZMQJS_EXCEPTION;
        }
        if (all[i].of && strcmp(all[i].of->name, "Socket") == 0)
            direct_call(s.runtime, s.push, function, SIZE_MAX, NULL);
    }
    CHECK(refused > 100);
    scene_close(&s);
}

/* More arguments than parameters are ignored, not looked at. */
static void more_arguments(void)
{
    struct scene s;
    zmqjs_data arguments[2] = {data_text("text"), data_number(0)};
    zmqjs_data *room = fence_copy(arguments, sizeof arguments);
    scene_open(&s, "inproc://more");
    CHECK_INT(scene_must(&s, s.push, "Socket", "send", SIZE_MAX, room).as.int32, 4);
    CHECK_INT((long long)scene_must(&s, s.pull, "Socket", "recv_str", 0, NULL).length, 4);
    fence_end(room, sizeof arguments);
    scene_close(&s);
}

/* ---- arrays -------------------------------------------------------------------------------------- */

static struct outcome send_array(const struct scene *s, const zmqjs_data *elements, size_t length)
{
    zmqjs_data arguments[2] = {{ZMQJS_ARRAY, 0, {0}, 0}, data_constant("DONTWAIT")};
    arguments[0].as.elements = elements;
    arguments[0].length = length;
    return direct_call(s->runtime, s->push, function_named("Socket", "send_multipart"), 2, arguments);
}

static int nothing_has_come(const struct scene *s)
{
    zmqjs_data flags = data_constant("DONTWAIT");
    return scene_must(s, s->pull, "Socket", "recv", 1, &flags).type == ZMQJS_UNDEFINED;
}

static void arrays(void)
{
    static const size_t absurd[] = {ZMQJS_ELEMENT_MAXIMUM + 1, 1u << 31, SIZE_MAX / 24, SIZE_MAX};
    struct scene s;
    scene_open(&s, "inproc://arrays");
    for (size_t i = 0; i < sizeof absurd / sizeof *absurd; i++)
        CHECK_STATUS(send_array(&s, NULL, absurd[i]).status, ZMQJS_EXCEPTION);
    CHECK_STATUS(send_array(&s, NULL, 3).status, ZMQJS_EXCEPTION);

    /* All there, and yet too many. */
    enum { MANY = ZMQJS_ELEMENT_MAXIMUM + 1 };
    zmqjs_data *elements = malloc(MANY * sizeof *elements);
    CHECK(elements);
    for (size_t i = 0; i < MANY; i++) elements[i] = data_number(1);
    CHECK_STATUS(send_array(&s, elements, MANY).status, ZMQJS_EXCEPTION);

    /* An invalid element: no part of the message is sent. */
    elements[1].type = ZMQJS_ARRAY;
    elements[1].as.elements = elements;
    elements[1].length = 3;
    CHECK_STATUS(send_array(&s, elements, 3).status, ZMQJS_EXCEPTION);
    elements[1] = typed(99);
    CHECK_STATUS(send_array(&s, elements, 3).status, ZMQJS_EXCEPTION);
    CHECK(nothing_has_come(&s));
    elements[1] = data_text("x");
    struct outcome outcome = send_array(&s, elements, 3);
    CHECK(outcome.status >= 0 && outcome.result.as.int32 == 9);
    CHECK(scene_must(&s, s.pull, "Socket", "recv_multipart", 0, NULL).length == 3);
    free(elements);
    scene_close(&s);
}

/* ---- texts --------------------------------------------------------------------------------------- */

/* Sends a text from memory with an inaccessible page behind it, and returns the received one. */
static void check_sent(const struct scene *s, const void *data, size_t length, uint32_t flags,
                       const char *expected, size_t expected_length)
{
    size_t size = flags & ZMQJS_UTF16 ? length * 2 : length;
    char arrived[256];
    zmqjs_data argument = {ZMQJS_STRING, 0, {0}, 0}, into = {ZMQJS_BYTES, 0, {0}, 0};
    argument.flags = flags;
    argument.as.data = fence_copy(data, size);
    argument.length = length;
    into.as.data = arrived;
    into.length = sizeof arrived;
    CHECK_INT(scene_must(s, s->push, "Socket", "send", 1, &argument).as.int32,
              (long long)expected_length);
    fence_end(argument.as.data, size);
    CHECK_INT(scene_must(s, s->pull, "Socket", "recv_into", 1, &into).as.int32,
              (long long)expected_length);
    CHECK(memcmp(arrived, expected, expected_length) == 0);
}

#define REPLACED "\xef\xbf\xbd"

static void latin1(void)
{
    struct scene s;
    char all[256], expected[512], *end = expected;
    scene_open(&s, "inproc://latin1");
    check_sent(&s, "plain", 5, ZMQJS_LATIN1, "plain", 5);
    check_sent(&s, "", 0, ZMQJS_LATIN1, "", 0);
    check_sent(&s, "\xe4\x80\xff", 3, ZMQJS_LATIN1, "\xc3\xa4\xc2\x80\xc3\xbf", 6);
    check_sent(&s, "a\0b\xe4\0", 5, ZMQJS_LATIN1, "a\0b\xc3\xa4\0", 6);
    for (int i = 0; i < 256; i++) all[i] = (char)i;
    for (int i = 0; i < 128; i++) {
        unsigned char c = (unsigned char)(i + 64);
        if (c >= 0x80) *end++ = (char)(0xc0 | c >> 6);
        *end++ = (char)(c < 0x80 ? c : 0x80 | (c & 0x3f));
    }
    check_sent(&s, all + 64, 128, ZMQJS_LATIN1, expected, (size_t)(end - expected));
    scene_close(&s);
}

static void utf16(void)
{
    static const uint16_t plain[] = {'a', 0, 0xe4, 0x20ac, 0xd83d, 0xde00, 0xffff};
    static const uint16_t lone_high[] = {0xd83d}, lone_low[] = {0xde00};
    static const uint16_t swapped[] = {0xde00, 0xd83d}, high_twice[] = {0xd83d, 0xd83d, 0xde00};
    static const uint16_t high_at_end[] = {'a', 0xdbff}, high_then_plain[] = {0xd800, 'b'};
    struct scene s;
    char odd[1 + sizeof plain];
    scene_open(&s, "inproc://utf16");
    check_sent(&s, plain, 7, ZMQJS_UTF16,
               "a\0\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbf", 14);
    check_sent(&s, plain, 0, ZMQJS_UTF16, "", 0);
    check_sent(&s, lone_high, 1, ZMQJS_UTF16, REPLACED, 3);
    check_sent(&s, lone_low, 1, ZMQJS_UTF16, REPLACED, 3);
    check_sent(&s, swapped, 2, ZMQJS_UTF16, REPLACED REPLACED, 6);
    check_sent(&s, high_twice, 3, ZMQJS_UTF16, REPLACED "\xf0\x9f\x98\x80", 7);
    check_sent(&s, high_at_end, 2, ZMQJS_UTF16, "a" REPLACED, 4);
    check_sent(&s, high_then_plain, 2, ZMQJS_UTF16, REPLACED "b", 4);

    zmqjs_data argument = {ZMQJS_STRING, ZMQJS_UTF16, {0}, 3}; /* at an odd address */
    memcpy(odd + 1, plain, sizeof plain);
    argument.as.data = odd + 1;
    CHECK_INT(scene_must(&s, s.push, "Socket", "send", 1, &argument).as.int32, 4);
    CHECK_INT((long long)scene_must(&s, s.pull, "Socket", "recv_str", 0, NULL).length, 4);
    scene_close(&s);
}

/* Texts of ASCII characters, and with another character at each place: several are converted at
 * a time. */
static void ascii(void)
{
    uint16_t units[40];
    char expected[41];
    struct scene s;
    scene_open(&s, "inproc://ascii");
    for (size_t length = 0; length <= 40; length++) {
        for (size_t i = 0; i < 40; i++) units[i] = (uint16_t)(expected[i] = (char)(i == 0 ? 0x7f : 0x40 + i));
        check_sent(&s, units, length, ZMQJS_UTF16, expected, length);
        for (size_t other = 0; other < length; other++) {
            uint16_t unit = units[other];
            units[other] = other % 2 ? 0x80 : 0x141; /* with a lower byte that is ASCII */
            memcpy(expected + other, other % 2 ? "\xc2\x80" : "\xc5\x81", 2);
            for (size_t i = other + 1; i < length; i++) expected[i + 1] = (char)units[i];
            check_sent(&s, units, length, ZMQJS_UTF16, expected, length + 1);
            units[other] = unit;
            for (size_t i = 0; i < length; i++) expected[i] = (char)units[i];
        }
    }
    scene_close(&s);
}

/* Lone surrogates of three bytes each, and bytes that are not UTF-8. */
static void utf8(void)
{
    struct scene s;
    scene_open(&s, "inproc://utf8");
    check_sent(&s, "a\xed\xa0\x80z", 5, 0, "a" REPLACED "z", 5);
    check_sent(&s, "\xed\xbf\xbf", 3, 0, REPLACED, 3);
    check_sent(&s, "\xed\x95\x9c\xed\x9f\xbf", 6, 0, "\xed\x95\x9c\xed\x9f\xbf", 6); /* Hangul */
    check_sent(&s, "\0\0", 2, 0, "\0\0", 2);
    scene_close(&s);
}

/* All encodings, wherever a text is read: the endpoint is the same. */
static void endpoints(void)
{
    static const uint16_t wide[] = {'i', 'n', 'p', 'r', 'o', 'c', ':', '/', '/', 0xe4, 'x'};
    static const char narrow[] = "inproc://\xe4x", text[] = "inproc://\xc3\xa4x";
    struct scene s;
    scene_open(&s, text);
    for (int i = 0; i < 3; i++) {
        zmqjs_data argument = data_text(text);
        if (i == 1) {
            argument.flags = ZMQJS_LATIN1;
            argument.as.data = (void *)narrow;
            argument.length = sizeof narrow - 1;
        } else if (i == 2) {
            argument.flags = ZMQJS_UTF16;
            argument.as.data = (void *)wide;
            argument.length = sizeof wide / 2;
        }
        zmqjs_instance *push = scene_socket(&s, "PUSH");
        zmqjs_data message = data_text("text");
        scene_must(&s, push, "Socket", "connect", 1, &argument);
        scene_must(&s, push, "Socket", "send", 1, &message);
        CHECK_INT((long long)scene_must(&s, s.pull, "Socket", "recv_str", 0, NULL).length, 4);
        library_zmqjs_finalize(push);
    }
    /* A NUL inside, in any encoding: refused, not cut. */
    static const uint16_t cut[] = {'i', 'n', 'p', 'r', 'o', 'c', ':', '/', '/', 'a', 0, 'b'};
    zmqjs_data argument = {ZMQJS_STRING, ZMQJS_UTF16, {0}, sizeof cut / 2};
    argument.as.data = (void *)cut;
    CHECK_STATUS(direct_call(s.runtime, s.push, function_named("Socket", "connect"), 1, &argument).status,
                 ZMQJS_EXCEPTION);
    scene_close(&s);
}

/* Both encodings at once, no data where there is a length, flags that are none. */
static void odd_flags(void)
{
    struct scene s;
    zmqjs_data argument = data_text("text of several words"), flags = data_constant("DONTWAIT");
    scene_open(&s, "inproc://flags");
    argument.length = 8;
    argument.flags = ZMQJS_LATIN1 | ZMQJS_UTF16;
    direct_call(s.runtime, s.push, function_named("Socket", "send"), 1, &argument);
    argument.flags = 0xffffff00;
    direct_call(s.runtime, s.push, function_named("Socket", "send"), 1, &argument);
    zmqjs_data bigint = {ZMQJS_BIGINT, ZMQJS_UNSIGNED | ZMQJS_TRUNCATED, {0}, 0};
    CHECK_STATUS(direct_call(s.runtime, s.push, function_named("Socket", "send"), 1, &bigint).status,
                 ZMQJS_EXCEPTION);
    bigint.flags = ZMQJS_TRUNCATED;
    CHECK_STATUS(direct_call(s.runtime, s.push, function_named("Socket", "send"), 1, &bigint).status,
                 ZMQJS_EXCEPTION);
    while (scene_must(&s, s.pull, "Socket", "recv", 1, &flags).type != ZMQJS_UNDEFINED) continue;
    scene_close(&s);
}

/* ---- this, and instances of others ------------------------------------------------------------------ */

/* Of another class, of another runtime, or none: each method throws. */
static void wrong_self(void)
{
    struct scene s, other;
    size_t count, refused = 0;
    const struct definition *all = definitions(&count);
    scene_open(&s, "inproc://self");
    scene_open(&other, "inproc://self");
    zmqjs_instance *poller =
        direct_must(s.runtime, NULL, class_named("Poller")->constructor, 0, NULL).as.instance;
    struct {
        const char *class_name;
        zmqjs_instance *mine, *others;
    } instances[] = {
        {"Context", s.context, other.context}, {"Socket", s.pull, other.pull}, {"Poller", poller, NULL},
    };
    for (size_t i = 0; i < count; i++) {
        if (all[i].property->target != ZMQJS_ON_PROTOTYPE || !all[i].function) continue;
        CHECK_STATUS(direct_call(s.runtime, NULL, all[i].function, 0, NULL).status, ZMQJS_EXCEPTION);
        for (size_t k = 0; k < 3; k++) {
            int same = strcmp(instances[k].class_name, all[i].of->name) == 0;
            zmqjs_instance *self = same ? instances[k].others : instances[k].mine;
            if (!self) continue;
            struct outcome outcome = direct_call(s.runtime, self, all[i].function, 0, NULL);
            if (outcome.status != ZMQJS_EXCEPTION)
                fprintf(stderr,"%s of %s works with a wrong this\n", all[i].function->name, all[i].of->name);
            refused++;
        }
    }
    CHECK(refused > 100);

    /* As an argument. */
    zmqjs_data arguments[2] = {data_instance(other.pull), data_constant("POLLIN")};
    const zmqjs_function *add = function_named("Poller", "add");
    CHECK_STATUS(direct_call(s.runtime, poller, add, 2, arguments).status, ZMQJS_EXCEPTION);
    arguments[0] = data_instance(s.context);
    CHECK_STATUS(direct_call(s.runtime, poller, add, 2, arguments).status, ZMQJS_EXCEPTION);
    arguments[0] = data_instance(poller);
    CHECK_STATUS(direct_call(s.runtime, poller, add, 2, arguments).status, ZMQJS_EXCEPTION);
    arguments[0] = data_instance(s.pull);
    CHECK(direct_call(s.runtime, poller, add, 2, arguments).status >= 0);
    library_zmqjs_finalize(poller);
    scene_close(&other);
    scene_close(&s);
}

/* A collector may finalize a socket before the poller that it is in, and run script code that
 * uses the poller in between. */
static void poller_outlives_its_sockets(void)
{
    struct scene s;
    scene_open(&s, "inproc://outlives");
    zmqjs_instance *poller =
        direct_must(s.runtime, NULL, class_named("Poller")->constructor, 0, NULL).as.instance;
    zmqjs_data arguments[2] = {data_instance(s.pull), data_constant("POLLIN")};
    zmqjs_data limits[2] = {data_number(8), data_number(0)}, message = data_text("text");
    zmqjs_instance *sockets[20];
    scene_must(&s, poller, "Poller", "add", 2, arguments);
    for (int i = 0; i < 20; i++) {
        sockets[i] = scene_socket(&s, "DEALER");
        arguments[0] = data_instance(sockets[i]);
        scene_must(&s, poller, "Poller", "add", 2, arguments);
    }
    scene_must(&s, s.push, "Socket", "send", 1, &message);
    for (int i = 0; i < 20; i++) {
        library_zmqjs_finalize(sockets[i]);
        CHECK_INT((long long)scene_must(&s, poller, "Poller", "wait_all", 2, limits).length, 1);
        CHECK_INT(scene_must(&s, poller, "Poller", "size", 0, NULL).as.int32, 20 - i);
    }
    library_zmqjs_finalize(s.pull);
    CHECK(scene_must(&s, poller, "Poller", "poll", 0, NULL).type == ZMQJS_NULL);
    CHECK_INT(scene_must(&s, poller, "Poller", "size", 0, NULL).as.int32, 0);
    library_zmqjs_finalize(poller);
    s.pull = NULL;
    scene_close(&s);
}

/* ---- frames and their memory --------------------------------------------------------------------------- */

enum { LARGE = 1 << 20 };

/* A call whose frame is the caller's to release. */
static int call_held(zmqjs_frame *frame, zmqjs_runtime *runtime, zmqjs_instance *self,
                     const char *method)
{
    const zmqjs_function *function = function_named("Socket", method);
    memset(frame, 0x5a, sizeof *frame);
    frame->runtime = runtime;
    frame->self = self;
    frame->arguments = NULL;
    frame->argument_count = 0;
    return function->call(function, frame);
}

static void send_large(const struct scene *s, int content)
{
    char *bytes = malloc(LARGE);
    zmqjs_data argument = {ZMQJS_BYTES, 0, {0}, LARGE};
    CHECK(bytes);
    memset(bytes, content, LARGE);
    argument.as.data = bytes;
    scene_must(s, s->push, "Socket", "send", 1, &argument);
    free(bytes);
}

static void receive_large(const struct scene *s, zmqjs_frame *frame, int content)
{
    send_large(s, content);
    CHECK_STATUS(call_held(frame, s->runtime, s->pull, "recv"), ZMQJS_HELD);
    CHECK_INT(frame->result.type, ZMQJS_BYTES);
    CHECK_INT((long long)frame->result.length, LARGE);
    CHECK(frame->result.flags & ZMQJS_ADOPTABLE);
}

static int is_filled(const void *data, int content)
{
    const char *bytes = data;
    return bytes[0] == content && memcmp(bytes, bytes + 1, LARGE - 1) == 0;
}

/* Several frames are held at once; each keeps its own memory. */
static void held_at_once(void)
{
    enum { COUNT = 10 };
    struct scene s;
    zmqjs_frame frames[COUNT];
    scene_open(&s, "inproc://held");
    for (int i = 0; i < COUNT; i++) receive_large(&s, &frames[i], i);
    for (int i = 0; i < COUNT; i++) CHECK(is_filled(frames[i].result.as.data, i));
    for (int i = 0; i < COUNT; i += 2) library_zmqjs_frame_release(&frames[i]);
    for (int i = 1; i < COUNT; i += 2) {
        CHECK(is_filled(frames[i].result.as.data, i));
        library_zmqjs_frame_release(&frames[i]);
    }
    scene_close(&s);
}

static void release_frame(void *argument) { library_zmqjs_frame_release(argument); }

/* On another thread, and after the runtime. */
static void released_late(void)
{
    struct scene s;
    zmqjs_frame frames[3];
    struct worker worker;
    scene_open(&s, "inproc://late");
    for (int i = 0; i < 2; i++) receive_large(&s, &frames[i], i);
    zmqjs_data nothing = data_text("no endpoint");
    const zmqjs_function *bind = function_named("Socket", "bind");
    memset(&frames[2], 0x5a, sizeof frames[2]);
    frames[2].runtime = s.runtime;
    frames[2].self = s.pull;
    frames[2].arguments = &nothing;
    frames[2].argument_count = 1;
    CHECK_STATUS(bind->call(bind, &frames[2]), ZMQJS_EXCEPTION);
    worker_start(&worker, release_frame, &frames[0]);
    worker_join(&worker);
    scene_close(&s);
    CHECK(is_filled(frames[1].result.as.data, 1));
    CHECK_TEXT(frames[2].error.code, "EINVAL");
    CHECK_TEXT(frames[2].error.endpoint, "no endpoint");
    library_zmqjs_frame_release(&frames[1]);
    worker_start(&worker, release_frame, &frames[2]);
    worker_join(&worker);
}

/* Where there is nothing to release, nothing happens. */
static void released_without_need(void)
{
    struct scene s;
    zmqjs_frame frame;
    scene_open(&s, "inproc://need");
    library_zmqjs_frame_release(NULL);
    receive_large(&s, &frame, 7);
    library_zmqjs_frame_release(&frame);
    library_zmqjs_frame_release(&frame);
    for (int i = 0; i < 3; i++) {
        const zmqjs_function *type = getter_named("Socket", "type");
        CHECK_STATUS(type->call(type, &frame), ZMQJS_OK);
        library_zmqjs_frame_release(&frame);
    }
    receive_large(&s, &frame, 8); /* the frame may be used again */
    CHECK(is_filled(frame.result.as.data, 8));
    library_zmqjs_frame_release(&frame);
    scene_close(&s);
}

/* A host that forgets to release loses the memory of its frames, and nothing else. */
static void forgotten(void)
{
    enum { COUNT = 50 };
    struct scene s;
    zmqjs_frame frame;
    scene_open(&s, "inproc://forgotten");
    int before = descriptor_count();
    for (int i = 0; i < COUNT; i++) receive_large(&s, &frame, i);
    for (int i = 0; i < 5000; i++) CHECK(call_held(&frame, s.runtime, NULL, "recv") < 0);
    size_t lost = resident_kib();
    receive_large(&s, &frame, 9);
    CHECK(is_filled(frame.result.as.data, 9));
    library_zmqjs_frame_release(&frame);
    CHECK_INT(descriptor_count(), before);
    scene_close(&s);
    printf("%zu KiB\n", lost);
    CHECK(lost < (COUNT + 60) * 1024);
}

/* Messages of sizes around every limit, in any order: the result of a call stays valid during
 * the next one. */
static void results_stay(void)
{
    static const size_t sizes[] = {0, 1, 4, 7, 8, 9, 15, 16, 28, 29, 30, 32, 33, 34, 63, 64, 65, 200, 65535, 65536};
    enum { SIZES = sizeof sizes / sizeof *sizes, ROUNDS = 2000 };
    static unsigned char content[2][65536];
    const zmqjs_function *receive = function_named("Socket", "recv");
    unsigned seed = 20261130;
    struct scene s;
    zmqjs_frame frames[2];
    size_t length[2] = {0, 0};
    int held[2] = {0, 0};
    scene_open(&s, "inproc://stay");
    for (int i = 0; i < ROUNDS; i++) {
        int at = i % 2;
        zmqjs_data argument = {ZMQJS_BYTES, 0, {0}, 0};
        seed = seed * 1103515245u + 12345u;
        if (i % 8 == 0 || seed >> 30 == 0) length[at] = sizes[(seed >> 16) % SIZES];
        else length[at] = length[1 - at]; /* of one size for a while */
        memset(content[at], (int)(seed >> 8), length[at]);
        argument.as.data = content[at];
        argument.length = length[at];
        scene_must(&s, s.push, "Socket", "send", 1, &argument);
        if (held[at]) library_zmqjs_frame_release(&frames[at]);
        memset(&frames[at], 0x5a, sizeof frames[at]);
        frames[at].runtime = s.runtime;
        frames[at].self = s.pull;
        frames[at].arguments = NULL;
        frames[at].argument_count = 0;
        int status = contract_pass(receive, &frames[at], (int)(seed >> 20 & 1));
        CHECK(status == ZMQJS_OK || status == ZMQJS_HELD);
        held[at] = status == ZMQJS_HELD;
        for (int k = 0; k < 2 && i > 0; k++) {
            CHECK_INT(frames[k].result.type, ZMQJS_BYTES);
            CHECK_INT((long long)frames[k].result.length, (long long)length[k]);
            if (memcmp(frames[k].result.as.data, content[k], length[k]) != 0)
                FAIL("round %d: %zu bytes have changed", i, length[k]);
        }
    }
    for (int k = 0; k < 2; k++)
        if (held[k]) library_zmqjs_frame_release(&frames[k]);
    scene_close(&s);
}

static void null_frame(void)
{
    const zmqjs_function *const *functions;
    size_t count;
    functions = library_zmqjs_functions(&count);
    for (size_t i = 0; i < count; i++) {
        CHECK_STATUS(functions[i]->call(functions[i], NULL), ZMQJS_INVALID_ARGUMENT);
        if (functions[i]->fast_call)
            CHECK_STATUS(functions[i]->fast_call(functions[i], NULL, NULL, 0), ZMQJS_INVALID_ARGUMENT);
    }
}

/* ---- adoption ------------------------------------------------------------------------------------------- */

struct adopted {
    zmqjs_release release;
    void *argument;
};

static int adopt(zmqjs_frame *frame, const zmqjs_data *bytes, struct adopted *adopted)
{
    return library_zmqjs_frame_adopt(frame, bytes, &adopted->release, &adopted->argument);
}

static void end_adopted(void *argument)
{
    struct adopted *adopted = argument;
    adopted->release(adopted->argument);
}

static void adopted_twice(void)
{
    struct scene s;
    zmqjs_frame frame;
    struct adopted first, second;
    scene_open(&s, "inproc://twice");
    receive_large(&s, &frame, 3);
    char *data = frame.result.as.data;
    CHECK_STATUS(adopt(&frame, &frame.result, &first), ZMQJS_OK);
    CHECK_STATUS(adopt(&frame, &frame.result, &second), ZMQJS_INVALID_ARGUMENT);
    library_zmqjs_frame_release(&frame);
    CHECK(is_filled(data, 3));
    memset(data, 4, LARGE); /* it is writable */
    end_adopted(&first);
    scene_close(&s);
}

/* Memory that does not belong to the frame, or only in part. */
static void adopted_foreign(void)
{
    static char own[LARGE];
    struct scene s;
    zmqjs_frame frame, other;
    struct adopted adopted;
    scene_open(&s, "inproc://foreign");
    receive_large(&s, &frame, 3);
    receive_large(&s, &other, 4);
    zmqjs_data bytes = frame.result;
    bytes.as.data = own;
    CHECK_STATUS(adopt(&frame, &bytes, &adopted), ZMQJS_INVALID_ARGUMENT);
    bytes = frame.result;
    bytes.length--;
    CHECK_STATUS(adopt(&frame, &bytes, &adopted), ZMQJS_INVALID_ARGUMENT);
    bytes = frame.result;
    bytes.flags = 0;
    CHECK_STATUS(adopt(&frame, &bytes, &adopted), ZMQJS_INVALID_ARGUMENT);
    bytes = frame.result;
    bytes.type = ZMQJS_STRING;
    CHECK_STATUS(adopt(&frame, &bytes, &adopted), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(adopt(&frame, &other.result, &adopted), ZMQJS_INVALID_ARGUMENT);
    CHECK(is_filled(frame.result.as.data, 3) && is_filled(other.result.as.data, 4));
    library_zmqjs_frame_release(&frame);
    CHECK_STATUS(adopt(&frame, &other.result, &adopted), ZMQJS_INVALID_ARGUMENT);
    library_zmqjs_frame_release(&other);
    scene_close(&s);
}

/* Released on another thread, after the runtime, in any order. */
static void adopted_late(void)
{
    enum { COUNT = 8 };
    struct scene s;
    struct adopted adopted[COUNT];
    char *data[COUNT];
    struct worker worker;
    scene_open(&s, "inproc://adopted");
    for (int i = 0; i < COUNT; i++) {
        zmqjs_frame frame;
        receive_large(&s, &frame, i);
        data[i] = frame.result.as.data;
        CHECK_STATUS(adopt(&frame, &frame.result, &adopted[i]), ZMQJS_OK);
        library_zmqjs_frame_release(&frame);
    }
    for (int i = COUNT / 2; i < COUNT; i++) {
        CHECK(is_filled(data[i], i));
        worker_start(&worker, end_adopted, &adopted[i]);
        worker_join(&worker);
    }
    scene_close(&s);
    for (int i = COUNT / 2 - 1; i >= 0; i--) {
        CHECK(is_filled(data[i], i));
        worker_start(&worker, end_adopted, &adopted[i]);
        worker_join(&worker);
    }
}

/* Parts of an array, some of them. */
static void adopted_parts(void)
{
    struct scene s;
    zmqjs_frame frame;
    struct adopted adopted;
    char *bytes = malloc(LARGE);
    zmqjs_data parts[3] = {{ZMQJS_BYTES, 0, {0}, LARGE}, data_text("small"), {ZMQJS_BYTES, 0, {0}, LARGE}};
    CHECK(bytes);
    memset(bytes, 6, LARGE);
    parts[0].as.data = parts[2].as.data = bytes;
    scene_open(&s, "inproc://parts");
    CHECK(send_array(&s, parts, 3).status >= 0);
    free(bytes);
    CHECK_STATUS(call_held(&frame, s.runtime, s.pull, "recv_multipart"), ZMQJS_HELD);
    CHECK_INT((long long)frame.result.length, 3);
    const zmqjs_data *received = frame.result.as.elements;
    CHECK(received[2].flags & ZMQJS_ADOPTABLE);
    char *data = received[2].as.data;
    CHECK_STATUS(adopt(&frame, &received[2], &adopted), ZMQJS_OK);
    CHECK(is_filled(received[0].as.data, 6));
    library_zmqjs_frame_release(&frame);
    CHECK(is_filled(data, 6));
    end_adopted(&adopted);
    scene_close(&s);
}

const test_case frame_cases[] = {
    {"frame-unknown-types", unknown_types, 0},
    {"frame-counts", counts, 0},
    {"frame-more-arguments", more_arguments, 0},
    {"frame-arrays", arrays, 0},
    {"frame-latin1", latin1, 0},
    {"frame-utf16", utf16, 0},
    {"frame-ascii", ascii, 0},
    {"frame-utf8", utf8, 0},
    {"frame-endpoints", endpoints, 0},
    {"frame-odd-flags", odd_flags, 0},
    {"frame-wrong-self", wrong_self, 0},
    {"frame-poller-outlives-its-sockets", poller_outlives_its_sockets, 0},
    {"frame-held-at-once", held_at_once, 0},
    {"frame-released-late", released_late, 0},
    {"frame-released-without-need", released_without_need, 0},
    {"frame-forgotten", forgotten, 0},
    {"frame-results-stay", results_stay, 0},
    {"frame-null", null_frame, 0},
    {"frame-adopted-twice", adopted_twice, 0},
    {"frame-adopted-foreign", adopted_foreign, 0},
    {"frame-adopted-late", adopted_late, 0},
    {"frame-adopted-parts", adopted_parts, 0},
    {NULL, NULL, 0},
};
