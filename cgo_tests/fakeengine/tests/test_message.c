/* test_message.c - contents of messages, and the ownership of their memory */
#include "host.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t sizes[] = {0,    1,     2,     29,    30,     33,      34,     64,     255,
                               256,  1000,  4096,  8191,  8192,   8193,    65535,  65536,  65537,
                               131072, 262144, 1 << 20, (1 << 20) + 1, 5 << 20};
enum { SIZES = sizeof sizes / sizeof *sizes };

/* Bytes that depend on their place and on the message. */
static unsigned char *pattern(size_t size, unsigned seed)
{
    unsigned char *bytes = malloc(size + 1);
    if (!bytes) FAIL("out of memory");
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)((i * 131 + seed * 17 + i / 251) & 0xff);
    return bytes;
}

static void check_pattern(fe_value *value, size_t size, unsigned seed)
{
    unsigned char *expected = pattern(size, seed);
    CHECK(is(value, FE_BYTES));
    CHECK_INT((long long)value->as.bytes.length, (long long)size);
    if (size) CHECK(memcmp(value->as.bytes.data, expected, size) == 0);
    free(expected);
}

static void send_pattern(fe_value *socket, size_t size, unsigned seed)
{
    unsigned char *bytes = pattern(size, seed);
    fe_value *sent = run(socket, "send", "b", bytes, size);
    CHECK_INT(number(sent), (long long)size);
    drop(sent);
    free(bytes);
}

/* ---- bytes of every size ------------------------------------------------------------------- */

static void sizes_there_and_back(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    for (unsigned i = 0; i < SIZES; i++) {
        send_pattern(pair.push, sizes[i], i);
        check_pattern(run(pair.pull, i % 2 ? "recv" : "recv_uint8ffarray", ""), sizes[i], i);
    }
    /* Many at once, all of them alive until the end. */
    for (unsigned i = 0; i < SIZES; i++) send_pattern(pair.push, sizes[i], i + 100);
    fe_value *all[SIZES];
    for (unsigned i = 0; i < SIZES; i++) all[i] = run(pair.pull, "recv", "");
    for (unsigned i = 0; i < SIZES; i++) check_pattern(all[i], sizes[i], i + 100);
    host_close(&host);
}

/* The sender may change its bytes as soon as send() has returned. */
static void bytes_are_copied(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    for (unsigned i = 0; i < SIZES; i++) {
        unsigned char *content = pattern(sizes[i], i);
        fe_value *bytes = keep(&host, fe_bytes(host.engine, content, sizes[i]));
        run(pair.push, "send", "v", bytes);
        memset(bytes->as.bytes.data, 0xee, sizes[i]);
        drop(bytes);
        check_pattern(run(pair.pull, "recv", ""), sizes[i], i);
        free(content);
    }
    host_close(&host);
}

static void detached_bytes(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *bytes = keep(&host, fe_bytes(host.engine, "gone", 4));
    fe_detach(bytes);
    CHECK_INT(number(run(pair.push, "send", "v", bytes)), 0);
    check_pattern(run(pair.pull, "recv", ""), 0, 0);
    host_close(&host);
}

/* ---- adopted bytes -------------------------------------------------------------------------- */

enum { LARGE = 1 << 20 };

/* When the value dies, its memory is released once. Until then it is unchanged, while the
 * library receives other messages. */
static void adopted_once(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    struct contract *contract = &host.contract;
    send_pattern(pair.push, LARGE, 1);
    fe_value *first = run(pair.pull, "recv", "");
    CHECK_INT((long long)contract->adopted, 1);
    for (unsigned i = 2; i < 20; i++) {
        send_pattern(pair.push, LARGE, i);
        fe_value *other = run(pair.pull, "recv", "");
        check_pattern(other, LARGE, i);
        drop(other);
    }
    CHECK_INT((long long)contract->adopted_ended, (long long)contract->adopted - 1);
    check_pattern(first, LARGE, 1);
    drop(first);
    CHECK_INT((long long)contract->adopted_ended, (long long)contract->adopted);
    host_close(&host);
}

