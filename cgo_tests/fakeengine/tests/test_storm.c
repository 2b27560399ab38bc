/* test_storm.c - many threads in the library at once, in every way that zmqjs.h allows */
#include "direct.h"
#include "host.h"
#include "library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- each thread has a runtime, and another one meddles with all of them ------------------- */

enum { HOSTS = 3, LIVES = 8, LARGE = 80 * 1024 };

static zmqjs_runtime *open_runtimes[HOSTS];
static int enough;

static void count_event(void *payload, const zmqjs_trace_event *event)
{
    (void)event;
    ATOMIC_COUNT(*(int *)payload);
}

static int allow(void *payload, int operation, const char *endpoint)
{
    (void)operation, (void)endpoint;
    return ATOMIC_COUNT(*(int *)payload) > 0;
}

static void meddle(void *argument)
{
    static int events, questions;
    (void)argument;
    for (unsigned round = 0; !ATOMIC_LOAD(enough); round++) {
        for (int i = 0; i < HOSTS; i++) zmqjs_interrupt(ATOMIC_LOAD(open_runtimes[i]));
        zmqjs_pool_limit(round % 3 * LARGE);
        CHECK(zmqjs_pool_size() >= 0);
        zmqjs_leave_timeout((int)(round % 20));
        CHECK_STATUS(zmqjs_trace(round % 4 ? NULL : count_event, &events), ZMQJS_OK);
        CHECK_STATUS(zmqjs_policy(round % 2 ? NULL : allow, &questions), ZMQJS_OK);
        CHECK_STATUS(zmqjs_runtime_free(NULL), ZMQJS_INVALID_ARGUMENT);
        CHECK(*zmqjs_last_error());
        pause_ms(1);
    }
}

/* Repeats the call while interrupts end it. */
static fe_value *in_the_end(fe_value *object, const char *name)
{
    for (;;) {
        fe_value *result = attempt(object, name, "");
        if (result) return result;
        fe_value *error = caught(object->engine->host);
        CHECK_ERROR(error, "Error", "EINTR", NULL);
        drop(error);
    }
}

static fe_value *tcp_pair(struct host *host, fe_value **push)
{
    fe_value *pull = run(construct(host->zmq, "Context", ""), "socket", "k", "PULL");
    *push = run(construct(host->zmq, "Context", ""), "socket", "k", "PUSH");
    run(pull, "bind", "s", "tcp://127.0.0.1:*");
    run(*push, "connect", "s", text(run(pull, "getsockopt", "k", "LAST_ENDPOINT")));
    return pull;
}

/* Messages that cannot be delivered when the runtime leaves. */
static void send_to_nobody(struct host *host)
{
    fe_value *push = run(construct(host->zmq, "Context", ""), "socket", "k", "PUSH");
    run(push, "connect", "s", nobody());
    run(push, "send", "s", "lost");
}

/* Large messages, whose memory libzmq gives back on its own thread. */
static void exchange(struct host *host)
{
    static const unsigned char large[LARGE];
    fe_value *push, *pull = tcp_pair(host, &push), *poller = construct(host->zmq, "Poller", "");
    run(poller, "add", "vk", pull, "POLLIN");
    for (int i = 0; i < 6; i++) {
        run(push, "send", "b", large, sizeof large - (size_t)i);
        if (!attempt(poller, "wait", "i", 1)) drop(caught(host));
        fe_value *message = in_the_end(pull, "recv");
        CHECK_INT((long long)message->as.bytes.length, LARGE - i);
        drop(message);
    }
    CHECK_INT(number(get(push, "messages_sent")), 6);
    CHECK_INT(number(get(pull, "messages_received")), 6);
}

static void drop_values(void *argument) { host_drop_values(argument); }

static void live_again_and_again(void *argument)
{
    zmqjs_runtime **open = argument;
    for (int life = 0; life < LIVES; life++) {
        struct host host;
        struct pair pair;
        struct worker collector;
        host_open(&host);
        ATOMIC_STORE(*open, host.runtime);
        pair_open(&host, &pair);
        exchange(&host);
        if (life % 2) {
            run(pair.push, "close", "");
            run(pair.pull, "close", "");
            in_the_end(pair.context, "term");
        }
        if (life % 4 == 1) send_to_nobody(&host);
        if (life % 3 == 0) {
            worker_start(&collector, drop_values, &host);
            worker_join(&collector);
        }
        host_close(&host);
    }
}

static void of_hosts(void)
{
    struct worker hosts[HOSTS], meddler;
    worker_start(&meddler, meddle, NULL);
    for (int i = 0; i < HOSTS; i++) worker_start(&hosts[i], live_again_and_again, &open_runtimes[i]);
    for (int i = 0; i < HOSTS; i++) worker_join(&hosts[i]);
    ATOMIC_STORE(enough, 1);
    worker_join(&meddler);
}

/* ---- several threads in one runtime -------------------------------------------------------- */

/* One thread at a time is inside; the others are refused. */
enum { CALLS = 3000 };
static long sent, received, refused;

/* 1 if it was done, 0 if there was nothing to do or another thread was inside. */
static int call_once(const struct scene *s, zmqjs_instance *socket, const char *method, size_t count,
                     const zmqjs_data *arguments)
{
    struct outcome outcome =
        direct_call(s->runtime, socket, function_named("Socket", method), count, arguments);
    if (is_busy(&outcome)) ATOMIC_COUNT(refused);
    else if (outcome.status < 0) FAIL("%s throws: %s", method, outcome.message);
    return outcome.status >= 0 && outcome.result.type != ZMQJS_UNDEFINED;
}

