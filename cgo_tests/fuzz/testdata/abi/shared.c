/* shared.c - what a host does with the contexts that its scripts share */
#include "abi.h"

/* zmq.h is not needed for more. */
enum { IO_THREADS = 1, MAX_SOCKETS = 2 };

const char *const shared_names[SHARED_NAMES] = {"", "a", "b"};

static void take_context(struct world *world)
{
    zmqjs_context *taken = (zmqjs_context *)world;
    if (world->shared_count == MOST_SHARED || rarely(world->input, 16)) {
        CHECK_STATUS(zmqjs_context_shared("a", NULL), ZMQJS_INVALID_ARGUMENT);
        return;
    }
    unsigned which = choose(world->input, SHARED_NAMES + 1);
    CHECK_STATUS(zmqjs_context_shared(which < SHARED_NAMES ? shared_names[which] : NULL, &taken), ZMQJS_OK);
    CHECK(taken);
    world->shared[world->shared_count++] = taken;
}

static void release_context(struct world *world, size_t at)
{
    zmqjs_context *released = world->shared[at];
    world->shared[at] = world->shared[--world->shared_count];
    CHECK_STATUS(zmqjs_context_release(released), ZMQJS_OK);
    CHECK_STATUS(zmqjs_context_release(released), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_context_set(released, IO_THREADS, 1), ZMQJS_INVALID_ARGUMENT);
}

static void use_taken(struct world *world, zmqjs_context *context)
{
    static const int options[] = {MAX_SOCKETS, MAX_SOCKETS, 5, 70, -1};
    void *zmq = world;
    int status, value = (int)choose(world->input, 4) - 1;
    switch (choose(world->input, 4)) {
    case 0:
        status = zmqjs_context_zmq(context, &zmq); /* needs a socket */
        CHECK(status == ZMQJS_OK || status == ZMQJS_INVALID_ARGUMENT || status == ZMQJS_UNAVAILABLE ||
              (status == ZMQJS_OUT_OF_MEMORY && *zmqjs_last_error())); /* its MAX_SOCKETS may be few */
        CHECK_INT(status == ZMQJS_OK, zmq != NULL);
        break;
    case 1:
        CHECK_STATUS(zmqjs_context_zmq(context, NULL), ZMQJS_INVALID_ARGUMENT);
        break;
    default:
        status = zmqjs_context_set(context, options[choose(world->input, 5)], rarely(world->input, 16) ? value : 1000 + value);
        CHECK(status == ZMQJS_OK || status == ZMQJS_INVALID_ARGUMENT);
        CHECK(status == ZMQJS_OK || *zmqjs_last_error());
    }
}

void use_shared(struct world *world)
{
    calls_made++;
    if (rarely(world->input, 16)) CHECK_STATUS(zmqjs_context_release(NULL), ZMQJS_INVALID_ARGUMENT);
    if (world->shared_count == 0 || choose(world->input, 3) == 0) {
        take_context(world);
        return;
    }
    size_t at = choose(world->input, (unsigned)world->shared_count);
    if (choose(world->input, 3) == 0) release_context(world, at);
    else use_taken(world, world->shared[at]);
}

void release_shared(struct world *world)
{
    while (world->shared_count > 0) release_context(world, world->shared_count - 1);
}
