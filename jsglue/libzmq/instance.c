#include "instance.h"

#include <stdlib.h>

static zmqjs_instance *_Atomic finalized;
static atomic_uint_fast64_t finalized_count;

zmqjs_instance *glue_instance_new(uint32_t class_number, void *object, uintptr_t handle, glue_runtime *runtime)
{
    zmqjs_instance *instance = malloc(sizeof *instance);
    if (instance != NULL)
        *instance = (zmqjs_instance){class_number, runtime, atomic_load(&runtime->handle), object, handle, NULL};
    return instance;
}

static void finalize(zmqjs_instance *instance)
{
    switch (instance->class_number) {
    case GLUE_SOCKET:
    case GLUE_MONITOR:
        glue_socket_disown(instance->object);
        break;
    case GLUE_CONTEXT:
        glue_context_disown(instance->object);
        break;
    case GLUE_POLLER:
        glue_poller_free(instance->object);
        break;
    default: /* Go ends it */
        break;
    }
    atomic_fetch_add(&finalized_count, 1);
    instance->next = atomic_load(&finalized);
    while (!atomic_compare_exchange_weak(&finalized, &instance->next, instance))
        continue;
}

void glue_instance_finalize(zmqjs_instance *instance)
{
    glue_guard guard;
    if (instance == NULL || glue_forked())
        return;
    glue_guard_begin(&guard);
    finalize(instance);
    glue_guard_end(&guard);
}

zmqjs_instance *glue_instance_take_finalized(void)
{
    if (atomic_load_explicit(&finalized, memory_order_relaxed) == NULL)
        return NULL;
    return atomic_exchange(&finalized, NULL);
}

uint64_t glue_instances_finalized(void)
{
    return atomic_load(&finalized_count);
}
