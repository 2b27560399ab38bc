/* test_trace.c - zmqjs_trace() */
#include "host.h"

#include <stdio.h>
#include <string.h>

/* Events, with copies of what is only borrowed. */
struct seen {
    zmqjs_trace_event event;
    char endpoint[128];
    char data[64];
};

static struct log {
    pthread_mutex_t lock;
    size_t count;
    struct seen events[1000];
} events = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void record(void *payload, const zmqjs_trace_event *event)
{
    struct log *log = payload;
    sigset_t signals;
    pthread_sigmask(SIG_SETMASK, NULL, &signals);
    CHECK(sigismember(&signals, SIGUSR1) == 0);
    pthread_mutex_lock(&log->lock);
    if (log->count < 1000) {
        struct seen *seen = &log->events[log->count++];
        seen->event = *event;
        CHECK(event->endpoint);
        strncat(seen->endpoint, event->endpoint, sizeof seen->endpoint - 1);
        CHECK(event->data_length <= 64 && event->data_length <= event->size);
        if (event->data_length) memcpy(seen->data, event->data, event->data_length);
    }
    pthread_mutex_unlock(&log->lock);
}

static void forget_events(void)
{
    memset(events.events, 0, sizeof events.events);
    events.count = 0;
}

static const struct seen *next_event(size_t *position, enum zmqjs_trace_kind kind)
{
    if (*position >= events.count) FAIL("there is no event number %zu", *position);
    const struct seen *seen = &events.events[(*position)++];
    CHECK_INT(seen->event.kind, kind);
    if (kind != ZMQJS_TRACE_SEND && kind != ZMQJS_TRACE_RECEIVE) {
        CHECK(seen->event.data == NULL);
        CHECK_INT((long long)seen->event.size, 0);
    }
    return seen;
}

static void a_life(void)
{
    struct host host;
    struct pair pair;
    char content[100];
    for (size_t i = 0; i < sizeof content; i++) content[i] = (char)i;
    CHECK_STATUS(zmqjs_trace(record, &events), ZMQJS_OK);
    host_open(&host);
    pair_open(&host, &pair);
    run(pair.push, "send", "bk", content, sizeof content, "SNDMORE");
    run(pair.push, "send", "s", "text");
    run(pair.pull, "recv", "");
    run(pair.pull, "recv_str", "");
    run(pair.push, "send", "n");
    run(pair.pull, "recv", "");
    run(pair.push, "disconnect", "s", "inproc://pair");
    run(pair.pull, "unbind", "s", "inproc://pair");
    run(pair.push, "close", "");
    run(pair.pull, "close", "");
    run(pair.pull, "close", "");
    CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_OK);

    size_t at = 0;
    const struct seen *push = next_event(&at, ZMQJS_TRACE_SOCKET);
    const struct seen *pull = next_event(&at, ZMQJS_TRACE_SOCKET);
    CHECK_INT(push->event.socket_type, number(get(host.zmq, "PUSH")));
    CHECK_INT(pull->event.socket_type, number(get(host.zmq, "PULL")));
    CHECK(push->event.socket != pull->event.socket);
    CHECK_TEXT(push->endpoint, "");

    const struct seen *event = next_event(&at, ZMQJS_TRACE_BIND);
    CHECK(event->event.socket == pull->event.socket);
    CHECK_TEXT(event->endpoint, "inproc://pair");
    event = next_event(&at, ZMQJS_TRACE_CONNECT);
    CHECK(event->event.socket == push->event.socket);
    CHECK_TEXT(event->endpoint, "inproc://pair");

    static const enum zmqjs_trace_kind kinds[] = {ZMQJS_TRACE_SEND, ZMQJS_TRACE_SEND,
                                                  ZMQJS_TRACE_RECEIVE, ZMQJS_TRACE_RECEIVE};
    for (size_t i = 0; i < 4; i++) {
        event = next_event(&at, kinds[i]);
        const struct seen *socket = i < 2 ? push : pull;
        CHECK(event->event.socket == socket->event.socket);
        CHECK_INT(event->event.socket_type, socket->event.socket_type);
        CHECK_TEXT(event->endpoint, "inproc://pair");
        if (i % 2 == 0) {
            CHECK_INT((long long)event->event.size, 100);
            CHECK_INT((long long)event->event.data_length, 64);
            CHECK(memcmp(event->data, content, 64) == 0);
            CHECK_INT(event->event.flags, number(get(host.zmq, i ? "MORE" : "SNDMORE")));
        } else {
            CHECK_INT((long long)event->event.size, 4);
            CHECK_INT((long long)event->event.data_length, 4);
            CHECK(memcmp(event->data, "text", 4) == 0);
            CHECK_INT(event->event.flags, 0);
        }
    }
    event = next_event(&at, ZMQJS_TRACE_SEND);
    CHECK_INT((long long)event->event.size, 0);
    event = next_event(&at, ZMQJS_TRACE_RECEIVE);
    CHECK_INT((long long)event->event.size, 0);

    CHECK_TEXT(next_event(&at, ZMQJS_TRACE_DISCONNECT)->endpoint, "inproc://pair");
    CHECK_TEXT(next_event(&at, ZMQJS_TRACE_UNBIND)->endpoint, "inproc://pair");
    CHECK(next_event(&at, ZMQJS_TRACE_CLOSE)->event.socket == push->event.socket);
    CHECK(next_event(&at, ZMQJS_TRACE_CLOSE)->event.socket == pull->event.socket);
    CHECK_INT((long long)events.count, (long long)at);
    host_close(&host);
}

