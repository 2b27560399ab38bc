/* test_module.c - versions, last errors, the module's definition */
#define _GNU_SOURCE
#include "host.h"
#include "library.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

#ifndef LIBZMQ_FILE /* windows/posix.h has another */
#define LIBZMQ_FILE "libzmq"
#endif

/* ---- versions ----------------------------------------------------------------------------- */

static void pool_limit(void)
{
    int64_t limit = zmqjs_pool_limit(1000);
    CHECK_INT(limit, 64 * 1024 * 1024);
    CHECK_INT(zmqjs_pool_limit(-1), 1000);
    CHECK_INT(zmqjs_pool_limit(limit), 1000);
    CHECK_INT(zmqjs_pool_size(), 0);
}

static void versions(void)
{
    int major = -1, minor = -1, patch = -1;
    zmqjs_version(&major, &minor, &patch);
    CHECK_INT(major, ZMQJS_VERSION_MAJOR);
    CHECK_INT(minor, ZMQJS_VERSION_MINOR);
    CHECK_INT(patch, ZMQJS_VERSION_PATCH);
    CHECK_INT(zmqjs_abi_version(), ZMQJS_ABI_VERSION);

    zmqjs_libzmq_version(&major, &minor, &patch);
    CHECK_INT(major, 4);
    CHECK_CONTAINS(zmqjs_libzmq_path(), LIBZMQ_FILE);
    struct host host;
    host_open(&host);
    fe_value *version = run(host.zmq, "version", "");
    CHECK_INT(number(item(version, 0)), major);
    CHECK_INT(number(item(version, 1)), minor);
    CHECK_INT(number(item(version, 2)), patch);
    host_close(&host);
}

static void versions_without_pointers(void)
{
    int value = -1;
    zmqjs_version(NULL, NULL, NULL);
    zmqjs_libzmq_version(NULL, NULL, NULL);
    zmqjs_version(NULL, &value, NULL);
    CHECK_INT(value, ZMQJS_VERSION_MINOR);
    zmqjs_libzmq_version(&value, NULL, NULL);
    CHECK_INT(value, 4);
}

static volatile int handled;

static void ask_version(int signal_number)
{
    (void)signal_number;
    int major = 0;
    zmqjs_version(&major, NULL, NULL);
    handled += major == ZMQJS_VERSION_MAJOR;
    handled += zmqjs_abi_version() == ZMQJS_ABI_VERSION;
    handled += zmqjs_leave_timeout(-1) > 0;
}

static void versions_in_a_handler(void)
{
    library_load();
    handle_signal(SIGUSR1, ask_version, 0);
    raise(SIGUSR1);
    CHECK_INT(handled, 3);
}

/* ---- last errors ----------------------------------------------------------------------------- */

