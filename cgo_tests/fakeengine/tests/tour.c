/* tour.c - see tour.h */
#include "tour.h"

#include <string.h>

static void tour_functions(struct host *host)
{
    fe_value *version = run(host->zmq, "version", "");
    CHECK_INT((long long)version->as.array.length, 3);
    CHECK_INT(number(item(version, 0)), 4);
    CHECK_INT(number(run(host->zmq, "has", "s", "curve")), 1);
    CHECK_INT(number(run(host->zmq, "has", "s", "no such thing")), 0);
}

static void tour_messages(struct pair *pair)
{
    static const char bytes[] = {0, 1, 2, (char)0xff};

    CHECK_INT(number(run(pair->push, "send", "n")), 0);
    fe_value *empty = run(pair->pull, "recv", "");
    CHECK(is(empty, FE_BYTES) && empty->as.bytes.length == 0);

    CHECK_INT(number(run(pair->push, "send", "t")), 4);
    CHECK_INT(number(run(pair->pull, "recv_int", "")), 1);
    CHECK_INT(number(run(pair->push, "send", "i", -7)), 4);
    CHECK_INT(number(run(pair->pull, "recv_int", "")), -7);
    CHECK_INT(number(run(pair->push, "send", "l", -(1LL << 40))), 8);
    fe_value *big = run(pair->pull, "recv_bigint", "");
    CHECK(is(big, FE_BIGINT));
    CHECK_INT(number(big), -(1LL << 40));

    CHECK_INT(number(run(pair->push, "send", "S", "a\0b\xe2\x82\xac", (size_t)6)), 6);
    fe_value *string = run(pair->pull, "recv_str", "");
    CHECK(is(string, FE_STRING) && string->as.string.length == 6);
    CHECK(memcmp(string->as.string.data, "a\0b\xe2\x82\xac", 6) == 0);

    CHECK_INT(number(run(pair->push, "send", "bk", bytes, sizeof bytes, "DONTWAIT")), 4);
    fe_value *same = run(pair->pull, "recv_uint8ffarray", "k", "DONTWAIT");
    CHECK(is(same, FE_BYTES) && same->as.bytes.length == sizeof bytes);
    CHECK(memcmp(same->as.bytes.data, bytes, sizeof bytes) == 0);
    CHECK(is(run(pair->pull, "recv", "k", "DONTWAIT"), FE_UNDEFINED));
}

static void tour_parts(struct host *host, struct pair *pair)
{
    char buffer[8] = {0};
    fe_value *parts = keep(host, fe_array(host->engine, 2));
    for (size_t i = 0; i < 2; i++) {
        fe_value *part = fe_text(host->engine, i ? "two" : "one");
        fe_item_set(parts, i, part);
        fe_release(part);
    }
    CHECK_INT(number(run(pair->push, "send_multipart", "v", parts)), 6);
    fe_value *got = run(pair->pull, "recv_multipart", "");
    CHECK(is(got, FE_ARRAY) && got->as.array.length == 2);
    CHECK(memcmp(item(got, 1)->as.bytes.data, "two", 3) == 0);
    CHECK(is(run(pair->pull, "recv_multipart", "k", "DONTWAIT"), FE_UNDEFINED));

    run(pair->push, "send", "s", "text");
    CHECK_INT(number(run(pair->pull, "recv_into", "bi", buffer, sizeof buffer, 6)), 4);
}

static void tour_properties(struct pair *pair)
{
    CHECK(is(get(pair->push, "closed"), FE_BOOLEAN) && !get(pair->push, "closed")->as.boolean);
    CHECK_INT(number(get(pair->push, "type")), 8); /* ZMQ_PUSH */
    CHECK_INT(number(get(pair->push, "events")), 2); /* ZMQ_POLLOUT */
    CHECK(number(get(pair->push, "fd")) > 2);
    CHECK_TEXT(text(get(pair->pull, "last_endpoint")), "inproc://pair");
}

