/*
 * test_failing.c - the engine runs out of memory, at each allocation of a call
 *
 * For each operation: its first allocation fails, in a fresh world its second, and so on until
 * it needs no more of them. Each time the operation must throw what the engine left pending,
 * nothing may leak, and the same operation must work at once afterwards.
 */
#include "operations.h"

#include <stdio.h>

static int complaints;

/* Reports an operation that fails the test, and continues with others. */
static void complain(const struct operation *operation, size_t n, const char *what,
                     fe_value *exception)
{
    complaints++;
    fprintf(stderr, "%s: allocation %zu fails, and %s%s\n", operation->name, n, what,
            exception ? text(get(exception, "message")) : "");
}

/* Lets the n-th allocation fail. Returns 0 when the operation needs fewer. */
static int fail_once(const struct operation *operation, size_t n)
{
    struct world world;
    world_open(&world);
    fe_engine *engine = world.host.engine;
    operation->prepare(&world);

    engine->failed = 0;
    engine->fail_at = n;
    fe_value *result = operation->operate(&world);
    engine->fail_at = 0;
    int failed = engine->failed > 0;
    if (failed) {
        fe_value *exception = result ? NULL : caught(&world.host);
        if (result) complain(operation, n, "the operation works", NULL);
        else if (exception != engine->out_of_memory)
            complain(operation, n, "what is thrown is: ", exception);
        operation->prepare(&world);
        result = operation->operate(&world);
    }
    if (result) operation->verify(&world, result);
    else complain(operation, n, "then the same operation throws: ", caught(&world.host));
    host_close(&world.host);
    return failed;
}

static void at_every_allocation(void)
{
    size_t failures = 0;
    for (const struct operation *operation = operations; operation->name; operation++)
        for (size_t n = 1; fail_once(operation, n); n++, failures++)
            if (n > 100) FAIL("%s allocates without an end", operation->name);
    CHECK_INT(complaints, 0);
    printf("%zu failures\n", failures);
    CHECK(failures > 20);
}

/* A failure leaves no socket or context open without a reference: their descriptors would be
 * counted. */
static void leaves_no_descriptor(void)
{
    struct world world;
    world_open(&world);
    host_close(&world.host);
    int before = descriptor_count();

    world_open(&world);
    for (int i = 0; i < 50; i++) {
        world.host.engine->fail_at = 1;
        CHECK(!attempt(world.pair.context, "socket", "k", "REQ"));
        drop(caught(&world.host));
        world.host.engine->fail_at = 1;
        CHECK(!attempt_construct(world.host.zmq, "Context", ""));
        drop(caught(&world.host));
    }
    host_close(&world.host);
    wait_for_descriptors(before);
}

/* If an error cannot be made, the engine's own exception is thrown. */
static void errors_too(void)
{
    struct world world;
    world_open(&world);
    fe_engine *engine = world.host.engine;
    for (size_t n = 1; n <= 4; n++) { /* the error, its message, code and endpoint */
        engine->fail_at = n;
        CHECK(fails(world.spare, "bind", "s", "no endpoint") == engine->out_of_memory);
    }
    engine->fail_at = 0;
    CHECK_ERROR(fails(world.spare, "bind", "s", "no endpoint"), "Error", "EINVAL", "no endpoint");
    host_close(&world.host);
}

const test_case failing_cases[] = {
    {"failing-at-every-allocation", at_every_allocation, 1},
    {"failing-leaves-no-descriptor", leaves_no_descriptor, 0},
    {"failing-errors-too", errors_too, 0},
    {NULL, NULL, 0},
};
