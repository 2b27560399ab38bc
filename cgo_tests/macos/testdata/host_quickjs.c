#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

int main(void)
{
    JSRuntime *runtime = JS_NewRuntime();
    JSContext *context = JS_NewContext(runtime);
    int failed = js_init_module_zmq(context, "zmq") == NULL;
    JS_FreeContext(context);
    JS_FreeRuntime(runtime);
    return failed;
}
