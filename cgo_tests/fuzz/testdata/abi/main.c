/* main.c - what libFuzzer calls */
#include "abi.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tell(void) { fprintf(stderr, "calls %llu\n", calls_made); }

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    zmqjs_leave_timeout(0);
    return atexit(tell);
}

static void use(struct world *world)
{
    switch (choose(world->input, 16)) {
    case 0: use_table(world->input); break;
    case 1: use_process(world->input); break;
    case 2: use_runtime(world); break;
    case 3: use_construct(world); break;
    case 4: use_property(world); break;
    case 5: toy_collect(world->host.engine); break;
    default: use_module(world); break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct world world;
    if (choose(&input, 32) == 31) {
        use_vm(&input);
        return 0;
    }
    world_open(&world, &input);
    while (input.size) use(&world);
    world_close(&world);
    return 0;
}
