#include "use.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script.h"
#include "zmqjs.h"

const char use_message[] = "import * as zmq from 'zmq';\n"
                           "const context = new zmq.Context();\n"
                           "const pull = context.socket(zmq.PULL), push = context.socket(zmq.PUSH);\n"
                           "pull.bind('tcp://127.0.0.1:*');\n"
                           "push.connect(pull.last_endpoint);\n"
                           "push.send('text');\n"
                           "if (pull.recv_str() !== 'text') throw new Error('another message');\n"
                           "pull.close(), push.close(), context.term();\n";

static int (*run_plugin)(const char *source, const volatile int *word);
static int (*vm_new)(const zmqjs_vm_options *options, zmqjs_vm **vm);
static int (*vm_evaluate)(zmqjs_vm *vm, const char *name, const char *source, size_t length, int *exit_status);
static int (*vm_free)(zmqjs_vm *vm);
static int (*runtime_new)(const zmqjs_engine *engine, void *payload, zmqjs_runtime **runtime);
static int (*runtime_free)(zmqjs_runtime *runtime);
static const char *(*last_error)(void);

static void *in_use;

void use_load(const char *path)
{
    if (strcmp(path, "none") != 0)
        use_loaded(dlopen(path, RTLD_NOW | RTLD_LOCAL));
}

void *use_loaded(void *loaded)
{
    void *former = in_use;
    if (loaded == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(2);
    }
    in_use = loaded;
    *(void **)&run_plugin = dlsym(loaded, "script_run");
    *(void **)&vm_new = dlsym(loaded, "zmqjs_vm_new");
    *(void **)&vm_evaluate = dlsym(loaded, "zmqjs_vm_evaluate");
    *(void **)&vm_free = dlsym(loaded, "zmqjs_vm_free");
    *(void **)&runtime_new = dlsym(loaded, "zmqjs_runtime_new");
    *(void **)&runtime_free = dlsym(loaded, "zmqjs_runtime_free");
    *(void **)&last_error = dlsym(loaded, "zmqjs_last_error");
    return former;
}

int use_is_bundled(void) { return vm_new != NULL && run_plugin == NULL; }

void use_briefly(void)
{
    zmqjs_runtime *runtime;
    if (runtime_new == NULL || (runtime_new(NULL, NULL, &runtime) == ZMQJS_OK && runtime_free(runtime) == ZMQJS_OK))
        return;
    fprintf(stderr, "%s\n", last_error());
    exit(2);
}

static int run_vm(const char *source)
{
    zmqjs_vm *vm;
    int result = vm_new(NULL, &vm);
    if (result == ZMQJS_OK) {
        result = vm_evaluate(vm, "script", source, strlen(source), NULL);
        if (result != ZMQJS_OK)
            fprintf(stderr, "%s\n", last_error());
        vm_free(vm);
    } else {
        fprintf(stderr, "%s\n", last_error());
    }
    return result == ZMQJS_OK ? 0 : -1;
}

int use_run(const char *source)
{
    if (run_plugin != NULL)
        return run_plugin(source, NULL);
    return vm_new != NULL ? run_vm(source) : 0;
}
