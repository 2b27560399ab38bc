/* runtime.c - runtimes and their tables, and what belongs to the process */
#include "abi.h"
#include "library.h"

#include <stdlib.h>
#include <string.h>

static void *pointers[4];

/* A pointer that is no runtime, or no more one. */
static void *bogus(struct input *input, void *freed)
{
    switch (choose(input, 4)) {
    case 0: return NULL;
    case 1: return pointers;
    case 2: return (void *)(uintptr_t)choose(input, 256);
    default: return freed;
    }
}

static void free_it(struct world *world)
{
    zmqjs_runtime *runtime = world->host.adapter.runtime;
    int inside = world->host.contract.under_way != NULL;
    calls_made++;
    if (world->runtime_ended) {
        CHECK_STATUS(zmqjs_runtime_free(runtime), ZMQJS_INVALID_ARGUMENT);
    } else if (inside) {
        CHECK_STATUS(zmqjs_runtime_free(runtime), ZMQJS_BUSY);
    } else if (choose(world->input, 4) == 3) {
        host_end_runtime(&world->host);
        world->runtime_ended = 1;
    }
}

void use_runtime(struct world *world)
{
    struct input *input = world->input;
    zmqjs_runtime *runtime = world->host.adapter.runtime;
    calls_made++;
    switch (choose(input, 5)) {
    case 0:
        CHECK_STATUS(zmqjs_interrupt(runtime),
                     world->runtime_ended ? ZMQJS_INVALID_ARGUMENT : ZMQJS_OK);
        break;
    case 1:
        CHECK_STATUS(zmqjs_interrupt(bogus(input, NULL)), ZMQJS_INVALID_ARGUMENT);
        break;
    case 2:
        CHECK_STATUS(zmqjs_runtime_free(bogus(input, NULL)), ZMQJS_INVALID_ARGUMENT);
        break;
    case 3: {
        zmqjs_runtime *other = bogus(input, NULL);
        const struct method *method = &world->methods[choose(input, (unsigned)world->method_count)];
        struct outcome outcome = direct_call(other, NULL, method->definition, 0, NULL);
        CHECK_STATUS(outcome.status, ZMQJS_EXCEPTION);
        CHECK(*outcome.message);
        break;
    }
    default:
        free_it(world);
    }
}

/* A table that lacks callbacks, or is of another version or size. */
union table {
    zmqjs_engine engine;
    zmqjs_registrar registrar;
    unsigned char room[1024];
};

/* Of any of the structures: they begin alike. */
static void spoil(union table *table, size_t size, struct input *input)
{
    static const uint32_t versions[] = {0, ZMQJS_ABI_VERSION, ZMQJS_ABI_VERSION + 1, UINT32_MAX};
    uint32_t sizes[] = {0, 8, (uint32_t)size - 8, (uint32_t)size, (uint32_t)size + 8, sizeof *table};
    unsigned bits = take(input);
    if (bits & 1) table->engine.abi_version = versions[choose(input, 4)];
    if (bits & 2) table->engine.size = sizes[choose(input, 6)];
    if (bits & 4) memset(table->room + size - 8, 0, 8);
    if (bits & 8) memset(table->room + size, 0xff, 64);
}

static void use_engine(struct input *input)
{
    union table table;
    zmqjs_runtime *runtime = (zmqjs_runtime *)pointers;
    memset(&table, 0, sizeof table);
    table.engine = adapter_callbacks;
    spoil(&table, sizeof table.engine, input);
    unsigned nulls = choose(input, 16);
    int status = zmqjs_runtime_new(nulls == 1 ? NULL : &table.engine, NULL, nulls == 2 ? NULL : &runtime);
    if (status == ZMQJS_OK) {
        CHECK(runtime && nulls != 2);
        CHECK_STATUS(zmqjs_runtime_free(runtime), ZMQJS_OK);
        CHECK_STATUS(zmqjs_runtime_free(runtime), ZMQJS_INVALID_ARGUMENT);
    } else {
        CHECK(*zmqjs_last_error());
        CHECK(nulls == 2 || !runtime);
    }
}

/* ---- registration: a walk that ends at some step ------------------------------------------------ */

static int step(void *payload)
{
    unsigned *left = payload;
    CHECK(*left > 0);
    return --*left == 0 ? ZMQJS_EXCEPTION : ZMQJS_OK;
}

static int begin_class(void *payload, const zmqjs_property *property, const zmqjs_class *definition)
{
    CHECK(property && definition->constructor);
    return step(payload);
}

static int define_function(void *payload, const zmqjs_property *property,
                           const zmqjs_function *function)
{
    CHECK(property && function->call);
    return step(payload);
}

static int define_accessor(void *payload, const zmqjs_property *property,
                           const zmqjs_function *getter, const zmqjs_function *setter)
{
    CHECK(property && getter->call && (!setter || setter->call));
    return step(payload);
}

static int define_value(void *payload, const zmqjs_property *property, const zmqjs_data *value)
{
    CHECK(property && value->type <= ZMQJS_STRING);
    return step(payload);
}

static void use_registrar(struct input *input)
{
    static const zmqjs_registrar whole = {
        ZMQJS_ABI_VERSION, sizeof whole, begin_class, define_function, define_accessor, define_value,
    };
    union table table;
    unsigned left = 1 + take(input) * 2;
    memset(&table, 0, sizeof table);
    table.registrar = whole;
    spoil(&table, sizeof whole, input);
    int status = library_zmqjs_register(choose(input, 16) == 1 ? NULL : &table.registrar, &left);
    if (status != ZMQJS_OK) CHECK(*zmqjs_last_error());
    if (status == ZMQJS_OK || status == ZMQJS_EXCEPTION)
        CHECK_INT(status == ZMQJS_EXCEPTION, left == 0);
}

void use_table(struct input *input)
{
    calls_made++;
    if (choose(input, 2)) use_engine(input);
    else use_registrar(input);
}

/* ---- the process -------------------------------------------------------------------------------- */

static void seen(void *payload, const zmqjs_trace_event *event)
{
    unsigned long long *count = payload;
    CHECK(event->endpoint && event->data_length <= 64 && event->data_length <= event->size);
    __atomic_add_fetch(count, 1 + strlen(event->endpoint), __ATOMIC_RELAXED);
    for (size_t i = 0; i < event->data_length; i++)
        __atomic_add_fetch(count, ((const unsigned char *)event->data)[i], __ATOMIC_RELAXED);
}

void use_process(struct input *input)
{
    static unsigned long long count;
    int number;
    calls_made++;
    switch (choose(input, 8)) {
    case 0: zmqjs_version(NULL, &number, NULL); break;
    case 1: zmqjs_libzmq_version(&number, NULL, NULL); break;
    case 2: CHECK(*zmqjs_libzmq_path()); break;
    case 3: CHECK_STATUS(zmqjs_trace(seen, &count), ZMQJS_OK); break;
    case 4: CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_OK); break;
    case 5: CHECK_INT(zmqjs_leave_timeout(-1 - (int)choose(input, 2)), 0); break;
    case 6: zmqjs_pool_limit(choose(input, 2) ? -1 : (int64_t)take(input) << 12); break;
    default: CHECK(zmqjs_pool_size() >= 0); zmqjs_finalize(NULL); break;
    }
}
