/* The addon: the module "zmq", its methods that lend bytes, the watcher that npm/waiting.js waits with, and how
 * npm/zeromq leaves. */
#define _GNU_SOURCE
#define NAPI_VERSION 8
#include <node_api.h>

#define ZMQJS_NAPI_IMPLEMENTATION
#include "zmqjs_napi.h"

#include "backing_store.h"
#include "leaving.h"
#include "watcher.h"

NAPI_MODULE_INIT()
{
    napi_value zmq = NULL, lending = NULL;
    leaving *leaving = leaving_define(env, exports);
    if (leaving == NULL || napi_create_object(env, &zmq) != napi_ok || zmqjs_napi_init(env, zmq) == NULL ||
        napi_set_named_property(env, exports, "zmq", zmq) != napi_ok ||
        napi_create_object(env, &lending) != napi_ok ||
        zmqjs_napi_lending(env, lending, backing_store_keeper()) == NULL ||
        napi_set_named_property(env, exports, "lending", lending) != napi_ok ||
        leaving_begin(env, leaving) != napi_ok)
        return NULL;
    return watcher_define(env, exports) == napi_ok ? exports : NULL;
}
