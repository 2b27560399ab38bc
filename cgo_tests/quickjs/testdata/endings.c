/*
 * A host frees contexts and runtimes at unusual times, with the real library: on another
 * thread while sockets are open and in pollers, with a pending exception, and for several
 * runtimes and contexts on several threads in every order.
 */
#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include <pthread.h>

#include "contexts.h"
#include "engine.h"

/* Leaves everything open and reachable only from the global object. */
static const char *const leave_open =
    "import * as zmq from 'zmq';"
    "const context = new zmq.Context(), poller = new zmq.Poller();"
    "const a = context.socket(zmq.PAIR), b = context.socket(zmq.PAIR);"
    "a.bind('inproc://open'); b.connect('inproc://open');"
    "poller.add(a, zmq.POLLIN, { poller }); poller.add(b, zmq.POLLOUT, { a });"
    "a.send('unread'); b.send('read');"
    "if (poller.wait(1000) === null || a.recv_str() !== 'read') throw 'lost';"
    "globalThis.open = { context, poller, a, b, message: b.recv() };"
    "b.send('unread');";

static const char *const still_open =
    "import * as zmq from 'zmq';"
    "if (open.a.recv_str() !== 'unread') throw 'lost';"
    "open.b.send('unread');";

/* ---- on another thread ------------------------------------------------------------- */

static void *end_there(void *argument) {
    JSContext *ctx = (JSContext *)argument;
    JSRuntime *rt = JS_GetRuntime(ctx);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
    return NULL;
}

static void *go_on_there(void *argument) {
    JSContext *ctx = (JSContext *)argument;
    JS_UpdateStackTop(JS_GetRuntime(ctx));
    run_well(ctx, still_open);
    return NULL;
}

static void on_a_thread(void *(*function)(void *), JSContext *ctx) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, function, ctx) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
}

static void test_ends_on_another_thread(void) {
    JSContext *ctx = new_context(JS_NewRuntime());
    run_well(ctx, leave_open);
    on_a_thread(end_there, ctx);
    ctx = new_context(JS_NewRuntime()); /* never used */
    on_a_thread(end_there, ctx);
}

static void test_goes_on_on_another_thread(void) {
    JSContext *ctx = new_context(JS_NewRuntime());
    run_well(ctx, leave_open);
    on_a_thread(go_on_there, ctx);
    run_well(ctx, still_open);
    on_a_thread(go_on_there, ctx);
    end_there(ctx);
}

/* ---- with a pending exception ------------------------------------------------------- */

static void end_throwing(const char *text) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    run_well(ctx, leave_open);
    CHECK(run_text(ctx, text));
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

static void test_exception_in_flight(void) {
    end_throwing("import 'zmq'; open.a.bind('nowhere://x');");
    end_throwing("import 'zmq'; throw { ...open, open };");
    end_throwing("import 'zmq'; try { open.a.send({}); } finally { open.b.recv(-1); }");
    end_throwing("import { absent } from 'zmq';");
}

/* ---- in every order ------------------------------------------------------------------ */

enum { RUNTIMES = 2, CONTEXTS = 2, ALL = RUNTIMES * CONTEXTS };

static void end_in_turn(int first) {
    JSRuntime *runtimes[RUNTIMES];
    JSContext *contexts[ALL];
    int left[RUNTIMES], i, j;
    for (i = 0; i < ALL; i++) {
        if (i % CONTEXTS == 0) {
            runtimes[i / CONTEXTS] = JS_NewRuntime();
            left[i / CONTEXTS] = CONTEXTS;
        }
        contexts[i] = new_context(runtimes[i / CONTEXTS]);
        run_well(contexts[i], leave_open);
    }
    for (i = 0; i < ALL; i++) {
        int ending = (first + 3 * i) % ALL;
        JS_FreeContext(contexts[ending]);
        contexts[ending] = NULL;
        if (--left[ending / CONTEXTS] == 0) {
            JS_FreeRuntime(runtimes[ending / CONTEXTS]);
        } else {
            JS_RunGC(runtimes[ending / CONTEXTS]);
        }
        for (j = 0; j < ALL; j++) {
            if (contexts[j] != NULL) {
                run_well(contexts[j], still_open);
            }
        }
    }
}

static void *take_turns(void *argument) {
    int i;
    (void)argument;
    for (i = 0; i < ALL; i++) {
        end_in_turn(i);
    }
    return NULL;
}

static void test_each_first_in_turn(void) {
    pthread_t threads[3];
    int i;
    for (i = 0; i < 3; i++) {
        CHECK(pthread_create(&threads[i], NULL, take_turns, NULL) == 0);
    }
    for (i = 0; i < 3; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
}

int main(void) {
    CHECK(zmqjs_leave_timeout(100) >= 0);
    test_ends_on_another_thread();
    test_goes_on_on_another_thread();
    test_exception_in_flight();
    test_each_first_in_turn();
    return 0;
}
