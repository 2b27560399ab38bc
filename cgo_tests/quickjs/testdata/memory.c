/*
 * Out of memory: repeats every operation of the adapter with a limit that rises by a few
 * bytes, until it succeeds. Each failure must be an exception, leak nothing, and leave the
 * module usable.
 */
#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include "engine.h"
#include "probe_library.h"

enum { STEP = 8, LIMIT = 1 << 20 };

static void set_limit(JSRuntime *rt, size_t spare) {
    JSMemoryUsage usage;
    JS_ComputeMemoryUsage(rt, &usage);
    JS_SetMemoryLimit(rt, (size_t)usage.malloc_size + spare);
}

static void lift_limit(JSRuntime *rt) {
    JS_SetMemoryLimit(rt, (size_t)-1);
}

/* Creates the adapter's state of a context. */
static void test_building(void) {
    int failures = 0;
    size_t spare;
    for (spare = 1; spare < LIMIT; spare += STEP) {
        JSRuntime *rt = JS_NewRuntime();
        JSContext *ctx = JS_NewContext(rt);
        zmqjs_runtime *runtime;
        set_limit(rt, spare);
        runtime = zmqjs_quickjs_runtime(ctx);
        lift_limit(rt);
        if (runtime == NULL) {
            failures++;
            CHECK(probe_live_runtimes() == 0);
            if (failures % 16 == 0) { /* it succeeds when there is memory again */
                CHECK(zmqjs_quickjs_runtime(ctx) != NULL);
            }
        }
        JS_FreeContext(ctx);
        JS_FreeRuntime(rt);
        CHECK(probe_live_runtimes() == 0);
        if (runtime != NULL) {
            break;
        }
    }
    CHECK(spare < LIMIT && failures > 0);
    printf("building: %d failures\n", failures);
}

/* Whether an operation succeeded: it returned a result, or threw its expected error. */
static int succeeded(JSContext *ctx, JSValueConst operation, JSValue result) {
    JSValue error = JS_GetPropertyStr(ctx, operation, "error");
    int done = 0;
    if (!JS_IsException(result)) {
        done = JS_IsUndefined(error);
        JS_FreeValue(ctx, result);
    } else {
        /* Without memory the exception may be null, or lack its message. */
        JSValue exception = JS_GetException(ctx);
        if (JS_IsObject(exception) && JS_IsString(error)) {
            JSValue message = JS_GetPropertyStr(ctx, exception, "message");
            const char *actual = JS_ToCString(ctx, message), *expected = JS_ToCString(ctx, error);
            done = actual != NULL && strcmp(actual, expected) == 0;
            JS_FreeCString(ctx, actual);
            JS_FreeCString(ctx, expected);
            JS_FreeValue(ctx, message);
        }
        JS_FreeValue(ctx, exception);
    }
    JS_FreeValue(ctx, error);
    return done;
}

/* Calls a native function of the module directly from C, without a frame of a script: engines may
 * crash when they add a stack to an error for which there was no memory. */
static void test_operation(JSContext *ctx, JSValueConst operation) {
    JSRuntime *rt = JS_GetRuntime(ctx);
    JSValue function = JS_GetPropertyStr(ctx, operation, "f");
    JSValue self = JS_GetPropertyStr(ctx, operation, "self");
    JSValue list = JS_GetPropertyStr(ctx, operation, "args");
    JSValue arguments[3];
    int i, failures = 0, done = 0;
    size_t spare;
    for (i = 0; i < 3; i++) {
        arguments[i] = JS_GetPropertyUint32(ctx, list, (uint32_t)i);
    }
    for (spare = 1; spare < LIMIT && !done; spare += STEP) {
        JSValue result;
        set_limit(rt, spare);
        result = JS_IsUndefined(self) ? JS_CallConstructor(ctx, function, 3, arguments)
                                      : JS_Call(ctx, function, self, 3, arguments);
        lift_limit(rt);
        done = succeeded(ctx, operation, result);
        failures += !done;
    }
    CHECK(done);
    printf("%d failures\n", failures);
    for (i = 0; i < 3; i++) {
        JS_FreeValue(ctx, arguments[i]);
    }
    JS_FreeValue(ctx, list);
    JS_FreeValue(ctx, self);
    JS_FreeValue(ctx, function);
}

/* All strings are ASCII: several engines leak others when JS_ToCString fails. */
static void test_operations(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = JS_NewContext(rt);
    JSValue global, operations;
    uint32_t i;
    CHECK(js_init_module_zmq(ctx, "zmq") != NULL);
    CHECK(!run_text(ctx, "import * as zmq from 'zmq';"
                         "const box = new zmq.Box(1), { describe, make } = zmq;"
                         "globalThis.operations = ["
                         "  { f: zmq.Box, args: [7] },"
                         "  { f: box.twin, self: box, args: [] },"
                         "  { f: box.put, self: box, args: [50, box] },"
                         "  { f: describe, self: 0, args: [1n << 63n] },"
                         "  { f: describe, self: 0, args: [new DataView(new ArrayBuffer(4), 1)] },"
                         "  { f: describe, self: 0, args: [new Int16Array(4)] },"
                         "  { f: describe, self: 0, args: [[1, 2]] },"
                         "  { f: zmq.list, self: 0, args: [[1, 'two', 3n, box], 'five'] },"
                         "  { f: describe, self: 0, args: [{}] },"
                         "  { f: make, self: 0, args: ['bytes'] },"
                         "  { f: make, self: 0, args: ['array'] },"
                         "  { f: make, self: 0, args: ['object'] },"
                         "  { f: make, self: 0, args: ['string'] },"
                         "  { f: make, self: 0, args: ['bigint'] },"
                         "  { f: zmq.adopt, self: 0, args: [65536] },"
                         "  { f: zmq.fail, self: 0, args: [0, 300, 1], error: 'x'.repeat(300) },"
                         "  { f: zmq.fail, self: 0, args: [1, 300, 1], error: 'x'.repeat(300) },"
                         "  { f: zmq.refuse, self: 0, args: [], error: 'the runtime is busy' },"
                         "];"));
    global = JS_GetGlobalObject(ctx);
    operations = JS_GetPropertyStr(ctx, global, "operations");
    for (i = 0; i < 18; i++) {
        JSValue operation = JS_GetPropertyUint32(ctx, operations, i);
        test_operation(ctx, operation);
        JS_FreeValue(ctx, operation);
    }
    JS_FreeValue(ctx, operations);
    JS_FreeValue(ctx, global);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

int main(void) {
    test_building();
    test_operations();
    CHECK(probe_live_runtimes() == 0);
    CHECK(probe_live_boxes() == 0);
    CHECK(probe_live_adoptions() == 0);
    CHECK(probe_live_frames() == 0);
    return 0;
}
