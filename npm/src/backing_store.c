/*
 * Node-API cannot keep the memory of an ArrayBuffer beyond its environment. V8 can: a std::shared_ptr to the backing store
 * is such a reference, and here it is never released. V8's function is looked up in the process.
 */
#define NAPI_VERSION 8
#include "backing_store.h"
#include "system.h"

#include <string.h>

/* A std::shared_ptr. */
typedef struct reference {
    void *words[4];
} reference;

/* v8::ArrayBuffer::GetBackingStore(); a napi_value is what V8 calls a Local. The caller has room for the result, which
 * C++ passes as C does for any structure of more than two words; on Windows, where Node is compiled by Microsoft's
 * compiler, after the object. */
#ifdef _WIN32
static const char name[] = "?GetBackingStore@ArrayBuffer@v8@@QEAA?AV?$shared_ptr@VBackingStore@v8@@@std@@XZ";
static reference *(*get_backing_store)(napi_value array_buffer, reference *result);

static reference get(napi_value array_buffer)
{
    reference result = {{NULL}};
    get_backing_store(array_buffer, &result);
    return result;
}
#else
static const char name[] = "_ZN2v811ArrayBuffer15GetBackingStoreEv";
static reference (*get_backing_store)(napi_value array_buffer);

static reference get(napi_value array_buffer)
{
    return get_backing_store(array_buffer);
}
#endif

static int keep(napi_env env, napi_value array_buffer)
{
    (void)env;
    const reference never_released = get(array_buffer);
    return never_released.words[0] != NULL ? 0 : -1;
}

backing_store_keep *backing_store_keeper(void)
{
    void *found = system_function(name);
    memcpy(&get_backing_store, &found, sizeof found);
    return found != NULL ? keep : NULL;
}
