/* test_thread.c - the threads that may be inside a runtime; invalid runtimes */
#include "direct.h"
#include "host.h"
#include "library.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* ---- runtimes that are none ---------------------------------------------------------------- */

/* The error of a call with an invalid runtime. */
static int is_none(const struct outcome *outcome)
{
    return outcome->status == ZMQJS_EXCEPTION && strcmp(outcome->code, "ETERM") == 0;
}

static void check_is_none(zmqjs_runtime *runtime)
{
    struct outcome outcome = direct_call(runtime, NULL, function_named(NULL, "version"), 0, NULL);
    CHECK(is_none(&outcome));
    outcome = direct_call(runtime, NULL, function_named("Socket", "recv"), 0, NULL);
    CHECK(is_none(&outcome));
    CHECK_STATUS(zmqjs_runtime_free(runtime), ZMQJS_INVALID_ARGUMENT);
    CHECK(*zmqjs_last_error());
    CHECK_STATUS(zmqjs_interrupt(runtime), ZMQJS_INVALID_ARGUMENT);
}

static void none(void)
{
    struct host host;
    char elsewhere[4096];
    memset(elsewhere, 0x5a, sizeof elsewhere);
    host_open(&host);
    check_is_none(NULL);
    check_is_none((zmqjs_runtime *)elsewhere);
    check_is_none((zmqjs_runtime *)1);
    check_is_none((zmqjs_runtime *)(uintptr_t)-1);
    check_is_none((zmqjs_runtime *)library_zmqjs_functions(NULL));
    check_is_none((zmqjs_runtime *)((char *)host.runtime + 8));
    run(host.zmq, "version", "");
    host_close(&host);
}

static void freed(void)
{
    struct host host, other;
    host_open(&host);
    host_open(&other);
    zmqjs_runtime *runtime = host.runtime;
    host_end_runtime(&host);
    check_is_none(runtime);
    check_is_none(runtime);
    run(other.zmq, "version", "");
    host_close(&other);
    host_close(&host);
}

/* A freed runtime is recognized for ever, after any number of further ones. */
static void freed_pointers_do_not_come_back(void)
{
    enum { COUNT = 200 };
    static zmqjs_runtime *old[COUNT], *new[COUNT];
    struct host host;
    host_open(&host);
    zmqjs_engine engine = contract_engine(&host.contract);
    for (int i = 0; i < COUNT; i++)
        CHECK_STATUS(zmqjs_runtime_new(&engine, &host.contract, &old[i]), ZMQJS_OK);
    for (int i = 0; i < COUNT; i++) CHECK_STATUS(zmqjs_runtime_free(old[i]), ZMQJS_OK);
    for (int i = 0; i < COUNT; i++)
        CHECK_STATUS(zmqjs_runtime_new(&engine, &host.contract, &new[i]), ZMQJS_OK);
    for (int i = 0; i < COUNT; i++) CHECK_STATUS(zmqjs_interrupt(old[i]), ZMQJS_INVALID_ARGUMENT);
    for (int i = 0; i < COUNT; i++) CHECK_STATUS(zmqjs_runtime_free(new[i]), ZMQJS_OK);
    host_close(&host);
}

/* Instances outlive their runtime, but are of no use. */
static void instances_after_runtime(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *poller = construct(host.zmq, "Poller", "");
    run(poller, "add", "vkv", pair.pull, "POLLIN", poller); /* a cycle */
    host_end_runtime(&host);

    fails(host.zmq, "version", "");
    fails(pair.push, "send", "s", "text");
    fails(pair.push, "close", "");
    fails(pair.context, "term", "");
    fails(poller, "wait", "i", -1);
    zmqjs_finalize(NULL);
    host_close(&host);
}

/* An instance of one runtime in a call of another one. Engines prevent that; hosts with several
 * contexts in one engine may cause it. */
static void two_runtimes_in_one_engine(void)
{
    struct host host;
    struct pair pair;
    zmqjs_runtime *second, *first;
    host_open(&host);
    pair_open(&host, &pair);
    first = host.runtime;
    zmqjs_engine engine = contract_engine(&host.contract);
    CHECK_STATUS(zmqjs_runtime_new(&engine, &host.contract, &second), ZMQJS_OK);

    host.adapter.runtime = second;
    fe_value *context = construct(host.zmq, "Context", "");
    fe_value *error = fails(host.zmq, "has", "i", 1);
    CHECK_ERROR(error, "TypeError", NULL, NULL);
    host.adapter.runtime = first;
    run(pair.push, "send", "s", "first");
    CHECK_STATUS(zmqjs_runtime_free(second), ZMQJS_OK);
    CHECK_TEXT(text(run(pair.pull, "recv_str", "")), "first");
    /* Its runtime is freed, whichever runtime the call names: neither a crash nor success. */
    fails(context, "socket", "k", "PUSH");
    host_close(&host);
}

/* ---- two threads ------------------------------------------------------------------------- */

static void receive(void *argument)
{
    struct pair *pair = argument;
    CHECK_TEXT(text(run(pair->pull, "recv_str", "")), "free");
}

