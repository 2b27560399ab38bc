/* Declarations for the test hosts. */
#ifndef HOST_H
#define HOST_H

#include <duktape.h>

#define ZMQJS_DUKTAPE_IMPLEMENTATION
#define ZMQJS_DUKTAPE_STATIC
#include "zmqjs_duktape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);                \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

/* Runs a script; 0 and its exception on standard error if it throws. */
static inline int runs(duk_context *ctx, const char *script)
{
    int done = duk_peval_string(ctx, script) == 0;
    if (!done)
        fprintf(stderr, "%s\n", duk_safe_to_stacktrace(ctx, -1));
    duk_pop(ctx);
    return done;
}

static duk_ret_t open_module(duk_context *ctx, void *argument)
{
    (void)argument;
    duk_push_c_function(ctx, zmqjs_duktape_open, 0);
    duk_call(ctx, 0);
    duk_put_global_string(ctx, "zmq");
    return 0;
}

/* Makes the module a global. */
static inline int opens(duk_context *ctx)
{
    int done = duk_safe_call(ctx, open_module, NULL, 0, 1) == DUK_EXEC_SUCCESS;
    duk_pop(ctx);
    return done;
}

#endif
