/* test_slot.c - values that a poller keeps: in slots, which the engine's collector sees */
#include "host.h"

#include <stdio.h>

struct scene {
    struct host host;
    struct pair pair;
    fe_value *poller, *user_data;
};

static void scene_open(struct scene *s)
{
    host_open(&s->host);
    pair_open(&s->host, &s->pair);
    s->poller = construct(s->host.zmq, "Poller", "");
    s->user_data = keep(&s->host, fe_object(s->host.engine, NULL));
}

static void wake(struct scene *s) { run(s->pair.push, "send", "s", "wake up"); }

static long long references(fe_value *value) { return (long long)value->references; }

/* The same values are returned, of every kind. */
static void hands_back_the_same(void)
{
    struct scene s;
    scene_open(&s);
    fe_engine *engine = s.host.engine;
    fe_value *kinds[] = {
        /* of the script, */
        s.user_data, s.poller, s.pair.pull, s.pair.context, get(s.poller, "add"),
        /* and made here */
        fe_null(engine), fe_boolean(engine, 1), fe_number(engine, 7), fe_text(engine, "data"),
        fe_array(engine, 3), fe_bytes(engine, "x", 1), fe_bigint(engine, -1, 1),
    };
    wake(&s);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (i >= 5) keep(&s.host, kinds[i]);
        run(s.poller, "add", "vkv", s.pair.pull, "POLLIN", kinds[i]);
        fe_value *event = run(s.poller, "wait", "i", -1);
        CHECK(get(event, "socket") == s.pair.pull);
        CHECK(get(event, "user_data") == kinds[i]);
        run(s.poller, "remove", "v", s.pair.pull);
    }
    host_close(&s.host);
}

static void no_user_data(void)
{
    struct scene s;
    scene_open(&s);
    wake(&s);
    run(s.poller, "add", "vk", s.pair.pull, "POLLIN");
    CHECK(is(get(run(s.poller, "wait", "i", -1), "user_data"), FE_UNDEFINED));
    run(s.poller, "remove", "v", s.pair.pull);
    run(s.poller, "add", "vku", s.pair.pull, "POLLIN");
    CHECK(is(get(run(s.poller, "poll", ""), "user_data"), FE_UNDEFINED));
    host_close(&s.host);
}

/* Held while they are in, and not a moment longer. */
static void removed_is_released(void)
{
    struct scene s;
    scene_open(&s);
    CHECK_INT(references(s.user_data), 1);
    CHECK_INT(references(s.pair.pull), 1);
    run(s.poller, "add", "vkv", s.pair.pull, "POLLIN", s.user_data);
    CHECK_INT(references(s.user_data), 2);
    CHECK_INT(references(s.pair.pull), 2);
    run(s.poller, "modify", "vk", s.pair.pull, "POLLOUT");
    CHECK_INT(references(s.user_data), 2);
    run(s.poller, "remove", "v", s.pair.pull);
    CHECK_INT(references(s.user_data), 1);
    CHECK_INT(references(s.pair.pull), 1);
    host_close(&s.host);
}

/* The poller alone keeps a socket alive that the script has dropped. */
static void keeps_alive(void)
{
    struct scene s;
    scene_open(&s);
    run(s.poller, "add", "vkv", s.pair.pull, "POLLIN", s.user_data);
    fe_value *pull = s.pair.pull;
    drop(s.pair.pull);
    fe_collect(s.host.engine);
    wake(&s);
    fe_value *event = run(s.poller, "wait", "i", -1);
    CHECK(get(event, "socket") == pull);
    CHECK_TEXT(text(run(get(event, "socket"), "recv_str", "")), "wake up");
    host_close(&s.host);
}

/* A poller that is collected with its entries releases them and its descriptor, and only
 * then. */
static void collected_with_entries(void)
{
    struct scene s;
    scene_open(&s);
    int before = descriptor_count();
    run(s.poller, "add", "vkv", s.pair.pull, "POLLIN", s.user_data);
    run(s.poller, "add", "vkv", s.pair.push, "POLLOUT", s.user_data);
    fe_collect(s.host.engine);
    CHECK_INT(references(s.user_data), 3);
    CHECK_INT(descriptor_count(), before + poller_descriptors());
    drop(s.poller);
    CHECK_INT(descriptor_count(), before);
    CHECK_INT(references(s.user_data), 1);
    CHECK_INT(references(s.pair.pull), 1);
    wake(&s);
    CHECK_TEXT(text(run(s.pair.pull, "recv_str", "")), "wake up");
    host_close(&s.host);
}

/* A cycle through a slot is seen by the collector. */
static void cycles_are_collected(void)
{
    struct scene s;
    scene_open(&s);
    fe_set(s.user_data, "poller", s.poller);
    run(s.poller, "add", "vkv", s.pair.pull, "POLLIN", s.user_data);
    run(s.poller, "add", "vkv", s.pair.push, "POLLIN", s.poller);
    drop(s.user_data);
    drop(s.poller);
    CHECK(fe_collect(s.host.engine) >= 2);
    CHECK_INT(references(s.pair.pull), 1);
    CHECK_INT(references(s.pair.push), 1);
    host_close(&s.host);
}

/* A closed socket is no longer in its pollers, whichever thread or call has closed it. */
static void closed_while_in(void)
{
    struct scene s;
    scene_open(&s);
    fe_value *second = construct(s.host.zmq, "Poller", "");
    run(s.poller, "add", "vkv", s.pair.pull, "POLLIN", s.user_data);
    run(s.poller, "add", "vk", s.pair.push, "POLLIN");
    run(second, "add", "vkv", s.pair.pull, "POLLIN", s.user_data);
    run(s.pair.pull, "close", "");
    CHECK(is(run(s.poller, "wait", "i", 5), FE_NULL));
    CHECK_INT(number(run(s.poller, "size", "")), 1);
    CHECK_INT(number(run(second, "size", "")), 0);
    CHECK_INT(references(s.user_data), 1);
    CHECK_INT(references(s.pair.pull), 1);
    CHECK_ERROR(fails(second, "wait", "i", -1), "Error", "EFAULT", NULL);
    fails(s.poller, "remove", "v", s.pair.pull);
    fails(s.poller, "modify", "vk", s.pair.pull, "POLLIN");
    host_close(&s.host);
}

