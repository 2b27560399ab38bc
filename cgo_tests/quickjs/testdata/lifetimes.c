/*
 * Frees contexts, runtimes and instances in every order. The probe library counts them; each
 * test is one function, and must leave none.
 */
#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include <pthread.h>

#include "contexts.h"
#include "engine.h"
#include "probe_library.h"

static void run_badly(JSContext *ctx, const char *text) {
    CHECK(run_text(ctx, text));
    JS_FreeValue(ctx, JS_GetException(ctx));
}

/* Copies the global variable "box" of a context to another one of the same runtime. */
static void hand_over(JSContext *from, JSContext *to) {
    JSValue source = JS_GetGlobalObject(from), target = JS_GetGlobalObject(to);
    CHECK(JS_SetPropertyStr(to, target, "box", JS_GetPropertyStr(from, source, "box")) >= 0);
    JS_FreeValue(from, source);
    JS_FreeValue(to, target);
}

static void test_registered_only(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

static void test_imported_only(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    run_well(ctx, "import { Box } from 'zmq'; if (Box.length !== 1) throw Box.length;");
    CHECK(probe_live_runtimes() == 0); /* no function was called */
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

/* Instances in globals, closures and cycles, none of them released by the script. */
static void test_ends_with_live_instances(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    run_well(ctx, "import * as zmq from 'zmq';"
                  "const a = new zmq.Box(1), b = new zmq.Box(2);"
                  "a.put(0, b); b.put(0, a); a.put(1, zmq); a.put(2, () => a);"
                  "zmq.Box.prototype.cycle = a; globalThis.box = new zmq.Box(3);"
                  "globalThis.later = () => a.number + box.number;"
                  "box.put(0, globalThis); box.put(1, zmq.Box);");
    CHECK(probe_live_boxes() == 3);
    CHECK(probe_live_runtimes() == 1);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

static void test_runtime_of_context(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    zmqjs_runtime *runtime = zmqjs_quickjs_runtime(ctx);
    CHECK(runtime != NULL && probe_live_runtimes() == 1);
    run_well(ctx, "import * as zmq from 'zmq'; globalThis.box = new zmq.Box(1);");
    CHECK(zmqjs_quickjs_runtime(ctx) == runtime && probe_live_runtimes() == 1);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

static int answer(void *argument) {
    return *(int *)argument;
}

static void test_interrupted(void) {
    int value = 5;
    JSRuntime *rt = JS_NewRuntime();
    JSContext *early = JS_NewContext(rt), *ctx = new_context(rt), *none = new_context(rt);
    CHECK(zmqjs_quickjs_set_interrupted(early, answer, &value) == 0);
    CHECK(js_init_module_zmq(early, "zmq") != NULL);
    CHECK(zmqjs_quickjs_set_interrupted(ctx, answer, &value) == 0);
    run_well(early, "import * as zmq from 'zmq'; if (zmq.ask() !== 5) throw zmq.ask();");
    value = 6;
    run_well(ctx, "import * as zmq from 'zmq'; if (zmq.ask() !== 6) throw zmq.ask();");
    run_well(none, "import * as zmq from 'zmq'; if (zmq.ask() !== -1) throw zmq.ask();");
    CHECK(zmqjs_quickjs_set_interrupted(ctx, answer, &value) == -1);
    JS_FreeContext(early);
    JS_FreeContext(ctx);
    JS_FreeContext(none);
    JS_FreeRuntime(rt);
}

/* An instance of one context outlives it in another one, with or without its prototype. */
static void outlive(int first, const char *change) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *contexts[2] = {new_context(rt), new_context(rt)};
    run_well(contexts[0], "import * as zmq from 'zmq'; globalThis.box = new zmq.Box(1);"
                          "box.put(0, new zmq.Box(2)); box.put(1, box);");
    run_well(contexts[0], change);
    hand_over(contexts[0], contexts[1]);
    run_well(contexts[1], "import * as zmq from 'zmq'; zmq.nothing();");
    JS_FreeContext(contexts[first]);
    JS_RunGC(rt);
    if (first == 0) {
        CHECK(probe_live_boxes() == 2);
        run_well(contexts[1], "import * as zmq from 'zmq';"
                              "if (zmq.describe(box) !== 'instance 1') throw box;"
                              "zmq.Box.prototype.put.call(box, 3, new zmq.Box(9));"
                              "globalThis.inner = zmq.Box.prototype.take.call(box, 0).twin();"
                              "if (inner.number !== 2) throw inner.number;");
    }
    JS_FreeContext(contexts[1 - first]);
    JS_FreeRuntime(rt);
}

static void test_instances_outlive_their_context(void) {
    outlive(0, "");
    outlive(1, "");
    outlive(0, "Object.setPrototypeOf(box, null);");
    outlive(1, "Object.setPrototypeOf(box, null);");
}

static void test_runtimes_side_by_side(void) {
    enum { COUNT = 4 };
    JSRuntime *runtimes[COUNT];
    JSContext *contexts[COUNT];
    int i, round;
    for (i = 0; i < COUNT; i++) {
        JSClassID other = 0;
        runtimes[i] = JS_NewRuntime();
        contexts[i] = JS_NewContext(runtimes[i]);
#ifdef QUICKJS_NG
        for (round = 0; round < i; round++, other = 0) { /* the adapter's class gets another id */
            JS_NewClassID(runtimes[i], &other);
        }
#else
        (void)other;
#endif
        CHECK(js_init_module_zmq(contexts[i], "zmq") != NULL);
    }
    for (round = 0; round < 2; round++) {
        for (i = 0; i < COUNT; i++) {
            run_well(contexts[i], "import * as zmq from 'zmq';"
                                  "globalThis.box = globalThis.box || new zmq.Box(1);"
                                  "box.number++; if (zmq.describe(box) !== 'instance '"
                                  " + box.number) throw zmq.describe(box);");
        }
    }
    CHECK(probe_live_runtimes() == COUNT && probe_live_boxes() == COUNT);
    for (i = 0; i < COUNT; i++) {
        int index = i ^ 1;
        JS_FreeContext(contexts[index]);
        JS_FreeRuntime(runtimes[index]);
    }
}

static void *live_on_a_thread(void *argument) {
    int i;
    (void)argument;
    for (i = 0; i < 20; i++) {
        JSRuntime *rt = JS_NewRuntime();
        JSContext *ctx = new_context(rt);
        run_well(ctx, "import * as zmq from 'zmq'; let box = new zmq.Box(0);"
                      "for (let i = 0; i < 200; i++) { box = box.twin(); box.number = i;"
                      "  if (zmq.describe(box) !== `instance ${i}`) throw i; }"
                      "globalThis.box = box; box.put(0, box);");
        CHECK(zmqjs_interrupt(zmqjs_quickjs_runtime(ctx)) == ZMQJS_OK);
        JS_FreeContext(ctx);
        JS_FreeRuntime(rt);
    }
    return NULL;
}

static void test_threads(void) {
    pthread_t threads[4];
    int i, before = probe_interrupts();
    for (i = 0; i < 4; i++) {
        CHECK(pthread_create(&threads[i], NULL, live_on_a_thread, NULL) == 0);
    }
    for (i = 0; i < 4; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(probe_interrupts() == before + 80);
}

/* The engine drops modules when a script fails. The adapter's module can still be imported. */
static void test_failing_scripts(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    run_badly(ctx, "throw new Error('before');");
    run_badly(ctx, "import 'a module that does not exist';");
    run_badly(ctx, "this is no script");
    CHECK(js_init_module_zmq(ctx, "other") != NULL);
    run_badly(ctx, "throw new Error('before');");
    run_badly(ctx, "import * as zmq from 'zmq'; import 'a module that does not exist';");
    run_badly(ctx, "import * as zmq from 'zmq'; new zmq.Box(1); throw 1;");
    run_well(ctx, "import * as zmq from 'zmq'; import * as other from 'other';"
                  "if (zmq.Box !== other.Box) throw 1; globalThis.box = new other.Box(1);");
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

#if !defined(QUICKJS_NG) && !defined(JS_STRIP_SOURCE) /* newer engines own modules differently */
/* Loads the module "extra"; no module if the int at none is not 0. */
static JSModuleDef *load(JSContext *ctx, const char *name, void *none) {
    JSValue module;
    if (*(int *)none || strcmp(name, "extra") != 0) {
        JS_ThrowReferenceError(ctx, "no module %s", name);
        return NULL;
    }
    module = JS_Eval(ctx, "", 0, name, JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY);
    CHECK(!JS_IsException(module));
    JS_FreeValue(ctx, module); /* the context owns the module */
    return (JSModuleDef *)JS_VALUE_GET_PTR(module);
}

/* The engine resolves compiled modules when it reads them, which may fail too. */
static void test_failing_bytecode(void) {
    int none = 0;
    size_t size;
    uint8_t *bytecode;
    JSRuntime *rt = JS_NewRuntime();
    JSContext *first = JS_NewContext(rt), *ctx = new_context(rt);
    JSValue module;
    JS_SetModuleLoaderFunc(rt, NULL, load, &none);
    module = JS_Eval(first, "import 'extra';", 15, "compiled",
                     JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY);
    CHECK(!JS_IsException(module));
    bytecode = JS_WriteObject(first, &size, module, JS_WRITE_OBJ_BYTECODE);
    CHECK(bytecode != NULL);
    JS_FreeValue(first, module);
    none = 1;
    module = JS_ReadObject(ctx, bytecode, size, JS_READ_OBJ_BYTECODE);
    CHECK(!JS_IsException(module));
    CHECK(JS_ResolveModule(ctx, module) < 0);
    JS_FreeValue(ctx, JS_GetException(ctx));
    js_free(first, bytecode);
    run_well(ctx, "import * as zmq from 'zmq'; if (!zmq.Box) throw 1;");
    JS_FreeContext(first);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

#endif

/* Reading a value leaves no pending exception. */
static void test_probing(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    JSValue global = JS_GetGlobalObject(ctx), buffer, exception;
    run_well(ctx, "globalThis.buffer = new ArrayBuffer(8); globalThis.values = ["
                  "  buffer, new Uint8Array(buffer), new Int16Array(buffer),"
                  "  new DataView(buffer), {}, () => 1, Symbol.iterator, new Date(), [1]];");
    buffer = JS_GetPropertyStr(ctx, global, "buffer");
    JS_DetachArrayBuffer(ctx, buffer);
    run_well(ctx, "import * as zmq from 'zmq'; values.forEach(zmq.describe);");
    exception = JS_GetException(ctx);
    CHECK(!JS_IsObject(exception));
    JS_FreeValue(ctx, exception);
    JS_FreeValue(ctx, buffer);
    JS_FreeValue(ctx, global);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

/* Bytes are instances of a host's own Uint8FFArray, also if it is defined after the import. */
static void test_foreign_byte_array(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    run_well(ctx, "import 'zmq'; globalThis.Uint8FFArray ="
                  "  globalThis.Uint8FFArray || class extends Uint8Array {};");
    run_well(ctx, "import * as zmq from 'zmq'; const bytes = zmq.make('bytes');"
                  "if (bytes.constructor !== Uint8FFArray) throw bytes;"
                  "if (zmq.describe(bytes) !== 'bytes 4: 01 02 00 ff') throw bytes;"
                  "if (zmq.adopt(65536).constructor !== Uint8FFArray) throw 'adopted';"
                  "globalThis.Uint8FFArray = 1;"
                  "if (zmq.make('bytes').constructor !== bytes.constructor) throw 'changed';");
    JS_FreeContext(ctx);
    ctx = new_context(rt);
#ifndef JS_MKMV
    run_badly(ctx, "import * as zmq from 'zmq';"
                   "globalThis.Uint8FFArray = class { constructor() { throw 1; } };"
                   "zmq.make('bytes');");
    run_well(ctx, "import * as zmq from 'zmq'; zmq.nothing();");
#endif
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

/* A context without some intrinsics. */
static void test_bare_context(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = JS_NewContextRaw(rt);
    JS_AddIntrinsicBaseObjects(ctx);
    JS_AddIntrinsicEval(ctx);
    JS_AddIntrinsicPromise(ctx);
    CHECK(js_init_module_zmq(ctx, "zmq") != NULL);
    run_well(ctx, "import * as zmq from 'zmq'; const box = new zmq.Box(3);"
                  "if (zmq.describe(box) !== 'instance 3') throw zmq.describe(box);"
                  "if (zmq.describe({}) !== 'object') throw zmq.describe({});"
                  "if (zmq.describe([1]) !== 'array 0') throw zmq.describe([1]);"
                  "try { zmq.fail(1, 3, 1); throw 1; } catch (e) {"
                  "  if (e.code !== 'EADDRINUSE' || e.message !== 'xxx') throw e; }");
#ifndef JS_MKMV
    run_badly(ctx, "import * as zmq from 'zmq'; zmq.make('bytes');");
#endif
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

/* If a name is registered twice, imports find the first module. */
static void test_registered_twice(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    CHECK(js_init_module_zmq(ctx, "zmq") != NULL);
    run_well(ctx, "import * as zmq from 'zmq'; globalThis.box = new zmq.Box(1);");
    CHECK(js_init_module_zmq(ctx, "zmq") != NULL);
    CHECK(js_init_module_zmq(ctx, "late") != NULL);
    run_well(ctx, "import * as zmq from 'zmq'; import * as late from 'late';"
                  "if (!(box instanceof zmq.Box && box instanceof late.Box)) throw box;");
    CHECK(probe_live_runtimes() == 1);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

int main(void) {
    static const struct {
        const char *name;
        void (*test)(void);
    } tests[] = {
        {"registered only", test_registered_only},
        {"imported only", test_imported_only},
        {"ends with live instances", test_ends_with_live_instances},
        {"runtime of context", test_runtime_of_context},
        {"interrupted", test_interrupted},
        {"instances outlive their context", test_instances_outlive_their_context},
        {"runtimes side by side", test_runtimes_side_by_side},
        {"threads", test_threads},
        {"failing scripts", test_failing_scripts},
#if !defined(QUICKJS_NG) && !defined(JS_STRIP_SOURCE)
        {"failing bytecode", test_failing_bytecode},
#endif
        {"probing", test_probing},
        {"foreign byte array", test_foreign_byte_array},
        {"bare context", test_bare_context},
        {"registered twice", test_registered_twice},
    };
    size_t i;
    for (i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        puts(tests[i].name);
        tests[i].test();
        CHECK(probe_live_runtimes() == 0);
        CHECK(probe_live_boxes() == 0);
        CHECK(probe_live_adoptions() == 0);
        CHECK(probe_live_frames() == 0);
    }
    return 0;
}
