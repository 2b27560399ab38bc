/* Runs a CommonJS script with JavaScriptCore and the module zmq: runner FILE. */
#include <JavaScriptCore/JavaScript.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ZMQJS_JSC_IMPLEMENTATION
#include "zmqjs_jsc.h"

static char *copy_text(JSContextRef ctx, JSValueRef value)
{
    JSStringRef string = JSValueToStringCopy(ctx, value, NULL);
    size_t size = string != NULL ? JSStringGetMaximumUTF8CStringSize(string) : 1;
    char *text = calloc(size, 1);
    if (string != NULL) {
        JSStringGetUTF8CString(string, text, size);
        JSStringRelease(string);
    }
    return text;
}

static JSValueRef make_text(JSContextRef ctx, const char *text)
{
    JSStringRef string = JSStringCreateWithUTF8CString(text);
    JSValueRef value = JSValueMakeString(ctx, string);
    JSStringRelease(string);
    return value;
}

static JSValueRef print(JSContextRef ctx, JSObjectRef function, JSObjectRef self, size_t count,
                        const JSValueRef arguments[], JSValueRef *exception)
{
    (void)function, (void)self, (void)exception;
    char *text = count > 0 ? copy_text(ctx, arguments[0]) : calloc(1, 1);
    puts(text);
    free(text);
    return JSValueMakeUndefined(ctx);
}

static JSValueRef read_file(JSContextRef ctx, JSObjectRef function, JSObjectRef self, size_t count,
                            const JSValueRef arguments[], JSValueRef *exception)
{
    (void)function, (void)self, (void)count;
    char *path = copy_text(ctx, arguments[0]), *text = NULL;
    size_t length = 0, room = 0, got = 1;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        *exception = make_text(ctx, path);
        free(path);
        return NULL;
    }
    while (got > 0) {
        text = realloc(text, (room += 65536) + 1);
        length += got = fread(text + length, 1, room - length, file);
    }
    text[length] = '\0';
    fclose(file);
    JSValueRef value = make_text(ctx, text);
    free(text);
    free(path);
    return value;
}

/* Exported, but in no public header: JSGarbageCollect() collects at some time. */
void JSSynchronousGarbageCollectForDebugging(JSContextRef ctx);

static JSValueRef collect(JSContextRef ctx, JSObjectRef function, JSObjectRef self, size_t count,
                          const JSValueRef arguments[], JSValueRef *exception)
{
    (void)function, (void)self, (void)count, (void)arguments, (void)exception;
    JSSynchronousGarbageCollectForDebugging(ctx);
    return JSValueMakeUndefined(ctx);
}

static void set(JSContextRef ctx, const char *name, JSValueRef value)
{
    JSStringRef string = JSStringCreateWithUTF8CString(name);
    JSObjectSetProperty(ctx, JSContextGetGlobalObject(ctx), string, value, kJSPropertyAttributeDontEnum, NULL);
    JSStringRelease(string);
}

static const char main_script[] =
    "((print, read, zmq, file) => {"
    "  const modules = new Map();"
    "  const resolve = (from, name) => { const parts = from.split('/').slice(0, -1);"
    "    for (const part of name.split('/')) part === '..' ? parts.pop() : part !== '.' && parts.push(part);"
    "    return parts.join('/'); };"
    "  const load = (path) => { if (!modules.has(path)) { const exports = {}; modules.set(path, exports);"
    "    new Function('exports', 'require', read(path))(exports, (name) => name === 'zmq' ? zmq : load(resolve(path, name))); }"
    "    return modules.get(path); };"
    "  load(file); })";

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static int is_interrupted(void *argument)
{
    (void)argument;
    int now = interrupted;
    interrupted = 0;
    return now;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    JSGlobalContextRef ctx = JSGlobalContextCreate(NULL);
    JSValueRef exception = NULL;
    signal(SIGINT, on_interrupt);
    JSObjectRef zmq = zmqjs_jsc_open_with(ctx, is_interrupted, NULL, &exception);
    if (zmq != NULL) {
        JSValueRef arguments[4] = {JSObjectMakeFunctionWithCallback(ctx, NULL, print),
                                   JSObjectMakeFunctionWithCallback(ctx, NULL, read_file), zmq,
                                   make_text(ctx, argv[1])};
        set(ctx, "print", arguments[0]);
        set(ctx, "gc", JSObjectMakeFunctionWithCallback(ctx, NULL, collect));
        set(ctx, "console", JSValueMakeUndefined(ctx)); /* which prints nowhere */
        JSStringRef source = JSStringCreateWithUTF8CString(main_script);
        JSValueRef run = JSEvaluateScript(ctx, source, NULL, NULL, 0, &exception);
        JSStringRelease(source);
        if (run != NULL)
            JSObjectCallAsFunction(ctx, (JSObjectRef)(uintptr_t)run, NULL, 4, arguments, &exception);
    }
    if (exception != NULL) {
        char *text = copy_text(ctx, exception);
        fprintf(stderr, "%s\n", text);
        free(text);
    }
    JSGlobalContextRelease(ctx);
    return exception != NULL;
}
