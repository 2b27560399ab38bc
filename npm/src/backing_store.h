/* The memory of ArrayBuffers, which V8 calls a backing store. */
#ifndef BACKING_STORE_H
#define BACKING_STORE_H

#include <node_api.h>

typedef int backing_store_keep(napi_env env, napi_value array_buffer);

/* A function that has the memory of an ArrayBuffer outlive its engine, for good, and returns 0; on the environment's
 * thread. NULL where the process has none. */
backing_store_keep *backing_store_keeper(void);

#endif
