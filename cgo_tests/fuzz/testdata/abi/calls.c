/* calls.c - what scripts do: methods, properties, new */
#include "abi.h"

#include <string.h>

unsigned long long calls_made;

static int is_one_of(const char *name, const char *const *list)
{
    while (*list && strcmp(name, *list) != 0) list++;
    return *list != NULL;
}

static const char *const at_endpoints[] = {"bind", "connect", "unbind", "disconnect", NULL};
static const char *const of_time[] = {"wait", "wait_all", "poll_all", "close", NULL};
static const char *const on_sources[] = {"add", "modify", "remove", NULL};
static const char *const of_options[] = {"setsockopt", "getsockopt", "getsockopt_int",
                                         "getsockopt_bigint", "getsockopt_str",
                                         "getsockopt_uint8ffarray", NULL};
/* They wait for sockets: of Context, and of no use with others here. */
static const char *const endless[] = {"term", "@@dispose", NULL};

static toy_value *small(struct world *world)
{
    return keep(&world->host, toy_number(world->host.engine, choose(world->input, 3)));
}

static toy_value *endpoint(struct world *world)
{
    static const char *const endpoints[] = {"inproc://a", "inproc://b", "tcp://127.0.0.1:*",
                                            "inproc://"};
    return keep(&world->host, toy_text(world->host.engine, endpoints[choose(world->input, 4)]));
}

static toy_value *option(struct world *world)
{
    static const int options[] = {5, 6, 7, 13, 14, 15, 16, 22, 32, 33, 39, 40, 54, 200, -1};
    unsigned which = choose(world->input, sizeof options / sizeof *options);
    return keep(&world->host, toy_number(world->host.engine, options[which]));
}

/* The i-th argument that a method expects, or something else. */
static toy_value *argument(struct world *world, const char *name, size_t i)
{
    if (is_one_of(name, of_time)) return small(world);
    if (strcmp(name, "monitor") == 0) /* a Monitor would wait for events */
        return choose(world->input, 2) ? endpoint(world) : keep(&world->host, toy_null(world->host.engine));
    if (choose(world->input, 8) == 7) return any_value(world);
    if (i == 0 && is_one_of(name, at_endpoints)) return endpoint(world);
    if (i == 0 && is_one_of(name, of_options)) return option(world);
    if (i == 0 && is_one_of(name, on_sources)) return any_instance(world);
    if (i == 0 && strcmp(name, "socket") == 0)
        return keep(&world->host, toy_number(world->host.engine, choose(world->input, 11)));
    if (strncmp(name, "recv", 4) == 0 && strcmp(name, "recv_into") != 0) return small(world);
    return any_value(world);
}

/* Some callback of the call that follows fails. */
static void prepare_failure(struct world *world)
{
    unsigned which = take(world->input);
    if (which < 128) return;
    static const enum callback failing[] = {VALUE_GET, VALUE_NEW, ELEMENT_GET, SLOT_SET,
                                            SLOT_GET, SCOPE_OPEN, BYTES_ADOPT};
    contract_fail(&world->host.contract, failing[which % 7], 1 + which / 7 % 3);
}

static void settle(struct world *world, const char *after)
{
    forget_exception(world->host.engine);
    if (world->depth == 0) {
        contract_fail(&world->host.contract, VALUE_GET, 0);
        contract_settled(&world->host.contract, after);
    }
}

/* Nothing that is called on a socket takes long. */
static void soothe(struct world *world, toy_value *socket)
{
    static const char *const options[] = {"RCVTIMEO", "SNDTIMEO", "LINGER"};
    contract_fail(&world->host.contract, VALUE_GET, 0);
    for (int i = 0; i < 3; i++) {
        attempt(socket, "setsockopt", "ki", options[i], i < 2);
        forget_exception(world->host.engine);
    }
}

void use_module(struct world *world)
{
    size_t which = choose(world->input, (unsigned)world->method_count), count = choose(world->input, 4);
    const char *name = world->names[which];
    toy_value *arguments[12] = {0}, *this_value = any_instance(world), *result;
    if (is_one_of(name, endless)) return;
    if (choose(world->input, 16) == 15) this_value = any_value(world);
    if (choose(world->input, 32) == 31) count = 12;
    for (size_t i = 0; i < count; i++) arguments[i] = argument(world, name, i);
    prepare_failure(world);
    calls_made++;
    result = toy_call(world->methods[which], this_value, count, arguments);
    if (result) keep(&world->host, result);
#ifdef PLANTED
    toy_own(world->host.engine, this_value, "planted");
#endif
    settle(world, name);
    if (result && strcmp(name, "socket") == 0) soothe(world, result);
}

void use_property(struct world *world)
{
    static const char *const names[] = {"closed", "type", "last_endpoint", "fd", "events"};
    const char *name = names[choose(world->input, 5)];
    toy_value *instance = any_instance(world), *result;
    prepare_failure(world);
    calls_made++;
    if (choose(world->input, 8) == 7) {
        toy_assign(instance, name, any_value(world));
    } else {
        result = toy_get(instance, name);
        if (result) keep(&world->host, result);
    }
    settle(world, name);
}

void use_construct(struct world *world)
{
    static const char *const names[] = {"Poller", "Context", "Socket"};
    const char *name = names[choose(world->input, 3)];
    toy_value *constructor = get(world->host.zmq, name), *argument = any_value(world);
    prepare_failure(world);
    calls_made++;
    toy_value *result = choose(world->input, 8) == 7 ? toy_call(constructor, argument, 1, &argument)
                                                     : toy_construct(constructor, 1, &argument);
    if (result) keep(&world->host, result);
    settle(world, name);
}
