/* direct.c - see direct.h */
#include "direct.h"

#include "check.h"
#include "contract.h"
#include "library.h"

#include <stdio.h>
#include <string.h>

zmqjs_runtime *direct_runtime(void)
{
    zmqjs_runtime *runtime;
    CHECK_STATUS(zmqjs_runtime_new(NULL, NULL, &runtime), ZMQJS_OK);
    return runtime;
}

struct outcome direct_call(zmqjs_runtime *runtime, zmqjs_instance *self,
                           const zmqjs_function *function, size_t count,
                           const zmqjs_data *arguments)
{
    static __thread int fast; /* every second time */
    struct outcome outcome;
    zmqjs_frame frame;
    memset(&outcome, 0, sizeof outcome);
    memset(&frame, 0xa5, sizeof frame);
    frame.runtime = runtime;
    frame.context = NULL;
    frame.self = self;
    frame.arguments = arguments;
    frame.argument_count = count;
    fast = !fast;
    outcome.status = contract_pass(function, &frame, fast);
    if (outcome.status == ZMQJS_EXCEPTION) {
        snprintf(outcome.message, sizeof outcome.message, "%s", frame.error.message);
        if (frame.error.code)
            snprintf(outcome.code, sizeof outcome.code, "%s", frame.error.code);
    } else {
        outcome.result = frame.result;
    }
    if (outcome.status != ZMQJS_OK) library_zmqjs_frame_release(&frame);
    return outcome;
}

zmqjs_data direct_must(zmqjs_runtime *runtime, zmqjs_instance *self, const zmqjs_function *function,
                       size_t count, const zmqjs_data *arguments)
{
    struct outcome outcome = direct_call(runtime, self, function, count, arguments);
    if (outcome.status < 0) FAIL("%s throws: %s", function->name, outcome.message);
    return outcome.result;
}

zmqjs_data scene_must(const struct scene *scene, zmqjs_instance *self, const char *class_name,
                      const char *method, size_t count, const zmqjs_data *arguments)
{
    return direct_must(scene->runtime, self, function_named(class_name, method), count, arguments);
}

zmqjs_instance *scene_socket(const struct scene *scene, const char *type)
{
    zmqjs_data argument = data_constant(type);
    return scene_must(scene, scene->context, "Context", "socket", 1, &argument).as.instance;
}

/* With a context that this function gives. */
static void open_with(struct scene *scene, const zmqjs_function *function, const char *endpoint)
{
    zmqjs_data argument = data_text(endpoint);
    scene->runtime = direct_runtime();
    scene->context = direct_must(scene->runtime, NULL, function, 0, NULL).as.instance;
    scene->push = scene_socket(scene, "PUSH");
    scene->pull = scene_socket(scene, "PULL");
    scene_must(scene, scene->pull, "Socket", "bind", 1, &argument);
    scene_must(scene, scene->push, "Socket", "connect", 1, &argument);
}

void scene_open(struct scene *scene, const char *endpoint)
{
    open_with(scene, class_named("Context")->constructor, endpoint);
}

void scene_open_shared(struct scene *scene, const char *endpoint)
{
    open_with(scene, function_named("Context", "shared"), endpoint);
}

void scene_close(struct scene *scene)
{
    CHECK_STATUS(zmqjs_runtime_free(scene->runtime), ZMQJS_OK);
    library_zmqjs_finalize(scene->push);
    library_zmqjs_finalize(scene->pull);
    library_zmqjs_finalize(scene->context);
}

int is_busy(const struct outcome *outcome)
{
    return outcome->status == ZMQJS_EXCEPTION && strcmp(outcome->code, "EBUSY") == 0;
}

zmqjs_data data_text(const char *text)
{
    zmqjs_data data = {ZMQJS_STRING, 0, {0}, strlen(text)};
    data.as.data = (void *)text;
    return data;
}

zmqjs_data data_number(int32_t number)
{
    zmqjs_data data = {ZMQJS_INT32, 0, {0}, 0};
    data.as.int32 = number;
    return data;
}

zmqjs_data data_constant(const char *name) { return data_number(constant_named(name)); }

zmqjs_data data_instance(zmqjs_instance *instance)
{
    zmqjs_data data = {ZMQJS_INSTANCE, 0, {0}, 0};
    data.as.instance = instance;
    return data;
}
