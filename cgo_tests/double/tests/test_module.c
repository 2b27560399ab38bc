/* test_module.c - versions, last errors, the module's definition */
#define _GNU_SOURCE
#include "host.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

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
    CHECK_CONTAINS(zmqjs_libzmq_path(), "libzmq");
    struct host host;
    host_open(&host);
    toy_value *version = run(host.zmq, "version", "");
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
    zmqjs_runtime *runtime;
    CHECK_STATUS(zmqjs_runtime_new(NULL, NULL, &runtime), ZMQJS_INVALID_ARGUMENT);
    CHECK_CONTAINS(zmqjs_last_error(), "zmqjs_runtime_new");
    worker_start(&worker, no_error_here, NULL);
    worker_join(&worker);
    CHECK_CONTAINS(zmqjs_last_error(), "zmqjs_runtime_new");
    CHECK(utf8_valid(zmqjs_last_error(), strlen(zmqjs_last_error())));
}

/* ---- the definition ---------------------------------------------------------------------- */

static void ask_definition(void *argument)
{
    *(const zmqjs_module **)argument = zmqjs_module_definition();
}

static void definition_is_one(void)
{
    enum { THREADS = 4 };
    const zmqjs_module *modules[THREADS];
    struct worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) worker_start(&workers[i], ask_definition, &modules[i]);
    for (int i = 0; i < THREADS; i++) worker_join(&workers[i]);
    for (int i = 0; i < THREADS; i++) CHECK(modules[i] && modules[i] == zmqjs_module_definition());
}

static void check_name(const char *name)
{
    CHECK(name && *name);
    CHECK(strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@") ==
          strlen(name));
}

static void check_callable(const zmqjs_function *function, const char *name)
{
    check_name(function->name);
    if (name) CHECK_TEXT(function->name, name);
    CHECK(function->call);
    CHECK(function->length >= 0 && function->length < 8);
    CHECK(utf8_valid(function->signature, strlen(function->signature)));
}

static void check_begin(const zmqjs_function *function, const char *after_name)
{
    char begin[128];
    snprintf(begin, sizeof begin, "%s%s", function->name, after_name);
    CHECK(strncmp(function->signature, begin, strlen(begin)) == 0);
}

static void check_function(const zmqjs_function *function, const char *name)
{
    check_callable(function, name);
    check_begin(function, "(");
    CHECK_CONTAINS(function->signature, "): ");
}

static void check_access(const zmqjs_function *function, const char *name)
{
    check_callable(function, name);
    check_begin(function, ": ");
}

static void check_functions(const zmqjs_function *const *functions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_function(functions[i], NULL);
        for (size_t k = 0; k < i; k++) CHECK(strcmp(functions[i]->name, functions[k]->name) != 0);
    }
}

static void check_class(const zmqjs_class *definition)
{
    check_name(definition->name);
    if (definition->constructor) check_function(definition->constructor, definition->name);
    else CHECK(definition->construct_error && *definition->construct_error);
    check_functions(definition->methods, definition->method_count);
    for (size_t i = 0; i < definition->accessor_count; i++) {
        const zmqjs_accessor *accessor = definition->accessors[i];
        check_name(accessor->name);
        check_access(accessor->getter, accessor->name);
        if (accessor->setter) check_access(accessor->setter, accessor->name);
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(accessor->name, definition->accessors[k]->name) != 0);
        for (size_t k = 0; k < definition->method_count; k++)
            CHECK(strcmp(accessor->name, definition->methods[k]->name) != 0);
    }
}

/* Every export has a name of its own. */
static void check_exports(const zmqjs_module *module)
{
    const char *names[2000];
    size_t count = 0;
    CHECK(module->function_count + module->class_count + module->constant_count < 2000);
    for (size_t i = 0; i < module->function_count; i++) names[count++] = module->functions[i]->name;
    for (size_t i = 0; i < module->class_count; i++) names[count++] = module->classes[i]->name;
    for (size_t i = 0; i < module->constant_count; i++) names[count++] = module->constants[i]->name;
    for (size_t i = 0; i < count; i++) {
        check_name(names[i]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(names[i], names[k]) == 0) FAIL("two exports are called %s", names[i]);
    }
}

static void definition_is_well_formed(void)
{
    const zmqjs_module *module = zmqjs_module_definition();
    CHECK_TEXT(module->name, "zmq");
    check_functions(module->functions, module->function_count);
    for (size_t i = 0; i < module->class_count; i++) check_class(module->classes[i]);
    check_exports(module);
    CHECK(module->constant_count >= 224 - 5);
}

/* What the reference lists. */
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
    static const char *const constants[] = {"PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER",
        "PULL", "PUSH", "XPUB", "XSUB", "STREAM", "POLLIN", "POLLOUT", "POLLERR", "POLLPRI",
        "DONTWAIT", "SNDMORE", "BLOCKY", "MAX_MSGSZ", "MAXMSGSIZE", "SUBSCRIBE", "LINGER",
        "LAST_ENDPOINT", "SERVER", "CLIENT", "RADIO", "DISH", "EADDRINUSE", "ETERM"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        function_named(methods[i][0], methods[i][1]);
    struct host host;
    host_open(&host);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (!is(get(host.zmq, constants[i]), TOY_NUMBER)) FAIL("there is no zmq.%s", constants[i]);
    host_close(&host);
}

/* A walk like an adapter's, twice: nothing changes through use. */
static void definition_does_not_change(void)
{
    const zmqjs_module *module = zmqjs_module_definition();
    zmqjs_module before = *module;
    struct host host;
    host_open(&host);
    struct pair pair;
    pair_open(&host, &pair);
    host_close(&host);
    CHECK(memcmp(&before, module, sizeof before) == 0);
}

/* NULL, where a function's own contract does not allow it: refused, not a crash. */
static void calls_with_null(void)
{
    struct host host;
    host_open(&host);
    const zmqjs_function *has = function_named(NULL, "has");
    zmqjs_call call;
    memset(&call, 0, sizeof call);
    call.runtime = host.runtime;
    call.context = host.engine;
    call.argument_count = 1; /* and arguments NULL */
    CHECK_STATUS(has->call(has, &call), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(has->call(has, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(has->call(NULL, &call), ZMQJS_INVALID_ARGUMENT);
    host_close(&host);
}

const test_case module_cases[] = {
    {"module-versions", versions, 0},
    {"module-pool-limit", pool_limit, 0},
    {"module-versions-without-pointers", versions_without_pointers, 0},
    {"module-versions-in-a-handler", versions_in_a_handler, 0},
    {"module-last-error", last_error, 0},
    {"module-definition-is-one", definition_is_one, 0},
    {"module-definition-is-well-formed", definition_is_well_formed, 0},
    {"module-definition-is-complete", definition_is_complete, 0},
    {"module-definition-does-not-change", definition_does_not_change, 0},
    {"module-calls-with-null", calls_with_null, 0},
    {NULL, NULL, 0},
};