static void send_and_receive(void *argument)
{
    const struct scene *s = argument;
    zmqjs_data arguments[2] = {data_number(7), data_constant("DONTWAIT")};
    for (int i = 0; i < CALLS; i++) {
        if (call_once(s, s->push, "send", 2, arguments)) ATOMIC_COUNT(sent);
        if (call_once(s, s->pull, "recv_int", 1, arguments + 1)) ATOMIC_COUNT(received);
    }
}

static void on_one_runtime(void)
{
    enum { THREADS = 3 };
    struct scene s;
    struct worker workers[THREADS];
    zmqjs_data flags = data_constant("DONTWAIT");
    scene_open(&s, "inproc://storm");
    for (int i = 0; i < THREADS; i++) worker_start(&workers[i], send_and_receive, &s);
    for (int i = 0; i < CALLS; i++) CHECK_STATUS(zmqjs_interrupt(s.runtime), ZMQJS_OK);
    for (int i = 0; i < THREADS; i++) worker_join(&workers[i]);
    while (call_once(&s, s.pull, "recv_int", 1, &flags)) received++;
    printf("sent %ld, refused %ld\n", sent, refused);
    CHECK(sent > 0);
    CHECK_INT(received, sent);
    scene_close(&s);
}

/* ---- instances that another thread collects ------------------------------------------------ */

enum { ROOM = 64 };
static struct {
    pthread_mutex_t lock;
    zmqjs_instance *instances[ROOM];
    size_t count;
} garbage = {.lock = PTHREAD_MUTEX_INITIALIZER};

static size_t take_garbage(zmqjs_instance **taken)
{
    pthread_mutex_lock(&garbage.lock);
    size_t count = garbage.count;
    memcpy(taken, garbage.instances, count * sizeof *taken);
    garbage.count = 0;
    pthread_mutex_unlock(&garbage.lock);
    return count;
}

static void collect(void *argument)
{
    zmqjs_instance *taken[ROOM];
    (void)argument;
    for (int last = 0; !last;) {
        last = ATOMIC_LOAD(enough);
        size_t count = take_garbage(taken);
        while (count > 0) library_zmqjs_finalize(taken[--count]);
    }
}

static void let_go(zmqjs_instance *instance)
{
    int there = 0;
    while (!there) {
        pthread_mutex_lock(&garbage.lock);
        there = garbage.count < ROOM;
        if (there) garbage.instances[garbage.count++] = instance;
        pthread_mutex_unlock(&garbage.lock);
    }
}

static void with_collector(void (*round)(struct scene *s), int rounds)
{
    struct worker collector;
    worker_start(&collector, collect, NULL);
    for (int i = 0; i < rounds; i++) {
        struct scene s;
        scene_open(&s, "inproc://storm");
        round(&s);
        let_go(s.context);
        CHECK_STATUS(zmqjs_runtime_free(s.runtime), ZMQJS_OK);
    }
    ATOMIC_STORE(enough, 1);
    worker_join(&collector);
}

/* Sockets are collected while others of their context are made and used. */
static void drop_sockets(struct scene *s)
{
    zmqjs_data arguments[2] = {data_number(7), data_constant("DONTWAIT")};
    let_go(s->pull);
    for (int i = 0; i < 10; i++) {
        zmqjs_instance *socket = scene_socket(s, i % 2 ? "PUSH" : "PULL");
        scene_must(s, s->push, "Socket", "send", 2, arguments);
        let_go(socket);
    }
    let_go(s->push);
}

static void of_collected_sockets(void) { with_collector(drop_sockets, 40); }

/* A context that ends in the background while it is used. */
static void ask_until_ended(struct scene *s)
{
    zmqjs_data type = data_constant("PUSH");
    const zmqjs_function *term = function_named("Context", "term");
    CHECK_STATUS(zmqjs_interrupt(s->runtime), ZMQJS_OK);
    CHECK_STATUS(direct_call(s->runtime, s->context, term, 0, NULL).status, ZMQJS_EXCEPTION);
    let_go(s->push);
    let_go(s->pull);
    for (int status = ZMQJS_OK; status != ZMQJS_EXCEPTION;) {
        zmqjs_data closed =
            direct_must(s->runtime, s->context, getter_named("Context", "closed"), 0, NULL);
        CHECK(closed.type == ZMQJS_BOOLEAN && closed.as.boolean);
        CHECK_STATUS(direct_call(s->runtime, s->context, function_named("Context", "socket"), 1, &type)
                         .status, ZMQJS_EXCEPTION);
        status = direct_call(s->runtime, s->context, function_named("Context", "shutdown"), 0, NULL)
                     .status;
    }
    direct_must(s->runtime, s->context, term, 0, NULL);
}

static void of_ending_contexts(void) { with_collector(ask_until_ended, 60); }

const test_case storm_cases[] = {
    {"storm-of-hosts", of_hosts, 0},
    {"storm-on-one-runtime", on_one_runtime, 0},
    {"storm-of-collected-sockets", of_collected_sockets, 0},
    {"storm-of-ending-contexts", of_ending_contexts, 0},
    {NULL, NULL, 0},
};
