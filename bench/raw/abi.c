/*
 * The library between two runtimes on two threads, which meet in a shared context, without an
 * engine: the limit for an engine's adapter. abi MILLISECONDS|threads|SIZE|COUNT prints nanoseconds
 * per message.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmqjs.h>

static size_t size;
static long count;

static void check(int holds)
{
    if (!holds) {
        fprintf(stderr, "abi: %s\n", zmqjs_last_error());
        exit(1);
    }
}

/* The functions found by a registration. */
typedef struct search {
    const char *class_name, *name, *in;
    const zmqjs_function *found;
} search;

static int begin_class(void *payload, const zmqjs_property *property, const zmqjs_class *definition)
{
    (void)property;
    ((search *)payload)->in = definition->name;
    return ZMQJS_OK;
}

static int define_function(void *payload, const zmqjs_property *property, const zmqjs_function *function)
{
    search *self = payload;
    if (property->target != ZMQJS_ON_MODULE && property->name != NULL && strcmp(self->in, self->class_name) == 0 &&
        strcmp(property->name, self->name) == 0)
        self->found = function;
    return ZMQJS_OK;
}

static int define_accessor(void *payload, const zmqjs_property *property, const zmqjs_function *getter,
                           const zmqjs_function *setter)
{
    (void)payload, (void)property, (void)getter, (void)setter;
    return ZMQJS_OK;
}

static int define_value(void *payload, const zmqjs_property *property, const zmqjs_data *value)
{
    (void)payload, (void)property, (void)value;
    return ZMQJS_OK;
}

static const zmqjs_function *find(const char *class_name, const char *name)
{
    search wanted = {class_name, name, "", NULL};
    const zmqjs_registrar registrar = {
        ZMQJS_ABI_VERSION, sizeof registrar, begin_class, define_function, define_accessor, define_value,
    };
    check(zmqjs_register(&registrar, &wanted) == ZMQJS_OK && wanted.found != NULL);
    return wanted.found;
}

/* Calls a function with one argument, and gives the instance that it returns, if it does. */
static zmqjs_instance *call(zmqjs_runtime *runtime, const zmqjs_function *function, zmqjs_instance *self, zmqjs_data argument)
{
    zmqjs_frame frame = {.runtime = runtime, .self = self, .arguments = &argument, .argument_count = 1};
    int status = function->call(function, &frame);
    if (status == ZMQJS_EXCEPTION) {
        fprintf(stderr, "abi: %s: %s\n", function->name, frame.error.message);
        exit(1);
    }
    zmqjs_instance *made = frame.result.type == ZMQJS_INSTANCE ? frame.result.as.instance : NULL;
    zmqjs_frame_release(&frame);
    return made;
}

static zmqjs_data text(const char *content)
{
    return (zmqjs_data){.type = ZMQJS_STRING, .as.data = (void *)content, .length = strlen(content)};
}

/* A runtime with a socket (ZMQ_PULL, ZMQ_PUSH) of the shared context. */
static zmqjs_instance *open_socket(zmqjs_runtime **runtime, int type, const char *attach)
{
    check(zmqjs_runtime_new(NULL, NULL, runtime) == ZMQJS_OK);
    zmqjs_instance *context = call(*runtime, find("Context", "shared"), NULL, text("abi"));
    zmqjs_instance *socket =
        call(*runtime, find("Context", "socket"), context, (zmqjs_data){.type = ZMQJS_INT32, .as.int32 = type});
    call(*runtime, find("Socket", attach), socket, text("inproc://threads"));
    zmqjs_finalize(context);
    return socket;
}

static void *send_all(void *unused)
{
    zmqjs_runtime *runtime;
    zmqjs_instance *socket = open_socket(&runtime, 8, "connect");
    const zmqjs_function *send = find("Socket", "send");
    void *bytes = calloc(1, size + 1);
    zmqjs_data argument = {.type = ZMQJS_BYTES, .as.data = bytes, .length = size};
    zmqjs_frame frame = {.runtime = runtime, .self = socket};
    (void)unused;
    for (long i = 0; i < count; i++) check(send->fast_call(send, &frame, &argument, 0) == ZMQJS_OK);
    zmqjs_finalize(socket);
    check(zmqjs_runtime_free(runtime) == ZMQJS_OK);
    free(bytes);
    return NULL;
}

static void receive(const zmqjs_function *receive_, zmqjs_frame *frame)
{
    int status = receive_->fast_call(receive_, frame, NULL, 0);
    check(status >= 0 && frame->result.length == size);
    if (status == ZMQJS_HELD) zmqjs_frame_release(frame);
}

int main(int argument_count, char **arguments)
{
    struct timespec began, ended;
    zmqjs_runtime *runtime;
    pthread_t thread;
    if (argument_count != 2 || sscanf(arguments[1], "%*d|threads|%zu|%ld", &size, &count) != 2) return 2;
    zmqjs_instance *socket = open_socket(&runtime, 7, "bind");
    const zmqjs_function *function = find("Socket", "recv");
    zmqjs_frame frame = {.runtime = runtime, .self = socket};
    check(pthread_create(&thread, NULL, send_all, NULL) == 0);
    receive(function, &frame);
    clock_gettime(CLOCK_MONOTONIC, &began);
    for (long i = 1; i < count; i++) receive(function, &frame);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    pthread_join(thread, NULL);
    printf("%.3f\n", ((double)(ended.tv_sec - began.tv_sec) * 1e9 + (double)(ended.tv_nsec - began.tv_nsec)) /
                         (double)(count - 1));
    zmqjs_finalize(socket);
    check(zmqjs_runtime_free(runtime) == ZMQJS_OK);
    return 0;
}
