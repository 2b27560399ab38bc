/* test_runtime.c - many runtimes: in sequence, at once, on many threads */
#define _GNU_SOURCE
#include "direct.h"
#include "host.h"
#include "library.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void one_life(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *poller = construct(host.zmq, "Poller", "");
    run(poller, "add", "vk", pair.pull, "POLLIN");
    run(pair.push, "send", "s", "text");
    CHECK(is(run(poller, "wait", "i", -1), FE_OBJECT));
    CHECK_TEXT(text(run(pair.pull, "recv_str", "")), "text");
    host_close(&host);
}

static void many_lives(void *argument)
{
    for (int i = *(int *)argument; i > 0; i--) one_life();
}

/* The libraries below it allocate lasting memory in their first uses. */
static int warm_up(void)
{
    for (int i = 0; i < 5; i++) one_life();
    return descriptor_count();
}

static void a_thousand(void)
{
    enum { THREADS = 4 };
    int lives = 1000 / THREADS, before = warm_up();
    struct worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) worker_start(&workers[i], many_lives, &lives);
    for (int i = 0; i < THREADS; i++) worker_join(&workers[i]);
    wait_for_descriptors(before);
}

/* A runtime opens one descriptor, starts no thread, and leaves nothing behind. */
static void costs_one_descriptor(void)
{
    enum { COUNT = 100 };
    zmqjs_runtime *runtimes[COUNT];
    struct contract contract;
    char(*names)[16];
    contract_init(&contract, NULL, &adapter_callbacks, NULL, 0);
    zmqjs_engine engine = contract_engine(&contract);
    warm_up();
    int before = settled_descriptor_count();
    size_t threads = thread_names(&names);
    free(names);

    for (int i = 0; i < COUNT; i++)
        CHECK_STATUS(zmqjs_runtime_new(&engine, NULL, &runtimes[i]), ZMQJS_OK);
    CHECK(descriptor_count() <= before + COUNT);
    CHECK(thread_names(&names) <= threads + 2); /* Go may have needed one for itself */
    free(names);
    for (int i = 0; i < COUNT; i++)
        CHECK_STATUS(zmqjs_runtime_free(runtimes[i]), ZMQJS_OK);
    CHECK_INT(settled_descriptor_count(), before);
}

static void memory_does_not_grow(void)
{
    for (int i = 0; i < 100; i++) one_life();
    size_t before = resident_kib();
    for (int i = 0; i < 600; i++) one_life();
    size_t after = resident_kib();
    printf("%zu KiB, then %zu KiB\n", before, after);
    CHECK(after < before + 20 * 1024);
}

/* The collector closes a socket that a script drops without closing it, in the same runtime. */
static void dropped_in_one_runtime(void)
{
    struct host host;
    warm_up();
    int before = descriptor_count();
    host_open(&host);
    for (int i = 0; i < 300; i++) {
        struct pair pair;
        pair_open(&host, &pair);
        fe_value *poller = construct(host.zmq, "Poller", "");
        run(poller, "add", "vkv", pair.pull, "POLLIN", poller);
        run(pair.push, "send", "s", "never received");
        host_drop_values(&host);
        if (i % 50 == 49) wait_for_descriptors(before + 20);
    }
    host_close(&host);
    wait_for_descriptors(before);
}

/* ---- threads that end in every order ------------------------------------------------------ */

enum { PARTIES = 3 };

static struct party {
    int ends_in_round;
} parties[PARTIES];

static pthread_barrier_t round_end;

/* Uses its runtime in every round until it ends; then it only counts the rounds. */
static void take_part(void *argument)
{
    const struct party *party = argument;
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    for (int round = 0; round < PARTIES; round++) {
        if (round <= party->ends_in_round) {
            run(pair.push, "send", "i", round);
            CHECK_INT(number(run(pair.pull, "recv_int", "")), round);
        }
        if (round == party->ends_in_round) host_close(&host);
        pthread_barrier_wait(&round_end);
        if (round == party->ends_in_round) break;
    }
}

/* In each round a thread that waits at the barrier takes the place of one that has
 * ended, so that the threads really end one after another. */
static void stand_in(void *argument)
{
    const struct party *party = argument;
    for (int round = party->ends_in_round + 1; round < PARTIES; round++)
        pthread_barrier_wait(&round_end);
}

static void ends_and_is_replaced(void *argument)
{
    struct worker worker;
    worker_start(&worker, take_part, argument);
    worker_join(&worker);
    stand_in(argument);
}

