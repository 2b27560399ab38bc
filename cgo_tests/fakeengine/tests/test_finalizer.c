/*
 * test_finalizer.c - script code that runs in the collector: whenever an adapter makes or releases
 * a value
 */
#include "operations.h"

#include <stdio.h>

/* ---- at every allocation ---------------------------------------------------------------------- */

/* The code that runs at one allocation of an operation. */
static struct {
    struct world *world;
    void (*script)(struct world *world);
    size_t at; /* 1 is the next allocation; 0: it has run, or is not to */
} meddler;

/* Calls the module from inside an allocation; its exception stays separate. */
static void meddle(fe_engine *engine)
{
    if (meddler.at == 0 || --meddler.at > 0) return;
    engine->before_allocation = NULL;
    meddler.script(meddler.world);
    engine->before_allocation = meddle;
}

static void ignore(struct world *w, fe_value *result)
{
    if (!result) fe_release(fe_catch(w->host.engine));
}

/* The number of the poller's entries grows and shrinks. */
static void add_and_remove(struct world *w)
{
    for (int i = 0; i < 3; i++) {
        ignore(w, attempt(w->poller, "add", "vkv", w->spare, "POLLIN", w->array));
        ignore(w, attempt(w->poller, "poll_all", "i", 8));
        ignore(w, attempt(w->poller, "remove", "v", w->spare));
    }
}

/* It no longer has values that a result may name. */
static void replace_entries(struct world *w)
{
    ignore(w, attempt(w->poller, "remove", "v", w->pair.pull));
    ignore(w, attempt(w->poller, "add", "vkv", w->spare, "POLLIN", w->array));
    ignore(w, attempt(w->poller, "add", "vkv", w->pair.push, "POLLOUT", w->poller));
    ignore(w, attempt(w->poller, "wait_all", "ii", 8, 0));
    ignore(w, attempt(w->poller, "remove", "v", w->spare));
    ignore(w, attempt(w->poller, "remove", "v", w->pair.push));
    ignore(w, attempt(w->poller, "add", "vkv", w->pair.pull, "POLLIN", w->user_data));
}

/* Messages and instances pass meanwhile. */
static void exchange(struct world *w)
{
    fe_value *context = attempt_construct(w->host.zmq, "Context", "");
    fe_value *one = attempt(context, "socket", "k", "PAIR");
    fe_value *two = attempt(context, "socket", "k", "PAIR");
    run(one, "bind", "s", "inproc://meanwhile");
    run(two, "connect", "s", "inproc://meanwhile");
    run(one, "send", "s", "meanwhile");
    CHECK_TEXT(text(run(two, "recv_str", "")), "meanwhile");
    run(one, "close", "");
    run(two, "close", "");
    run(context, "term", "");
    fails(two, "recv", "");
}

static void collect(struct world *w) { fe_collect(w->host.engine); }

static void (*const harmless[])(struct world *w) = {add_and_remove, replace_entries, exchange, collect};

/* Runs a script at the n-th allocation. Returns 0 when the operation has fewer. */
static int run_once(const struct operation *operation, size_t n, void (*script)(struct world *w),
                    int is_harmless)
{
    struct world world;
    world_open(&world);
    operation->prepare(&world);
    meddler.world = &world;
    meddler.script = script;
    meddler.at = n;
    world.host.engine->before_allocation = meddle;
    fe_value *result = operation->operate(&world);
    world.host.engine->before_allocation = NULL;
    int has_run = meddler.at == 0;
    if (result && is_harmless) operation->verify(&world, result);
    else if (!result && is_harmless)
        FAIL("%s throws: %s", operation->name, text(get(caught(&world.host), "message")));
    else ignore(&world, result);
    ignore(&world, attempt(world.poller, "poll_all", "i", 8));
    host_close(&world.host);
    return has_run;
}

static void at_every_allocation(void)
{
    size_t runs = 0;
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        for (const struct operation *operation = operations; operation->name; operation++)
            for (size_t n = 1; run_once(operation, n, harmless[i], 1); n++, runs++)
                if (n > 100) FAIL("%s allocates without an end", operation->name);
    printf("%zu runs\n", runs);
    CHECK(runs > 80);
}

