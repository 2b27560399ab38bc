/* main.c - what libFuzzer calls */
#include "abi.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STEPS_WITHOUT_RUNTIME = 50, CALLS_BETWEEN_NOTES = 100000 };

static int steps = 3000; /* of a world; fewer do the first of them */

static void tell(void) { fprintf(stderr, "calls %llu\n", calls_made); }

/* A crash leaves the last note. */
static void note(void)
{
    static unsigned long long next = CALLS_BETWEEN_NOTES;
    if (calls_made < next) return;
    next = calls_made + CALLS_BETWEEN_NOTES;
    tell();
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    is_planted = getenv("PLANTED") != NULL;
    if (getenv("STEPS")) steps = atoi(getenv("STEPS"));
    zmqjs_leave_timeout(0);
    return atexit(tell);
}

static void use(struct world *world)
{
    switch (take(world->input)) {
    case 0: use_table(world->input); break;
    case 1: use_process(world->input); break;
    case 2: use_runtime(world); break;
    case 3: use_construct(world); break;
    case 4: fe_collect(world->host.engine); break;
    case 5: use_shared(world); break;
    case 6:
    case 7: use_frame(world); break;
    default:
        if (rarely(world->input, 16)) use_property(world);
        else use_module(world);
    }
    world_trim(world);
}

/* Sockets close in the background, soon. */
static void check_descriptors(void)
{
    static int limit, worlds;
    if (worlds++ % 16) return;
    if (!limit) limit = settled_descriptor_count() + 64;
    wait_for_descriptors(limit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = input_of(data, size);
    struct world world;
    if (rarely(&input, 64)) {
        use_vm(&input);
        return 0;
    }
    world_open(&world, &input);
    for (int left = steps; left > 0; left--) {
        use(&world);
        if (world.runtime_ended && left > STEPS_WITHOUT_RUNTIME) left = STEPS_WITHOUT_RUNTIME;
    }
    world_close(&world);
    check_descriptors();
    note();
    return 0;
}
