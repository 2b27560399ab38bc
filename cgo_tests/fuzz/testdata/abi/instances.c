/* instances.c - what calls are made on */
#include "abi.h"

static struct pool *pool_of(struct world *world, const zmqjs_class *definition)
{
    return definition ? &world->pools[definition->number] : NULL;
}

/* The host holds it too: a call may forget what it is made on. */
static fe_value *one_of(struct world *world, const struct pool *pool)
{
    if (!pool || !pool->count) return world->host.zmq;
    fe_value *instance = pool->instances[choose(world->input, (unsigned)pool->count)];
    return keep(&world->host, fe_retain(instance));
}

fe_value *instance_of(struct world *world, const zmqjs_class *definition)
{
    return one_of(world, pool_of(world, definition));
}

fe_value *any_instance(struct world *world)
{
    size_t count = world->host.adapter.class_count;
    return one_of(world, &world->pools[choose(world->input, (unsigned)count)]);
}

void remember(struct world *world, fe_value *value)
{
    const struct adapter *adapter = &world->host.adapter;
    size_t class = 0;
    if (value->kind != FE_INSTANCE) return;
    while (class < adapter->class_count && adapter->prototypes[class] != value->prototype) class++;
    if (class == adapter->class_count) return;
    struct pool *pool = &world->pools[class];
    size_t at = pool->count < MOST_INSTANCES ? pool->count++ : choose(world->input, MOST_INSTANCES);
    fe_value *former = pool->instances[at]; /* NULL in a place that was free */
    pool->instances[at] = fe_retain(value);
    fe_release(former); /* runs finalizers, which may come here again */
}

void forget_instances(struct world *world)
{
    for (size_t i = 0; i < MOST_CLASSES; i++)
        while (world->pools[i].count)
            fe_release(world->pools[i].instances[--world->pools[i].count]);
}
