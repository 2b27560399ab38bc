/* instances.c - what calls are made on */
#include "abi.h"

#include <string.h>

static struct pool *pool_of(struct world *world, const zmqjs_class *definition)
{
    const zmqjs_module *module = zmqjs_module_definition();
    for (size_t i = 0; i < module->class_count; i++)
        if (module->classes[i] == definition) return &world->pools[i];
    return NULL;
}

const zmqjs_class *class_named(const char *name)
{
    const zmqjs_module *module = zmqjs_module_definition();
    for (size_t i = 0; i < module->class_count; i++)
        if (strcmp(module->classes[i]->name, name) == 0) return module->classes[i];
    FAIL("there is no class %s", name);
}

/* The host holds it too: a call may forget what it is made on. */
static toy_value *one_of(struct world *world, const struct pool *pool)
{
    if (!pool || !pool->count) return world->host.zmq;
    toy_value *instance = pool->instances[choose(world->input, (unsigned)pool->count)];
    return keep(&world->host, toy_retain(instance));
}

toy_value *instance_of(struct world *world, const zmqjs_class *definition)
{
    return one_of(world, pool_of(world, definition));
}

toy_value *any_instance(struct world *world)
{
    size_t count = zmqjs_module_definition()->class_count;
    return one_of(world, &world->pools[choose(world->input, (unsigned)count)]);
}

void remember(struct world *world, toy_value *value)
{
    if (value->kind != TOY_INSTANCE) return;
    struct pool *pool = pool_of(world, value->as.instance.type);
    if (!pool) return;
    size_t at = pool->count;
    if (at < MOST_INSTANCES) {
        pool->count++;
    } else {
        at = choose(world->input, MOST_INSTANCES);
        toy_release(pool->instances[at]);
    }
    pool->instances[at] = toy_retain(value);
}

void forget_instances(struct world *world)
{
    for (size_t i = 0; i < MOST_CLASSES; i++)
        while (world->pools[i].count)
            toy_release(world->pools[i].instances[--world->pools[i].count]);
}