/* Calls that fail, except bind and connect, have no events; and there are none after the end. */
static void not_told(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    CHECK_STATUS(zmqjs_trace(record, &events), ZMQJS_OK);
    fails(pair.push, "unbind", "s", "inproc://nowhere");
    fails(pair.push, "recv", "");
    fails(pair.push, "send", "");
    run(pair.pull, "recv", "k", "DONTWAIT");
    run(pair.pull, "setsockopt", "ki", "RCVTIMEO", 1);
    run(pair.pull, "recv", "");
    run(pair.pull, "getsockopt", "k", "TYPE");
    CHECK_INT((long long)events.count, 0);
    CHECK_STATUS(zmqjs_trace(NULL, &events), ZMQJS_OK);
    run(pair.push, "send", "s", "text");
    run(pair.pull, "recv", "");
    CHECK_INT((long long)events.count, 0);
    host_close(&host);
}

static void check_failed(size_t *position, const char *endpoint, const char *reason)
{
    if (*position >= events.count) FAIL("there is no event number %zu", *position);
    const struct seen *seen = &events.events[(*position)++];
    CHECK_INT(seen->event.kind, ZMQJS_TRACE_FAILED);
    CHECK_TEXT(seen->endpoint, endpoint);
    CHECK_INT((long long)seen->event.size, (long long)strlen(reason));
    CHECK_INT((long long)seen->event.data_length, (long long)strlen(reason));
    CHECK(memcmp(seen->data, reason, strlen(reason)) == 0);
}

/* A bind or connect that fails has one event with the reason. */
static void failures(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    CHECK_STATUS(zmqjs_trace(record, &events), ZMQJS_OK);
    fails(pair.push, "bind", "s", "inproc://pair");
    fails(pair.push, "connect", "s", "nonsense");
    CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_OK);
    size_t at = 0;
    check_failed(&at, "inproc://pair", "bind: Address already in use");
    check_failed(&at, "nonsense", "connect: Invalid argument");
    CHECK_INT((long long)events.count, (long long)at);
    host_close(&host);
}

static void check_topic(size_t *position, enum zmqjs_trace_kind kind, const char *topic, size_t size)
{
    if (*position >= events.count) FAIL("there is no event number %zu", *position);
    const struct seen *seen = &events.events[(*position)++];
    CHECK_INT(seen->event.kind, kind);
    CHECK_TEXT(seen->endpoint, "inproc://topics");
    CHECK_INT((long long)seen->event.size, (long long)size);
    CHECK_INT((long long)seen->event.data_length, size < 64 ? (long long)size : 64);
    CHECK(seen->event.data != NULL && memcmp(seen->data, topic, seen->event.data_length) == 0);
}

/* Subscriptions have events, if they succeed. */
static void subscriptions(void)
{
    struct host host;
    char topic[100];
    memset(topic, 'x', sizeof topic);
    host_open(&host);
    fe_value *sub = run(construct(host.zmq, "Context", ""), "socket", "k", "SUB");
    run(sub, "bind", "s", "inproc://topics");
    CHECK_STATUS(zmqjs_trace(record, &events), ZMQJS_OK);
    run(sub, "setsockopt", "ks", "SUBSCRIBE", "topic");
    run(sub, "setsockopt", "ks", "SUBSCRIBE", "");
    run(sub, "setsockopt", "kb", "SUBSCRIBE", topic, sizeof topic);
    run(sub, "setsockopt", "ks", "UNSUBSCRIBE", "topic");
    fails(sub, "setsockopt", "ks", "RCVTIMEO", "topic");
    CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_OK);
    size_t at = 0;
    check_topic(&at, ZMQJS_TRACE_SUBSCRIBE, "topic", 5);
    check_topic(&at, ZMQJS_TRACE_SUBSCRIBE, "", 0);
    check_topic(&at, ZMQJS_TRACE_SUBSCRIBE, topic, sizeof topic);
    check_topic(&at, ZMQJS_TRACE_UNSUBSCRIBE, "topic", 5);
    CHECK_INT((long long)events.count, (long long)at);
    host_close(&host);
}

static int other_calls;

static void count_only(void *payload, const zmqjs_trace_event *event)
{
    CHECK(payload == NULL && event);
    other_calls++;
}

