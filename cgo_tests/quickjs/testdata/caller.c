/* A host in C or C++ whose adapter is implemented in another file. */
#include <quickjs.h>
#include <zmqjs_quickjs.h>

#include "engine.h"

int main(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = JS_NewContext(rt);
    CHECK(js_init_module_zmq(ctx, "zmq") != NULL);
    CHECK(zmqjs_quickjs_runtime(ctx) != NULL);
    if (run_text(ctx, "import * as zmq from 'zmq';"
                      "if (zmq.version().length !== 3) throw zmq.version();")) {
        report(ctx);
        return 1;
    }
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
    return 0;
}
