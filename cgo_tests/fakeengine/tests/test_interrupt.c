/* test_interrupt.c - the ends of waits: zmqjs_interrupt(), a signal, the engine */
#define _GNU_SOURCE
#include "host.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- calls that wait on a thread --------------------------------------------------------- */

struct waiter {
    struct host host;
    struct pair pair;
    fe_value *lonely; /* a PUSH without a peer: it cannot send */
    fe_value *poller;
    fe_value *(*call)(struct waiter *waiter);
    fe_value *result; /* NULL: it threw, and the exception is pending */
    struct worker worker;
};

static fe_value *in_recv(struct waiter *w) { return attempt(w->pair.pull, "recv", ""); }
static fe_value *in_recv_str(struct waiter *w) { return attempt(w->pair.pull, "recv_str", ""); }
static fe_value *in_send(struct waiter *w) { return attempt(w->lonely, "send", "s", "text"); }
static fe_value *in_wait(struct waiter *w) { return attempt(w->poller, "wait", "i", -1); }
static fe_value *in_wait_all(struct waiter *w)
{
    return attempt(w->poller, "wait_all", "ii", 4, 600000);
}
static fe_value *in_term(struct waiter *w) { return attempt(w->pair.context, "term", ""); }

static fe_value *(*const calls[])(struct waiter *) = {in_recv, in_recv_str, in_send,
                                                       in_wait, in_wait_all, in_term};
enum { CALLS = sizeof calls / sizeof *calls };

static void waiter_open(struct waiter *w)
{
    memset(w, 0, sizeof *w);
    host_open(&w->host);
    pair_open(&w->host, &w->pair);
    w->lonely = run(w->pair.context, "socket", "k", "PUSH");
    w->poller = construct(w->host.zmq, "Poller", "");
    run(w->poller, "add", "vk", w->pair.pull, "POLLIN");
}

static void waiter_run(void *argument)
{
    struct waiter *w = argument;
    w->result = w->call(w);
}

static void waiter_start(struct waiter *w, fe_value *(*call)(struct waiter *))
{
    w->call = call;
    worker_start(&w->worker, waiter_run, w);
}

/* It ends, with EINTR. */
static void waiter_check(struct waiter *w)
{
    worker_join(&w->worker);
    if (w->result) FAIL("the wait has ended without an exception");
    fe_value *error = caught(&w->host);
    CHECK_ERROR(error, "Error", "EINTR", NULL);
    CHECK(number(get(error, "errno")) > 0);
    if (w->call == in_term) {
        CHECK_CONTAINS(text(get(error, "message")), "term() waits for open sockets: ");
        CHECK_CONTAINS(text(get(error, "message")), "PULL inproc://");
    }
    drop(error);
}

/* Nothing is broken: it waits as before, and time-outs still hold. */
static void waiter_close(struct waiter *w)
{
    if (w->call == in_term) { /* termination has begun, and only waits for the sockets */
        CHECK_ERROR(fails(w->pair.pull, "recv", ""), "Error", "ETERM", NULL);
    } else {
        run(w->pair.pull, "setsockopt", "ki", "RCVTIMEO", 20);
        CHECK(is(run(w->pair.pull, "recv", ""), FE_UNDEFINED));
    }
    host_close(&w->host);
}

/* ---- zmqjs_interrupt() ---------------------------------------------------------------------- */

static void from_a_thread(void)
{
    for (int i = 0; i < CALLS; i++) {
        struct waiter w;
        waiter_open(&w);
        waiter_start(&w, calls[i]);
        worker_wait_asleep(&w.worker);
        CHECK(!worker_is_done(&w.worker));
        CHECK_STATUS(zmqjs_interrupt(w.host.runtime), ZMQJS_OK);
        waiter_check(&w);
        waiter_close(&w);
    }
}

/* An interrupt that arrives too early ends the next wait, and only that. */
static void before_the_wait(void)
{
    for (int i = 0; i < CALLS; i++) {
        struct waiter w;
        waiter_open(&w);
        CHECK_STATUS(zmqjs_interrupt(w.host.runtime), ZMQJS_OK);
        waiter_start(&w, calls[i]);
        waiter_check(&w);
        waiter_close(&w);
    }
}

