/* anchors.c - sockets to connect to, as long as a world is open */
#include "abi.h"

const char *const anchored_endpoints[ANCHORS] = {"inproc://a", "inproc://b", "inproc://c"};

void anchor(struct world *world, fe_value *context)
{
    world->host.engine->fail_at = 0;
    for (int i = 0; i < ANCHORS && has_room_for_anchors(world); i++) {
        fe_value *socket = attempt(context, "socket", "i", (int)choose(world->input, 11));
        forget_exception(world->host.engine);
        if (!socket) return;
        soothe(world, socket);
        attempt(socket, "bind", "s", anchored_endpoints[i]);
        forget_exception(world->host.engine);
        world->anchors[world->anchor_count++] = fe_retain(socket);
        remember(world, socket);
    }
}

int is_anchor(const struct world *world, const fe_value *value)
{
    for (size_t i = 0; i < world->anchor_count; i++)
        if (world->anchors[i] == value) return 1;
    return 0;
}

int has_room_for_anchors(const struct world *world)
{
    return world->anchor_count + ANCHORS <= MOST_ANCHORS;
}

void forget_anchors(struct world *world)
{
    while (world->anchor_count) fe_release(world->anchors[--world->anchor_count]);
}
