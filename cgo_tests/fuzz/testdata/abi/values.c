/* values.c - arguments of every kind */
#include "abi.h"

#include <string.h>

static char bytes[1 << 17];

void misbehave(struct world *world)
{
    fe_engine *engine = world->host.engine;
    size_t fail_at = engine->fail_at;
    if (world->depth >= MOST_DEPTH) return;
    world->depth++;
    engine->fail_at = 0; /* of the call that is under way */
    switch (choose(world->input, 6)) {
    case 0: use_property(world); break;
    case 1: use_construct(world); break;
    case 2: use_runtime(world); break;
    case 3: use_frame(world); break;
    case 4: fe_collect(engine); break;
    default: use_module(world); break;
    }
    engine->fail_at = fail_at;
    world->depth--;
}

/* A getter of an element: it calls the module, or throws. */
static fe_value *run_getter(fe_engine *engine, const fe_call_info *call)
{
    struct world *world = call->callee->as.function.owner;
    misbehave(world);
    if (choose(world->input, 4) == 0)
        return fe_throw_text(engine, FE_ERROR, "thrown by a getter");
    return fe_number(engine, 1);
}

/* What runs when a value dies. */
static void run_finalizer(fe_value *value, void *argument)
{
    struct world *world = argument;
    (void)value;
    misbehave(world);
}

static fe_value *number_of(struct world *world)
{
    static const double numbers[] = {0, 1, 2, 3, 4, 7, 8, 255, 1.5, -1, -2, 2147483647.0,
                                     -2147483648.0, 4294967296.0, 9007199254740993.0, 1e300};
    return fe_number(world->host.engine, numbers[choose(world->input, 16)]);
}

static fe_value *bigint_of(struct world *world)
{
    static const int64_t bigints[] = {0, 1, -1, INT64_MAX, INT64_MIN, 1LL << 40};
    unsigned which = take(world->input);
    int64_t bits = bigints[which % 6];
    fe_value *value = fe_bigint(world->host.engine, bits, bits < 0 && which & 64);
    value->as.bigint.is_wider = which >> 7;
    return value;
}

static fe_value *text_of(struct world *world)
{
    static const struct { const char *data; size_t length; } texts[] = {
        {"", 0}, {"a", 1}, {"a\0b", 3}, {"\xed\xa0\x80", 3}, {"\xe2\x82\xac", 3}, {"tcp://", 6},
        {"ipc", 3}, {bytes, 300}, {NULL, 0},
    };
    unsigned which = choose(world->input, sizeof texts / sizeof *texts);
    return string_of(&world->host, texts[which].data, texts[which].length);
}

static fe_value *bytes_of(struct world *world)
{
    static const size_t sizes[] = {0, 1, 4, 6, 8, 32, 300, 70000, sizeof bytes};
    size_t size = sizes[choose(world->input, rarely(world->input, 32) ? 9 : 7)];
    unsigned char first[8];
    for (size_t i = 0; i < sizeof first; i++) first[i] = (unsigned char)take(world->input);
    fe_value *value = fe_bytes(world->host.engine, bytes, size);
    memcpy(value->as.bytes.data, first, size < sizeof first ? size : sizeof first);
    if (rarely(world->input, 16)) fe_detach(value);
    return value;
}

static fe_value *array_of(struct world *world)
{
    size_t length = choose(world->input, 5);
    fe_value *array = fe_array(world->host.engine, length);
    for (size_t i = 0; i < length; i++) {
        if (choose(world->input, 4)) {
            fe_item_set(array, i, any_value(world));
        } else {
            fe_value *getter = fe_function(world->host.engine, run_getter, world, 0);
            fe_item_set(array, i, getter);
            fe_release(getter);
        }
    }
    return array;
}

static fe_value *object_of(struct world *world)
{
    fe_value *object = fe_object(world->host.engine, NULL);
    if (object && rarely(world->input, 4)) fe_set_finalizer(object, run_finalizer, world);
    if (object && rarely(world->input, 4)) fe_set(object, "self", object);
    return object;
}

static fe_value *make(struct world *world)
{
    fe_engine *engine = world->host.engine;
    switch (choose(world->input, 11)) {
    case 0: return fe_undefined(engine);
    case 1: return fe_null(engine);
    case 2: return fe_boolean(engine, choose(world->input, 2) == 0);
    case 3: return bigint_of(world);
    case 4: return text_of(world);
    case 5: return array_of(world);
    case 6: return object_of(world);
    case 7: return fe_retain(any_instance(world));
    case 8: return bytes_of(world);
    default: return number_of(world);
    }
}

fe_value *any_value(struct world *world)
{
    if (world->host.value_count > world->lasting + 4000) return world->host.zmq;
    return keep(&world->host, make(world));
}
