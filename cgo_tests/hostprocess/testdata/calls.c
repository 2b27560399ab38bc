#include "calls.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE = 80, FUNCTIONS = 200, PUSH = 8, PULL = 7 };

struct calls calls;

static struct named {
    char title[TITLE];
    const zmqjs_function *function;
} functions[FUNCTIONS];
static size_t count;
static const char *class_name;

static void note(const zmqjs_property *property, const zmqjs_function *function)
{
    const char *name = property->name != NULL ? property->name : property->symbol;
    struct named *named = &functions[count];
    if (count == FUNCTIONS)
        exit(2);
    if (property->target == ZMQJS_ON_MODULE)
        snprintf(named->title, TITLE, "%s", name);
    else
        snprintf(named->title, TITLE, "%s.%s", class_name, name);
    named->function = function;
    count++;
}

static int begin_class(void *payload, const zmqjs_property *property, const zmqjs_class *definition)
{
    (void)payload;
    class_name = definition->name;
    note(property, definition->constructor);
    return ZMQJS_OK;
}

static int define_function(void *payload, const zmqjs_property *property, const zmqjs_function *function)
{
    (void)payload;
    note(property, function);
    return ZMQJS_OK;
}

static int define_accessor(void *payload, const zmqjs_property *property, const zmqjs_function *getter,
                           const zmqjs_function *setter)
{
    (void)payload, (void)setter;
    note(property, getter);
    return ZMQJS_OK;
}

static int define_value(void *payload, const zmqjs_property *property, const zmqjs_data *value)
{
    (void)payload, (void)property, (void)value;
    return ZMQJS_OK;
}

static void find(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    if (symbol == NULL) {
        fprintf(stderr, "no %s\n", name);
        exit(2);
    }
    memcpy(function, &symbol, sizeof symbol);
}

void calls_fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, calls.last_error());
    exit(2);
}

void calls_load(const char *path)
{
    const zmqjs_registrar registrar = {
        ZMQJS_ABI_VERSION, sizeof registrar, begin_class, define_function, define_accessor, define_value,
    };
    int (*run_registration)(const zmqjs_registrar *registrar, void *payload);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(2);
    }
    find(library, "zmqjs_register", &run_registration);
    find(library, "zmqjs_runtime_new", &calls.runtime_new);
    find(library, "zmqjs_runtime_free", &calls.runtime_free);
    find(library, "zmqjs_interrupt", &calls.interrupt);
    find(library, "zmqjs_frame_release", &calls.frame_release);
    find(library, "zmqjs_finalize", &calls.finalize);
    find(library, "zmqjs_last_error", &calls.last_error);
    find(library, "zmqjs_leave_timeout", &calls.leave_timeout);
    find(library, "zmqjs_policy", &calls.policy);
    find(library, "zmqjs_vm_new", &calls.vm_new);
    find(library, "zmqjs_vm_evaluate", &calls.vm_evaluate);
    find(library, "zmqjs_vm_interrupt", &calls.vm_interrupt);
    find(library, "zmqjs_vm_free", &calls.vm_free);
    if (run_registration(&registrar, NULL) != ZMQJS_OK)
        calls_fail("registration");
}

const zmqjs_function *calls_find(const char *title)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(functions[i].title, title) == 0)
            return functions[i].function;
    fprintf(stderr, "no function %s\n", title);
    exit(2);
}

int calls_do(const zmqjs_function *function, zmqjs_runtime *runtime, zmqjs_instance *self, const zmqjs_data *arguments,
             size_t argument_count, zmqjs_frame *frame)
{
    frame->runtime = runtime;
    frame->context = NULL;
    frame->self = self;
    frame->arguments = arguments;
    frame->argument_count = argument_count;
    return function->call(function, frame);
}

zmqjs_instance *calls_must(const char *title, zmqjs_runtime *runtime, zmqjs_instance *self,
                           const zmqjs_data *arguments, size_t argument_count)
{
    zmqjs_frame frame;
    int status = calls_do(calls_find(title), runtime, self, arguments, argument_count, &frame);
    if (status == ZMQJS_EXCEPTION) {
        fprintf(stderr, "%s: %s\n", title, frame.error.message);
        exit(2);
    }
    zmqjs_instance *made = frame.result.type == ZMQJS_INSTANCE ? frame.result.as.instance : NULL;
    if (status != ZMQJS_OK)
        calls.frame_release(&frame);
    return made;
}

zmqjs_data calls_integer(int value) { return (zmqjs_data){.type = ZMQJS_INT32, .as.int32 = value}; }

zmqjs_data calls_text(const char *text)
{
    return (zmqjs_data){.type = ZMQJS_STRING, .as.data = (void *)(size_t)text, .length = strlen(text)};
}

void calls_connect(calls_sockets *made, const zmqjs_engine *engine, void *payload)
{
    const zmqjs_data push = calls_integer(PUSH), pull = calls_integer(PULL), endpoint = calls_text("inproc://here");
    if (calls.runtime_new(engine, payload, &made->runtime) != ZMQJS_OK)
        calls_fail("a runtime");
    made->context = calls_must("Context", made->runtime, NULL, NULL, 0);
    made->push = calls_must("Context.socket", made->runtime, made->context, &push, 1);
    made->pull = calls_must("Context.socket", made->runtime, made->context, &pull, 1);
    calls_must("Socket.bind", made->runtime, made->pull, &endpoint, 1);
    calls_must("Socket.connect", made->runtime, made->push, &endpoint, 1);
}

void calls_drop(calls_sockets *sockets)
{
    calls.finalize(sockets->push);
    calls.finalize(sockets->pull);
    calls.finalize(sockets->context);
    *sockets = (calls_sockets){0};
}
