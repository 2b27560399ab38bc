/* test_error.c - the errors that scripts get */
#include "host.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A TypeError names the call's signature: "send(data, flags?)". */
static void check_type_error(fe_value *error, const zmqjs_function *function)
{
    char call[256];
    snprintf(call, sizeof call, "%s", function->signature);
    char *end = strchr(call, ')');
    CHECK(end);
    end[1] = 0;
    CHECK_ERROR(error, "TypeError", NULL, NULL);
    CHECK_CONTAINS(text(get(error, "message")), call);
}

#define CHECK_TYPE_ERROR(object, class_name, method, ...) \
    check_type_error(fails(object, method, __VA_ARGS__), function_named(class_name, method))

static void wrong_arguments(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *object = keep(&host, fe_object(host.engine, NULL));
    fe_value *array = keep(&host, fe_array(host.engine, 1));
    fe_value *poller = construct(host.zmq, "Poller", "");

    CHECK_TYPE_ERROR(host.zmq, NULL, "has", "");
    CHECK_TYPE_ERROR(host.zmq, NULL, "has", "i", 5);
    CHECK_TYPE_ERROR(pair.context, "Context", "socket", "");
    CHECK_TYPE_ERROR(pair.context, "Context", "socket", "s", "PUSH");
    CHECK_TYPE_ERROR(pair.context, "Context", "socket", "d", 1.5);
    CHECK_TYPE_ERROR(pair.context, "Context", "set", "k", "MAX_SOCKETS");
    CHECK_TYPE_ERROR(pair.context, "Context", "set", "ks", "MAX_SOCKETS", "many");
    CHECK_TYPE_ERROR(pair.context, "Context", "get", "n");
    CHECK_TYPE_ERROR(pair.push, "Socket", "bind", "");
    CHECK_TYPE_ERROR(pair.push, "Socket", "bind", "i", 5555);
    CHECK_TYPE_ERROR(pair.push, "Socket", "connect", "v", object);
    CHECK_TYPE_ERROR(pair.push, "Socket", "connect", "b", "inproc://x", (size_t)10);
    CHECK_TYPE_ERROR(pair.push, "Socket", "unbind", "u");
    CHECK_TYPE_ERROR(pair.push, "Socket", "disconnect", "n");
    CHECK_TYPE_ERROR(pair.push, "Socket", "send", "");
    CHECK_TYPE_ERROR(pair.push, "Socket", "send", "u");
    CHECK_TYPE_ERROR(pair.push, "Socket", "send", "v", object);
    CHECK_TYPE_ERROR(pair.push, "Socket", "send", "v", array);
    CHECK_TYPE_ERROR(pair.push, "Socket", "send", "v", pair.pull);
    CHECK_TYPE_ERROR(pair.push, "Socket", "send", "v", get(pair.push, "send"));
    CHECK_TYPE_ERROR(pair.push, "Socket", "send", "ss", "text", "DONTWAIT");
    CHECK_TYPE_ERROR(pair.pull, "Socket", "recv", "s", "DONTWAIT");
    CHECK_TYPE_ERROR(pair.pull, "Socket", "recv_str", "v", object);
    CHECK_TYPE_ERROR(pair.push, "Socket", "setsockopt", "");
    CHECK_TYPE_ERROR(pair.push, "Socket", "setsockopt", "s", "LINGER");
    CHECK_TYPE_ERROR(pair.push, "Socket", "setsockopt", "kv", "LINGER", object);
    CHECK_TYPE_ERROR(pair.push, "Socket", "getsockopt", "");
    CHECK_TYPE_ERROR(pair.push, "Socket", "getsockopt_int", "s", "LINGER");
    CHECK_TYPE_ERROR(poller, "Poller", "add", "");
    CHECK_TYPE_ERROR(poller, "Poller", "add", "v", pair.pull);
    CHECK_TYPE_ERROR(poller, "Poller", "add", "vk", pair.context, "POLLIN");
    CHECK_TYPE_ERROR(poller, "Poller", "add", "vk", object, "POLLIN");
    CHECK_TYPE_ERROR(poller, "Poller", "modify", "uk", "POLLIN");
    CHECK_TYPE_ERROR(poller, "Poller", "remove", "v", poller);
    CHECK_TYPE_ERROR(poller, "Poller", "wait", "s", "long");
    CHECK_TYPE_ERROR(poller, "Poller", "wait_all", "n");
    CHECK_TYPE_ERROR(poller, "Poller", "poll_all", "s", "all");

    /* None of this has done anything. */
    CHECK_INT(number(run(poller, "size", "")), 0);
    CHECK(is(run(pair.pull, "recv", "k", "DONTWAIT"), FE_UNDEFINED));
    host_close(&host);
}

