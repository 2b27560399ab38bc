/* test_policy.c - zmqjs_policy() */
#include "host.h"

#include <string.h>

static struct asked {
    int count, operation;
    char endpoint[128];
} asked;

/* Allows endpoints that begin with the payload. */
static int begins_with(void *payload, int operation, const char *endpoint)
{
    sigset_t signals;
    pthread_sigmask(SIG_SETMASK, NULL, &signals);
    CHECK(sigismember(&signals, SIGUSR1) == 0);
    asked.count++;
    asked.operation = operation;
    asked.endpoint[0] = '\0';
    strncat(asked.endpoint, endpoint, sizeof asked.endpoint - 1);
    return strncmp(endpoint, payload, strlen(payload)) == 0;
}

static void check_asked(int operation, const char *endpoint)
{
    CHECK_INT(asked.operation, operation);
    CHECK_TEXT(asked.endpoint, endpoint);
}

static void forbids(void)
{
    struct host host;
    host_open(&host);
    fe_value *context = construct(host.zmq, "Context", "");
    fe_value *pull = run(context, "socket", "k", "PULL"), *push = run(context, "socket", "k", "PUSH");
    CHECK_STATUS(zmqjs_policy(begins_with, (void *)(uintptr_t) "inproc:"), ZMQJS_OK);
    CHECK_ERROR(fails(pull, "bind", "s", "tcp://127.0.0.1:*"), "Error", "EPERM", "tcp://127.0.0.1:*");
    check_asked(ZMQJS_OPERATION_BIND, "tcp://127.0.0.1:*");
    CHECK_ERROR(fails(push, "connect", "s", "ipc:///tmp/x"), "Error", "EPERM", "ipc:///tmp/x");
    check_asked(ZMQJS_OPERATION_CONNECT, "ipc:///tmp/x");
    CHECK_TEXT(text(get(pull, "last_endpoint")), "");

    run(pull, "bind", "s", "inproc://allowed");
    run(push, "connect", "s", "inproc://allowed");
    CHECK_INT(asked.count, 4);
    run(push, "send", "s", "text");
    CHECK_TEXT(text(run(pull, "recv_str", "")), "text");
    run(push, "disconnect", "s", "inproc://allowed");
    run(pull, "unbind", "s", "inproc://allowed");
    CHECK_INT(asked.count, 4); /* only bind and connect */

    CHECK_STATUS(zmqjs_policy(begins_with, (void *)(uintptr_t) "none"), ZMQJS_OK);
    fails(pull, "bind", "s", "inproc://allowed");
    CHECK_STATUS(zmqjs_policy(NULL, NULL), ZMQJS_OK);
    run(pull, "bind", "s", "tcp://127.0.0.1:*");
    CHECK_INT(asked.count, 5);
    host_close(&host);
}

/* A closed socket is refused without a question. */
static void closed_sockets(void)
{
    struct host host;
    host_open(&host);
    fe_value *pull = run(construct(host.zmq, "Context", ""), "socket", "k", "PULL");
    run(pull, "close", "");
    CHECK_STATUS(zmqjs_policy(begins_with, (void *)(uintptr_t) "none"), ZMQJS_OK);
    CHECK_ERROR(fails(pull, "bind", "s", "inproc://x"), "Error", "ENOTSOCK", "inproc://x");
    CHECK_INT(asked.count, 0);
    CHECK_STATUS(zmqjs_policy(NULL, NULL), ZMQJS_OK);
    host_close(&host);
}

const test_case policy_cases[] = {
    {"policy-forbids", forbids, 0},
    {"policy-closed-sockets", closed_sockets, 0},
    {NULL, NULL, 0},
};