static void tour_options(struct pair *pair)
{
    CHECK_INT(number(run(pair->context, "set", "ki", "MAX_SOCKETS", 100)), 0);
    CHECK_INT(number(run(pair->context, "get", "k", "MAX_SOCKETS")), 100);
    CHECK_INT(number(run(pair->push, "setsockopt", "ki", "SNDTIMEO", 70)), 0);
    CHECK_INT(number(run(pair->push, "getsockopt", "k", "SNDTIMEO")), 70);
    CHECK_INT(number(run(pair->push, "getsockopt_int", "k", "SNDTIMEO")), 70);
    CHECK_INT(number(run(pair->push, "setsockopt", "kl", "MAXMSGSIZE", 1LL << 40)), 0);
    CHECK_INT(number(run(pair->push, "getsockopt_bigint", "k", "MAXMSGSIZE")), 1LL << 40);
    CHECK_INT(number(run(pair->push, "setsockopt", "kb", "ROUTING_ID", "five!", (size_t)5)), 0);
    CHECK_TEXT(text(run(pair->push, "getsockopt", "k", "ROUTING_ID")), "five!");
    CHECK_TEXT(text(run(pair->pull, "getsockopt_str", "k", "LAST_ENDPOINT")), "inproc://pair");
    fe_value *id = run(pair->push, "getsockopt_uint8ffarray", "k", "ROUTING_ID");
    CHECK(is(id, FE_BYTES) && id->as.bytes.length == 5);
}

static void check_event(struct pair *pair, fe_value *event, fe_value *user_data)
{
    CHECK(get(event, "socket") == pair->pull);
    CHECK(get(event, "user_data") == user_data);
    CHECK_INT(number(get(event, "events")), 1); /* ZMQ_POLLIN */
}

static void tour_poller(struct host *host, struct pair *pair)
{
    fe_value *poller = construct(host->zmq, "Poller", "");
    fe_value *user_data = keep(host, fe_object(host->engine, NULL));
    CHECK_INT(number(run(poller, "add", "vkv", pair->pull, "POLLIN", user_data)), 0);
    CHECK_INT(number(run(poller, "size", "")), 1);
    CHECK(is(run(poller, "poll", ""), FE_NULL));
    CHECK(is(run(poller, "wait_all", "ii", 4, 1), FE_NULL));

    run(pair->push, "send", "s", "wake up");
    check_event(pair, run(poller, "wait", "i", -1), user_data);
    check_event(pair, run(poller, "poll", ""), user_data);
    fe_value *all = run(poller, "wait_all", "ii", 4, -1);
    CHECK(is(all, FE_ARRAY) && all->as.array.length == 1);
    check_event(pair, item(all, 0), user_data);
    check_event(pair, item(run(poller, "poll_all", "i", 4), 0), user_data);
    run(pair->pull, "recv", "");

    CHECK_INT(number(run(poller, "modify", "vk", pair->pull, "POLLERR")), 0);
    CHECK_INT(number(run(poller, "remove", "v", pair->pull)), 0);
    CHECK_INT(number(run(poller, "size", "")), 0);
}

static void tour_end(struct pair *pair)
{
    CHECK_INT(number(run(pair->push, "disconnect", "s", "inproc://pair")), 0);
    CHECK_INT(number(run(pair->pull, "unbind", "s", "inproc://pair")), 0);
    CHECK_INT(number(run(pair->push, "close", "")), 0);
    CHECK_INT(number(run(pair->pull, "close", "")), 0);
    CHECK_INT(number(run(pair->pull, "close", "")), 0);
    CHECK_INT(number(run(pair->context, "shutdown", "")), 0);
    CHECK_INT(number(run(pair->context, "term", "")), 0);
    CHECK_INT(number(run(pair->context, "term", "")), 0);
}

void tour(struct host *host)
{
    struct pair pair;
    tour_functions(host);
    pair_open(host, &pair);
    tour_messages(&pair);
    tour_parts(host, &pair);
    tour_properties(&pair);
    tour_options(&pair);
    tour_poller(host, &pair);
    tour_end(&pair);
}
