/* frame.c - calls that no adapter makes: frames of any data, released or not, adopted or not */
#include "abi.h"
#include "fence.h"
#include "library.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64, MOST_ELEMENTS = 4 };

/* Memory that ends with the call, and ends where nobody may read. */
struct lent {
    void *memory;
    size_t size;
};

struct odd_call {
    struct world *world;
    struct lent lent[128];
    size_t lent_count;
    int arrays; /* how deep they may nest */
};

static void *lend(struct odd_call *call, const void *data, size_t size)
{
    CHECK(call->lent_count < sizeof call->lent / sizeof *call->lent);
    struct lent *lent = &call->lent[call->lent_count++];
    lent->memory = fence_copy(data, size);
    lent->size = size;
    return lent->memory;
}

static zmqjs_data odd_data(struct odd_call *call);

static void odd_elements(struct odd_call *call, zmqjs_data *data)
{
    zmqjs_data elements[MOST_ELEMENTS];
    data->as.elements = NULL;
    if (call->arrays == 0 || rarely(call->world->input, 4)) {
        static const size_t lengths[] = {0, ZMQJS_ELEMENT_MAXIMUM + 1, SIZE_MAX};
        data->length = lengths[choose(call->world->input, 3)];
        return;
    }
    call->arrays--;
    data->length = choose(call->world->input, MOST_ELEMENTS + 1);
    for (size_t i = 0; i < data->length; i++) elements[i] = odd_data(call);
    data->as.elements = lend(call, elements, data->length * sizeof *elements);
    call->arrays++;
}

static void odd_memory(struct odd_call *call, zmqjs_data *data)
{
    unsigned char bytes[2 * MOST_BYTES];
    data->length = choose(call->world->input, MOST_BYTES);
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)take(call->world->input);
    if (rarely(call->world->input, 2)) memcpy(bytes, "inproc://a", 10);
    data->as.data = lend(call, bytes, data->flags & ZMQJS_UTF16 ? 2 * data->length : data->length);
    if (!data->length && rarely(call->world->input, 2)) data->as.data = NULL;
}

/* So few bytes are copied. */
static void lent_for_nothing(zmqjs_lent *lent)
{
    (void)lent;
    CHECK(!"a reference to bytes that are to be copied");
}

static void odd_lent(struct odd_call *call, zmqjs_data *data)
{
    odd_memory(call, data);
    const zmqjs_lent lent = {data->as.data, lent_for_nothing, lent_for_nothing};
    data->as.lent = lend(call, &lent, sizeof lent);
}

/* A type up to a few that there are not, with flags that may mean nothing. */
static zmqjs_data odd_data(struct odd_call *call)
{
    static const uint32_t flags[] = {0, 0, ZMQJS_LATIN1, ZMQJS_UTF16, ZMQJS_LATIN1 | ZMQJS_UTF16,
                                     ZMQJS_UNSIGNED, ZMQJS_TRUNCATED, UINT32_MAX};
    struct input *input = call->world->input;
    zmqjs_data data;
    memset(&data, (int)take(input), sizeof data);
    data.type = choose(input, 15);
    data.flags = flags[choose(input, 8)];
    switch (data.type) {
    case ZMQJS_BYTES: data.flags &= ~(uint32_t)ZMQJS_UTF16; /* fall through */
    case ZMQJS_STRING: odd_memory(call, &data); break;
    case ZMQJS_LENT: odd_lent(call, &data); break;
    case ZMQJS_ARRAY: odd_elements(call, &data); break;
    case ZMQJS_INT32: data.as.int32 = (int32_t)choose(input, 16) - 2; break;
    case ZMQJS_INSTANCE: {
        fe_value *instance = any_instance(call->world);
        if (instance->kind != FE_INSTANCE) data.type = ZMQJS_NULL;
        else data.as.instance = instance->as.instance.pointer;
        break;
    }
    default: break;
    }
    return data;
}

/* Takes over what it can, and tries it twice. */
static void adopt(zmqjs_frame *frame, const zmqjs_data *bytes)
{
    zmqjs_release release, again;
    void *argument, *other;
    if (library_zmqjs_frame_adopt(frame, bytes, &release, &argument) != ZMQJS_OK) return;
    CHECK_STATUS(library_zmqjs_frame_adopt(frame, bytes, &again, &other), ZMQJS_INVALID_ARGUMENT);
    if (bytes->length) memset(bytes->as.data, 0x77, bytes->length);
    release(argument);
}

static void end_frame(struct world *world, zmqjs_frame *frame, int status)
{
    if (status == ZMQJS_EXCEPTION) {
        CHECK(*frame->error.message && frame->error.error_class <= ZMQJS_RANGE_ERROR);
    } else {
        CHECK(status == ZMQJS_OK || status == ZMQJS_HELD);
        if (frame->result.type == ZMQJS_INSTANCE) library_zmqjs_finalize(frame->result.as.instance);
        if (rarely(world->input, 2)) adopt(frame, &frame->result);
        for (size_t i = 0; frame->result.type == ZMQJS_ARRAY && i < frame->result.length; i++)
            if (rarely(world->input, 2)) adopt(frame, &frame->result.as.elements[i]);
    }
    library_zmqjs_frame_release(frame);
    if (rarely(world->input, 8)) library_zmqjs_frame_release(frame);
}

/* What changes what instances keep stays the adapter's: its values would not follow. */
static int is_left_alone(const struct method *method)
{
    static const char *const ending[] = {"close", "unbind", "shutdown", "connect", "monitor", "remove",
                                         "socket", "setsockopt", "set", NULL};
    return method->definition->keeps || may_wait(method->name) || is_one_of(method->name, ending) ||
           (method->of && strcmp(method->of->name, "Poller") == 0);
}

/* Callbacks are to come as from an adapter's call. */
static int call_function(struct world *world, const zmqjs_function *function, zmqjs_frame *frame)
{
    struct contract *contract = &world->host.contract;
    const zmqjs_function *outer = contract->under_way;
    calls_made++;
    contract->under_way = function;
    world->host.engine->thread = pthread_self();
    world->host.engine->depth++;
    int status = contract_pass(function, frame, (int)(calls_made % 2));
    world->host.engine->depth--;
    contract->under_way = outer;
    return status;
}

void use_frame(struct world *world)
{
    struct input *input = world->input;
    const struct method *method = &world->methods[choose(input, (unsigned)world->method_count)];
    struct odd_call call = {.world = world, .arrays = 2};
    zmqjs_data arguments[ZMQJS_PARAMETER_MAXIMUM];
    zmqjs_frame frame;
    fe_value *self = rarely(input, 8) ? any_instance(world) : instance_of(world, method->of);
    size_t count = method->definition->parameter_count;
    if (is_left_alone(method)) return;
    memset(&frame, (int)take(input), sizeof frame);
    for (size_t i = 0; i < count; i++) arguments[i] = odd_data(&call);
    frame.runtime = world->host.adapter.runtime;
    frame.context = world->host.engine;
    frame.self = self->kind == FE_INSTANCE ? self->as.instance.pointer : NULL;
    frame.arguments = rarely(input, 16) ? NULL : lend(&call, arguments, count * sizeof *arguments);
    frame.argument_count = rarely(input, 16) ? SIZE_MAX : count; /* more than are looked at */
    end_frame(world, &frame, call_function(world, method->definition, &frame));
    while (call.lent_count) {
        struct lent *lent = &call.lent[--call.lent_count];
        fence_end(lent->memory, lent->size);
    }
}