/* The same socket in several pollers, several sockets in one. */
static void many_to_many(void)
{
    enum { SOCKETS = 20 };
    struct scene s;
    fe_value *pulls[SOCKETS], *pushes[SOCKETS];
    scene_open(&s);
    fe_value *second = construct(s.host.zmq, "Poller", "");
    for (int i = 0; i < SOCKETS; i++) {
        char endpoint[32];
        snprintf(endpoint, sizeof endpoint, "inproc://many-%d", i);
        pulls[i] = run(s.pair.context, "socket", "k", "PULL");
        pushes[i] = run(s.pair.context, "socket", "k", "PUSH");
        run(pulls[i], "bind", "s", endpoint);
        run(pushes[i], "connect", "s", endpoint);
        run(s.poller, "add", "vki", pulls[i], "POLLIN", i);
        run(second, "add", "vki", pulls[i], "POLLIN", -i);
    }
    for (int i = 0; i < SOCKETS; i += 2) run(pushes[i], "send", "s", "even");
    fe_value *events = run(s.poller, "wait_all", "ii", 1000000000, -1);
    CHECK_INT((long long)events->as.array.length, SOCKETS / 2);
    int seen[SOCKETS] = {0};
    for (int i = 0; i < SOCKETS / 2; i++) {
        fe_value *event = item(events, (size_t)i);
        long long which = number(get(event, "user_data"));
        CHECK(which >= 0 && which < SOCKETS && which % 2 == 0 && seen[which]++ == 0);
        CHECK(get(event, "socket") == pulls[which]);
    }
    CHECK_INT((long long)run(second, "poll_all", "i", 3)->as.array.length, 3);
    for (int i = 0; i < SOCKETS; i += 3) run(s.poller, "remove", "v", pulls[i]);
    events = run(s.poller, "poll_all", "i", SOCKETS);
    for (size_t i = 0; i < events->as.array.length; i++)
        CHECK(number(get(item(events, i), "user_data")) % 3 != 0);
    CHECK_INT((long long)run(second, "poll_all", "i", SOCKETS)->as.array.length, SOCKETS / 2);
    host_close(&s.host);
}

/* "They stay dense": repeated additions and removals need no further slots. */
static void slots_stay_dense(void)
{
    struct scene s;
    scene_open(&s);
    fe_value *third = run(s.pair.context, "socket", "k", "DEALER");
    run(s.poller, "add", "vkv", s.pair.pull, "POLLIN", s.user_data);
    for (int i = 0; i < 500; i++) {
        run(s.poller, "add", "vkv", s.pair.push, "POLLIN", s.user_data);
        run(s.poller, "add", "vkv", third, "POLLIN", s.user_data);
        run(s.poller, "remove", "v", i % 2 ? third : s.pair.push);
        run(s.poller, "remove", "v", i % 2 ? s.pair.push : third);
    }
    CHECK(s.poller->as.instance.slot_count <= 6);
    CHECK_INT(references(s.user_data), 2);
    host_close(&s.host);
}

/* A collected socket and a new one may share an address: a poller must not take
 * one for the other. */
static void old_and_new_sockets(void)
{
    struct scene s;
    scene_open(&s);
    for (int i = 0; i < 100; i++) {
        fe_value *socket = run(s.pair.context, "socket", "k", "DEALER");
        run(s.poller, "add", "vkv", socket, "POLLIN", s.user_data);
        CHECK_INT(number(run(s.poller, "size", "")), 1);
        if (i % 2) run(socket, "close", "");
        else run(s.poller, "remove", "v", socket);
        drop(socket);
        fe_collect(s.host.engine);
    }
    CHECK_INT(number(run(s.poller, "size", "")), 0);
    CHECK_INT(references(s.user_data), 1);
    host_close(&s.host);
}

/* A removal that releases a socket's last reference. */
static void last_reference(void)
{
    struct scene s;
    scene_open(&s);
    run(s.poller, "add", "vk", s.pair.pull, "POLLIN");
    run(s.poller, "add", "vk", s.pair.push, "POLLIN");
    run(s.pair.push, "close", "");
    drop(s.pair.push);
    CHECK(is(run(s.poller, "poll", ""), FE_NULL));
    CHECK_INT(number(run(s.poller, "size", "")), 1);
    drop(s.pair.pull);
    run(s.poller, "@@dispose", "");
    CHECK_INT(number(run(s.poller, "size", "")), 0);
    host_close(&s.host);
}

const test_case slot_cases[] = {
    {"slot-hands-back-the-same", hands_back_the_same, 1},
    {"slot-no-user-data", no_user_data, 0},
    {"slot-removed-is-released", removed_is_released, 1},
    {"slot-keeps-alive", keeps_alive, 1},
    {"slot-collected-with-entries", collected_with_entries, 1},
    {"slot-cycles-are-collected", cycles_are_collected, 1},
    {"slot-closed-while-in", closed_while_in, 1},
    {"slot-last-reference", last_reference, 1},
    {"slot-many-to-many", many_to_many, 1},
    {"slot-stay-dense", slots_stay_dense, 1},
    {"slot-old-and-new-sockets", old_and_new_sockets, 1},
    {NULL, NULL, 0},
};
