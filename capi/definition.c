#include "capi.h"

#include "_cgo_export.h"

const zmqjs_module *zmqjs_module_definition(void)
{
    guest_mask mask;
    if (status_unavailable() != 0)
        return NULL;
    guest_block_signals(&mask);
    const zmqjs_module *definition = goDefinition();
    guest_restore_signals(&mask);
    return definition;
}
