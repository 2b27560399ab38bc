/* The adapter refuses a library with a lower ABI version than its zmqjs.h. */
#include "quickjs.h"

#include "zmqjs.h"
#undef ZMQJS_ABI_VERSION
#define ZMQJS_ABI_VERSION 99u

#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include "engine.h"

int main(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = JS_NewContext(rt);
    JSValue exception;
    const char *text;
    int i;
    for (i = 0; i < 2; i++) { /* a later attempt fails as the first one does */
        CHECK(js_init_module_zmq(ctx, "zmq") == NULL);
        exception = JS_GetException(ctx);
        text = JS_ToCString(ctx, exception);
        CHECK(text != NULL && strstr(text, "Error: ") != NULL && strstr(text, "99") != NULL);
        CHECK(zmqjs_quickjs_runtime(ctx) == NULL && strstr(text, zmqjs_last_error()) != NULL);
        JS_FreeCString(ctx, text);
        JS_FreeValue(ctx, exception);
    }
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
    return 0;
}