static void busy(void)
{
    struct host host;
    struct pair pair;
    struct worker worker;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *outside = construct(host.zmq, "Context", "");
    fe_value *rep = run(outside, "socket", "k", "PULL");
    run(rep, "bind", "s", "tcp://127.0.0.1:*");
    struct host other;
    host_open(&other);
    fe_value *sender = run(construct(other.zmq, "Context", ""), "socket", "k", "PUSH");
    run(sender, "connect", "s", text(run(rep, "getsockopt", "k", "LAST_ENDPOINT")));

    struct pair receiver = {outside, NULL, rep};
    worker_start(&worker, receive, &receiver);
    worker_wait_asleep(&worker);
    static const char *const methods[] = {"close", "recv", "send"};
    for (size_t i = 0; i < 3; i++) {
        struct outcome outcome = direct_call(host.runtime, NULL, function_named("Socket", methods[i]),
                                             0, NULL);
        CHECK(is_busy(&outcome));
    }
    struct outcome outcome = direct_call(host.runtime, NULL, function_named(NULL, "version"), 0, NULL);
    CHECK(is_busy(&outcome));
    CHECK_STATUS(zmqjs_runtime_free(host.runtime), ZMQJS_BUSY);
    CHECK(*zmqjs_last_error());
    CHECK(!worker_is_done(&worker));

    run(sender, "send", "s", "free");
    worker_join(&worker);
    run(host.zmq, "version", "");
    host_close(&other);
    host_close(&host);
}

static void whole_life(void *argument)
{
    struct host *host = argument;
    struct pair pair;
    pair_open(host, &pair);
    run(pair.push, "send", "s", "text");
    CHECK_TEXT(text(run(pair.pull, "recv_str", "")), "text");
}

/* Made here, used on one thread after another, freed on yet another. */
static void one_after_another(void)
{
    struct host host;
    struct worker worker;
    host_open(&host);
    for (int i = 0; i < 4; i++) {
        worker_start(&worker, whole_life, &host);
        worker_join(&worker);
        host_drop_values(&host);
        run(host.zmq, "version", "");
    }
    worker_start(&worker, (void (*)(void *))host_close, &host);
    worker_join(&worker);
}

/* An instance may be finalized on any thread, as collectors do it. */
static void finalize_elsewhere(void)
{
    struct host host;
    struct worker worker;
    host_open(&host);
    for (int i = 0; i < 20; i++) {
        whole_life(&host);
        worker_start(&worker, (void (*)(void *))host_drop_values, &host);
        worker_join(&worker);
    }
    host_close(&host);
}

/* ---- calls and frees at the same time ---------------------------------------------------- */

static zmqjs_runtime *target;
static int enough;
static long called, freed_here;

static void call_all_the_time(void *argument)
{
    const zmqjs_function *version = argument;
    while (!ATOMIC_LOAD(enough)) {
        struct outcome outcome = direct_call(ATOMIC_LOAD(target), NULL, version, 0, NULL);
        if (outcome.status >= 0) ATOMIC_COUNT(called);
        else if (!is_busy(&outcome)) CHECK(is_none(&outcome));
    }
}

static void free_all_the_time(void *argument)
{
    (void)argument;
    while (!ATOMIC_LOAD(enough)) {
        int status = zmqjs_runtime_free(ATOMIC_LOAD(target));
        if (status == ZMQJS_OK) ATOMIC_COUNT(freed_here);
        else if (status != ZMQJS_BUSY) CHECK_STATUS(status, ZMQJS_INVALID_ARGUMENT);
    }
}

static zmqjs_runtime *make_target(void)
{
    zmqjs_runtime *runtime = direct_runtime();
    ATOMIC_STORE(target, runtime);
    return runtime;
}

/* A call that comes too late is refused; a call under way makes the free fail. */
static void call_while_it_is_freed(void)
{
    struct worker workers[3];
    for (int i = 0; i < 3; i++)
        worker_start(&workers[i], call_all_the_time, (void *)function_named(NULL, "version"));
    for (double end = now() + 2; now() < end || ATOMIC_LOAD(called) == 0;) {
        zmqjs_runtime *runtime = make_target();
        for (volatile int spin = 0; spin < 5000; spin++) continue;
        int status;
        while ((status = zmqjs_runtime_free(runtime)) == ZMQJS_BUSY) continue;
        CHECK_STATUS(status, ZMQJS_OK);
    }
    ATOMIC_STORE(enough, 1);
    for (int i = 0; i < 3; i++) worker_join(&workers[i]);
}

/* A second thread takes a runtime from the first, at any moment. It does so once; so few calls suffice, which
 * is as well under Wine, where the threads wait for each other whenever they allocate memory. */
