/*
 * The cases of the benchmark in libzmq alone: the limit for any module on top of it. raw
 * MILLISECONDS|CASE|ARGUMENTS... prints nanoseconds per repetition; see cases.js.
 */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

static void *context, *sender, *receiver;
static char *field[8];
static char *source, *target;
static size_t size;

static void check(int holds)
{
    if (!holds) {
        perror(field[1]);
        exit(1);
    }
}

enum { MOST_SOCKETS = 20000 };

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static long number(int index)
{
    return field[index] != NULL ? atol(field[index]) : 0;
}

static int is(const char *name)
{
    return strcmp(field[1], name) == 0;
}

/* Repeats until it takes long enough. */
static void measure(void (*repeat)(long))
{
    int64_t least = number(0) * 1000000;
    for (long count = 1;;) {
        int64_t start = now();
        repeat(count);
        int64_t took = now() - start;
        if (took >= least) {
            printf("%.3f\n", (double)took / (double)count);
            return;
        }
        count = took * 5 < least ? count * 4 : (long)((double)count * 1.2 * (double)least / (double)took) + 1;
    }
}

static void *new_socket(int type)
{
    void *made = zmq_socket(context, type);
    check(made != NULL);
    return made;
}

static void *connected(int type, const char *endpoint, int (*attach)(void *, const char *))
{
    void *made = new_socket(type);
    check(attach(made, endpoint) == 0);
    return made;
}

static void connect_pair(int first, int second, const char *endpoint)
{
    char bound[256];
    size_t length = sizeof bound;
    receiver = new_socket(second);
    sender = new_socket(first);
    check(zmq_bind(receiver, endpoint) == 0);
    check(zmq_getsockopt(receiver, ZMQ_LAST_ENDPOINT, bound, &length) == 0);
    check(zmq_connect(sender, bound) == 0);
}

static void transfer(long count)
{
    while (count-- > 0) {
        zmq_send(sender, source, size, 0);
        zmq_recv(receiver, target, size, 0);
    }
}

static void receive_nothing(long count)
{
    while (count-- > 0) zmq_recv(receiver, target, size, ZMQ_DONTWAIT);
}

static void get_option(long count)
{
    while (count-- > 0) {
        int value;
        size_t length = sizeof value;
        zmq_getsockopt(receiver, ZMQ_LINGER, &value, &length);
    }
}

static zmq_pollitem_t *items;
static int item_count;

static void poll_nothing(long count)
{
    while (count-- > 0) zmq_poll(items, item_count, 0);
}

static void poll_ready(long count)
{
    while (count-- > 0) {
        zmq_send(sender, source, size, 0);
        zmq_poll(items, item_count, -1);
        zmq_recv(receiver, target, size, 0);
    }
}

static void poll_many(int others)
{
    items = calloc((size_t)others + 1, sizeof *items);
    for (item_count = 0; item_count < others; item_count++) {
        char endpoint[32];
        items[item_count].socket = new_socket(ZMQ_PULL);
        items[item_count].events = ZMQ_POLLIN;
        snprintf(endpoint, sizeof endpoint, "inproc://other-%d", item_count);
        check(zmq_bind(items[item_count].socket, endpoint) == 0);
    }
    items[item_count].socket = receiver;
    items[item_count++].events = ZMQ_POLLIN;
}

enum { BATCH = 500 };

static void transfer_batches(long count)
{
    for (; count > 0; count -= BATCH) {
        for (int i = 0; i < BATCH; i++) zmq_send(sender, source, size, 0);
        for (int i = 0; i < BATCH; i++) zmq_recv(receiver, target, size, 0);
    }
}

static void source_of(long count)
{
    while (count-- > 0) zmq_send(sender, source, size, 0);
}

static void sink(long count)
{
    zmq_recv(receiver, target, size, 0);
    int64_t start = now();
    for (long i = 1; i < count; i++) zmq_recv(receiver, target, size, 0);
    printf("%.3f\n", (double)(now() - start) / (double)(count - 1));
}

