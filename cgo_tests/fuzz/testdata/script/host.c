/*
 * A host for scripts that make calls at random: QuickJS with the module, and with print,
 * scriptArgs, gc(), detach(buffer) and descriptors(). host SCRIPT ARGUMENT...
 */
#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static JSValue print(JSContext *ctx, JSValueConst self, int count, JSValueConst *arguments) {
    const char *text = JS_ToCString(ctx, count ? arguments[0] : JS_UNDEFINED);
    (void)self;
    if (!text) {
        return JS_EXCEPTION;
    }
    puts(text);
    fflush(stdout);
    JS_FreeCString(ctx, text);
    return JS_UNDEFINED;
}

static JSValue gc(JSContext *ctx, JSValueConst self, int count, JSValueConst *arguments) {
    (void)self, (void)count, (void)arguments;
    JS_RunGC(JS_GetRuntime(ctx));
    return JS_UNDEFINED;
}

static JSValue detach(JSContext *ctx, JSValueConst self, int count, JSValueConst *arguments) {
    (void)self;
    if (count) {
        JS_DetachArrayBuffer(ctx, arguments[0]);
    }
    return JS_UNDEFINED;
}

/* How many descriptors the process has. */
static JSValue descriptors(JSContext *ctx, JSValueConst self, int count, JSValueConst *arguments) {
    DIR *directory = opendir("/proc/self/fd");
    int open = 0;
    (void)ctx, (void)self, (void)count, (void)arguments;
    while (directory && readdir(directory)) {
        open++;
    }
    if (directory) {
        closedir(directory);
    }
    return JS_NewInt32(ctx, open);
}

static char *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    if (!file) {
        return NULL;
    }
    if (fseek(file, 0, SEEK_END) == 0) {
        *length = (size_t)ftell(file);
        rewind(file);
        text = malloc(*length + 1);
        if (text && fread(text, 1, *length, file) == *length) {
            text[*length] = 0;
        }
    }
    fclose(file);
    return text;
}

/* Compiles a module, which imports others by their paths. */
static JSValue compile(JSContext *ctx, const char *path) {
    size_t length = 0;
    char *text = read_file(path, &length);
    JSValue module;
    if (!text) {
        return JS_ThrowReferenceError(ctx, "cannot read %s", path);
    }
    module = JS_Eval(ctx, text, length, path, JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY);
    free(text);
    return module;
}

static JSModuleDef *load(JSContext *ctx, const char *path, void *opaque) {
    JSValue module = compile(ctx, path);
    JSModuleDef *definition = NULL;
    (void)opaque;
    if (!JS_IsException(module)) {
        definition = JS_VALUE_GET_PTR(module);
        JS_FreeValue(ctx, module);
    }
    return definition;
}

static void define(JSContext *ctx, const char *name, JSCFunction *function) {
    JSValue global = JS_GetGlobalObject(ctx);
    JS_SetPropertyStr(ctx, global, name, JS_NewCFunction(ctx, function, name, 1));
    JS_FreeValue(ctx, global);
}

static void set_arguments(JSContext *ctx, int count, char **arguments) {
    JSValue global = JS_GetGlobalObject(ctx), array = JS_NewArray(ctx);
    int i;
    for (i = 0; i < count; i++) {
        JS_SetPropertyUint32(ctx, array, (uint32_t)i, JS_NewString(ctx, arguments[i]));
    }
    JS_SetPropertyStr(ctx, global, "scriptArgs", array);
    JS_FreeValue(ctx, global);
}

static int report(JSContext *ctx) {
    JSValue exception = JS_GetException(ctx), stack = JS_GetPropertyStr(ctx, exception, "stack");
    const char *text = JS_ToCString(ctx, exception), *where = JS_ToCString(ctx, stack);
    fprintf(stderr, "%s\n%s\n", text ? text : "?", where ? where : "");
    JS_FreeCString(ctx, text);
    JS_FreeCString(ctx, where);
    JS_FreeValue(ctx, stack);
    JS_FreeValue(ctx, exception);
    return 1;
}

static int run(JSContext *ctx, const char *path) {
    JSValue module = compile(ctx, path), result;
    JSContext *job;
    int status;
    if (JS_IsException(module)) {
        return report(ctx);
    }
    result = JS_EvalFunction(ctx, module);
    if (JS_IsException(result)) {
        return report(ctx);
    }
    JS_FreeValue(ctx, result);
    while ((status = JS_ExecutePendingJob(JS_GetRuntime(ctx), &job)) > 0) {
    }
    return status < 0 ? report(ctx) : 0;
}

int main(int count, char **arguments) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = rt ? JS_NewContext(rt) : NULL;
    int status;
    if (!ctx || count < 2 || !js_init_module_zmq(ctx, "zmq")) {
        return 2;
    }
    JS_SetModuleLoaderFunc(rt, NULL, load, NULL);
    define(ctx, "print", print);
    define(ctx, "gc", gc);
    define(ctx, "detach", detach);
    define(ctx, "descriptors", descriptors);
    set_arguments(ctx, count - 1, arguments + 1);
    status = run(ctx, arguments[1]);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
    return status;
}