/* It outlives socket, context, runtime: "at any time from then on". */
static void adopted_outlives_all(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    send_pattern(pair.push, LARGE, 7);
    fe_value *bytes = run(pair.pull, "recv", "");
    run(pair.push, "close", "");
    run(pair.pull, "close", "");
    run(pair.context, "term", "");
    host_end_runtime(&host);
    check_pattern(bytes, LARGE, 7);
    drop(bytes);
    CHECK_INT((long long)host.contract.adopted_ended, 1);
    host_close(&host);
}

static void drop_all(void *argument) { host_drop_values(argument); }

/* "On any thread". */
static void adopted_ends_elsewhere(void)
{
    struct host host;
    struct pair pair;
    struct worker worker;
    host_open(&host);
    pair_open(&host, &pair);
    for (unsigned i = 0; i < 10; i++) {
        send_pattern(pair.push, LARGE, i);
        check_pattern(run(pair.pull, "recv", ""), LARGE, i);
    }
    worker_start(&worker, drop_all, &host);
    worker_join(&worker);
    CHECK_INT((long long)host.contract.adopted_ended, 10);
    host_close(&host);
}

/* The adapter then copies. */
static void refused(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    host.contract.refuse_adoption = 1;
    send_pattern(pair.push, LARGE, 3);
    check_pattern(run(pair.pull, "recv", ""), LARGE, 3);
    CHECK_INT((long long)host.contract.adopted, 0);
    host_close(&host);
}

/* Neither way, nor where making the bytes fails, is memory left behind. */
static void memory_does_not_grow(void)
{
    enum { ADOPTS, REFUSED, FAILS, NEVER, WAYS, ROUNDS = 200 };
    size_t before = 0;
    for (int way = 0; way < WAYS; way++) {
        struct style style = {"one way", .never_adopts = way == NEVER};
        struct host host;
        struct pair pair;
        host_open_as(&host, &style);
        pair_open(&host, &pair);
        host.contract.refuse_adoption = way == REFUSED;
        for (unsigned i = 0; i < ROUNDS; i++) {
            send_pattern(pair.push, LARGE, i);
            host.engine->fail_at = way == FAILS;
            fe_value *bytes = attempt(pair.pull, "recv", "");
            if (way == FAILS) {
                CHECK(!bytes);
                drop(caught(&host));
                continue;
            }
            check_pattern(bytes, LARGE, i);
            drop(bytes);
            if (i == 20 && !before) before = resident_kib();
        }
        CHECK_INT(host.contract.adopted > 0, way == ADOPTS || way == FAILS);
        host_close(&host);
        printf("way %d: %zu KiB\n", way, resident_kib());
        CHECK(resident_kib() < before + 40 * 1024);
    }
}

/* ---- texts ------------------------------------------------------------------------------- */

static void check_text_arrives(struct pair *pair, const char *sent, size_t length, const char *text,
                               size_t text_length)
{
    run(pair->push, "send", "S", sent, length);
    fe_value *value = run(pair->pull, "recv_str", "");
    CHECK(is(value, FE_STRING));
    CHECK_INT((long long)value->as.string.length, (long long)text_length);
    CHECK(memcmp(value->as.string.data, text, text_length) == 0);
}

static void texts(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    check_text_arrives(&pair, "", 0, "", 0);
    check_text_arrives(&pair, "abc", 3, "abc", 3);
    check_text_arrives(&pair, "abc\0", 4, "abc", 3); /* a C string's own NUL */
    check_text_arrives(&pair, "a\0c", 3, "a\0c", 3);
    check_text_arrives(&pair, "a\0c\0", 4, "a\0c\0", 4);
    check_text_arrives(&pair, "\0", 1, "", 0);
    check_text_arrives(&pair, "\xc3\xa4\xc2\x80\xc3\xbf", 6, "\xc3\xa4\xc2\x80\xc3\xbf", 6);
    check_text_arrives(&pair, "\xf0\x9f\x98\x80", 4, "\xf0\x9f\x98\x80", 4);
    host_close(&host);
}

/* Bytes that are not UTF-8 become U+FFFD; so does a lone surrogate of an engine, at the latest
 * when it returns. The contract refuses anything else. */
