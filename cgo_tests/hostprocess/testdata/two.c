/*
 * two.c - a host with a libzmq of its own
 *
 *     two PLUGIN [LIBZMQ]
 *
 * Uses its libzmq, which it is linked with or else loads from the file LIBZMQ, while a
 * script in the plugin uses the library's, and prints where the two are.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script.h"

#define PAIR 0 /* ZMQ_PAIR */

/* Declared here: the host may be built with any libzmq, or none. */
typedef struct libzmq {
    void *(*ctx_new)(void);
    void *(*socket)(void *, int);
    int (*bind)(void *, const char *);
    int (*connect)(void *, const char *);
    int (*send)(void *, const void *, size_t, int);
    int (*recv)(void *, void *, size_t, int);
    int (*close)(void *);
    int (*ctx_term)(void *);
} libzmq;

static void *find(void *library, const char *name)
{
    void *address = dlsym(library, name);
    if (address == NULL) {
        fprintf(stderr, "no %s\n", name);
        exit(2);
    }
    return address;
}

static void use(void *library)
{
    libzmq zmq;
    char text[10] = "";
    *(void **)&zmq.ctx_new = find(library, "zmq_ctx_new");
    *(void **)&zmq.socket = find(library, "zmq_socket");
    *(void **)&zmq.bind = find(library, "zmq_bind");
    *(void **)&zmq.connect = find(library, "zmq_connect");
    *(void **)&zmq.send = find(library, "zmq_send");
    *(void **)&zmq.recv = find(library, "zmq_recv");
    *(void **)&zmq.close = find(library, "zmq_close");
    *(void **)&zmq.ctx_term = find(library, "zmq_ctx_term");
    void *context = zmq.ctx_new();
    void *one = zmq.socket(context, PAIR), *other = zmq.socket(context, PAIR);
    if (zmq.bind(one, "inproc://host") != 0 || zmq.connect(other, "inproc://host") != 0 ||
        zmq.send(one, "text", 4, 0) != 4 || zmq.recv(other, text, sizeof text, 0) != 4 ||
        strcmp(text, "text") != 0)
        exit(3);
    zmq.close(one);
    zmq.close(other);
    zmq.ctx_term(context);
}

static void print_place(void *library)
{
    Dl_info info;
    dladdr(find(library, "zmq_ctx_new"), &info);
    printf("host: %s\n", info.dli_fname);
}

static const char script[] =
    "import * as zmq from 'zmq';\n"
    "const context = new zmq.Context();\n"
    "const pull = context.socket(zmq.PULL), push = context.socket(zmq.PUSH);\n"
    "pull.bind('tcp://127.0.0.1:*');\n"
    "push.connect(pull.last_endpoint);\n"
    "push.send('text');\n"
    "if (pull.recv_str() !== 'text') throw new Error('another message');\n";

int main(int argc, char **argv)
{
    void *own = RTLD_DEFAULT;
    if (argc < 2)
        return 2;
    if (argc > 2)
        own = dlopen(argv[2], RTLD_NOW | RTLD_LOCAL);
    void *plugin = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (own == NULL && argc > 2)
        return 2;
    if (plugin == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    int (*run)(const char *, const volatile int *);
    const char *(*path)(void);
    *(void **)&run = find(plugin, "script_run");
    *(void **)&path = find(plugin, "zmqjs_libzmq_path");
    print_place(own);
    use(own);
    int result = run(script, NULL);
    use(own);
    printf("library: %s\n", path());
    return result == 0 ? 0 : 1;
}
