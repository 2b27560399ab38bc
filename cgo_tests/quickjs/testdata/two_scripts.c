/*
 * Two scripts of one process, each in its own runtime, as in FFglitch's ffedit: the host evaluates a script and
 * then calls a function of it for every frame. The scripts use a shared context, on one thread and on two.
 */
#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include "contexts.h"
#include "engine.h"

#include <pthread.h>

enum { FRAMES = 200, TURNS = 3 };

static const char *const asks =
    "import * as zmq from 'zmq';\n"
    "const socket = zmq.Context.shared('ffedit').socket(zmq.REQ);\n"
    "socket.connect('inproc://vectors');\n"
    "const check = (number) => {\n"
    "  const answer = new Int32Array(socket.recv().slice(0).buffer);\n"
    "  if (answer.join() !== [number, -number].join()) throw new Error(number + ' is answered by ' + answer.join());\n"
    "};\n"
    "globalThis.glitch_frame = (number) => {\n"
    "  if (number > 0) check(number - 1);\n"
    "  socket.send(new Int32Array([number, number]));\n"
    "};\n"
    "globalThis.last_frame = (number) => check(number);\n"; /* leaves the socket open */

static const char *const answers =
    "import * as zmq from 'zmq';\n"
    "const socket = zmq.Context.shared('ffedit').socket(zmq.REP);\n"
    "socket.bind('inproc://vectors');\n"
    "globalThis.glitch_frame = (number) => {\n"
    "  const vector = new Int32Array(socket.recv().slice(0).buffer);\n"
    "  if (vector[0] !== number) throw new Error(vector[0] + ' comes instead of ' + number);\n"
    "  vector[1] = -vector[1];\n"
    "  socket.send(vector);\n"
    "};\n";

typedef struct script {
    JSRuntime *rt;
    JSContext *ctx;
} script;

static script script_open(const char *text) {
    script self;
    self.rt = JS_NewRuntime();
    CHECK(self.rt != NULL);
    self.ctx = new_context(self.rt);
    run_well(self.ctx, text);
    return self;
}

static void script_call(script *self, const char *name, int number) {
    JSValue global = JS_GetGlobalObject(self->ctx);
    JSValue function = JS_GetPropertyStr(self->ctx, global, name);
    JSValue argument = JS_NewInt32(self->ctx, number);
    JSValue result = JS_Call(self->ctx, function, JS_UNDEFINED, 1, &argument);
    if (JS_IsException(result)) {
        report(self->ctx);
        exit(1);
    }
    JS_FreeValue(self->ctx, result);
    JS_FreeValue(self->ctx, function);
    JS_FreeValue(self->ctx, global);
}

static void script_close(script *self) {
    JS_FreeContext(self->ctx);
    JS_FreeRuntime(self->rt);
}

/* The host calls the second script, which answers, between the calls of the first one. */
static void on_one_thread(void) {
    script second = script_open(answers);
    for (int turn = 0; turn < TURNS; turn++) { /* each first script uses the same second script */
        script first = script_open(asks);
        for (int i = 0; i < FRAMES; i++) {
            script_call(&first, "glitch_frame", i);
            script_call(&second, "glitch_frame", i);
        }
        script_call(&first, "last_frame", FRAMES - 1);
        script_close(&first);
    }
    script_close(&second);
}

static void *run_frames(void *argument) {
    script *self = argument;
    JS_UpdateStackTop(self->rt);
    for (int i = 0; i < FRAMES; i++) {
        script_call(self, "glitch_frame", i);
    }
    return NULL;
}

/* The main thread sets the scripts up. Then each runs its frames on its own thread, and waits for the other. */
static void on_two_threads(void) {
    for (int turn = 0; turn < TURNS; turn++) {
        script scripts[] = {script_open(asks), script_open(answers)};
        pthread_t threads[2];
        for (int i = 0; i < 2; i++) {
            CHECK(pthread_create(&threads[i], NULL, run_frames, &scripts[i]) == 0);
        }
        for (int i = 0; i < 2; i++) {
            CHECK(pthread_join(threads[i], NULL) == 0);
            JS_UpdateStackTop(scripts[i].rt);
        }
        script_call(&scripts[0], "last_frame", FRAMES - 1);
        for (int i = 0; i < 2; i++) {
            script_close(&scripts[i]);
        }
    }
}

int main(void) {
    on_one_thread();
    on_two_threads();
    return 0;
}