static void texts_that_are_none(void)
{
    static const char *const bad[] = {"\xff", "a\x80z", "\xc3", "\xe2\x82", "\xed\xa0\x80",
                                      "\xf4\x90\x80\x80", "\xc0\xaf", "ok\xf0\x9f\x98"};
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        run(pair.push, "send", "b", bad[i], strlen(bad[i]));
        fe_value *value = run(pair.pull, "recv_str", "");
        CHECK_CONTAINS(text(value), "\xef\xbf\xbd");
        run(pair.push, "send", "s", bad[i]);
        run(pair.pull, "recv_str", "");
    }
    unsigned char *noise = pattern(1 << 17, 5);
    run(pair.push, "send", "b", noise, (size_t)1 << 17);
    fe_value *value = run(pair.pull, "recv_str", "");
    CHECK(utf8_valid(value->as.string.data, value->as.string.length));
    free(noise);
    host_close(&host);
}

static void long_texts(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    for (unsigned i = 0; i < SIZES; i++) {
        char *content = malloc(sizes[i] + 1);
        memset(content, 'a' + (int)i, sizes[i]);
        check_text_arrives(&pair, content, sizes[i], content, sizes[i]);
        free(content);
    }
    host_close(&host);
}

/* ---- numbers ----------------------------------------------------------------------------- */

static void check_number_arrives(struct pair *pair, double sent, size_t size)
{
    CHECK_INT(number(run(pair->push, "send", "d", sent)), (long long)size);
    fe_value *value = run(pair->pull, size == 4 ? "recv_int" : "recv_bigint", "");
    CHECK(is(value, size == 4 ? FE_NUMBER : FE_BIGINT));
    CHECK_INT(number(value), (long long)sent);
}

static void numbers(void)
{
    static const long long bigints[] = {0, 1, -1, INT64_MAX, INT64_MIN, 1LL << 32};
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    check_number_arrives(&pair, 0, 4);
    check_number_arrives(&pair, -1, 4);
    check_number_arrives(&pair, INT32_MAX, 4);
    check_number_arrives(&pair, INT32_MIN, 4);
    check_number_arrives(&pair, INT32_MAX + 1.0, 8);
    check_number_arrives(&pair, INT32_MIN - 1.0, 8);
    check_number_arrives(&pair, 1099511627776.0, 8);
    check_number_arrives(&pair, -9007199254740991.0, 8);
    for (size_t i = 0; i < sizeof bigints / sizeof *bigints; i++) {
        CHECK_INT(number(run(pair.push, "send", "l", bigints[i])), 8);
        fe_value *value = run(pair.pull, "recv_bigint", "");
        CHECK(is(value, FE_BIGINT));
        CHECK_INT(number(value), bigints[i]);
    }
    host_close(&host);
}

/* ---- parts of messages ------------------------------------------------------------------- */

static void parts(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    run(pair.push, "send", "sk", "first", "SNDMORE");
    run(pair.push, "send", "ik", 2, "SNDMORE");
    run(pair.push, "send", "n");
    CHECK_TEXT(text(run(pair.pull, "recv_str", "")), "first");
    CHECK_INT(number(run(pair.pull, "getsockopt", "k", "RCVMORE")), 1);
    CHECK_INT(number(run(pair.pull, "recv_int", "")), 2);
    CHECK_INT(number(run(pair.pull, "getsockopt", "k", "RCVMORE")), 1);
    check_pattern(run(pair.pull, "recv", ""), 0, 0);
    CHECK_INT(number(run(pair.pull, "getsockopt", "k", "RCVMORE")), 0);
    host_close(&host);
}

/* ---- getters of an array ------------------------------------------------------------------- */

static fe_value *detach_and_give(fe_engine *engine, const fe_call_info *call)
{
    fe_detach(call->callee->as.function.owner);
    return fe_text(engine, "text");
}

static fe_value *throw_it(fe_engine *engine, const fe_call_info *call)
{
    ++*(int *)call->callee->as.function.owner;
    return fe_throw_text(engine, FE_RANGE_ERROR, "thrown by a getter");
}

static fe_value *array_of(struct host *host, size_t length, fe_value *first, fe_native second,
                           void *owner)
{
    fe_value *array = keep(host, fe_array(host->engine, length));
    fe_value *getter = fe_function(host->engine, second, owner, 0);
    fe_item_set(array, 0, first);
    fe_item_set(array, 1, getter);
    fe_release(getter);
    return array;
}