static void no_error_here(void *argument)
{
    (void)argument;
    CHECK_TEXT(zmqjs_last_error(), "");
    CHECK_STATUS(zmqjs_runtime_free(NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_CONTAINS(zmqjs_last_error(), "zmqjs_runtime_free");
}

/* Each thread has its own. */
static void last_error(void)
{
    struct worker worker;
    CHECK_TEXT(zmqjs_last_error(), "");
    CHECK_STATUS(zmqjs_runtime_new(NULL, NULL, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_CONTAINS(zmqjs_last_error(), "zmqjs_runtime_new");
    worker_start(&worker, no_error_here, NULL);
    worker_join(&worker);
    CHECK_CONTAINS(zmqjs_last_error(), "zmqjs_runtime_new");
    CHECK(utf8_valid(zmqjs_last_error(), strlen(zmqjs_last_error())));
}

/* ---- the definition ---------------------------------------------------------------------- */

static void ask_functions(void *argument)
{
    *(const zmqjs_function *const **)argument = library_zmqjs_functions(NULL);
}

static void functions_are_the_same_for_all(void)
{
    enum { THREADS = 4 };
    const zmqjs_function *const *lists[THREADS], *const *mine;
    struct worker workers[THREADS];
    size_t count;
    for (int i = 0; i < THREADS; i++) worker_start(&workers[i], ask_functions, &lists[i]);
    for (int i = 0; i < THREADS; i++) worker_join(&workers[i]);
    mine = library_zmqjs_functions(&count);
    for (int i = 0; i < THREADS; i++)
        for (size_t k = 0; k < count; k++) CHECK(lists[i][k] == mine[k]);
}

static void check_name(const char *name)
{
    CHECK(name && *name);
    CHECK(strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") ==
          strlen(name));
}

static int begins_with(const char *text, const char *first, const char *second)
{
    char begin[128];
    snprintf(begin, sizeof begin, "%s%s", first, second);
    return strncmp(text, begin, strlen(begin)) == 0;
}

/* The expected value of the property "name", after the prefix. */
static void check_function(const zmqjs_function *function, const char *prefix, const char *name)
{
    size_t count;
    char full[128];
    snprintf(full, sizeof full, "%s%s", prefix, name);
    CHECK_TEXT(function->name, full);
    CHECK(library_zmqjs_functions(&count)[function->number] == function);
    CHECK(function->number < count);
    CHECK(function->call);
    CHECK(utf8_valid(function->signature, strlen(function->signature)));
    CHECK(function->parameter_count <= ZMQJS_PARAMETER_MAXIMUM);
    CHECK(function->length <= function->parameter_count);
    CHECK(function->reads >> function->parameter_count == 0);
    CHECK((function->arrays & ~function->reads) == 0);
    if (function->fast_call) {
        CHECK(function->parameter_count == 1 || function->parameter_count == 2);
        CHECK(function->arrays == 0 && function->keeps == 0);
    }
    if (*prefix) CHECK(begins_with(function->signature, name, ": "));
    else CHECK_CONTAINS(function->signature, "): ");
}

static const char *key_of(const zmqjs_property *property)
{
    static char key[128];
    if (property->name) return property->name;
    snprintf(key, sizeof key, "[Symbol.%s]", property->symbol);
    return key;
}

static void check_definition(const struct definition *definition)
{
    const zmqjs_property *property = definition->property;
    const char *key = key_of(property);
    CHECK(!property->name != !property->symbol);
    check_name(property->name ? property->name : property->symbol);
    CHECK(property->target <= ZMQJS_ON_CONSTRUCTOR);
    if (property->target == ZMQJS_ON_MODULE) CHECK(property->name);
    else CHECK(definition->of);
    switch (definition->kind) {
    case DEFINED_CLASS:
        CHECK(property->target == ZMQJS_ON_MODULE);
        CHECK_TEXT(definition->of->name, key);
        check_function(definition->function, "", key);
        CHECK(definition->function->keeps == 0);
        break;
    case DEFINED_FUNCTION:
        check_function(definition->function, "", key);
        if (property->name) CHECK(begins_with(definition->function->signature, key, "("));
        break;
    case DEFINED_ACCESSOR:
        check_function(definition->function, "get ", key);
        CHECK(definition->function->parameter_count == 0);
        if (definition->setter) check_function(definition->setter, "set ", key);
        if (definition->setter) CHECK(definition->setter->parameter_count == 1);
        break;
    case DEFINED_VALUE:
        CHECK(definition->value->type == ZMQJS_INT32 || definition->value->type == ZMQJS_DOUBLE ||
              definition->value->type == ZMQJS_STRING);
        break;
    }
}

static int is_same_place(const struct definition *a, const struct definition *b)
{
    if (a->property->target != b->property->target) return 0;
    if (a->property->target != ZMQJS_ON_MODULE && a->of != b->of) return 0;
    if (!a->property->name != !b->property->name) return 0;
    return a->property->name ? strcmp(a->property->name, b->property->name) == 0
                             : strcmp(a->property->symbol, b->property->symbol) == 0;
}

/* Classes are counted, and have the properties that scripts expect. */
static void definition_is_well_formed(void)
{
    size_t count, classes = 0, constants = 0;
    const struct definition *all = definitions(&count);
    for (size_t i = 0; i < count; i++) {
        check_definition(&all[i]);
        if (all[i].kind == DEFINED_CLASS) CHECK_INT(all[i].of->number, (long long)classes++);
        constants += all[i].kind == DEFINED_VALUE && all[i].property->target == ZMQJS_ON_MODULE;
        for (size_t k = 0; k < i; k++)
            if (is_same_place(&all[i], &all[k])) FAIL("%s is defined twice", key_of(all[i].property));
    }
    CHECK(classes >= 3);
    CHECK(constants >= 224 - 5);
}

/* Every function is registered once, and no other function is called. */
static void functions_are_registered(void)
{
    size_t count, functions, uses[1000] = {0};
    const struct definition *all = definitions(&count);
    const zmqjs_function *const *list = library_zmqjs_functions(&functions);
    CHECK(functions < 1000 && list);
    for (size_t i = 0; i < count; i++) {
        if (all[i].function) uses[all[i].function->number]++;
        if (all[i].setter) uses[all[i].setter->number]++;
    }
    for (size_t i = 0; i < functions; i++)
        if (uses[i] != 1) FAIL("%s is registered %zu times", list[i]->name, uses[i]);
}

/* The names in the reference. */
static void definition_is_complete(void)
{
    static const char *const methods[][2] = {
        {NULL, "version"}, {NULL, "has"},
        {"Context", "socket"}, {"Context", "set"}, {"Context", "get"},
        {"Context", "shutdown"}, {"Context", "term"},
        {"Poller", "size"}, {"Poller", "add"}, {"Poller", "modify"}, {"Poller", "remove"},
        {"Poller", "wait"}, {"Poller", "poll"}, {"Poller", "wait_all"}, {"Poller", "poll_all"},
        {"Socket", "bind"}, {"Socket", "unbind"}, {"Socket", "connect"}, {"Socket", "disconnect"},
        {"Socket", "send"}, {"Socket", "recv"}, {"Socket", "recv_int"}, {"Socket", "recv_bigint"},
        {"Socket", "recv_str"}, {"Socket", "recv_uint8ffarray"}, {"Socket", "close"},
        {"Socket", "getsockopt"}, {"Socket", "getsockopt_int"}, {"Socket", "getsockopt_bigint"},
        {"Socket", "getsockopt_str"}, {"Socket", "getsockopt_uint8ffarray"},
        {"Socket", "setsockopt"},
    };
    static const char *const fast[] = {"send", "recv", "recv_uint8ffarray", "recv_str", "recv_int", "recv_bigint",
        "getsockopt_int"};
    static const char *const constants[] = {"PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER",
        "PULL", "PUSH", "XPUB", "XSUB", "STREAM", "POLLIN", "POLLOUT", "POLLERR", "POLLPRI",
        "DONTWAIT", "SNDMORE", "BLOCKY", "MAX_MSGSZ", "MAXMSGSIZE", "SUBSCRIBE", "LINGER",
        "LAST_ENDPOINT", "SERVER", "CLIENT", "RADIO", "DISH", "EADDRINUSE", "ETERM"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        function_named(methods[i][0], methods[i][1]);
    for (size_t i = 0; i < sizeof fast / sizeof *fast; i++)
        if (!function_named("Socket", fast[i])->fast_call) FAIL("%s has no fast_call", fast[i]);
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (!is(get(host.zmq, constants[i]), FE_NUMBER)) FAIL("there is no zmq.%s", constants[i]);
    host_close(&host);
}

const test_case module_cases[] = {
    {"module-versions", versions, 0},
    {"module-pool-limit", pool_limit, 0},
    {"module-versions-without-pointers", versions_without_pointers, 0},
    {"module-versions-in-a-handler", versions_in_a_handler, 0},
    {"module-last-error", last_error, 0},
    {"module-functions-are-the-same-for-all", functions_are_the_same_for_all, 0},
    {"module-definition-is-well-formed", definition_is_well_formed, 0},
    {"module-functions-are-registered", functions_are_registered, 0},
    {"module-definition-is-complete", definition_is_complete, 0},
    {NULL, NULL, 0},
};
