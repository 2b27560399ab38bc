#include "abi.h"

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

static void add_method(struct world *world, toy_value *object, const zmqjs_class *of,
                       const zmqjs_function *definition)
{
    static const char *const frequent[] = {"send", "recv", "wait", "poll", "connect", "add", "modify"};
    const char *name = definition->name;
    CHECK(world->method_count < MOST_METHODS);
    struct method method = {method_of(object, name), name, definition->parameter_count, of};
    for (size_t i = 0; i < sizeof frequent / sizeof *frequent; i++)
        if (strncmp(name, frequent[i], strlen(frequent[i])) == 0)
            world->frequent[world->frequent_count++] = world->method_count;
    world->methods[world->method_count++] = method;
}

static void find_methods(struct world *world)
{
    const zmqjs_module *module = zmqjs_module_definition();
    CHECK(module->class_count <= MOST_CLASSES);
    for (size_t i = 0; i < module->function_count; i++)
        add_method(world, world->host.zmq, NULL, module->functions[i]);
    for (size_t i = 0; i < module->class_count; i++) {
        const zmqjs_class *of = module->classes[i];
        toy_value *prototype = get(get(world->host.zmq, of->name), "prototype");
        for (size_t k = 0; k < of->method_count; k++)
            add_method(world, prototype, of, of->methods[k]);
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
    remember(world, construct(world->host.zmq, "Poller", ""));
    toy_value *context = construct(world->host.zmq, "Context", "");
    remember(world, context);
    anchor(world, context);
    for (int i = 0; i < 6; i++) {
        toy_value *socket = run(context, "socket", "i", (int)choose(input, 11));
        soothe(world, socket);
        remember(world, socket);
    }
    world->lasting = world->host.value_count;
}

void world_trim(struct world *world)
{
    struct host *host = &world->host;
    while (host->value_count > world->lasting + 64) {
        size_t newest = host->value_count - 1;
        size_t at = world->lasting + choose(world->input, 64);
        toy_value *value = host->values[at];
        host->values[at] = host->values[newest];
        host->value_count = newest;
        toy_release(value);
    }
}

void world_close(struct world *world)
{
    contract_fail(&world->host.contract, VALUE_GET, 0);
    world->host.engine->interrupt = NULL;
    forget_instances(world);
    host_drop_values(&world->host);
    forget_anchors(world);
    host_close(&world->host);
}

void forget_exception(toy_engine *engine) { toy_release(toy_catch(engine)); }
