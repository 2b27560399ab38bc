/* test_register.c - the registrars that zmqjs_register() accepts, and failing registrations */
#include "fence.h"
#include "host.h"
#include "library.h"

#include <stdio.h>
#include <string.h>

/* ---- a registrar that counts ------------------------------------------------------------------ */

/* The progress of a walk. */
struct steps {
    size_t taken;
    size_t fail_at;  /* the step that fails; 0: none */
    int status;      /* its status */
    char trail[512]; /* the first names */
};

static int step(void *payload, const char *kind, const zmqjs_property *property)
{
    struct steps *steps = payload;
    size_t length = strlen(steps->trail);
    snprintf(steps->trail + length, sizeof steps->trail - length, "%s %s,", kind,
             property->name ? property->name : property->symbol);
    return ++steps->taken == steps->fail_at ? steps->status : ZMQJS_OK;
}

static int begin_class(void *payload, const zmqjs_property *property, const zmqjs_class *definition)
{
    CHECK(definition->constructor);
    return step(payload, "class", property);
}

static int define_function(void *payload, const zmqjs_property *property,
                           const zmqjs_function *function)
{
    CHECK(function);
    return step(payload, "function", property);
}

static int define_accessor(void *payload, const zmqjs_property *property,
                           const zmqjs_function *getter, const zmqjs_function *setter)
{
    (void)setter;
    CHECK(getter);
    return step(payload, "accessor", property);
}

static int define_value(void *payload, const zmqjs_property *property, const zmqjs_data *value)
{
    CHECK(value);
    return step(payload, "value", property);
}

static const zmqjs_registrar whole = {
    ZMQJS_ABI_VERSION, sizeof whole, begin_class, define_function, define_accessor, define_value,
};

static int offer(const zmqjs_registrar *registrar, struct steps *steps)
{
    memset(steps, 0, sizeof *steps);
    return library_zmqjs_register(registrar, steps);
}

/* ---- refusals ---------------------------------------------------------------------------------- */

static void missing(void)
{
    struct steps steps;
    zmqjs_registrar without[4] = {whole, whole, whole, whole};
    static const char *const names[] = {"begin_class", "define_function", "define_accessor",
                                        "define_value"};
    without[0].begin_class = NULL;
    without[1].define_function = NULL;
    without[2].define_accessor = NULL;
    without[3].define_value = NULL;
    for (size_t i = 0; i < 4; i++) {
        CHECK_STATUS(offer(&without[i], &steps), ZMQJS_MISSING_CALLBACK);
        CHECK_CONTAINS(zmqjs_last_error(), names[i]);
        CHECK_INT((long long)steps.taken, 0);
    }
    CHECK_STATUS(offer(NULL, &steps), ZMQJS_INVALID_ARGUMENT);
    CHECK_CONTAINS(zmqjs_last_error(), "zmqjs_register");
}

static void versions(void)
{
    static const uint32_t wrong[] = {0, ZMQJS_ABI_VERSION + 1, UINT32_MAX};
    struct steps steps;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        zmqjs_registrar registrar = whole;
        registrar.abi_version = wrong[i];
        CHECK_STATUS(offer(&registrar, &steps), ZMQJS_VERSION_MISMATCH);
        CHECK_INT((long long)steps.taken, 0);
        CHECK(*zmqjs_last_error());
    }
}

/* No more is read than the size states; a size that is too small is refused. */
static void sizes(void)
{
    struct steps steps;
    for (uint32_t size = 8; size < sizeof whole; size++) {
        char *room = fence_copy(&whole, size);
        memcpy(room + offsetof(zmqjs_registrar, size), &size, sizeof size);
        CHECK_STATUS(offer((void *)room, &steps), ZMQJS_VERSION_MISMATCH);
        fence_end(room, size);
    }
    struct {
        zmqjs_registrar registrar;
        char more[64];
    } future;
    memset(&future, 0xa5, sizeof future);
    future.registrar = whole;
    future.registrar.size = sizeof future;
    CHECK_STATUS(offer(&future.registrar, &steps), ZMQJS_OK);
    CHECK(steps.taken > 300);
}

/* ---- walks ----------------------------------------------------------------------------------------- */

/* The same in the same order, however often and on whichever thread. */
static void walk_elsewhere(void *argument)
{
    CHECK_STATUS(offer(&whole, argument), ZMQJS_OK);
}

static void walked_twice(void)
{
    struct steps first, second, third;
    struct worker worker;
    CHECK_STATUS(offer(&whole, &first), ZMQJS_OK);
    CHECK_STATUS(offer(&whole, &second), ZMQJS_OK);
    worker_start(&worker, walk_elsewhere, &third);
    worker_join(&worker);
    CHECK(memcmp(&first, &second, sizeof first) == 0);
    CHECK(memcmp(&first, &third, sizeof first) == 0);
}