static void call_on_two_threads(void)
{
    enum { RUNTIMES = 200, CALLS = 100 };
    zmqjs_runtime *runtimes[RUNTIMES];
    struct worker workers[2];
    for (int i = 0; i < RUNTIMES; i++) runtimes[i] = direct_runtime();
    ATOMIC_STORE(target, runtimes[0]);
    for (int i = 0; i < 2; i++)
        worker_start(&workers[i], call_all_the_time, (void *)function_named(NULL, "version"));
    for (int i = 1; i < RUNTIMES; i++) {
        ATOMIC_STORE(target, runtimes[i]);
        for (long before = ATOMIC_LOAD(called); ATOMIC_LOAD(called) < before + CALLS;) sched_yield();
    }
    ATOMIC_STORE(enough, 1);
    for (int i = 0; i < 2; i++) worker_join(&workers[i]);
    for (int i = 0; i < RUNTIMES; i++) CHECK_STATUS(zmqjs_runtime_free(runtimes[i]), ZMQJS_OK);
}

/* Of several frees at the same time, one frees. */
static void free_twice_at_once(void)
{
    struct worker workers[3];
    long made = 0;
    make_target();
    for (int i = 0; i < 3; i++) worker_start(&workers[i], free_all_the_time, NULL);
    for (double end = now() + 2; now() < end;) {
        made++;
        while (ATOMIC_LOAD(freed_here) < made) continue;
        CHECK_INT(ATOMIC_LOAD(freed_here), made);
        make_target();
    }
    ATOMIC_STORE(enough, 1);
    for (int i = 0; i < 3; i++) worker_join(&workers[i]);
}

/* ---- inside callbacks -------------------------------------------------------------------- */

static struct {
    struct host *host;
    int asked, free_status;
} inside;

static int free_from_inside(void *argument)
{
    (void)argument;
    inside.asked++;
    inside.free_status = zmqjs_runtime_free(inside.host->runtime);
    return 1;
}

static void free_in_a_callback(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    inside.host = &host;
    host.engine->interrupt = free_from_inside;
    CHECK_ERROR(fails(pair.pull, "recv", ""), "Error", "EINTR", NULL);
    CHECK_INT(inside.asked, 1);
    CHECK_STATUS(inside.free_status, ZMQJS_BUSY);
    host.engine->interrupt = NULL;
    run(host.zmq, "version", "");
    host_close(&host);
}

/* It may finalize and interrupt, also the call that waits. */
static int interrupt_from_inside(void *argument)
{
    struct host *host = argument;
    CHECK_STATUS(zmqjs_interrupt(host->runtime), ZMQJS_OK);
    return 0;
}

static void interrupt_in_a_callback(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    host.engine->interrupt = interrupt_from_inside;
    host.engine->interrupt_argument = &host;
    CHECK_ERROR(fails(pair.pull, "recv", ""), "Error", "EINTR", NULL);
    CHECK(host.contract.asked[INTERRUPTED] > 0);
    host.engine->interrupt = NULL;
    run(host.zmq, "version", "");
    host_close(&host);
}

/* A call from there is refused or throws, but harms nothing. */
static int call_from_inside(void *argument)
{
    struct host *host = argument;
    struct outcome outcome = direct_call(host->runtime, NULL, function_named(NULL, "version"), 0, NULL);
    CHECK(outcome.status >= 0 || *outcome.message);
    return 1;
}

static void call_in_a_callback(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    host.engine->interrupt = call_from_inside;
    host.engine->interrupt_argument = &host;
    CHECK_ERROR(fails(pair.pull, "recv", ""), "Error", "EINTR", NULL);
    host.engine->interrupt = NULL;
    run(host.zmq, "version", "");
    host_close(&host);
}

static int finalize_from_inside(void *argument)
{
    host_drop_values(argument);
    return 1;
}

/* The collector may run in any callback: even the socket of the waiting call may be collected,
 * if the engine does not keep this alive. */
static void finalize_in_a_callback(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *function = fe_get(pair.pull, "recv"), *pull = fe_retain(pair.pull);
    host.engine->interrupt = finalize_from_inside;
    host.engine->interrupt_argument = &host;
    CHECK(fe_call(function, pull, 0, NULL) == NULL);
    host.engine->interrupt = NULL;
    CHECK_ERROR(caught(&host), "Error", "EINTR", NULL);
    fe_release(function);
    fe_release(pull);
    host_close(&host);
}

const test_case thread_cases[] = {
    {"thread-no-runtime", none, 0},
    {"thread-freed-runtime", freed, 0},
    {"thread-freed-pointers-do-not-come-back", freed_pointers_do_not_come_back, 0},
    {"thread-instances-after-runtime", instances_after_runtime, 1},
    {"thread-two-runtimes-in-one-engine", two_runtimes_in_one_engine, 0},
    {"thread-busy", busy, 1},
    {"thread-one-after-another", one_after_another, 1},
    {"thread-finalize-elsewhere", finalize_elsewhere, 0},
    {"thread-call-while-it-is-freed", call_while_it_is_freed, 0},
    {"thread-call-on-two-threads", call_on_two_threads, 0},
    {"thread-free-twice-at-once", free_twice_at_once, 0},
    {"thread-free-in-a-callback", free_in_a_callback, 0},
    {"thread-interrupt-in-a-callback", interrupt_in_a_callback, 0},
    {"thread-call-in-a-callback", call_in_a_callback, 0},
    {"thread-finalize-in-a-callback", finalize_in_a_callback, 0},
    {NULL, NULL, 0},
};
