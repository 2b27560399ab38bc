/* Checks and functions to run scripts, for the test hosts. Include it after quickjs.h. */
#ifndef ENGINE_H
#define ENGINE_H

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

/* Prints and clears the pending exception. */
static void report(JSContext *ctx) {
    JSValue exception = JS_GetException(ctx);
    JSValue stack = JS_GetPropertyStr(ctx, exception, "stack");
    const char *text = JS_ToCString(ctx, exception);
    const char *where = JS_ToCString(ctx, stack);
    fprintf(stderr, "%s\n%s\n", text ? text : "?", where ? where : "");
    JS_FreeCString(ctx, text);
    JS_FreeCString(ctx, where);
    JS_FreeValue(ctx, stack);
    JS_FreeValue(ctx, exception);
}

/* Runs a module to its end. Returns nonzero if it throws, with the exception pending. */
static int run(JSContext *ctx, const char *name, const char *text, size_t length) {
    JSRuntime *rt = JS_GetRuntime(ctx);
    JSValue result = JS_Eval(ctx, text, length, name, JS_EVAL_TYPE_MODULE);
    JSContext *job;
    int status;
    if (JS_IsException(result)) {
        return 1;
    }
    do {
        status = JS_ExecutePendingJob(rt, &job);
    } while (status > 0);
#if defined(JS_EVAL_FLAG_ASYNC) || defined(QUICKJS_NG)
    if (JS_IsObject(result) && JS_PromiseState(ctx, result) == JS_PROMISE_REJECTED) {
        JSValue reason = JS_PromiseResult(ctx, result);
        JS_FreeValue(ctx, result);
        JS_Throw(ctx, reason);
        return 1;
    }
#endif
    JS_FreeValue(ctx, result);
    return status < 0;
}

static __attribute__((unused)) int run_text(JSContext *ctx, const char *text) {
    return run(ctx, "<test>", text, strlen(text));
}

static __attribute__((unused)) int run_file(JSContext *ctx, const char *path) {
    FILE *file = fopen(path, "rb");
    size_t length;
    char *text;
    int failed;
    CHECK(file != NULL && fseek(file, 0, SEEK_END) == 0);
    length = (size_t)ftell(file);
    rewind(file);
    text = (char *)malloc(length + 1);
    CHECK(text != NULL && fread(text, 1, length, file) == length);
    text[length] = 0;
    fclose(file);
    failed = run(ctx, path, text, length);
    if (failed) {
        report(ctx);
    }
    free(text);
    return failed;
}

#endif
