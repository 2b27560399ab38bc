/*
 * Node-API cannot keep the memory of an ArrayBuffer beyond its environment. V8 can: a std::shared_ptr to the backing store
 * is such a reference, and here it is never released. V8's function is looked up in the process.
 */
#define NAPI_VERSION 8
#include "backing_store.h"
#include "system.h"

#include <string.h>

/* A std::shared_ptr, which the caller has room for, as for any structure of more than two words. */
typedef struct reference {
    void *words[4];
} reference;

/* v8::ArrayBuffer::GetBackingStore(); a napi_value is what V8 calls a Local. */
static reference (*get_backing_store)(napi_value array_buffer);

static int keep(napi_env env, napi_value array_buffer)
{
    (void)env;
    const reference never_released = get_backing_store(array_buffer);
    return never_released.words[0] != NULL ? 0 : -1;
}

backing_store_keep *backing_store_keeper(void)
{
    void *found = system_function("_ZN2v811ArrayBuffer15GetBackingStoreEv");
    memcpy(&get_backing_store, &found, sizeof found);
    return found != NULL ? keep : NULL;
}
