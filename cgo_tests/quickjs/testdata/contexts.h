/* Creates contexts with the module, for the test hosts. Include it after the adapter. */
#ifndef CONTEXTS_H
#define CONTEXTS_H

#include "engine.h"

static JSContext *new_context(JSRuntime *rt) {
    JSContext *ctx = JS_NewContext(rt);
    CHECK(ctx != NULL && js_init_module_zmq(ctx, "zmq") != NULL);
    return ctx;
}

static __attribute__((unused)) void run_well(JSContext *ctx, const char *text) {
    if (run_text(ctx, text)) {
        report(ctx);
        exit(1);
    }
}

#endif
