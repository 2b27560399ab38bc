/*
 * Runs a script file as a module against the probe library, with some helpers as globals, and
 * checks that freeing the runtime frees everything.
 *
 *     probe_host script.js
 */
#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include "engine.h"
#include "probe_library.h"

static JSValue host_detach(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv) {
    (void)this_value;
    (void)argc;
    JS_DetachArrayBuffer(ctx, argv[0]);
    return JS_UNDEFINED;
}

static JSValue host_collect(JSContext *ctx, JSValueConst this_value, int argc,
                            JSValueConst *argv) {
    (void)this_value;
    (void)argc;
    (void)argv;
    JS_RunGC(JS_GetRuntime(ctx));
    return JS_UNDEFINED;
}

static JSValue host_count(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv,
                          int magic) {
    (void)this_value;
    (void)argc;
    (void)argv;
    return JS_NewInt32(ctx, magic ? probe_live_adoptions() : probe_live_boxes());
}

static JSValue host_print(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv) {
    const char *text = JS_ToCString(ctx, argv[0]);
    (void)this_value;
    (void)argc;
    if (text == NULL) {
        return JS_EXCEPTION;
    }
    puts(text);
    JS_FreeCString(ctx, text);
    return JS_UNDEFINED;
}

static void define_helpers(JSContext *ctx) {
    JSValue global = JS_GetGlobalObject(ctx);
    JSCFunctionType type;
    type.generic_magic = host_count;
    JS_SetPropertyStr(ctx, global, "print", JS_NewCFunction(ctx, host_print, "print", 1));
    JS_SetPropertyStr(ctx, global, "detach", JS_NewCFunction(ctx, host_detach, "detach", 1));
    JS_SetPropertyStr(ctx, global, "collect", JS_NewCFunction(ctx, host_collect, "collect", 0));
    JS_SetPropertyStr(
        ctx, global, "liveBoxes",
        JS_NewCFunction2(ctx, type.generic, "liveBoxes", 0, JS_CFUNC_generic_magic, 0));
    JS_SetPropertyStr(
        ctx, global, "liveAdoptions",
        JS_NewCFunction2(ctx, type.generic, "liveAdoptions", 0, JS_CFUNC_generic_magic, 1));
    JS_FreeValue(ctx, global);
}

int main(int argc, char **argv) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = JS_NewContext(rt);
    int failed;
    CHECK(argc == 2);
    define_helpers(ctx);
    CHECK(js_init_module_zmq(ctx, "zmq") != NULL);
    CHECK(js_init_module_zmq(ctx, "again") != NULL);
    CHECK(probe_live_runtimes() == 0);
    failed = run_file(ctx, argv[1]);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
    CHECK(failed || (probe_live_boxes() == 0 && probe_live_adoptions() == 0));
    CHECK(probe_live_runtimes() == 0);
    CHECK(probe_live_frames() == 0);
    return failed;
}
