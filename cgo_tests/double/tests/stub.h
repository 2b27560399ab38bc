/*
 * stub.h - an engine without values, whose runtime any thread can call at any time
 *
 * It remembers the instance that was made last. Only one thread may be inside its
 * callbacks at a time, which they check.
 */
#ifndef STUB_H
#define STUB_H

#include "zmqjs.h"

struct stub {
    int inside;           /* how many threads are */
    zmqjs_data instance; /* a ZMQJS_NATIVE */
};

zmqjs_runtime *stub_open(struct stub *stub);

/* Calls a function, of an instance or NULL; the arguments and a result that is no instance
 * are exchanged as data. A status. */
int stub_call(zmqjs_runtime *runtime, const zmqjs_data *instance, const zmqjs_function *function,
              size_t count, const zmqjs_data *arguments, zmqjs_data *result);

zmqjs_data stub_text(const char *text);
zmqjs_data stub_number(int32_t number);
zmqjs_data stub_constant(const char *name); /* zmq.that */

const zmqjs_function *stub_constructor(const char *class_name);
const zmqjs_function *stub_getter(const char *class_name, const char *name);

#endif