/* Another socket replaces the one that a result names. */
static void take_its_place(struct world *w)
{
    ignore(w, attempt(w->poller, "remove", "v", w->pair.pull));
    ignore(w, attempt(w->poller, "add", "vkv", w->spare, "POLLIN", w->array));
}

/* A result names values that were kept when the call returned. */
static void results_are_of_the_call(void)
{
    static const char *const methods[] = {"wait", "poll", "wait_all", "poll_all"};
    size_t runs = 0;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        for (size_t n = 1, ran = 1; ran; n++, runs++) {
            struct world w;
            world_open(&w);
            run(w.pair.push, "send", "s", "text");
            meddler.world = &w;
            meddler.script = take_its_place;
            meddler.at = n;
            w.host.engine->before_allocation = meddle;
            fe_value *event = run(w.poller, methods[i], "ii", 8, 0);
            w.host.engine->before_allocation = NULL;
            ran = meddler.at == 0;
            if (is(event, FE_ARRAY)) event = item(event, 0);
            CHECK(get(event, "socket") == w.pair.pull);
            CHECK(get(event, "user_data") == w.user_data);
            host_close(&w.host);
        }
    }
    CHECK(runs > 8);
}

/* An object that the operation uses is closed or collected: whatever the result is, the process
 * works. */
static void close_everything(struct world *w)
{
    ignore(w, attempt(w->pair.pull, "close", ""));
    ignore(w, attempt(w->pair.push, "close", ""));
    ignore(w, attempt(w->spare, "close", ""));
    ignore(w, attempt(w->poller, "size", ""));
    ignore(w, attempt(w->poller, "@@dispose", ""));
}

static void shut_down(struct world *w) { ignore(w, attempt(w->pair.context, "shutdown", "")); }

static void (*const harmful[])(struct world *w) = {close_everything, shut_down};

static void that_ends_things(void)
{
    size_t runs = 0;
    for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++)
        for (const struct operation *operation = operations; operation->name; operation++)
            for (size_t n = 1; run_once(operation, n, harmful[i], 0); n++, runs++)
                if (n > 100) FAIL("%s allocates without an end", operation->name);
    printf("%zu runs\n", runs);
    CHECK(runs > 40);
}

/* ---- values that a poller keeps
 * ------------------------------------------------------------------ */

enum { SOCKETS = 6 };

struct scene {
    struct host host;
    struct pair pair;
    fe_value *poller, *sockets[SOCKETS];
    int ran;
};

static void scene_open(struct scene *s)
{
    host_open(&s->host);
    pair_open(&s->host, &s->pair);
    s->ran = 0;
    s->poller = construct(s->host.zmq, "Poller", "");
    for (int i = 0; i < SOCKETS; i++) s->sockets[i] = run(s->pair.context, "socket", "k", "DEALER");
}

/* Adds a socket with an object that has no other reference, and a finalizer of that. */
static void add_with_finalizer(struct scene *s, fe_value *socket, fe_finalizer finalizer)
{
    fe_value *user_data = fe_object(s->host.engine, NULL);
    fe_set_finalizer(user_data, finalizer, s);
    run(s->poller, "add", "vkv", socket, "POLLIN", user_data);
    fe_release(user_data);
}

/* Takes the places that have become free at once. */
static void add_others(fe_value *value, void *argument)
{
    struct scene *s = argument;
    (void)value;
    for (int i = 0; i < 2; i++) {
        char name[16];
        snprintf(name, sizeof name, "data %d", s->ran);
        fe_value *user_data = fe_text(s->host.engine, name);
        run(s->poller, "add", "vkv", s->sockets[s->ran++], "POLLOUT", user_data);
        fe_release(user_data);
    }
}

/* Values added by the finalizers exist, each socket with its own data. */
static void check_others(struct scene *s)
{
    CHECK_INT(number(run(s->poller, "size", "")), s->ran);
    for (int i = 0; i < s->ran; i++) run(s->poller, "modify", "vk", s->sockets[i], "POLLOUT");
    fe_value *peer = run(s->pair.context, "socket", "k", "ROUTER");
    run(peer, "bind", "s", "inproc://others");
    for (int i = 0; i < s->ran; i++) run(s->sockets[i], "connect", "s", "inproc://others");
    fe_value *events = run(s->poller, "poll_all", "i", SOCKETS);
    CHECK_INT((long long)events->as.array.length, s->ran);
    for (int i = 0; i < s->ran; i++) {
        fe_value *event = item(events, (size_t)i);
        const char *name = text(get(event, "user_data"));
        CHECK(get(event, "socket") == s->sockets[name[5] - '0']);
    }
}

