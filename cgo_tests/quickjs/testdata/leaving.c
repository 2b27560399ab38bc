/*
 * A host with several runtimes, whose scripts leave unsent messages in open, closed or collected
 * sockets. It frees the runtimes one after the other, or keeps them, and returns from main.
 *
 *     leaving COUNT free|use|keep open|closed|garbage ENDPOINT
 *
 * With use each script sends once more before its runtime is freed.
 */
#include "quickjs.h"
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include "zmqjs_quickjs.h"

#include "contexts.h"
#include "engine.h"

static const char *const script =
    "import * as zmq from 'zmq';"
    "const left = [new zmq.Context()];"
    "left.push(left[0].socket(zmq.PUSH));"
    "left[1].connect('%s');"
    "left[1].send('unsent');"
    "if ('%s' === 'closed') left[1].close();"
    "if ('%s' !== 'garbage') globalThis.left = left;";

int main(int argc, char **argv) {
    enum { MOST = 16 };
    JSContext *contexts[MOST];
    char text[1000];
    int i, count;
    CHECK(argc == 5);
    count = atoi(argv[1]);
    CHECK(count <= MOST);
    snprintf(text, sizeof text, script, argv[4], argv[3], argv[3]);
    for (i = 0; i < count; i++) {
        contexts[i] = new_context(JS_NewRuntime());
        run_well(contexts[i], text);
        JS_RunGC(JS_GetRuntime(contexts[i]));
    }
    for (i = 0; i < count && strcmp(argv[2], "keep") != 0; i++) {
        JSRuntime *rt = JS_GetRuntime(contexts[i]);
        if (strcmp(argv[2], "use") == 0) {
            run_well(contexts[i], text);
        }
        JS_FreeContext(contexts[i]);
        JS_FreeRuntime(rt);
    }
    return 0;
}