static void echo(void)
{
    int length;
    while ((length = zmq_recv(sender, target, size, 0)) > 0) zmq_send(sender, target, (size_t)length, 0);
}

static int compare(const void *left, const void *right)
{
    int64_t l = *(const int64_t *)left, r = *(const int64_t *)right;
    return (l > r) - (l < r);
}

/* Sends to an echo; prints percentiles of the round trips. */
static void ping(long count)
{
    int64_t *times = calloc((size_t)count, sizeof *times);
    for (long i = -count / 10; i < count; i++) {
        int64_t start = now();
        zmq_send(receiver, source, size, 0);
        zmq_recv(receiver, target, size, 0);
        if (i >= 0) times[i] = now() - start;
    }
    zmq_send(receiver, "", 0, 0);
    qsort(times, (size_t)count, sizeof *times, compare);
    printf("%lld %lld %lld\n", (long long)times[count / 2], (long long)times[count * 99 / 100],
           (long long)times[count * 999 / 1000]);
    free(times);
}

/* Tells that all is made, and waits to be killed. */
static void stay(void *main_context)
{
    context = main_context;
    check(zmq_send(connected(ZMQ_PUSH, field[4], zmq_connect), "ready", 5, 0) == 5);
    for (;;) pause();
}

static void make_many(int contexts, int sockets)
{
    void *main_context = context;
    while (contexts-- > 0) {
        context = zmq_ctx_new();
        check(context != NULL);
        new_socket(ZMQ_PULL);
    }
    zmq_ctx_set(context, ZMQ_MAX_SOCKETS, MOST_SOCKETS);
    while (sockets-- > 0) new_socket(ZMQ_PULL);
    stay(main_context);
}

static void **peers;
static long peer_count;

/* One peer after the other asks the ROUTER. */
static void ask_router(long count)
{
    char id[256];
    while (count-- > 0) {
        void *peer = peers[count % peer_count];
        zmq_send(peer, source, size, 0);
        int length = zmq_recv(receiver, id, sizeof id, 0);
        zmq_recv(receiver, target, size, 0);
        zmq_send(receiver, id, (size_t)length, ZMQ_SNDMORE);
        zmq_send(receiver, source, size, 0);
        zmq_recv(peer, target, size, 0);
    }
}

static void run_peers(void)
{
    peer_count = number(2);
    peers = calloc((size_t)peer_count, sizeof *peers);
    receiver = connected(ZMQ_ROUTER, "inproc://router", zmq_bind);
    for (long i = 0; i < peer_count; i++) peers[i] = connected(ZMQ_DEALER, "inproc://router", zmq_connect);
    ask_router(peer_count); /* which has the ROUTER know them */
    measure(ask_router);
    for (long i = 0; i < peer_count; i++) zmq_close(peers[i]);
}

/* Makes a socket process its pending commands. */
static void take_note(void *socket)
{
    int events;
    size_t length = sizeof events;
    zmq_getsockopt(socket, ZMQ_EVENTS, &events, &length);
}

static char (*topics)[24]; /* numbers of five digits */

static void publish(long count)
{
    while (count-- > 0) {
        zmq_send(sender, topics[count % peer_count], 5, 0);
        zmq_recv(receiver, target, size, 0);
    }
}

static void run_subscriptions(void)
{
    int none = 0;
    peer_count = number(2);
    topics = calloc((size_t)peer_count, sizeof *topics);
    sender = new_socket(ZMQ_PUB);
    receiver = new_socket(ZMQ_SUB);
    for (int i = 0; i < 4; i++) /* neither a message nor a subscription is dropped */
        zmq_setsockopt(i % 2 ? sender : receiver, i / 2 ? ZMQ_RCVHWM : ZMQ_SNDHWM, &none, sizeof none);
    check(zmq_bind(sender, "inproc://topics") == 0);
    for (long i = 0; i < peer_count; i++) {
        snprintf(topics[i], sizeof *topics, "%05ld", i);
        zmq_setsockopt(receiver, ZMQ_SUBSCRIBE, topics[i], 5);
    }
    check(zmq_connect(receiver, "inproc://topics") == 0);
    take_note(sender); /* of the subscriptions */
    measure(publish);
}