/* A step that fails is the last one, with any status. */
static void fails_at_every_step(void)
{
    static const int statuses[] = {ZMQJS_EXCEPTION, ZMQJS_BUSY, 1, 99};
    struct steps all, steps;
    CHECK_STATUS(offer(&whole, &all), ZMQJS_OK);
    for (size_t n = 1; n <= all.taken; n++) {
        memset(&steps, 0, sizeof steps);
        steps.fail_at = n;
        steps.status = statuses[n % 4];
        CHECK_STATUS(library_zmqjs_register(&whole, &steps), ZMQJS_EXCEPTION);
        CHECK_INT((long long)steps.taken, (long long)n);
    }
}

/* ---- the adapter's --------------------------------------------------------------------------------- */

static fe_value *make_module(fe_engine *engine, const fe_call_info *info)
{
    struct adapter *adapter = info->callee->as.function.owner;
    (void)engine;
    return adapter_module(adapter);
}

/* The engine runs out of memory at each of the registration's allocations: nothing is left. */
static void out_of_memory_at_every_step(void)
{
    struct host host;
    host_open(&host);
    fe_engine *engine = host.engine;
    struct adapter second;
    adapter_init(&second, engine);
    fe_value *function = keep(&host, fe_function(engine, make_module, &second, 0));
    fe_value *module = NULL;
    size_t n = 0;
    while (!module) {
        engine->fail_at = ++n;
        module = fe_call(function, function, 0, NULL);
        engine->fail_at = 0;
        if (module) break;
        CHECK(caught(&host) == engine->out_of_memory);
        adapter_done(&second);
        fe_collect(engine);
        CHECK(n < 10000);
    }
    CHECK(n > 100);
    second.runtime = host.runtime;
    fe_value *context = construct(keep(&host, module), "Context", "");
    run(run(context, "socket", "k", "PAIR"), "close", "");
    host_drop_values(&host);
    adapter_done(&second);
    host_close(&host);
}

/* A host that makes the module twice has two of them, which work with each other. */
static void two_modules(void)
{
    struct host host;
    struct adapter second;
    host_open(&host);
    adapter_init(&second, host.engine);
    second.runtime = host.runtime;
    fe_value *module = keep(&host, adapter_module(&second));
    CHECK(module);
    fe_value *context = construct(module, "Context", "");
    fe_value *socket = run(context, "socket", "k", "PAIR");
    fe_value *poller = construct(host.zmq, "Poller", "");
    run(poller, "add", "vk", socket, "POLLOUT");
    CHECK(is(run(poller, "poll", ""), FE_NULL));
    CHECK_INT(number(get(module, "POLLOUT")), number(get(host.zmq, "POLLOUT")));
    host_drop_values(&host);
    adapter_done(&second);
    host_close(&host);
}

/* ---- attributes, as the language has them ------------------------------------------------------------ */

static void check_function_object(fe_value *function, const zmqjs_function *definition)
{
    const fe_property *name = fe_own_property(function, "name");
    const fe_property *length = fe_own_property(function, "length");
    CHECK(name && length);
    CHECK_INT(name->attributes, FE_CONFIGURABLE);
    CHECK_INT(length->attributes, FE_CONFIGURABLE);
    CHECK_TEXT(text(name->value), definition->name);
    CHECK_INT(number(length->value), definition->length);
}

/* Methods and accessors are not enumerable, as those of a class are not. */
static void check_property(struct host *host, const struct definition *definition)
{
    const zmqjs_property *key = definition->property;
    fe_value *object = host->zmq;
    char name[128];
    snprintf(name, sizeof name, "%s%s", key->name ? "" : "@@", key->name ? key->name : key->symbol);
    if (key->target != ZMQJS_ON_MODULE) object = get(object, definition->of->name);
    if (key->target == ZMQJS_ON_PROTOTYPE) object = get(object, "prototype");
    const fe_property *property = fe_own_property(object, name);
    CHECK(property);
    if (definition->kind == DEFINED_ACCESSOR) {
        CHECK_INT(property->attributes, FE_CONFIGURABLE);
        check_function_object(property->getter, definition->function);
        CHECK(!property->setter == !definition->setter);
        if (property->setter) check_function_object(property->setter, definition->setter);
        return;
    }
    if (definition->function) check_function_object(property->value, definition->function);
    if (key->target == ZMQJS_ON_MODULE) return;
    if (definition->kind == DEFINED_FUNCTION)
        CHECK_INT(property->attributes, FE_WRITABLE | FE_CONFIGURABLE);
    if (definition->kind == DEFINED_VALUE && key->symbol && strcmp(key->symbol, "toStringTag") == 0)
        CHECK_INT(property->attributes, FE_CONFIGURABLE);
}

static void attributes(void)
{
    struct host host;
    size_t count;
    const struct definition *all = definitions(&count);
    host_open(&host);
    for (size_t i = 0; i < count; i++) check_property(&host, &all[i]);
    host_close(&host);
}

const test_case register_cases[] = {
    {"register-missing", missing, 0},
    {"register-versions", versions, 0},
    {"register-sizes", sizes, 0},
    {"register-walked-twice", walked_twice, 0},
    {"register-fails-at-every-step", fails_at_every_step, 0},
    {"register-out-of-memory-at-every-step", out_of_memory_at_every_step, 0},
    {"register-two-modules", two_modules, 0},
    {"register-attributes", attributes, 0},
    {NULL, NULL, 0},
};
