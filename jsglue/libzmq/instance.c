#include "instance.h"
#include "guard.h"
#include "poller.h"
#include "runtime.h"
#include "socket.h"

#include <stdlib.h>

static zmqjs_instance *_Atomic finalized;
static atomic_uint_fast64_t finalized_count;

zmqjs_instance *core_instance_new(uint32_t class_number, void *object, uintptr_t handle, core_runtime *runtime)
{
    zmqjs_instance *instance = malloc(sizeof *instance);
    if (instance != NULL)
        *instance = (zmqjs_instance){class_number, runtime, atomic_load(&runtime->handle), object, handle, NULL};
    return instance;
}

static void finalize(zmqjs_instance *instance)
{
    switch (instance->class_number) {
    case CORE_SOCKET:
    case CORE_MONITOR:
        core_socket_finalize(instance->object);
        break;
    case CORE_CONTEXT:
        core_context_finalize(instance->object);
        break;
    case CORE_POLLER:
        core_poller_free(instance->object);
        break;
    default: /* ended in Go */
        break;
    }
    atomic_fetch_add(&finalized_count, 1);
    instance->next = atomic_load(&finalized);
    while (!atomic_compare_exchange_weak(&finalized, &instance->next, instance))
        continue;
}

void core_instance_finalize(zmqjs_instance *instance)
{
    core_guard guard;
    if (instance == NULL || core_forked())
        return;
    core_guard_begin(&guard);
    finalize(instance);
    core_guard_end(&guard);
}

zmqjs_instance *core_instance_take_finalized(void)
{
    if (atomic_load_explicit(&finalized, memory_order_relaxed) == NULL)
        return NULL;
    return atomic_exchange(&finalized, NULL);
}

uint64_t core_instances_finalized(void)
{
    return atomic_load(&finalized_count);
}