/* Calls that do not wait neither notice an interrupt nor use it up. */
static void waits_for_a_wait(void)
{
    struct waiter w;
    waiter_open(&w);
    run(w.pair.push, "send", "s", "there already");
    CHECK_STATUS(zmqjs_interrupt(w.host.runtime), ZMQJS_OK);
    run(w.host.zmq, "version", "");
    run(w.pair.push, "send", "s", "text");
    CHECK(is(run(w.poller, "wait", "i", -1), FE_OBJECT));
    CHECK(is(run(w.poller, "poll", ""), FE_OBJECT));
    CHECK_TEXT(text(run(w.pair.pull, "recv_str", "")), "there already");
    run(w.pair.pull, "recv", "k", "DONTWAIT");
    CHECK(is(run(w.pair.pull, "recv", "k", "DONTWAIT"), FE_UNDEFINED));
    CHECK(is(run(w.poller, "poll", ""), FE_NULL));
    CHECK(is(run(w.poller, "wait", "i", 0), FE_NULL));
    CHECK(is(run(w.lonely, "send", "sk", "text", "DONTWAIT"), FE_UNDEFINED));
    run(w.lonely, "setsockopt", "ki", "SNDTIMEO", 0);
    CHECK(is(run(w.lonely, "send", "s", "text"), FE_UNDEFINED));

    CHECK_ERROR(fails(w.pair.pull, "recv", ""), "Error", "EINTR", NULL);
    waiter_close(&w);
}

/* Two interrupts before a wait are one. */
static void two_are_one(void)
{
    struct waiter w;
    waiter_open(&w);
    zmqjs_interrupt(w.host.runtime);
    zmqjs_interrupt(w.host.runtime);
    CHECK_ERROR(fails(w.pair.pull, "recv", ""), "Error", "EINTR", NULL);
    CHECK(is(run(w.poller, "wait", "i", 10), FE_NULL));
    waiter_close(&w);
}

