#include "capi.h"

#include "_cgo_export.h"

const definition *definition_get(void)
{
    static const definition *_Atomic made;
    signal_mask mask;
    const definition *known = atomic_load(&made);
    if (status_unavailable() != 0)
        return NULL;
    if (known != NULL)
        return known;
    host_signals_block(&mask);
    known = goDefinition();
    host_signals_restore(&mask);
    if (known == NULL)
        status_fail(ZMQJS_OUT_OF_MEMORY, "out of memory");
    else
        atomic_store(&made, known);
    return known;
}

const zmqjs_function *const *zmqjs_functions(size_t *count)
{
    const definition *known = definition_get();
    if (count != NULL)
        *count = known != NULL ? known->function_count : 0;
    return known != NULL ? known->functions : NULL;
}