static void *send_all(void *unused)
{
    (void)unused;
    source_of(number(3));
    return NULL;
}

/* One thread sends to another one. */
static void run_threads(void)
{
    pthread_t thread;
    connect_pair(ZMQ_PUSH, ZMQ_PULL, "inproc://threads");
    check(pthread_create(&thread, NULL, send_all, NULL) == 0);
    sink(number(3));
    check(pthread_join(thread, NULL) == 0);
}

static void run_through(void)
{
    connect_pair(ZMQ_PUSH, ZMQ_PULL, "inproc://through");
    int64_t start = now();
    transfer_batches(number(3));
    printf("%.3f\n", (double)(now() - start) / (double)number(3));
}

static void run_growth(void)
{
    size = is("threads") ? (size_t)number(2) : 10;
    source = calloc(1, size + 1);
    target = calloc(1, size + 1);
    if (is("peers")) run_peers();
    else if (is("subscriptions")) run_subscriptions();
    else if (is("threads")) run_threads();
    else run_through();
}

static void run_pair(void)
{
    connect_pair(ZMQ_PAIR, ZMQ_PAIR, "inproc://pair");
    size = is("string") || is("bytes") || is("into") ? (size_t)number(2) : is("bigint") ? 8 : 4;
    source = calloc(1, size + 1);
    target = calloc(1, size + 1);
    if (is("dontwait")) measure(receive_nothing);
    else if (is("getsockopt_int")) measure(get_option);
    else if (is("poll-nothing")) poll_many(0), measure(poll_nothing);
    else if (is("poll")) poll_many((int)number(2) - 1), measure(poll_ready);
    else measure(transfer);
}

static void run_pipeline(void)
{
    size = (size_t)number(2);
    source = calloc(1, size + 1);
    target = calloc(1, size + 1);
    if (is("tcp")) {
        connect_pair(ZMQ_PUSH, ZMQ_PULL, "tcp://127.0.0.1:*");
        measure(transfer_batches);
    } else if (is("source")) {
        sender = connected(ZMQ_PUSH, field[4], zmq_connect);
        source_of(number(3));
    } else if (is("sink")) {
        receiver = connected(ZMQ_PULL, field[4], zmq_bind);
        sink(number(3));
    } else if (is("ping")) {
        receiver = connected(ZMQ_PAIR, field[4], zmq_bind);
        ping(number(3));
    } else {
        sender = connected(ZMQ_PAIR, field[4], zmq_connect);
        echo();
    }
}

int main(int argc, char **argv)
{
    int count = 0;
    if (argc != 2) return 2;
    for (char *next = strtok(argv[1], "|"); next != NULL && count < 7; next = strtok(NULL, "|"))
        field[count++] = next;
    if (count < 2) return 2;
    context = zmq_ctx_new();
    check(context != NULL);
    if (is("start")) return zmq_ctx_term(context);
    if (is("contexts")) make_many((int)number(2) + 1, 0);
    if (is("sockets")) make_many(0, (int)number(2) + 1);
    if (is("poll") || is("peers")) zmq_ctx_set(context, ZMQ_MAX_SOCKETS, MOST_SOCKETS);
    if (is("peers") || is("subscriptions") || is("threads") || is("through")) run_growth();
    else if (is("tcp") || is("source") || is("sink") || is("ping") || is("echo")) run_pipeline();
    else run_pair();
    if (sender != NULL) zmq_close(sender);
    if (receiver != NULL) zmq_close(receiver);
    for (int i = 0; i < item_count; i++)
        if (items[i].socket != receiver) zmq_close(items[i].socket);
    return zmq_ctx_term(context);
}
