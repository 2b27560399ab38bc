/* arguments.c - what methods expect, or nearly */
#include "abi.h"

#include <string.h>

int is_one_of(const char *name, const char *const *list)
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

static fe_value *number_in(struct world *world, int number)
{
    return keep(&world->host, fe_number(world->host.engine, number));
}

static fe_value *endpoint(struct world *world, const char *name)
{
    static const char *const own[] = {"inproc://d", "inproc://e", "inproc://", "tcp://127.0.0.1:*"};
    unsigned which = take(world->input);
    const char *chosen = anchored_endpoints[which % ANCHORS];
    if (which >= (strcmp(name, "connect") == 0 ? 192 : 64)) chosen = own[which % 4];
    return keep(&world->host, fe_text(world->host.engine, chosen));
}

static fe_value *option(struct world *world)
{
    static const int options[] = {5, 6, 7, 13, 14, 15, 16, 22, 32, 33, 39, 40, 200, -1};
    return number_in(world, options[choose(world->input, sizeof options / sizeof *options)]);
}

/* Of a context. */
static fe_value *context_setting(struct world *world, size_t i)
{
    static const int options[] = {1, 2, 4, 5, 6, 7, 8, 9, 10, 42, 70, 200, -1};
    fe_value *value = any_value(world);
    if (rarely(world->input, 4) && !is(value, FE_NUMBER) && !is(value, FE_BIGINT)) return value;
    if (i == 1) return number_in(world, rarely(world->input, 16) ? 1 << 30 : 1 + (int)choose(world->input, 4));
    return number_in(world, options[choose(world->input, sizeof options / sizeof *options)]);
}

/* DONTWAIT and SNDMORE; rarely without the former. */
static fe_value *flags(struct world *world)
{
    unsigned bits = take(world->input);
    return number_in(world, (int)(bits & 2) | (bits >= 8));
}

static fe_value *source(struct world *world)
{
    return rarely(world->input, 16) ? any_instance(world)
                                    : instance_of(world, class_named("Socket"));
}

/* How long, or for how many events. */
static fe_value *limit(struct world *world, const char *name, size_t i)
{
    int is_count = i == 0 && (strcmp(name, "wait_all") == 0 || strcmp(name, "poll_all") == 0);
    return number_in(world, is_count || rarely(world->input, 64) ? (int)choose(world->input, 3) : 0);
}

fe_value *argument(struct world *world, const char *name, size_t i)
{
    struct input *input = world->input;
    if (is_one_of(name, of_time)) return limit(world, name, i);
    if (strcmp(name, "monitor") == 0 && !rarely(input, 4))
        return i == 0 && rarely(input, 2) ? endpoint(world, name) : number_in(world, 0xFFFF);
    if (strcmp(name, "set") == 0) return context_setting(world, i);
    if (i == 0 && is_one_of(name, at_endpoints) && !rarely(input, 16)) return endpoint(world, name);
    if (rarely(input, 16)) return any_value(world);
    if (i == 0 && strcmp(name, "shared") == 0)
        return keep(&world->host, fe_text(world->host.engine, shared_names[choose(input, SHARED_NAMES)]));
    if (i == 0 && is_one_of(name, of_options)) return option(world);
    if (i == 0 && is_one_of(name, on_sources)) return source(world);
    if (i == 1 && is_one_of(name, on_sources)) return number_in(world, (int)choose(input, 4));
    if (i == 0 && strcmp(name, "socket") == 0) return number_in(world, (int)choose(input, 11));
    if (i == 1 && strncmp(name, "send", 4) == 0) return flags(world);
    if (i == 2 && strcmp(name, "recv_into") == 0) return flags(world);
    if (i == 0 && strncmp(name, "recv", 4) == 0 && strcmp(name, "recv_into") != 0)
        return flags(world);
    return any_value(world);
}
