/* stub.c - see stub.h */
#include "stub.h"

#include "check.h"

#include <string.h>

static int get(void *p, void *c, zmqjs_value value, zmqjs_data *data)
{
    (void)p, (void)c, (void)value, (void)data;
    return ZMQJS_OK;
}

static int make(void *p, void *c, const zmqjs_data *data, zmqjs_value *value)
{
    struct stub *stub = p;
    (void)c;
    CHECK(__sync_add_and_fetch(&stub->inside, 1) == 1);
    for (volatile int spin = 0; spin < 20; spin++) continue;
    if (data && data->type == ZMQJS_NATIVE) stub->instance = *data;
    CHECK(__sync_sub_and_fetch(&stub->inside, 1) == 0);
    memset(value, 0, sizeof *value);
    return ZMQJS_OK;
}

static int element(void *p, void *c, zmqjs_value array, uint32_t i, zmqjs_value *value)
{
    (void)array, (void)i;
    return make(p, c, NULL, value);
}

static int set(void *p, void *c, zmqjs_value object, uint32_t i, zmqjs_value value)
{
    (void)p, (void)c, (void)object, (void)i, (void)value;
    return ZMQJS_OK;
}

static void throw(void *p, void *c, const zmqjs_error *error)
{
    (void)p, (void)c, (void)error;
}

zmqjs_runtime *stub_open(struct stub *stub)
{
    static const zmqjs_engine engine = {
        .abi_version = ZMQJS_ABI_VERSION, .size = sizeof engine,  .value_get = get,
        .value_new = make,                .element_get = element, .slot_set = set,
        .slot_get = element,              .throw_error = throw,
    };
    zmqjs_runtime *runtime;
    CHECK_STATUS(zmqjs_runtime_new(&engine, stub, &runtime), ZMQJS_OK);
    return runtime;
}

int stub_call(zmqjs_runtime *runtime, const zmqjs_data *instance, const zmqjs_function *function,
              size_t count, const zmqjs_data *arguments, zmqjs_data *result)
{
    static const zmqjs_value values[ZMQJS_PARAMETER_MAXIMUM];
    zmqjs_call call;
    memset(&call, 0, sizeof call);
    call.runtime = runtime;
    if (instance) {
        call.this_definition = instance->as.native.definition;
        call.this_pointer = instance->as.native.pointer;
    }
    call.arguments = values;
    call.argument_count = count;
    call.data = arguments;
    call.wants_data = 1;
    int status = function->call(function, &call);
    if (result) *result = call.result_data;
    return status;
}

zmqjs_data stub_text(const char *text)
{
    zmqjs_data data;
    memset(&data, 0, sizeof data);
    data.type = ZMQJS_STRING;
    data.as.string.data = text;
    data.as.string.length = strlen(text);
    return data;
}

zmqjs_data stub_number(int32_t number)
{
    zmqjs_data data;
    memset(&data, 0, sizeof data);
    data.type = ZMQJS_INT32;
    data.as.int32 = number;
    return data;
}

zmqjs_data stub_constant(const char *name)
{
    const zmqjs_module *module = zmqjs_module_definition();
    size_t i = 0;
    while (i < module->constant_count && strcmp(module->constants[i]->name, name) != 0) i++;
    if (i == module->constant_count) FAIL("there is no zmq.%s", name);
    return stub_number((int32_t)module->constants[i]->value);
}

static const zmqjs_class *class_named(const char *name)
{
    const zmqjs_module *module = zmqjs_module_definition();
    size_t i = 0;
    while (i < module->class_count && strcmp(module->classes[i]->name, name) != 0) i++;
    if (i == module->class_count) FAIL("there is no class %s", name);
    return module->classes[i];
}

const zmqjs_function *stub_constructor(const char *class_name)
{
    return class_named(class_name)->constructor;
}

const zmqjs_function *stub_getter(const char *class_name, const char *name)
{
    const zmqjs_class *definition = class_named(class_name);
    size_t i = 0;
    while (i < definition->accessor_count && strcmp(definition->accessors[i]->name, name) != 0) i++;
    if (i == definition->accessor_count) FAIL("%s has no %s", class_name, name);
    return definition->accessors[i]->getter;
}
