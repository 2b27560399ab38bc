#include "abi.h"

#include <stdlib.h>
#include <string.h>

/* A style of engine, as bytes have it. */
static struct style style_of(struct input *input)
{
    struct style style = {"fuzz", 0, 0, 0};
    unsigned bits = take(input);
    if (bits & 1) style.absent |= BIT(VALUE_FREE);
    if (bits & 2) style.absent |= BIT(VALUE_RELEASE);
    if (bits & 4) style.absent |= BIT(SCOPE_OPEN) | BIT(SCOPE_CLOSE);
    if (bits & 8) style.absent |= BIT(BYTES_ADOPT);
    if (bits & 16) style.absent |= BIT(INTERRUPTED);
    style.doubles_only = bits >> 5 & 1;
    style.exchanges_data = bits >> 6 & 1;
    return style;
}

static void find_methods(struct world *world)
{
    const zmqjs_module *module = zmqjs_module_definition();
    size_t room = module->function_count;
    for (size_t i = 0; i < module->class_count; i++) room += module->classes[i]->method_count;
    world->methods = calloc(room, sizeof *world->methods);
    world->names = calloc(room, sizeof *world->names);
    CHECK(world->methods && world->names);
    for (size_t i = 0; i < module->function_count; i++) {
        const char *name = module->functions[i]->name;
        world->names[world->method_count] = name;
        world->methods[world->method_count++] = method_of(world->host.zmq, name);
    }
    for (size_t i = 0; i < module->class_count; i++) {
        toy_value *prototype = get(get(world->host.zmq, module->classes[i]->name), "prototype");
        for (size_t k = 0; k < module->classes[i]->method_count; k++) {
            const char *name = module->classes[i]->methods[k]->name;
            world->names[world->method_count] = name;
            world->methods[world->method_count++] = method_of(prototype, name);
        }
    }
}

static int stop(void *argument)
{
    struct world *world = argument;
    return choose(world->input, 4) == 1;
}

void world_open(struct world *world, struct input *input)
{
    struct style style = style_of(input);
    memset(world, 0, sizeof *world);
    world->input = input;
    host_open_as(&world->host, &style);
    world->host.contract.refuse_adoption = choose(input, 4) == 3;
    world->host.engine->interrupt = stop;
    world->host.engine->interrupt_argument = world;
    find_methods(world);
    construct(world->host.zmq, "Poller", "");
    toy_value *context = construct(world->host.zmq, "Context", "");
    for (int i = 0; i < 3; i++) {
        toy_value *socket = run(context, "socket", "i", (int)choose(input, 11));
        run(socket, "setsockopt", "ki", "RCVTIMEO", 1);
        run(socket, "setsockopt", "ki", "SNDTIMEO", 1);
        run(socket, "setsockopt", "ki", "LINGER", 0);
    }
}

void world_close(struct world *world)
{
    contract_fail(&world->host.contract, VALUE_GET, 0);
    world->host.engine->interrupt = NULL;
    host_close(&world->host);
    free(world->methods);
    free(world->names);
}

void forget_exception(toy_engine *engine) { toy_release(toy_catch(engine)); }
