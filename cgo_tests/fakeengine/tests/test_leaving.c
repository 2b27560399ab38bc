/* test_leaving.c - ending contexts, runtimes and the process, with messages unsent */
#define _GNU_SOURCE
#include "host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* In milliseconds; longer than a case may take. */
enum { FOR_EVER = 1000000 };

/* ---- term() -------------------------------------------------------------------------------- */

static void terminate(void *argument)
{
    struct pair *pair = argument;
    if (attempt(pair->context, "term", "")) return;
    CHECK_ERROR(caught(pair->context->engine->host), "Error", "EINTR", NULL);
}

static void term_waits_for_sockets(void)
{
    struct host host;
    struct pair pair;
    struct worker worker;
    host_open(&host);
    pair_open(&host, &pair);
    worker_start(&worker, terminate, &pair);
    worker_wait_asleep(&worker);
    CHECK(!worker_is_done(&worker));
    CHECK_STATUS(zmqjs_interrupt(host.runtime), ZMQJS_OK);
    worker_join(&worker);

    /* It continues in the background, and ends with the sockets. */
    CHECK_ERROR(fails(pair.pull, "recv", ""), "Error", "ETERM", NULL);
    run(pair.pull, "close", "");
    run(pair.push, "close", "");
    CHECK_INT(number(run(pair.context, "term", "")), 0);
    host_close(&host);
}

static void drop_after_interrupted_term(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    zmqjs_interrupt(host.runtime);
    terminate(&pair);
    host_close(&host);
}

/* ---- messages without a receiver
 * ----------------------------------------------------------------- */

/* A socket with messages that cannot be sent. */
static fe_value *stuck(struct host *host, int linger)
{
    char endpoint[64];
    socket_deaf(endpoint, sizeof endpoint);
    fe_value *socket = run(construct(host->zmq, "Context", ""), "socket", "k", "PUSH");
    if (linger >= 0) run(socket, "setsockopt", "ki", "LINGER", linger);
    run(socket, "connect", "s", endpoint);
    for (int i = 0; i < 10; i++) run(socket, "send", "s", "to nobody");
    return socket;
}

/* How long zmqjs_runtime_free() takes, with the instances alive or collected. */
static double time_to_leave(int leave_timeout, int linger, int collected)
{
    struct host host;
    int before = zmqjs_leave_timeout(leave_timeout);
    host_open(&host);
    stuck(&host, linger);
    if (collected) host_drop_values(&host);
    double start = now();
    host_end_runtime(&host);
    double took = now() - start;
    printf("timeout %d, linger %d, %s: %.3f s\n", leave_timeout, linger,
           collected ? "collected" : "alive", took);
    host_close(&host);
    zmqjs_leave_timeout(before);
    return took;
}

static void leaving_is_bounded(void)
{
    CHECK(time_to_leave(-1, -1, 0) > 0.5);
    time_to_leave(-1, -1, 1); /* it ends, as those below whose time has no lower bound */
}

static void leaving_respects_its_timeout(void)
{
    zmqjs_leave_timeout(FOR_EVER);
    time_to_leave(0, -1, 0);
    CHECK(time_to_leave(300, -1, 0) > 0.25);
    CHECK(time_to_leave(2000, -1, 0) > 1.9);
}

static void leaving_respects_linger(void)
{
    time_to_leave(FOR_EVER, 0, 0);
    CHECK(time_to_leave(FOR_EVER, 400, 0) > 0.35);
    CHECK(time_to_leave(200, FOR_EVER, 0) > 0.15);
}

/* Several sockets, contexts: the time is for all of them together, and not a second for each. */
static void leaving_once_for_all(void)
{
    enum { SOCKETS = 40 };
    struct host host;
    host_open(&host);
    for (int i = 0; i < SOCKETS; i++) stuck(&host, -1);
    double start = now();
    host_end_runtime(&host);
    CHECK(now() - start < SOCKETS - 5);
    host_close(&host);
}

static void timeout_setting(void)
{
    CHECK_INT(zmqjs_leave_timeout(-1), 1000);
    CHECK_INT(zmqjs_leave_timeout(200), 1000);
    CHECK_INT(zmqjs_leave_timeout(-1), 200);
    CHECK_INT(zmqjs_leave_timeout(-1000000), 200);
    CHECK_INT(zmqjs_leave_timeout(0), 200);
    CHECK_INT(zmqjs_leave_timeout(-1), 0);
}

static void timeout_of_environment(void)
{
    setenv("ZMQJS_LEAVE_TIMEOUT", "321", 1); /* the library is not loaded yet */
    CHECK_INT(zmqjs_leave_timeout(-1), 321);
}

static void timeout_of_bad_environment(void)
{
    setenv("ZMQJS_LEAVE_TIMEOUT", "soon", 1);
    CHECK_INT(zmqjs_leave_timeout(-1), 1000);
}

/* Sockets that the script left open are closed, though their instances still exist. */
static void leaving_closes_descriptors(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    host_close(&host);
    int before = descriptor_count();
    host_open(&host);
    for (int i = 0; i < 30; i++) pair_open(&host, &pair);
    host_end_runtime(&host);
    wait_for_descriptors(before);
    host_close(&host);
}

/* ---- messages that somebody takes -------------------------------------------------------- */

enum { MESSAGES = 1000 };