/* It ends waits of its own runtime, and does not change the text of the last error. */
static void other_runtimes(void)
{
    struct waiter w, other;
    waiter_open(&w);
    waiter_open(&other);
    CHECK_STATUS(zmqjs_runtime_free(NULL), ZMQJS_INVALID_ARGUMENT);
    char before[1000] = "";
    strncat(before, zmqjs_last_error(), sizeof before - 1);
    waiter_start(&w, in_recv);
    worker_wait_asleep(&w.worker);
    CHECK_STATUS(zmqjs_interrupt(other.host.runtime), ZMQJS_OK);
    CHECK_STATUS(zmqjs_interrupt(NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_TEXT(zmqjs_last_error(), before);
    CHECK_ERROR(fails(other.pair.pull, "recv", ""), "Error", "EINTR", NULL);
    CHECK(!worker_is_done(&w.worker));
    CHECK_STATUS(zmqjs_interrupt(w.host.runtime), ZMQJS_OK);
    waiter_check(&w);
    waiter_close(&other);
    waiter_close(&w);
}

/* A message that arrives together with an interrupt is not lost. */
static void loses_nothing(void)
{
    enum { MESSAGES = 300 };
    struct host far;
    struct waiter w;
    waiter_open(&w);
    host_open(&far);
    fe_value *pull = run(w.pair.context, "socket", "k", "PULL");
    run(pull, "bind", "s", "tcp://127.0.0.1:*");
    fe_value *push = run(construct(far.zmq, "Context", ""), "socket", "k", "PUSH");
    run(push, "connect", "s", text(run(pull, "getsockopt", "k", "LAST_ENDPOINT")));

    run(pull, "setsockopt", "ki", "RCVTIMEO", 5000);
    int received = 0;
    for (int i = 0; i < MESSAGES; i++) {
        run(push, "send", "i", i);
        zmqjs_interrupt(w.host.runtime);
        fe_value *message = attempt(pull, "recv_int", "");
        if (message) CHECK_INT(number(message), received++);
        else CHECK_ERROR(caught(&w.host), "Error", "EINTR", NULL);
    }
    for (fe_value *message; received < MESSAGES; drop(message)) {
        if (!(message = attempt(pull, "recv_int", ""))) {
            message = caught(&w.host); /* the last interrupt */
            continue;
        }
        CHECK(is(message, FE_NUMBER));
        CHECK_INT(number(message), received++);
    }
    host_close(&far);
    attempt(w.pair.pull, "recv", "k", "DONTWAIT");
    host_close(&w.host);
}

/* ---- signals ----------------------------------------------------------------------------- */

static zmqjs_runtime *signalled_runtime;
static int handled;

static void interrupt_in_handler(int signal_number)
{
    (void)signal_number;
    ATOMIC_COUNT(handled);
    if (zmqjs_interrupt(ATOMIC_LOAD(signalled_runtime)) != ZMQJS_OK) _Exit(9);
}

static void only_count(int signal_number)
{
    (void)signal_number;
    ATOMIC_COUNT(handled);
}

static void from_a_handler(void)
{
    handle_signal(SIGALRM, interrupt_in_handler, 0);
    for (int i = 0; i < CALLS; i++)
        for (int here = 0; here < 2; here++) { /* the handler runs on that thread, or on this */
            struct waiter w;
            waiter_open(&w);
            ATOMIC_STORE(signalled_runtime, w.host.runtime);
            waiter_start(&w, calls[i]);
            worker_wait_asleep(&w.worker);
            pthread_kill(here ? pthread_self() : w.worker.thread, SIGALRM);
            waiter_check(&w);
            /* The signal may have ended the wait before the interrupt could. */
            if (!attempt(w.poller, "wait", "i", 1)) caught(&w.host);
            waiter_close(&w);
        }
}

/* Whatever the library is doing when the handler runs, it must not lock up. */
static void handler_at_any_time(void)
{
    sigset_t alarm;
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    ATOMIC_STORE(signalled_runtime, host.runtime);
    handle_signal(SIGALRM, interrupt_in_handler, 0);
    struct itimerspec every = {{0, 300000}, {0, 300000}};
    timer_t timer;
    CHECK_INT(timer_create(CLOCK_MONOTONIC, NULL, &timer), 0);
    CHECK_INT(timer_settime(timer, 0, &every, NULL), 0);

    for (double end = now() + 2; now() < end || ATOMIC_LOAD(handled) <= 100;) {
        struct host other;
        struct pair its;
        host_open(&other);
        pair_open(&other, &its);
        run(its.push, "send", "s", "text");
        run(its.pull, "recv", "");
        host_close(&other);
        for (int i = 0; i < 20; i++) {
            drop(run(pair.push, "send", "s", "text"));
            drop(run(pair.pull, "recv", ""));
        }
    }
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    pthread_sigmask(SIG_BLOCK, &alarm, NULL);
    timer_delete(timer);
    host_close(&host);
}

/* A handler that does nothing, on an engine that cannot be asked: EINTR. */
static void signal_ends_a_wait(void)
{
    struct style style = *current_style;
    style.absent |= BIT(INTERRUPTED);
    current_style = &style;
    handle_signal(SIGALRM, only_count, 0);
    for (int i = 0; i < CALLS; i++) {
        struct waiter w;
        waiter_open(&w);
        waiter_start(&w, calls[i]);
        worker_wait_asleep(&w.worker);
        pthread_kill(w.worker.thread, SIGALRM);
        waiter_check(&w);
        waiter_close(&w);
    }
}

/* A handler with SA_RESTART, as signal() installs them: a wait ends all the same, as
 * poll() and zmq_recv() end. */
static void signal_that_restarts(void)
{
    struct style style = *current_style;
    style.absent |= BIT(INTERRUPTED);
    current_style = &style;
    struct waiter w;
    waiter_open(&w);
    handle_signal(SIGALRM, only_count, SA_RESTART);
    waiter_start(&w, in_recv);
    worker_wait_asleep(&w.worker);
    pthread_kill(w.worker.thread, SIGALRM);
    waiter_check(&w);
    waiter_close(&w);
}

/* ---- the engine's own callback ----------------------------------------------------------- */

static int stop;

static int ask(void *argument)
{
    (void)argument;
    return ATOMIC_LOAD(stop);
}

/* The engine decides on a signal: while its callback returns 0, the wait continues. */
static void engine_ends_a_wait(void)
{
    handle_signal(SIGALRM, only_count, 0);
    for (int i = 0; i < CALLS; i++) {
        struct waiter w;
        ATOMIC_STORE(stop, 0);
        waiter_open(&w);
        w.host.engine->interrupt = ask;
        waiter_start(&w, calls[i]);
        worker_wait_asleep(&w.worker);
        for (int before = ATOMIC_LOAD(handled); ATOMIC_LOAD(handled) < before + 5; pause_ms(2))
            pthread_kill(w.worker.thread, SIGALRM);
        CHECK(!worker_is_done(&w.worker));
        ATOMIC_STORE(stop, 1);
        waiter_check(&w);
        w.host.engine->interrupt = NULL;
        waiter_close(&w);
    }
}

static int ask_ten_times(void *argument)
{
    int *asked = argument;
    return ++*asked == 10;
}

/* Again and again, though nothing happens. */
static void engine_is_asked_often(void)
{
    struct waiter w;
    int asked = 0;
    waiter_open(&w);
    w.host.engine->interrupt = ask_ten_times;
    w.host.engine->interrupt_argument = &asked;
    CHECK_ERROR(fails(w.pair.pull, "recv", ""), "Error", "EINTR", NULL);
    CHECK_INT(asked, 10);
    w.host.engine->interrupt = NULL;
    waiter_close(&w);
}

/* Signals do not stretch a time-out, nor cut it short. */
static void signals_and_time_outs(void)
{
    struct waiter w;
    struct itimerspec every = {{0, 20000000}, {0, 20000000}};
    timer_t timer;
    stop = 0;
    waiter_open(&w);
    w.host.engine->interrupt = ask;
    handle_signal(SIGALRM, only_count, 0);
    CHECK_INT(timer_create(CLOCK_MONOTONIC, NULL, &timer), 0);
    CHECK_INT(timer_settime(timer, 0, &every, NULL), 0);
    double since = now();
    CHECK(is(run(w.poller, "wait", "i", 300), FE_NULL));
    double took = now() - since;
    timer_delete(timer);
    CHECK(ATOMIC_LOAD(handled) > 1);
    CHECK(took > 0.29);
    waiter_close(&w);
}

/* ---- interrupts of runtimes that are being freed ------------------------------------------- */

static int enough;
static zmqjs_runtime *target;

static void interrupt_all_the_time(void *argument)
{
    (void)argument;
    while (!ATOMIC_LOAD(enough)) zmqjs_interrupt(ATOMIC_LOAD(target));
}

/* A freed runtime's memory and descriptor are reused at once. */
struct bystanders {
    char *memory[32];
    int file;
};

static size_t size_of(size_t i) { return 24 + 16 * (i / 2); }

static void bystanders_open(struct bystanders *b)
{
    for (size_t i = 0; i < 32; i++) {
        b->memory[i] = malloc(size_of(i));
        if (!b->memory[i]) FAIL("out of memory");
        memset(b->memory[i], 0, size_of(i));
    }
    b->file = memfd_create("bystander", 0);
    if (b->file < 0) FAIL("cannot make a file");
}

static void bystanders_close(struct bystanders *b)
{
    for (size_t i = 0; i < 32; i++) {
        for (size_t k = 0; k < size_of(i); k++)
            if (((volatile char *)b->memory[i])[k]) FAIL("memory of another owner has changed");
        free(b->memory[i]);
    }
    if (lseek(b->file, 0, SEEK_END) != 0) FAIL("a file of another owner was written to");
    close(b->file);
}

/* The other threads' interrupts may arrive too late, but never reach another runtime. */
static void while_it_is_freed(void)
{
    enum { THREADS = 4 };
    struct host host;
    struct bystanders bystanders;
    struct worker workers[THREADS];
    host_open(&host);
    zmqjs_engine engine = contract_engine(&host.contract);
    for (int i = 0; i < THREADS; i++) worker_start(&workers[i], interrupt_all_the_time, NULL);
    for (double end = now() + 2; now() < end;) {
        zmqjs_runtime *runtime;
        CHECK_STATUS(zmqjs_runtime_new(&engine, &host.contract, &runtime), ZMQJS_OK);
        ATOMIC_STORE(target, runtime);
        for (volatile int spin = 0; spin < 2000; spin++) continue;
        CHECK_STATUS(zmqjs_runtime_free(runtime), ZMQJS_OK);
        bystanders_open(&bystanders);
        for (volatile int spin = 0; spin < 2000; spin++) continue;
        bystanders_close(&bystanders);
    }
    ATOMIC_STORE(enough, 1);
    for (int i = 0; i < THREADS; i++) worker_join(&workers[i]);
    host_close(&host);
}

const test_case interrupt_cases[] = {
    {"interrupt-from-a-thread", from_a_thread, 1},
    {"interrupt-before-the-wait", before_the_wait, 1},
    {"interrupt-waits-for-a-wait", waits_for_a_wait, 1},
    {"interrupt-two-are-one", two_are_one, 0},
    {"interrupt-other-runtimes", other_runtimes, 0},
    {"interrupt-loses-nothing", loses_nothing, 0},
    {"interrupt-from-a-handler", from_a_handler, 0},
    {"interrupt-handler-at-any-time", handler_at_any_time, 0},
    {"interrupt-signal-ends-a-wait", signal_ends_a_wait, 0},
    {"interrupt-signal-that-restarts", signal_that_restarts, 0},
    {"interrupt-engine-ends-a-wait", engine_ends_a_wait, 0},
    {"interrupt-engine-is-asked-often", engine_is_asked_often, 0},
    {"interrupt-signals-and-time-outs", signals_and_time_outs, 0},
    {"interrupt-while-it-is-freed", while_it_is_freed, 0},
    {NULL, NULL, 0},
};
