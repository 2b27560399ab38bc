/* calls.c - what scripts do: methods, properties, new */
#include "abi.h"

#include <string.h>

unsigned long long calls_made;
int is_planted;

/* They wait for sockets: of Context, and of no use with others here. */
static const char *const endless[] = {"term", "@@dispose", NULL};
/* They would let go of an endpoint. */
static const char *const ending[] = {"close", "unbind", NULL};
/* What makes something that calls wait for, unless it is told not to. */
static const char *const waiting[] = {"socket", "monitor", NULL};
/* What makes a context. */
static const char *const making[] = {"Context", "shared", NULL};
/* They leave nothing to be called, or take long. */
static const char *const rare[] = {"monitor", "close", "shutdown", "proxy", "curve_keypair", "curve_public",
                                   "load_certificate", "bind", "unbind", "disconnect", NULL};

int may_wait(const char *name)
{
    static const char *const methods[] = {"wait", "wait_all", "proxy", NULL};
    return is_one_of(name, endless) || is_one_of(name, methods);
}

/* Some allocation of the call that follows fails. */
static void prepare_failure(struct world *world)
{
    unsigned which = take(world->input);
    if (which < 240) return;
    world->host.engine->fail_at = 1 + take(world->input) % 4;
}

static void settle(struct world *world, const char *after)
{
    forget_exception(world->host.engine);
    world->host.engine->fail_at = 0;
    if (world->depth == 0) contract_settled(&world->host.contract, after);
}

void soothe(struct world *world, fe_value *socket)
{
    world->host.engine->fail_at = 0;
    int waits = rarely(world->input, 16), length = rarely(world->input, 4) ? 2 : 1000;
    const struct { const char *name; int value; } options[] = {
        {"RCVTIMEO", waits}, {"SNDTIMEO", waits}, {"LINGER", 0},
        {"RCVHWM", length},  {"SNDHWM", length},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        attempt(socket, "setsockopt", "ki", options[i].name, options[i].value);
        forget_exception(world->host.engine);
    }
}

/* What prepares them would be a second call inside one. */
static int may_add_sockets(const struct world *world)
{
    return world->depth == 0 && has_room_for_anchors(world);
}

static const struct method *any_method(struct world *world)
{
    struct input *input = world->input;
    const struct method *method = &world->methods[choose(input, (unsigned)world->method_count)];
    if (is_one_of(method->name, endless) || (is_one_of(method->name, rare) && !rarely(input, 16)) ||
        take(input) < 160)
        return &world->methods[world->frequent[choose(input, (unsigned)world->frequent_count)]];
    return method;
}

/* What a call has given takes part in further ones. */
static void take_in(struct world *world, const char *name, fe_value *result)
{
    forget_exception(world->host.engine);
    if (!result || result->kind != FE_INSTANCE) return;
    if (is_one_of(name, waiting)) soothe(world, result);
    if (is_one_of(name, making)) anchor(world, result);
    remember(world, result);
}

static size_t count_of(struct world *world, const struct method *method)
{
    if (rarely(world->input, 64)) return 12;
    if (rarely(world->input, 8)) return choose(world->input, 4);
    return method->definition->parameter_count;
}

/* As scripts do: what is closed is followed by another one. */
static void follow(struct world *world, const char *name)
{
    fe_value *context = instance_of(world, class_named("Context"));
    if (strcmp(name, "shutdown") == 0 && may_add_sockets(world))
        take_in(world, "Context", attempt_construct(world->host.zmq, "Context", ""));
    if (strcmp(name, "close") == 0 && is(context, FE_INSTANCE))
        take_in(world, "socket", attempt(context, "socket", "i", (int)choose(world->input, 11)));
}

void use_module(struct world *world)
{
    const struct method *method = any_method(world);
    fe_value *arguments[12] = {0}, *this_value, *result;
    size_t count = count_of(world, method);
    this_value = rarely(world->input, 32) ? any_value(world) : instance_of(world, method->of);
    if (is_one_of(method->name, ending) && is_anchor(world, this_value)) return;
    if ((is_one_of(method->name, waiting) || is_one_of(method->name, making)) && !may_add_sockets(world)) return;
    for (size_t i = 0; i < count; i++) arguments[i] = argument(world, method->name, i);
    prepare_failure(world);
    calls_made++;
    result = fe_call(method->function, this_value, count, arguments);
    if (is_planted) fe_retain(this_value);
    settle(world, method->name);
    take_in(world, method->name, keep(&world->host, result));
    if (world->depth == 0 && !world->runtime_ended) follow(world, method->name);
}

void use_property(struct world *world)
{
    static const char *const names[] = {"closed", "type", "last_endpoint", "fd", "events"};
    const char *name = names[choose(world->input, 5)];
    fe_value *instance = any_instance(world), *assigned = any_value(world), *result;
    prepare_failure(world);
    calls_made++;
    if (choose(world->input, 8) == 7) {
        fe_assign(instance, name, assigned);
    } else {
        result = fe_get(instance, name);
        if (result) keep(&world->host, result);
    }
    settle(world, name);
}

void use_construct(struct world *world)
{
    static const char *const names[] = {"Poller", "Context", "Socket"};
    const char *name = names[choose(world->input, 3)];
    if (!may_add_sockets(world)) name = "Poller";
    fe_value *constructor = get(world->host.zmq, name), *argument = any_value(world);
    prepare_failure(world);
    calls_made++;
    fe_value *result = choose(world->input, 8) == 7 ? fe_call(constructor, argument, 1, &argument)
                                                     : fe_construct(constructor, 1, &argument);
    settle(world, name);
    take_in(world, name, keep(&world->host, result));
}