static fe_value *listener(struct host *host)
{
    fe_value *pull = run(construct(host->zmq, "Context", ""), "socket", "k", "PULL");
    run(pull, "setsockopt", "ki", "RCVTIMEO", FOR_EVER);
    run(pull, "setsockopt", "ki", "RCVHWM", 0);
    run(pull, "bind", "s", "tcp://127.0.0.1:*");
    return pull;
}

static void send_many(struct host *host, const char *endpoint)
{
    fe_value *push = run(construct(host->zmq, "Context", ""), "socket", "k", "PUSH");
    run(push, "setsockopt", "ki", "SNDHWM", 0);
    run(push, "connect", "s", endpoint);
    for (int i = 0; i < MESSAGES; i++) run(push, "send", "i", i);
}

static void receive_many(fe_value *pull)
{
    for (int i = 0; i < MESSAGES; i++) {
        fe_value *message = run(pull, "recv_int", "");
        if (!is(message, FE_NUMBER)) FAIL("%d of %d messages came", i, MESSAGES);
        CHECK_INT(number(message), i);
    }
}

/* Nothing is closed, and yet everything arrives: whether the instances are collected
 * before the runtime ends, after it, or together with it. */
static void delivers(void (*end)(struct host *sender))
{
    struct host far, sender;
    zmqjs_leave_timeout(FOR_EVER);
    host_open(&far);
    host_open(&sender);
    fe_value *pull = listener(&far);
    send_many(&sender, text(run(pull, "getsockopt", "k", "LAST_ENDPOINT")));
    end(&sender);
    receive_many(pull);
    host_close(&far);
}

static void end_runtime_first(struct host *host)
{
    host_end_runtime(host);
    host_close(host);
}

static void delivers_when_closed(void) { delivers(host_close); }
static void delivers_when_freed(void) { delivers(end_runtime_first); }

/* Collected while the runtime continues: sent in the background. */
static void delivers_when_collected(void)
{
    struct host far, sender;
    host_open(&far);
    host_open(&sender);
    fe_value *pull = listener(&far);
    send_many(&sender, text(run(pull, "getsockopt", "k", "LAST_ENDPOINT")));
    host_drop_values(&sender);
    receive_many(pull);
    host_close(&sender);
    host_close(&far);
}

/* ---- the end of the process -------------------------------------------------------------- */

/* A child process that leaves messages behind must end, with status 0. It is forked before the
 * library is loaded: its library is its own. */
static void check_exit(void (*life)(void))
{
    int status;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        life();
        exit(0);
    }
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void leave_stuck(void)
{
    static struct host host;
    host_open(&host);
    stuck(&host, -1);
}

static void exit_is_bounded(void) { check_exit(leave_stuck); }

static void leave_many(int input)
{
    static struct host host;
    char endpoint[128] = "";
    CHECK(read(input, endpoint, sizeof endpoint - 1) > 0);
    zmqjs_leave_timeout(FOR_EVER);
    host_open(&host);
    send_many(&host, endpoint);
}

/* exit() right after the last send, with everything open. */
static void exit_delivers(void)
{
    int ends[2], status;
    CHECK(pipe(ends) == 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        leave_many(ends[0]);
        exit(0);
    }
    struct host far;
    host_open(&far);
    fe_value *pull = listener(&far);
    const char *endpoint = text(run(pull, "getsockopt", "k", "LAST_ENDPOINT"));
    CHECK(write(ends[1], endpoint, strlen(endpoint)) > 0);
    receive_many(pull);
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    host_close(&far);
}

static void receive_for_ever(void *argument)
{
    attempt(argument, "recv", "");
    pause(); /* the process is ending, whatever it returned */
}

static void leave_a_waiting_thread(void)
{
    static struct host host;
    static struct pair pair;
    static struct worker worker;
    host_open(&host);
    pair_open(&host, &pair);
    worker_start(&worker, receive_for_ever, pair.pull);
    worker_wait_asleep(&worker);
}

static void exit_while_a_thread_waits(void) { check_exit(leave_a_waiting_thread); }

const test_case leaving_cases[] = {
    {"leaving-term-waits-for-sockets", term_waits_for_sockets, 1},
    {"leaving-drop-after-interrupted-term", drop_after_interrupted_term, 0},
    {"leaving-is-bounded", leaving_is_bounded, 0},
    {"leaving-respects-its-timeout", leaving_respects_its_timeout, 0},
    {"leaving-respects-linger", leaving_respects_linger, 0},
    {"leaving-once-for-all", leaving_once_for_all, 0},
    {"leaving-closes-descriptors", leaving_closes_descriptors, 0},
    {"leaving-timeout-setting", timeout_setting, 0},
    {"leaving-timeout-of-environment", timeout_of_environment, 0},
    {"leaving-timeout-of-bad-environment", timeout_of_bad_environment, 0},
    {"leaving-delivers-when-closed", delivers_when_closed, 0},
    {"leaving-delivers-when-freed", delivers_when_freed, 0},
    {"leaving-delivers-when-collected", delivers_when_collected, 0},
    {"leaving-exit-is-bounded", exit_is_bounded, 0},
    {"leaving-exit-delivers", exit_delivers, 0},
    {"leaving-exit-while-a-thread-waits", exit_while_a_thread_waits, 0},
    {NULL, NULL, 0},
};
