/* world.c - a host, and what calls are made on */
#include "abi.h"

#include <string.h>

/* Script code, or the collector, at some of the engine's allocations. */
static void at_an_allocation(fe_engine *engine)
{
    struct world *world = engine->host; /* the host is its first member */
    if (world->input && rarely(world->input, 32)) misbehave(world);
}

/* A style of engine, as bytes have it. */
static struct style style_of(struct input *input)
{
    struct style style = {"fuzz", .before_allocation = NULL};
    unsigned bits = take(input);
    if (bits & 1) style.absent |= BIT(INTERRUPTED);
    if (bits & 2) style.absent |= BIT(COLLECT);
    style.never_adopts = bits >> 2 & 1;
    style.doubles_only = bits >> 3 & 1;
    style.encoding = bits >> 4 & 1 ? FE_LATIN1 : bits >> 5 & 1 ? FE_UTF16 : FE_UTF8;
    if (bits & 64) style.before_allocation = at_an_allocation;
    return style;
}

static void add_method(struct world *world, const struct definition *definition)
{
    static const char *const frequent[] = {"send", "recv", "wait", "poll", "connect", "add", "modify"};
    const zmqjs_property *property = definition->property;
    int on_prototype = property->target == ZMQJS_ON_PROTOTYPE;
    const char *name = property->name ? property->name : "@@dispose";
    fe_value *object = world->host.zmq;
    if (!property->name && strcmp(property->symbol, "dispose") != 0) return;
    if (property->target != ZMQJS_ON_MODULE) object = get(object, definition->of->name);
    if (on_prototype) object = get(object, "prototype");
    CHECK(world->method_count < MOST_METHODS);
    struct method method = {method_of(object, name), name, definition->function,
                            on_prototype ? definition->of : NULL};
    for (size_t i = 0; i < sizeof frequent / sizeof *frequent; i++)
        if (strncmp(name, frequent[i], strlen(frequent[i])) == 0)
            world->frequent[world->frequent_count++] = world->method_count;
    world->methods[world->method_count++] = method;
}

static void find_methods(struct world *world)
{
    size_t count;
    const struct definition *all = definitions(&count);
    CHECK(world->host.adapter.class_count <= MOST_CLASSES);
    for (size_t i = 0; i < count; i++)
        if (all[i].kind == DEFINED_FUNCTION)
            add_method(world, &all[i]);
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
    host_open_as(&world->host, &style);
    world->host.contract.refuse_adoption = choose(input, 4) == 3;
    world->host.engine->interrupt = stop;
    world->host.engine->interrupt_argument = world;
    world->host.engine->before_allocation = NULL; /* as long as there is nothing to call */
    world->input = input;
    find_methods(world);
    remember(world, construct(world->host.zmq, "Poller", ""));
    fe_value *context = construct(world->host.zmq, "Context", "");
    remember(world, context);
    anchor(world, context);
    for (int i = 0; i < 6; i++) {
        fe_value *socket = run(context, "socket", "i", (int)choose(input, 11));
        soothe(world, socket);
        remember(world, socket);
    }
    world->lasting = world->host.value_count;
    world->host.engine->before_allocation = style.before_allocation;
}

void world_trim(struct world *world)
{
    struct host *host = &world->host;
    while (host->value_count > world->lasting + 64) {
        size_t newest = host->value_count - 1;
        size_t at = world->lasting + choose(world->input, 64);
        fe_value *value = host->values[at];
        host->values[at] = host->values[newest];
        host->value_count = newest;
        fe_release(value);
    }
}

void world_close(struct world *world)
{
    world->host.engine->fail_at = 0;
    world->host.engine->before_allocation = NULL;
    world->host.engine->interrupt = NULL;
    world->depth = MOST_DEPTH; /* finalizers call nothing any more */
    forget_instances(world);
    host_drop_values(&world->host);
    forget_anchors(world);
    release_shared(world);
    host_close(&world->host);
}

void forget_exception(fe_engine *engine) { fe_release(fe_catch(engine)); }