/* ---- this ------------------------------------------------------------------------------- */

static void check_this(fe_value *function, const zmqjs_function *definition, fe_value *wrong)
{
    struct host *host = function->engine->host;
    fe_value *result = attempt_call(function, wrong);
    if (result) FAIL("%s works with a wrong this", definition->name);
    if (strchr(definition->signature, '(')) {
        check_type_error(caught(host), definition);
    } else {
        fe_value *error = caught(host);
        CHECK_ERROR(error, "TypeError", NULL, NULL);
        CHECK_CONTAINS(text(get(error, "message")), "this is not a");
    }
}

/* The methods, getters and setters of a prototype, on values that are not instances of its
 * class. */
static void check_prototype(struct host *host, const struct definition *definition,
                            fe_value *const *others, size_t count)
{
    char name[128];
    fe_value *prototype = get(get(host->zmq, definition->of->name), "prototype");
    const zmqjs_property *key = definition->property;
    snprintf(name, sizeof name, "%s%s", key->name ? "" : "@@", key->name ? key->name : key->symbol);
    const fe_property *property = fe_own_property(prototype, name);
    fe_value *functions[] = {property->value, property->getter, property->setter};
    const zmqjs_function *of[] = {definition->function, definition->function, definition->setter};
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < count && functions[k]; i++)
            if (others[i]->kind != FE_INSTANCE || others[i]->prototype != prototype)
                check_this(functions[k], of[k], others[i]);
}