/* There is one function at a time: a new one takes the place of the old. */
static void one_at_a_time(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    CHECK_STATUS(zmqjs_trace(record, &events), ZMQJS_OK);
    run(pair.push, "send", "s", "text");
    CHECK_STATUS(zmqjs_trace(count_only, NULL), ZMQJS_OK);
    run(pair.pull, "recv", "");
    run(pair.push, "send", "s", "text");
    CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_OK);
    run(pair.pull, "recv", "");
    CHECK_INT((long long)events.count, 1);
    CHECK_INT(other_calls, 2);
    host_close(&host);
}

/* A wait that succeeds in the end is told of once, when it has. */
static void waits_are_told_once(void)
{
    struct host host, far;
    host_open(&host);
    host_open(&far);
    fe_value *pull = run(construct(host.zmq, "Context", ""), "socket", "k", "PULL");
    fe_value *push = run(construct(far.zmq, "Context", ""), "socket", "k", "PUSH");
    run(pull, "bind", "s", "tcp://127.0.0.1:*");
    CHECK_STATUS(zmqjs_trace(record, &events), ZMQJS_OK);
    run(push, "connect", "s", text(run(pull, "getsockopt", "k", "LAST_ENDPOINT")));
    for (int i = 0; i < 20; i++) {
        run(push, "send", "i", i);
        run(pull, "recv_int", "");
    }
    CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_OK);
    CHECK_INT((long long)events.count, 1 + 2 * 20);
    host_close(&far);
    host_close(&host);
}

static void use_traced(void *argument)
{
    (void)argument;
    for (int i = 0; i < 10; i++) {
        struct host host;
        struct pair pair;
        host_open(&host);
        pair_open(&host, &pair);
        run(pair.push, "send", "i", i);
        run(pair.pull, "recv_int", "");
        host_close(&host);
    }
}

/* From several threads; and a socket's number is its own for ever. */
static void numbers_are_unique(void)
{
    enum { THREADS = 3 };
    struct worker workers[THREADS];
    CHECK_STATUS(zmqjs_trace(record, &events), ZMQJS_OK);
    for (int i = 0; i < THREADS; i++) worker_start(&workers[i], use_traced, NULL);
    for (int i = 0; i < THREADS; i++) worker_join(&workers[i]);
    CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_OK);
    size_t sockets = 0;
    for (size_t i = 0; i < events.count; i++) {
        if (events.events[i].event.kind != ZMQJS_TRACE_SOCKET) continue;
        sockets++;
        for (size_t k = 0; k < i; k++)
            if (events.events[k].event.kind == ZMQJS_TRACE_SOCKET)
                CHECK(events.events[k].event.socket != events.events[i].event.socket);
    }
    CHECK_INT((long long)sockets, THREADS * 10 * 2);
}

/* While it is exchanged all the time, nothing breaks. */
static void exchange_all_the_time(void *argument)
{
    int *enough = argument;
    while (!ATOMIC_LOAD(*enough)) {
        zmqjs_trace(record, &events);
        zmqjs_trace(NULL, NULL);
    }
}

static void exchanged_while_used(void)
{
    int enough = 0;
    struct worker worker;
    worker_start(&worker, exchange_all_the_time, &enough);
    for (int i = 0; i < 20; i++, forget_events()) use_traced(NULL);
    ATOMIC_STORE(enough, 1);
    worker_join(&worker);
}

/* The endpoint of a wildcard bind, and of the events after it. */
static void wildcard(void)
{
    struct host host;
    host_open(&host);
    CHECK_STATUS(zmqjs_trace(record, &events), ZMQJS_OK);
    fe_value *pull = run(construct(host.zmq, "Context", ""), "socket", "k", "PULL");
    run(pull, "bind", "s", "tcp://127.0.0.1:*");
    run(pull, "close", "");
    CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_OK);
    size_t at = 0;
    next_event(&at, ZMQJS_TRACE_SOCKET);
    CHECK_CONTAINS(next_event(&at, ZMQJS_TRACE_BIND)->endpoint, "tcp://127.0.0.1:");
    CHECK_CONTAINS(next_event(&at, ZMQJS_TRACE_CLOSE)->endpoint, "tcp://127.0.0.1:");
    host_close(&host);
}

const test_case trace_cases[] = {
    {"trace-a-life", a_life, 0},
    {"trace-not-told", not_told, 0},
    {"trace-failures", failures, 0},
    {"trace-subscriptions", subscriptions, 0},
    {"trace-one-at-a-time", one_at_a_time, 0},
    {"trace-waits-are-told-once", waits_are_told_once, 0},
    {"trace-numbers-are-unique", numbers_are_unique, 0},
    {"trace-exchanged-while-used", exchanged_while_used, 0},
    {"trace-wildcard", wildcard, 0},
    {NULL, NULL, 0},
};
