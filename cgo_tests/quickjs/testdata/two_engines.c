/*
 * The engine on two threads and the bundled one on two more, in one process. All use a shared context; each engine
 * answers requests of the other one.
 */
#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include "contexts.h"
#include "engine.h"

#include <pthread.h>

/* Both engines run these scripts. The endpoint names the answering engine. */
static const char *const answers =
    "import * as zmq from 'zmq';\n"
    "const socket = zmq.Context.shared('engines').socket(zmq.REP);\n"
    "socket.bind('inproc://%s');\n"
    "for (let text; text !== 'end';) {\n"
    "  text = socket.recv_str();\n"
    "  socket.send('%s: ' + text);\n"
    "}\n"
    "socket.close();\n";

static const char *const asks =
    "import * as zmq from 'zmq';\n"
    "const socket = zmq.Context.shared('engines').socket(zmq.REQ);\n"
    "socket.connect('inproc://%s');\n"
    "for (let i = 0; i <= 1000; i++) {\n"
    "  const text = i < 1000 ? 'question ' + i : 'end';\n"
    "  socket.send(text);\n"
    "  const answer = socket.recv_str();\n"
    "  if (answer !== '%s: ' + text) throw new Error(text + ' is answered by ' + answer);\n"
    "}\n"
    "socket.close();\n";

typedef struct task {
    const char *script, *answerer; /* the answering engine */
    pthread_t thread;
    int failed;
} task;

static void *in_quickjs(void *argument) {
    task *self = argument;
    char text[1000];
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = new_context(rt);
    snprintf(text, sizeof text, self->script, self->answerer, self->answerer);
    self->failed = run_text(ctx, text);
    if (self->failed) {
        report(ctx);
    }
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
    return NULL;
}

static void *in_the_bundled_one(void *argument) {
    task *self = argument;
    char text[1000];
    zmqjs_vm *vm;
    snprintf(text, sizeof text, self->script, self->answerer, self->answerer);
    CHECK(zmqjs_vm_new(NULL, &vm) == ZMQJS_OK);
    self->failed = zmqjs_vm_evaluate(vm, "<bundled>", text, strlen(text), NULL) != ZMQJS_OK;
    if (self->failed) {
        fprintf(stderr, "%s\n", zmqjs_last_error());
    }
    zmqjs_vm_free(vm);
    return NULL;
}

int main(void) {
    task tasks[] = {{asks, "quickjs", 0, 0}, {answers, "quickjs", 0, 0}, {answers, "bundled", 0, 0}, {asks, "bundled", 0, 0}};
    void *(*const engines[])(void *) = {in_the_bundled_one, in_quickjs, in_the_bundled_one, in_quickjs};
    enum { TASKS = sizeof tasks / sizeof *tasks };
    int failed = 0;
    for (int i = 0; i < TASKS; i++) {
        CHECK(pthread_create(&tasks[i].thread, NULL, engines[i], &tasks[i]) == 0);
    }
    for (int i = 0; i < TASKS; i++) {
        pthread_join(tasks[i].thread, NULL);
        failed |= tasks[i].failed;
    }
    return failed;
}