static void adds_while_removed(void)
{
    struct scene s;
    scene_open(&s);
    add_with_finalizer(&s, s.pair.pull, add_others);
    run(s.poller, "remove", "v", s.pair.pull);
    CHECK_INT(s.ran, 2);
    check_others(&s);
    host_close(&s.host);
}

/* Several entries are removed in one call: it drops no values that were added meanwhile. */
static void adds_while_several_go(void)
{
    struct scene s;
    scene_open(&s);
    add_with_finalizer(&s, s.pair.pull, add_others);
    add_with_finalizer(&s, s.pair.push, add_others);
    run(s.pair.pull, "close", "");
    run(s.pair.push, "close", "");
    fe_value *size = attempt(s.poller, "size", "");
    CHECK(size);
    CHECK_INT(s.ran, 4);
    check_others(&s);
    host_close(&s.host);
}

static void add_again(fe_value *value, void *argument)
{
    struct scene *s = argument;
    (void)value;
    s->ran++;
    run(s->poller, "add", "vk", s->pair.pull, "POLLIN");
}

/* The very socket that is being removed. */
static void adds_the_same_again(void)
{
    struct scene s;
    scene_open(&s);
    add_with_finalizer(&s, s.pair.pull, add_again);
    run(s.poller, "remove", "v", s.pair.pull);
    CHECK_INT(s.ran, 1);
    run(s.pair.push, "send", "s", "text");
    fe_value *event = run(s.poller, "wait", "i", -1);
    CHECK(get(event, "socket") == s.pair.pull);
    CHECK(is(get(event, "user_data"), FE_UNDEFINED));
    host_close(&s.host);
}

/* ---- values collected together with the instances that they use
 * ---------------------------------- */

static void use_the_dead(fe_value *value, void *argument)
{
    struct scene *s = argument;
    fe_value *poller = keep(&s->host, fe_get(value, "poller"));
    fe_value *socket = keep(&s->host, fe_get(value, "socket"));
    s->ran++;
    CHECK(is(run(poller, "poll", ""), FE_NULL));
    CHECK_INT(number(run(poller, "size", "")), 1);
    run(poller, "modify", "vk", socket, "POLLOUT");
    run(poller, "poll", "");
    run(poller, "remove", "v", socket);
    run(socket, "close", "");
    CHECK_ERROR(fails(socket, "recv", ""), "Error", "ENOTSOCK", NULL);
}

static void uses_what_dies_with_it(void)
{
    struct scene s;
    scene_open(&s);
    fe_value *object = keep(&s.host, fe_object(s.host.engine, NULL));
    fe_value *socket = run(s.pair.context, "socket", "k", "DEALER");
    fe_set_finalizer(object, use_the_dead, &s);
    fe_set(object, "poller", s.poller);
    fe_set(object, "socket", socket);
    run(s.poller, "add", "vkv", socket, "POLLIN", object); /* a cycle */
    drop(object);
    drop(socket);
    drop(s.poller);
    fe_collect(s.host.engine);
    CHECK_INT(s.ran, 1);
    host_drop_values(&s.host);
    host_close(&s.host);
}

/* ---- collect -------------------------------------------------------------------------------------- */

static void use_module(fe_value *value, void *argument)
{
    struct scene *s = argument;
    (void)value;
    s->ran++;
    run(s->host.zmq, "version", "");
    run(s->poller, "size", "");
    fe_value *socket = attempt(s->pair.context, "socket", "k", "PAIR");
    if (socket) run(socket, "close", "");
    else CHECK_ERROR(caught(&s->host), "Error", "EMFILE", NULL);
}

/* libzmq closes collected sockets in the background. */
static fe_value *socket_in_the_end(fe_value *context)
{
    for (double deadline = now() + 60; now() < deadline; pause_ms(2)) {
        fe_value *socket = attempt(context, "socket", "k", "PAIR");
        if (socket) return socket;
        fe_value *error = caught(context->engine->host);
        CHECK_ERROR(error, "Error", "EMFILE", NULL);
        drop(error);
    }
    FAIL("no socket is closed");
}