/* One that takes the memory of an element before it: that is empty then. */
static void getter_detaches(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *bytes = keep(&host, fe_bytes(host.engine, "gone", 4));
    fe_value *array = array_of(&host, 2, bytes, detach_and_give, bytes);
    CHECK_INT(number(run(pair.push, "send_multipart", "v", array)), 4);
    fe_value *received = run(pair.pull, "recv_multipart", "");
    CHECK_INT((long long)received->as.array.length, 2);
    check_pattern(item(received, 0), 0, 0);
    CHECK(memcmp(item(received, 1)->as.bytes.data, "text", 4) == 0);
    host_close(&host);
}

/* Its exception is that of the call, which has sent nothing. */
static void getter_throws(void)
{
    struct host host;
    struct pair pair;
    int calls = 0;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *bytes = keep(&host, fe_bytes(host.engine, "kept", 4));
    fe_value *array = array_of(&host, 3, bytes, throw_it, &calls);
    fe_value *error = fails(pair.push, "send_multipart", "v", array);
    CHECK_TEXT(text(get(error, "message")), "thrown by a getter");
    CHECK_INT(calls, 1);
    CHECK(is(run(pair.pull, "recv", "k", "DONTWAIT"), FE_UNDEFINED));
    CHECK_INT((long long)bytes->references, 2);
    host_close(&host);
}

/* Of an array that is too long none is asked. */
static void too_many_elements(void)
{
    struct host host;
    struct pair pair;
    int calls = 0;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *bytes = keep(&host, fe_bytes(host.engine, "kept", 4));
    fe_value *array = array_of(&host, ZMQJS_ELEMENT_MAXIMUM + 1, bytes, throw_it, &calls);
    fe_value *error = fails(pair.push, "send_multipart", "v", array);
    CHECK_CONTAINS(text(get(error, "message")), "send_multipart");
    CHECK_INT(calls, 0);
    CHECK(is(run(pair.pull, "recv", "k", "DONTWAIT"), FE_UNDEFINED));
    host_close(&host);
}

/* Messages that an XPUB receives from an XSUB that sends to two: ill-formed text, and not a
 * number. */
static void upstream_to_two(void)
{
    static char sent[301];
    struct host host;
    host_open(&host);
    fe_value *context = construct(host.zmq, "Context", ""), *receivers[2];
    fe_value *sender = run(context, "socket", "k", "XSUB");
    memset(sent, 'x', 300);
    sent[299] = '\xff';
    for (int i = 0; i < 2; i++) {
        receivers[i] = run(context, "socket", "k", "XPUB");
        run(receivers[i], "bind", "s", i ? "inproc://second" : "inproc://first");
        run(sender, "connect", "s", i ? "inproc://second" : "inproc://first");
    }
    for (int round = 0; round < 20; round++) {
        run(sender, "send", "b", sent, (size_t)300);
        for (int i = 0; i < 2; i++) {
            const char *received = text(run(receivers[i], "recv_str", ""));
            CHECK(strncmp(received, sent, 299) == 0);
            CHECK_TEXT(received + 299, "\xef\xbf\xbd");
        }
        run(sender, "send", "b", sent, (size_t)300);
        for (int i = 0; i < 2; i++) fails(receivers[i], "recv_int", "");
    }
    host_close(&host);
}

const test_case message_cases[] = {
    {"message-sizes", sizes_there_and_back, 1},
    {"message-bytes-are-copied", bytes_are_copied, 0},
    {"message-detached-bytes", detached_bytes, 0},
    {"message-adopted-once", adopted_once, 0},
    {"message-adopted-outlives-all", adopted_outlives_all, 0},
    {"message-adopted-ends-elsewhere", adopted_ends_elsewhere, 0},
    {"message-adoption-refused", refused, 0},
    {"message-memory-does-not-grow", memory_does_not_grow, 0},
    {"message-texts", texts, 1},
    {"message-texts-that-are-none", texts_that_are_none, 1},
    {"message-long-texts", long_texts, 0},
    {"message-numbers", numbers, 1},
    {"message-parts", parts, 0},
    {"message-getter-detaches", getter_detaches, 1},
    {"message-getter-throws", getter_throws, 1},
    {"message-too-many-elements", too_many_elements, 0},
    {"message-upstream-to-two", upstream_to_two, 1},
    {NULL, NULL, 0},
};