static void end_in_every_order(void)
{
    static const int orders[][PARTIES] = {{0, 1, 2}, {1, 0, 2}, {2, 1, 0},
                                          {1, 2, 0}, {2, 0, 1}, {0, 2, 1}};
    pthread_barrier_init(&round_end, NULL, PARTIES);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        struct worker workers[PARTIES];
        for (int k = 0; k < PARTIES; k++) {
            parties[k].ends_in_round = orders[i][k];
            worker_start(&workers[k], ends_and_is_replaced, &parties[k]);
        }
        for (int k = 0; k < PARTIES; k++) worker_join(&workers[k]);
    }
    pthread_barrier_destroy(&round_end);
}

/* A new runtime may have the memory of one that was freed: neither the old handle nor old instances reach it. */
static void a_freed_runtime_stays_freed(void)
{
    struct scene scene;
    struct outcome outcome;
    zmqjs_runtime *freed = direct_runtime(), *next;
    zmqjs_instance *poller = direct_must(freed, NULL, class_named("Poller")->constructor, 0, NULL).as.instance;
    zmqjs_instance *context = direct_must(freed, NULL, class_named("Context")->constructor, 0, NULL).as.instance;
    CHECK_STATUS(zmqjs_runtime_free(freed), ZMQJS_OK);
    next = direct_runtime();

    outcome = direct_call(freed, poller, function_named("Poller", "size"), 0, NULL);
    CHECK_INT(outcome.status, ZMQJS_EXCEPTION);
    CHECK_TEXT(outcome.code, "ETERM");
    outcome = direct_call(next, poller, function_named("Poller", "size"), 0, NULL);
    CHECK_INT(outcome.status, ZMQJS_EXCEPTION);
    CHECK(strstr(outcome.message, "this is not a Poller"));
    outcome = direct_call(next, context, function_named("Context", "term"), 0, NULL);
    CHECK(strstr(outcome.message, "this is not a Context"));
    zmqjs_data argument = data_instance(context);
    outcome = direct_call(next, NULL, class_named("Authenticator")->constructor, 1, &argument);
    CHECK_INT(outcome.status, ZMQJS_EXCEPTION);

    library_zmqjs_finalize(poller);
    library_zmqjs_finalize(context);
    CHECK_STATUS(zmqjs_runtime_free(next), ZMQJS_OK);
    scene_open(&scene, "inproc://after");
    scene_close(&scene);
}

struct visitor {
    zmqjs_runtime *freed;
    atomic_int done;
};

static void call_freed(void *argument)
{
    struct visitor *visitor = argument;
    while (!atomic_load(&visitor->done)) {
        struct outcome outcome =
            direct_call(visitor->freed, NULL, class_named("Poller")->constructor, 0, NULL);
        CHECK_INT(outcome.status, ZMQJS_EXCEPTION);
    }
}

/* Calls with a handle that has ended do not get into the way of the runtime that has its place. */
static void a_freed_handle_disturbs_nobody(void)
{
    struct visitor visitor = {direct_runtime(), 0};
    struct worker worker;
    CHECK_STATUS(zmqjs_runtime_free(visitor.freed), ZMQJS_OK);
    zmqjs_runtime *next = direct_runtime();
    worker_start(&worker, call_freed, &visitor);
    zmqjs_instance *poller = direct_must(next, NULL, class_named("Poller")->constructor, 0, NULL).as.instance;
    for (int i = 0; i < 50000; i++)
        direct_must(next, poller, function_named("Poller", "size"), 0, NULL);
    library_zmqjs_finalize(poller);
    atomic_store(&visitor.done, 1);
    worker_join(&worker);
    CHECK_STATUS(zmqjs_runtime_free(next), ZMQJS_OK);
}

const test_case runtime_cases[] = {
    {"runtime-a-thousand", a_thousand, 0},
    {"runtime-costs-one-descriptor", costs_one_descriptor, 0},
    {"runtime-memory-does-not-grow", memory_does_not_grow, 0},
    {"runtime-dropped-in-one-runtime", dropped_in_one_runtime, 0},
    {"runtime-end-in-every-order", end_in_every_order, 0},
    {"runtime-a-freed-one-stays-freed", a_freed_runtime_stays_freed, 0},
    {"runtime-a-freed-handle-disturbs-nobody", a_freed_handle_disturbs_nobody, 0},
    {NULL, NULL, 0},
};
