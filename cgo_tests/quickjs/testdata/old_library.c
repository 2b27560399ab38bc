/* A library that is older than the adapter's zmqjs.h, in which versions only rise. */
#include "quickjs.h"

#include "zmqjs.h"
#undef ZMQJS_ABI_VERSION
#define ZMQJS_ABI_VERSION 99u

#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include "contexts.h"
#include "engine.h"

int main(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    JSValue exception;
    const char *text;
    int i;
    for (i = 0; i < 2; i++) { /* neither the first call nor a later one */
        CHECK(run_text(ctx, "import * as zmq from 'zmq'; zmq.version();"));
        exception = JS_GetException(ctx);
        text = JS_ToCString(ctx, exception);
        CHECK(text != NULL && strstr(text, "Error: ") == text && strstr(text, "99") != NULL);
        CHECK(zmqjs_quickjs_runtime(ctx) == NULL && strstr(text, zmqjs_last_error()) != NULL);
        JS_FreeCString(ctx, text);
        JS_FreeValue(ctx, exception);
    }
    run_well(ctx, "import * as zmq from 'zmq'; if (zmq.PUSH !== 8) throw zmq.PUSH;");
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
    return 0;
}