/* Sockets have run out: the collector is asked, and finds some. */
static void collect_finds_sockets(void)
{
    struct scene s;
    scene_open(&s);
    fe_value *context = construct(s.host.zmq, "Context", "");
    run(context, "set", "ki", "MAX_SOCKETS", 8);
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 8; i++) {
            fe_value *socket = socket_in_the_end(context);
            fe_set(socket, "self", socket); /* garbage that only the collector finds */
            if (i == 0) fe_set_finalizer(socket, use_module, &s);
            drop(socket);
        }
    }
    CHECK(s.host.contract.asked[COLLECT] > 0);
    CHECK(s.ran > 0);
    fe_collect(s.host.engine); /* while finalizers use values */
    host_close(&s.host);
}

/* It finds none: the error is thrown, after it was asked once. */
static void collect_finds_nothing(void)
{
    struct scene s;
    fe_value *sockets[8];
    scene_open(&s);
    fe_value *context = construct(s.host.zmq, "Context", "");
    run(context, "set", "ki", "MAX_SOCKETS", 8);
    for (int i = 0; i < 8; i++) sockets[i] = run(context, "socket", "k", "PAIR");
    CHECK_INT((long long)s.host.contract.asked[COLLECT], 0);
    CHECK_ERROR(fails(context, "socket", "k", "PAIR"), "Error", "EMFILE", NULL);
    CHECK_INT((long long)s.host.contract.asked[COLLECT], 1);
    CHECK(is(get(sockets[0], "closed"), FE_BOOLEAN));
    host_close(&s.host);
}

static void free_the_runtime(fe_value *value, void *argument)
{
    struct scene *s = argument;
    (void)value;
    s->ran++;
    CHECK_STATUS(zmqjs_runtime_free(s->host.runtime), ZMQJS_BUSY);
}

/* The call is under way meanwhile. */
static void collect_frees_no_runtime(void)
{
    struct scene s;
    scene_open(&s);
    fe_value *context = construct(s.host.zmq, "Context", "");
    run(context, "set", "ki", "MAX_SOCKETS", 1);
    run(context, "socket", "k", "PAIR");
    fe_value *garbage = keep(&s.host, fe_object(s.host.engine, NULL));
    fe_set(garbage, "self", garbage);
    fe_set_finalizer(garbage, free_the_runtime, &s);
    drop(garbage);
    CHECK_ERROR(fails(context, "socket", "k", "PAIR"), "Error", "EMFILE", NULL);
    CHECK_INT(s.ran, 1);
    host_close(&s.host);
}

/* An engine that has no such callback gets the error at once. */
static void collect_is_absent(void)
{
    struct style style = {"without collect", .absent = BIT(COLLECT)};
    struct host host;
    host_open_as(&host, &style);
    fe_value *context = construct(host.zmq, "Context", "");
    run(context, "set", "ki", "MAX_SOCKETS", 2);
    for (int i = 0; i < 2; i++) run(context, "socket", "k", "PAIR");
    CHECK_ERROR(fails(context, "socket", "k", "PAIR"), "Error", "EMFILE", NULL);
    host_close(&host);
}

const test_case finalizer_cases[] = {
    {"finalizer-at-every-allocation", at_every_allocation, 0},
    {"finalizer-results-are-of-the-call", results_are_of_the_call, 0},
    {"finalizer-that-ends-things", that_ends_things, 0},
    {"finalizer-adds-while-removed", adds_while_removed, 0},
    {"finalizer-adds-while-several-go", adds_while_several_go, 0},
    {"finalizer-adds-the-same-again", adds_the_same_again, 0},
    {"finalizer-uses-what-dies-with-it", uses_what_dies_with_it, 0},
    {"finalizer-collect-finds-sockets", collect_finds_sockets, 0},
    {"finalizer-collect-finds-nothing", collect_finds_nothing, 0},
    {"finalizer-collect-frees-no-runtime", collect_frees_no_runtime, 0},
    {"finalizer-collect-is-absent", collect_is_absent, 0},
    {NULL, NULL, 0},
};
