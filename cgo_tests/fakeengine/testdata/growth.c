/*
 * growth.c - a host that is compiled with another header than the library: with fewer fields
 * at the end of its structures, or more (FUTURE, whose fields are not zero)
 */
#include "zmqjs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                \
    do {                                                                                \
        if (!(condition)) {                                                             \
            fprintf(stderr, "line %d does not hold: %s; the last error: %s\n", __LINE__, \
                    #condition, zmqjs_last_error());                                    \
            exit(1);                                                                    \
        }                                                                               \
    } while (0)

/* ---- registration ------------------------------------------------------------------------ */

static const zmqjs_function *constructor, *make_socket, *bind, *receive;
static int values, asked, events;
static int32_t pull;
static const char *class_name = ""; /* of the class begun last */

static int begin_class(void *payload, const zmqjs_property *property, const zmqjs_class *definition)
{
    CHECK(payload == &values && strcmp(property->name, definition->name) == 0);
    class_name = definition->name;
    if (strcmp(class_name, "Context") == 0) constructor = definition->constructor;
    return ZMQJS_OK;
}

static int define_function(void *payload, const zmqjs_property *property,
                           const zmqjs_function *function)
{
    (void)payload;
    if (!property->name) return ZMQJS_OK;
    if (strcmp(class_name, "Context") == 0 && strcmp(property->name, "socket") == 0)
        make_socket = function;
    if (strcmp(class_name, "Socket") != 0) return ZMQJS_OK;
    if (strcmp(property->name, "bind") == 0) bind = function;
    if (strcmp(property->name, "recv") == 0) receive = function;
    return ZMQJS_OK;
}

static int define_accessor(void *payload, const zmqjs_property *property,
                           const zmqjs_function *getter, const zmqjs_function *setter)
{
    (void)payload, (void)property, (void)setter;
    CHECK(getter);
    return ZMQJS_OK;
}

static int define_value(void *payload, const zmqjs_property *property, const zmqjs_data *value)
{
    (void)payload;
    if (property->name && strcmp(property->name, "PULL") == 0) pull = value->as.int32;
    values++;
    return ZMQJS_OK;
}

/* ---- calls ------------------------------------------------------------------------------- */

/* A call that succeeds; the result needs no release, but the frame may. */
static zmqjs_data call(zmqjs_runtime *runtime, const zmqjs_function *function, zmqjs_instance *self,
                       const zmqjs_data *argument)
{
    zmqjs_frame frame;
    CHECK(function);
    frame.runtime = runtime;
    frame.context = &asked;
    frame.self = self;
    frame.arguments = argument;
    frame.argument_count = argument ? 1 : 0;
    int status = function->call(function, &frame);
    CHECK(status == ZMQJS_OK || status == ZMQJS_HELD);
    zmqjs_data result = frame.result;
    zmqjs_frame_release(&frame);
    return result;
}

static void wait_in_vain(zmqjs_runtime *runtime, zmqjs_instance *socket)
{
    zmqjs_frame frame;
    frame.runtime = runtime;
    frame.context = &asked;
    frame.self = socket;
    frame.argument_count = 0;
    CHECK(receive->call(receive, &frame) == ZMQJS_EXCEPTION);
    CHECK(strcmp(frame.error.code, "EINTR") == 0);
    zmqjs_frame_release(&frame);
}

static int interrupted(void *payload, void *context)
{
    CHECK(payload == &values && context == &asked);
    asked++;
    return 1;
}

static void trace(void *payload, const zmqjs_trace_event *event)
{
    CHECK(payload == &events);
    if (event->kind == ZMQJS_TRACE_BIND) events += strcmp(event->endpoint, "inproc://growth") == 0;
}

static void use(zmqjs_runtime *runtime)
{
    zmqjs_data type = {ZMQJS_INT32, 0, {0}, 0}, endpoint = {ZMQJS_STRING, 0, {0}, 15};
    type.as.int32 = pull;
    endpoint.as.data = "inproc://growth";
    CHECK(zmqjs_trace(trace, &events) == ZMQJS_OK);
    zmqjs_instance *context = call(runtime, constructor, NULL, NULL).as.instance;
    zmqjs_instance *socket = call(runtime, make_socket, context, &type).as.instance;
    call(runtime, bind, socket, &endpoint);
    CHECK(events == 1);
    wait_in_vain(runtime, socket);
    CHECK(asked > 0);
    CHECK(zmqjs_runtime_free(runtime) == ZMQJS_OK);
    zmqjs_finalize(socket);
    zmqjs_finalize(context);
}

/* ---- the bundled engine ------------------------------------------------------------------ */

static int action(void *payload, int signal_number, int what)
{
    (void)what;
    CHECK(payload == &values);
    return signal_number == 10 ? 0 : 1;
}

static void use_vm(const zmqjs_vm_options *options)
{
    static const char source[] = "import * as os from 'os'; os.signal(10, null)";
    zmqjs_vm *vm;
    int status = zmqjs_vm_new(options, &vm);
    if (status == ZMQJS_UNAVAILABLE) return;
    CHECK(status == ZMQJS_OK);
    CHECK(zmqjs_vm_evaluate(vm, NULL, source, sizeof source - 1, NULL) == ZMQJS_OK);
    CHECK(zmqjs_vm_free(vm) == ZMQJS_OK);
}

int main(void)
{
    zmqjs_engine engine;
    zmqjs_registrar registrar;
    zmqjs_vm_options options;
    zmqjs_runtime *runtime;
    memset(&engine, 0, sizeof engine);
    memset(&registrar, 0, sizeof registrar);
    memset(&options, 0, sizeof options);
    engine.abi_version = registrar.abi_version = options.abi_version = ZMQJS_ABI_VERSION;
    engine.size = sizeof engine;
    engine.interrupted = interrupted;
    registrar.size = sizeof registrar;
    registrar.begin_class = begin_class;
    registrar.define_function = define_function;
    registrar.define_accessor = define_accessor;
    registrar.define_value = define_value;
    options.size = sizeof options;
    options.payload = &values;
    options.signal_action = action;
#ifdef FUTURE
    engine.future = registrar.future = options.future = &asked;
#endif
    CHECK(zmqjs_register(&registrar, &values) == ZMQJS_OK);
    CHECK(values > 200);
    CHECK(zmqjs_runtime_new(&engine, &values, &runtime) == ZMQJS_OK);
    use(runtime);
    use_vm(&options);
    puts("ok");
    return 0;
}
