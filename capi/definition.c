#include "capi.h"

#include "_cgo_export.h"

const zmqjs_module *zmqjs_module_definition(void)
{
    static const zmqjs_module *_Atomic definition;
    guest_mask mask;
    const zmqjs_module *made = atomic_load(&definition);
    if (made != NULL)
        return made;
    if (status_unavailable() != 0)
        return NULL;
    guest_block_signals(&mask);
    made = goDefinition();
    guest_restore_signals(&mask);
    if (made == NULL)
        status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_module_definition: out of memory");
    atomic_store(&definition, made);
    return made;
}
