/* script.c - see script.h; QuickJS 2021-03-27 and its adapter */
#include <quickjs.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ZMQJS_QUICKJS_STATIC
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include "script.h"

static JSValue host(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    const volatile int *word = JS_GetContextOpaque(ctx);
    (void)this_value, (void)argc, (void)argv;
    return JS_NewInt32(ctx, word != NULL ? *word : 0);
}

static JSValue print(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    const char *text = JS_ToCString(ctx, argc > 0 ? argv[0] : JS_UNDEFINED);
    (void)this_value;
    if (text == NULL)
        return JS_EXCEPTION;
    /* Without a stream: exit(), on another thread, flushes all streams, and may write the line once more. */
    char line[1000];
    int length = snprintf(line, sizeof line, "%s\n", text);
    if (length >= (int)sizeof line) {
        puts(text);
    } else {
        fflush(stdout);
        if (write(STDOUT_FILENO, line, (size_t)length) < 0)
            clearerr(stdout); /* the stream is closed, as for puts() */
    }
    JS_FreeCString(ctx, text);
    return JS_UNDEFINED;
}

static void complain(JSContext *ctx)
{
    JSValue exception = JS_GetException(ctx);
    const char *text = JS_ToCString(ctx, exception);
    fprintf(stderr, "%s\n", text != NULL ? text : "an exception without a text");
    JS_FreeCString(ctx, text);
    JS_FreeValue(ctx, exception);
}

static int evaluate(JSContext *ctx, const char *source)
{
    JSContext *job;
    JSValue result = JS_Eval(ctx, source, strlen(source), "script", JS_EVAL_TYPE_MODULE);
    int failed = JS_IsException(result);
    JS_FreeValue(ctx, result);
    while (!failed && JS_IsJobPending(JS_GetRuntime(ctx)))
        failed = JS_ExecutePendingJob(JS_GetRuntime(ctx), &job) < 0;
    if (failed)
        complain(ctx);
    return failed ? -1 : 0;
}

int script_run(const char *source, const volatile int *word)
{
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = JS_NewContext(rt);
    JSValue global = JS_GetGlobalObject(ctx);
    int result = -1;
    JS_SetContextOpaque(ctx, (void *)(uintptr_t)word);
    JS_SetPropertyStr(ctx, global, "host", JS_NewCFunction(ctx, host, "host", 0));
    JS_SetPropertyStr(ctx, global, "print", JS_NewCFunction(ctx, print, "print", 1));
    JS_FreeValue(ctx, global);
    if (js_init_module_zmq(ctx, "zmq") != NULL)
        result = evaluate(ctx, source);
    else
        complain(ctx);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
    return result;
}