static void wrong_this(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *others[] = {
        fe_undefined(host.engine),
        fe_null(host.engine),
        fe_number(host.engine, 1),
        fe_object(host.engine, NULL),
        fe_object(host.engine, pair.push->prototype),
        fe_text(host.engine, "this"),
        fe_bytes(host.engine, "this", 4),
        fe_retain(pair.context),
        fe_retain(pair.push),
        fe_retain(construct(host.zmq, "Poller", "")),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    for (size_t i = 0; i < OTHERS; i++) keep(&host, others[i]);

    size_t count, checked = 0;
    const struct definition *all = definitions(&count);
    for (size_t i = 0; i < count; i++) {
        if (all[i].property->target != ZMQJS_ON_PROTOTYPE || !all[i].function) continue;
        check_prototype(&host, &all[i], others, OTHERS);
        checked++;
    }
    CHECK(checked > 60);
    host_close(&host);
}

static void wrong_construction(void)
{
    struct host host;
    host_open(&host);
    CHECK(!attempt_construct(host.zmq, "Socket", ""));
    CHECK_ERROR(caught(&host), "TypeError", NULL, NULL);
    CHECK(!attempt(host.zmq, "Context", ""));
    CHECK_ERROR(caught(&host), "TypeError", NULL, NULL);
    host_close(&host);
}

static void subclass(void)
{
    struct host host;
    host_open(&host);
    fe_value *base = get(host.zmq, "Context");
    fe_value *prototype = keep(&host, fe_object(host.engine, get(base, "prototype")));
    fe_value *heir = keep(&host, fe_function(host.engine, base->as.function.native,
                                               base->as.function.owner,
                                               base->as.function.number));
    fe_set(heir, "prototype", prototype);
    fe_value *context = keep(&host, fe_construct(heir, 0, NULL));
    CHECK(context && context->prototype == prototype);
    run(run(context, "socket", "k", "PAIR"), "close", "");
    host_close(&host);
}

/* ---- refusals of libzmq ------------------------------------------------------------------- */

static void codes(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *socket = run(pair.context, "socket", "k", "REQ");
    fe_value *poller = construct(host.zmq, "Poller", "");

#define CHECK_CODE(code, object, ...) CHECK_ERROR(fails(object, __VA_ARGS__), "Error", code, NULL)
#define CHECK_AT(code, endpoint, object, method) \
    CHECK_ERROR(fails(object, method, "s", endpoint), "Error", code, endpoint)
    CHECK_AT("EADDRINUSE", "inproc://pair", socket, "bind");
    CHECK_AT("EINVAL", "no endpoint", socket, "bind");
    CHECK_AT("EINVAL", "tcp://127.0.0.1", socket, "connect");
    CHECK_AT("EPROTONOSUPPORT", "pigeon://roof", socket, "connect");
    CHECK_AT("ENODEV", "tcp://no-such-interface:*", socket, "bind");
    CHECK_AT("ENOENT", "inproc://nowhere", socket, "unbind");
    CHECK_AT("ENOENT", "inproc://nowhere", socket, "disconnect");

    CHECK_CODE("EINVAL", pair.context, "socket", "i", 9999);
    CHECK_CODE("EINVAL", pair.context, "socket", "i", -1);
    CHECK_CODE("EINVAL", pair.context, "get", "i", 9999);
    CHECK_CODE("EINVAL", pair.context, "set", "ii", 9999, 1);
    CHECK_CODE("EINVAL", socket, "getsockopt_int", "i", 9999);
    CHECK_CODE("EINVAL", socket, "setsockopt", "ii", 9999, 1);
    CHECK_CODE("EFSM", socket, "recv", "k", "DONTWAIT");
    CHECK_CODE("ENOTSUP", pair.push, "recv", "k", "DONTWAIT");
    CHECK_CODE("ENOTSUP", pair.pull, "send", "sk", "text", "DONTWAIT");

    CHECK_CODE("EFAULT", poller, "wait", "i", -1);
    CHECK_CODE("EINVAL", poller, "remove", "v", socket);
    CHECK_CODE("EINVAL", poller, "modify", "vk", socket, "POLLIN");
    run(poller, "add", "vk", socket, "POLLIN");
    CHECK_CODE("EINVAL", poller, "add", "vk", socket, "POLLIN");

    run(socket, "close", "");
    CHECK_CODE("ENOTSOCK", socket, "send", "s", "text");
    CHECK_CODE("ENOTSOCK", socket, "recv", "");
    CHECK_CODE("ENOTSOCK", socket, "getsockopt", "k", "TYPE");
    CHECK_CODE("ENOTSOCK", socket, "setsockopt", "ki", "LINGER", 0);
    CHECK_CODE("ENOTSOCK", poller, "add", "vk", socket, "POLLIN");
    CHECK_AT("ENOTSOCK", "inproc://x", socket, "bind");
    host_close(&host);
}

/* Every use of an ended context throws, with a code. */
static void after_term(void)
{
    struct host host;
    host_open(&host);
    fe_value *context = construct(host.zmq, "Context", "");
    run(context, "term", "");
    static const char *const uses[] = {"socket", "get"};
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        fe_value *error = fails(context, uses[i], "k", i ? "MAX_SOCKETS" : "PUSH");
        CHECK_TEXT(text(get(error, "name")), "Error");
        CHECK(is(get(error, "code"), FE_STRING));
    }
    host_close(&host);
}

/* Every use of an instance or of the module after the runtime has ended throws, with a code. */
static void after_the_runtime(void)
{
    struct host host;
    host_open(&host);
    fe_value *context = construct(host.zmq, "Context", "");
    fe_value *socket = run(context, "socket", "k", "PUSH");
    fe_value *poller = construct(host.zmq, "Poller", "");
    host_end_runtime(&host);
    CHECK_CODE("ETERM", socket, "send", "s", "text");
    CHECK_CODE("ETERM", socket, "close", "");
    CHECK_CODE("ETERM", context, "socket", "k", "PUSH");
    CHECK_CODE("ETERM", poller, "wait", "i", 10);
    CHECK_CODE("ETERM", host.zmq, "version", "");
    host_close(&host);
}

static void after_shutdown(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    run(pair.context, "shutdown", "");
    CHECK_CODE("ETERM", pair.pull, "recv", "");
    CHECK_CODE("ETERM", pair.push, "send", "s", "text");
    CHECK_CODE("ETERM", pair.context, "socket", "k", "PUSH");
    run(pair.push, "close", "");
    run(pair.pull, "close", "");
    run(pair.context, "term", "");
    host_close(&host);
}

