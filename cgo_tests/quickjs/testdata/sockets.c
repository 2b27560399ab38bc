/*
 * The real library in an engine: sockets that are open when their context is freed, interrupted
 * waits, adopted messages, shared contexts, and several threads.
 */
#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include <pthread.h>
#include <unistd.h>

#include "contexts.h"
#include "engine.h"

static void end(JSRuntime *rt, JSContext *ctx) {
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

static const char *const round_trip =
    "import * as zmq from 'zmq';"
    "const context = new zmq.Context();"
    "const a = context.socket(zmq.PAIR), b = context.socket(zmq.PAIR);"
    "a.bind('inproc://round-trip'); b.connect('inproc://round-trip');"
    "for (const length of [0, 1, 100, 70000, 1 << 20]) {"
    "  const sent = new Uint8Array(length).map((_, i) => i * 7);"
    "  for (let i = 0; i < 3; i++) {"
    "    a.send(sent);"
    "    const received = b.recv();"
    "    if (received.length !== length) throw received.length;"
    "    for (let i = 0; i < length; i += 97)"
    "      if (received[i] !== sent[i]) throw i;"
    "  }"
    "}"
    "a.send('\\u00e4\\0z'); if (b.recv_str() !== '\\u00e4\\0z') throw 'string';"
    "a.send(5); if (b.recv_int() !== 5) throw 'int';"
    "a.send(5n); if (b.recv_bigint() !== 5n) throw 'bigint';";

/* The script closes nothing, and leaves an unsent message. */
static void test_open_at_the_end(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    run_well(ctx, round_trip);
    run_well(ctx, "import * as zmq from 'zmq';"
                  "const context = new zmq.Context(), poller = new zmq.Poller();"
                  "const socket = context.socket(zmq.PUSH);"
                  "socket.connect('tcp://127.0.0.1:1'); socket.send('never read');"
                  "poller.add(socket, zmq.POLLOUT, { poller, socket });"
                  "globalThis.kept = { context, poller };");
    end(rt, ctx);
}

/* The script drops all references, with cycles through a poller, and continues. */
static void test_dropped(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    run_well(ctx, "import * as zmq from 'zmq';"
                  "for (let i = 0; i < 200; i++) {"
                  "  const context = new zmq.Context(), poller = new zmq.Poller();"
                  "  const socket = context.socket(zmq.PULL);"
                  "  socket.bind('inproc://dropped');"
                  "  poller.add(socket, zmq.POLLIN, { poller, context });"
                  "  socket.poller = poller;"
                  "  if (poller.poll() !== null) throw 'event';"
                  "}");
    JS_RunGC(rt);
    run_well(ctx, round_trip);
    end(rt, ctx);
}

static void test_user_data(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    run_well(ctx, "import * as zmq from 'zmq';"
                  "const context = new zmq.Context(), poller = new zmq.Poller();"
                  "const pull = context.socket(zmq.PULL), push = context.socket(zmq.PUSH);"
                  "pull.bind('inproc://user-data'); push.connect('inproc://user-data');"
                  "const data = { deep: [1, 2] };"
                  "poller.add(pull, zmq.POLLIN, data); push.send('x');"
                  "const event = poller.wait(1000);"
                  "if (event.socket !== pull || event.user_data !== data"
                  "  || event.events !== zmq.POLLIN) throw JSON.stringify(event);"
                  "const all = poller.wait_all(5, 1000);"
                  "if (!Array.isArray(all) || all.length !== 1 || all[0].socket !== pull)"
                  "  throw all;");
    end(rt, ctx);
}

/* Two contexts of one runtime; the second one is used after the first one is freed. */
static void test_contexts(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *first = new_context(rt), *second = new_context(rt);
    run_well(first, round_trip);
    run_well(second, round_trip);
    CHECK(zmqjs_quickjs_runtime(first) != zmqjs_quickjs_runtime(second));
    JS_FreeContext(first);
    JS_RunGC(rt);
    run_well(second, round_trip);
    end(rt, second);
}

static void *live(void *argument) {
    int i;
    (void)argument;
    for (i = 0; i < 5; i++) {
        JSRuntime *rt = JS_NewRuntime();
        JSContext *ctx = new_context(rt);
        run_well(ctx, round_trip);
        end(rt, ctx);
    }
    return NULL;
}

static void test_threads(void) {
    pthread_t threads[4];
    int i;
    for (i = 0; i < 4; i++) {
        CHECK(pthread_create(&threads[i], NULL, live, NULL) == 0);
    }
    for (i = 0; i < 4; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
}

static const char *const waiting =
    "import * as zmq from 'zmq';"
    "const context = new zmq.Context(), socket = context.socket(zmq.PULL);"
    "socket.bind('inproc://waiting');"
    "let error;"
    "try { socket.recv(); } catch (e) { error = e; }"
    "if (!error || error.code !== 'EINTR') throw error;"
    "socket.close();";

static void *interrupt(void *argument) {
    usleep(100000);
    CHECK(zmqjs_interrupt((zmqjs_runtime *)argument) == ZMQJS_OK);
    return NULL;
}

static void test_interrupt(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    zmqjs_runtime *runtime = zmqjs_quickjs_runtime(ctx);
    pthread_t thread;
    CHECK(runtime != NULL);
    CHECK(pthread_create(&thread, NULL, interrupt, runtime) == 0);
    run_well(ctx, waiting);
    CHECK(pthread_join(thread, NULL) == 0);
    run_well(ctx, round_trip);
    end(rt, ctx);
    CHECK(zmqjs_interrupt(runtime) == ZMQJS_INVALID_ARGUMENT);
}

static int third_time(void *argument) {
    return ++*(int *)argument >= 3;
}

static void test_interrupted(void) {
    int asked = 0;
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    CHECK(zmqjs_quickjs_set_interrupted(ctx, third_time, &asked) == 0);
    run_well(ctx, waiting);
    CHECK(asked >= 3);
    end(rt, ctx);
}

static const char *const receiving = "import * as zmq from 'zmq';"
                                     "const pull = zmq.Context.shared('s').socket(zmq.PULL);"
                                     "pull.bind('inproc://shared');"
                                     "globalThis.pull = pull;";
static const char *const sending = "import * as zmq from 'zmq';"
                                   "const push = zmq.Context.shared('s').socket(zmq.PUSH);"
                                   "push.connect('inproc://shared');"
                                   "for (let i = 0; i < 500; i++) push.send(new Uint8Array(i * 100).fill(i));";
static const char *const taking_in = "for (let i = 0; i < 500; i++) {"
                                     "  const bytes = pull.recv();"
                                     "  if (bytes.length !== i * 100 || bytes.some(each => each !== i % 256)) throw i;"
                                     "}";

/* Two script contexts of one process, as in FFglitch's tools, in one runtime or two: messages pass from one
 * to the other, also after the sender's context is freed. */
static void test_shared(void) {
    JSRuntime *rt = JS_NewRuntime(), *other = JS_NewRuntime();
    JSContext *ctx = new_context(rt), *same = new_context(rt), *apart = new_context(other);
    run_well(ctx, receiving);
    run_well(same, sending);
    JS_FreeContext(same);
    run_well(ctx, taking_in);
    run_well(apart, sending);
    end(other, apart);
    run_well(ctx, taking_in);
    end(rt, ctx);
}

static void *send_apart(void *argument) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    (void)argument;
    run_well(ctx, sending);
    end(rt, ctx);
    return NULL;
}

static void test_shared_by_threads(void) {
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    pthread_t thread;
    run_well(ctx, receiving);
    CHECK(pthread_create(&thread, NULL, send_apart, NULL) == 0);
    run_well(ctx, taking_in);
    CHECK(pthread_join(thread, NULL) == 0);
    end(rt, ctx);
}

/* A host with an engine that also uses the bundled one. */
static void test_shared_with_the_bundled_engine(void) {
    static const char answers[] = "import * as zmq from 'zmq';"
                                  "const socket = zmq.Context.shared('s').socket(zmq.PUSH);"
                                  "socket.connect('inproc://shared');"
                                  "for (let i = 0; i < 500; i++) socket.send(new Uint8Array(i * 100).fill(i));";
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    zmqjs_vm *vm;
    run_well(ctx, receiving);
    CHECK(zmqjs_vm_new(NULL, &vm) == ZMQJS_OK);
    if (zmqjs_vm_evaluate(vm, "answers", answers, sizeof answers - 1, NULL) != ZMQJS_OK) {
        fprintf(stderr, "%s\n", zmqjs_last_error());
        exit(1);
    }
    CHECK(zmqjs_vm_free(vm) == ZMQJS_OK);
    run_well(ctx, taking_in);
    end(rt, ctx);
}

int main(void) {
    static const struct {
        const char *name;
        void (*test)(void);
    } tests[] = {
        {"open at the end", test_open_at_the_end},
        {"dropped", test_dropped},
        {"user data", test_user_data},
        {"contexts", test_contexts},
        {"threads", test_threads},
        {"interrupt", test_interrupt},
        {"interrupted", test_interrupted},
        {"shared", test_shared},
        {"shared by threads", test_shared_by_threads},
        {"shared with the bundled engine", test_shared_with_the_bundled_engine},
    };
    size_t i;
    CHECK(zmqjs_leave_timeout(100) >= 0);
    for (i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        puts(tests[i].name);
        fflush(stdout);
        tests[i].test();
    }
    return 0;
}
