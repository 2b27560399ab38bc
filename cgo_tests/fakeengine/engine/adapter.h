/*
 * adapter.h - zmqjs for the fake engine: an adapter to read and to copy
 *
 * This is all that stands between an engine and libzmqjs. To make a module:
 *
 *     struct adapter adapter;
 *     adapter_init(&adapter, engine);
 *     if (zmqjs_runtime_new(&adapter_callbacks, &adapter, &adapter.runtime) < 0)
 *         ... zmqjs_last_error() ...
 *     fe_value *zmq = adapter_module(&adapter);
 *
 * and to end it, when the engine ends (its instances may outlive this):
 *
 *     zmqjs_runtime_free(adapter.runtime);
 *     fe_release(zmq);
 *     adapter_done(&adapter);
 */
#ifndef ADAPTER_H
#define ADAPTER_H

#include "fakeengine.h"
#include "zmqjs.h"

/* The adapter's state for one runtime; the payload of every callback. */
struct adapter {
    fe_engine *engine;
    zmqjs_runtime *runtime;
    const zmqjs_function *const *functions;
    fe_value **prototypes; /* of the classes, by their number */
    size_t class_count;
    int doubles_only; /* read no number as an int32, as some engines do */
    int never_adopts; /* copy all bytes, as some engines must */
};

extern const zmqjs_engine adapter_callbacks;

void adapter_init(struct adapter *adapter, fe_engine *engine);
void adapter_done(struct adapter *adapter);

/* Makes the module: an object with all definitions of the library. Owned; NULL on failure: an
 * exception is pending, or zmqjs_last_error() has the reason. */
fe_value *adapter_module(struct adapter *adapter);

#endif