/* A message of the wrong size: a TypeError with both sizes; the message is lost. */
static void wrong_size(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    run(pair.push, "send", "s", "hello");
    fe_value *error = fails(pair.pull, "recv_int", "");
    CHECK_ERROR(error, "TypeError", NULL, NULL);
    CHECK_CONTAINS(text(get(error, "message")), "4");
    CHECK_CONTAINS(text(get(error, "message")), "5");
    run(pair.push, "send", "i", 1);
    error = fails(pair.pull, "recv_bigint", "");
    CHECK_ERROR(error, "TypeError", NULL, NULL);
    CHECK_CONTAINS(text(get(error, "message")), "8");
    CHECK(is(run(pair.pull, "recv", "k", "DONTWAIT"), FE_UNDEFINED));
    host_close(&host);
}

/* ---- odd values -------------------------------------------------------------------------- */

/* Texts with a NUL or a lone surrogate are never cut or passed on as they are. */
static void odd_endpoints(void)
{
    struct host host;
    host_open(&host);
    fe_value *context = construct(host.zmq, "Context", "");
    fe_value *one = run(context, "socket", "k", "PAIR");
    fe_value *two = run(context, "socket", "k", "PAIR");
    fails(one, "bind", "S", "inproc://a\0b", (size_t)12);
    run(two, "bind", "s", "inproc://a"); /* is free */
    fails(one, "connect", "S", "\0", (size_t)1);
    fails(one, "connect", "s", "");
    fails(one, "bind", "s", "\xed\xa0\x80://\xed\xa0\x80");
    fails(host.zmq, "has", "");
    CHECK_INT(number(run(host.zmq, "has", "S", "ipc\0", (size_t)4)), 0);
    CHECK_INT(number(run(host.zmq, "has", "S", NULL, (size_t)0)), 0);

    static char long_text[100000];
    memset(long_text, 'x', sizeof long_text - 1);
    fe_value *error = fails(one, "bind", "s", long_text);
    CHECK_ERROR(error, "Error", "EINVAL", long_text);
    host_close(&host);
}

static void odd_numbers(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    static const double out_of_range[] = {4294967296.0, -2147483649.0, 1e300, 0.5};
    for (size_t i = 0; i < sizeof out_of_range / sizeof *out_of_range; i++) {
        fails(pair.context, "socket", "d", out_of_range[i]);
        fails(pair.push, "send", "sd", "text", out_of_range[i]);
    }
    fails(pair.push, "send", "d", (double)NAN);
    fails(pair.push, "send", "d", (double)INFINITY);
    fails(pair.push, "send", "d", 1.5);

    fe_value *wide = keep(&host, fe_bigint(host.engine, 1, 0));
    wide->as.bigint.is_wider = 1;
    fails(pair.push, "send", "v", wide);
    fe_value *high = keep(&host, fe_bigint(host.engine, -1, 1)); /* 2^64 - 1 */
    CHECK_INT(number(run(pair.push, "send", "v", high)), 8);
    fe_value *bytes = run(pair.pull, "recv", "");
    CHECK_INT((long long)bytes->as.bytes.length, 8);
    CHECK(memcmp(bytes->as.bytes.data, &high->as.bigint.bits, 8) == 0);
    run(pair.push, "send", "d", -0.0);
    CHECK_INT(number(run(pair.pull, "recv_int", "")), 0);
    CHECK(is(run(pair.pull, "recv", "k", "DONTWAIT"), FE_UNDEFINED));
    host_close(&host);
}

/* More arguments than a function takes are ignored, as in any JavaScript. */
static void more_arguments(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *object = keep(&host, fe_object(host.engine, NULL));
    CHECK_INT(number(run(pair.push, "send", "siviiiiii", "text", 0, object, 1, 2, 3, 4, 5, 6)), 4);
    CHECK_TEXT(text(run(pair.pull, "recv_str", "uvvs", object, object, "x")), "text");
    host_close(&host);
}

const test_case error_cases[] = {
    {"error-wrong-arguments", wrong_arguments, 1},
    {"error-wrong-this", wrong_this, 1},
    {"error-wrong-construction", wrong_construction, 0},
    {"error-subclass", subclass, 0},
    {"error-codes", codes, 1},
    {"error-after-term", after_term, 0},
    {"error-after-the-runtime", after_the_runtime, 1},
    {"error-after-shutdown", after_shutdown, 0},
    {"error-wrong-size", wrong_size, 1},
    {"error-odd-endpoints", odd_endpoints, 1},
    {"error-odd-numbers", odd_numbers, 1},
    {"error-more-arguments", more_arguments, 0},
    {NULL, NULL, 0},
};
