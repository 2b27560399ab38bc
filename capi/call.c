/*
 * One call of a script: its arguments are read here, Go runs it, all waiting is done
 * here under the host's signal mask, and its result is made into a value here. So
 * Go asks the engine only for slots.
 */
#include "capi.h"
#include "engine.h"
#include "result.h"
#include "twin.h"

#include <errno.h>
#include <stdlib.h>

#include "_cgo_export.h"

/* What a call of a twin does not come to, kept out of its way. */
#define SELDOM __attribute__((noinline, cold))

/* Reads the elements of an argument that is an array. All of them are got before any
 * is read: getting one may run script code, and what is read is borrowed only as
 * long as none runs. */
static SELDOM int read_elements(call *call, size_t argument)
{
    size_t length = call->arguments[argument].as.elements.length;
    if (length > call->function->longest_array)
        return ZMQJS_OK; /* Go refuses it */
    call->elements = calloc(length + 1, sizeof *call->elements);
    call->element_values = calloc(length + 1, sizeof *call->element_values);
    if (call->elements == NULL || call->element_values == NULL) {
        engine_throw_out_of_memory(call);
        return ZMQJS_EXCEPTION;
    }
    for (; call->element_count < length; call->element_count++) {
        zmqjs_value *value = &call->element_values[call->element_count];
        if (engine_element_get(call, call->outer->arguments[argument], (uint32_t)call->element_count, value) != ZMQJS_OK)
            return ZMQJS_EXCEPTION;
    }
    for (size_t i = 0; i < length; i++)
        if (engine_value_get(call, call->element_values[i], &call->elements[i]) != ZMQJS_OK)
            return ZMQJS_EXCEPTION;
    return ZMQJS_OK;
}

/* Reads this, where the adapter has not done it. */
static SELDOM int read_this(call *call)
{
    if (engine_value_get(call, call->outer->this_value, &call->this_data) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    if (call->this_data.type == ZMQJS_NATIVE)
        call->this_native = call->this_data.as.native.pointer;
    if (engine_is_borrowed(&call->this_data)) { /* which no method is for */
        engine_value_release(call, &call->this_data);
        call->this_data.type = ZMQJS_OBJECT;
    }
    return ZMQJS_OK;
}

/* How many arguments are looked at: those that the function declares. */
static inline size_t count_arguments(const call *call)
{
    size_t count = call->outer->argument_count, parameters = (size_t)call->function->public.parameter_count;
    return count < parameters ? count : parameters;
}

/* Reads the arguments, where the adapter has not done it. */
static __attribute__((noinline)) int ask_for_arguments(call *call)
{
    size_t count = count_arguments(call);
    call->arguments = call->read;
    for (; call->argument_count < count; call->argument_count++) {
        zmqjs_data *data = &call->read[call->argument_count];
        data->type = ZMQJS_UNDEFINED;
        if ((call->function->public.reads & 1u << call->argument_count) == 0)
            continue;
        if (engine_value_get(call, call->outer->arguments[call->argument_count], data) != ZMQJS_OK)
            return ZMQJS_EXCEPTION;
        call->borrowed |= engine_is_borrowed(data);
    }
    return ZMQJS_OK;
}

static SELDOM int read_arrays(call *call)
{
    for (size_t i = 0; i < call->argument_count; i++)
        if (call->arguments[i].type == ZMQJS_ARRAY && (call->function->arrays & 1u << i) != 0) {
            call->borrowed = 1;
            if (read_elements(call, i) != ZMQJS_OK)
                return ZMQJS_EXCEPTION;
        }
    return ZMQJS_OK;
}

/* Reads the arguments that the function declares. */
static inline __attribute__((always_inline)) int read_arguments(call *call)
{
    call->arguments = call->outer->data;
    if (call->arguments != NULL)
        call->argument_count = count_arguments(call);
    else if (ask_for_arguments(call) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    return call->function->arrays != 0 ? read_arrays(call) : ZMQJS_OK;
}

static __attribute__((noinline)) void release_borrowed(call *call)
{
    while (call->element_count > 0) {
        engine_value_release(call, &call->elements[--call->element_count]);
        engine_value_free(call, call->element_values[call->element_count]);
    }
    free(call->elements);
    free(call->element_values);
    while (call->arguments == call->read && call->argument_count > 0)
        engine_value_release(call, &call->read[--call->argument_count]);
}

static inline void release_arguments(call *call)
{
    if (call->borrowed)
        release_borrowed(call);
}

static int run_in_go(call *call)
{
    guest_mask mask;
    call->result = (struct result){0};
    call->error = (zmqjs_error){0};
    call->wait = (glue_wait){0};
    guest_block_signals(&mask);
    int state = goCall(call);
    guest_restore_signals(&mask);
    return state;
}

static void ask_engine(call *call)
{
    if (call->runtime->engine.interrupted != NULL) {
        call->wait.interrupted = engine_interrupted;
        call->wait.argument = call;
    }
}

void call_prepare_wait(call *call)
{
    call->wait = (glue_wait){0};
    ask_engine(call);
}

/* Runs the function, and again after each wait. Returns an enum call_state. */
static int run(call *call)
{
    for (;;) {
        int state = run_in_go(call);
        if (state != CALL_WAIT)
            return state;
        ask_engine(call);
        call->wait_result = glue_wait_for(call->runtime->glue, &call->wait);
        if (call->wait_result == GLUE_WAIT_FAILED) {
            engine_throw_errno(call, errno, NULL);
            return CALL_PENDING;
        }
    }
}

static void free_error(zmqjs_error *error)
{
    free((char *)error->message);
    free((char *)error->code);
    free((char *)error->endpoint);
}

/* Ends the call with what Go has left. */
static int finish(call *call, int state)
{
    int status = ZMQJS_EXCEPTION;
    if (state == CALL_DONE) {
        status = result_return(call, &call->result);
        result_free(&call->result);
    } else if (state == CALL_ERROR) {
        engine_throw(call, &call->error);
        free_error(&call->error);
    }
    return status;
}

/* A value that is always the same is made before the function takes effect: then nothing
 * can fail after it. */
static int run_to_zero(call *call)
{
    struct result zero = {.kind = ZMQJS_INT32};
    zmqjs_value value;
    if (result_make(call, &zero, &value) != ZMQJS_OK) {
        release_arguments(call);
        return ZMQJS_EXCEPTION;
    }
    int state = run(call);
    release_arguments(call);
    if (state == CALL_DONE) {
        call->outer->result = value;
        return ZMQJS_OK;
    }
    engine_value_free(call, value);
    return finish(call, state);
}

/* What every call begins with; the rest is set when it is needed. */
static inline void begin(call *call, const function *function, struct runtime *runtime, const native *native,
                         zmqjs_call *outer)
{
    call->function = function;
    call->outer = outer;
    call->runtime = runtime;
    call->this_native = native;
    call->argument_count = 0;
    call->elements = NULL;
    call->element_values = NULL;
    call->element_count = 0;
    call->deadline = 0;
    call->received = NULL;
    call->wait_result = 0;
    call->borrowed = 0;
}

/* What Go is to know of this. */
static void tell_this(call *call)
{
    if (call->outer->this_definition == NULL && call->function->is_method)
        return; /* it is read */
    call->this_data = (zmqjs_data){0};
    if (call->outer->this_definition != NULL) {
        call->this_data.type = ZMQJS_NATIVE;
        call->this_data.as.native.definition = call->outer->this_definition;
        call->this_data.as.native.pointer = call->outer->this_pointer;
    }
}

static SELDOM int run_to_end(call *call)
{
    tell_this(call);
    if (call->function->returns_zero && !call->outer->wants_data)
        return run_to_zero(call);
    int state = run(call);
    release_arguments(call);
    return finish(call, state);
}

static inline __attribute__((always_inline)) int call_inside(const function *function, struct runtime *runtime,
                                                              const native *native, zmqjs_call *outer)
{
    call call;
    begin(&call, function, runtime, native, outer);
    if (function->is_method && native == NULL && read_this(&call) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    int status = read_arguments(&call);
    if (status == ZMQJS_OK) {
        status = function->twin != NULL && twin_is_on() ? function->twin(&call) : TWIN_DECLINES;
        if (status == TWIN_DECLINES)
            return run_to_end(&call);
    }
    release_arguments(&call);
    return status;
}

int call_function(const zmqjs_function *self, zmqjs_call *outer)
{
    if (glue_forked())
        return status_unavailable();
    if (self == NULL || outer == NULL || (outer->arguments == NULL && outer->argument_count > 0))
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmq: self, the call or its arguments are NULL");
    const native *native = outer->this_definition != NULL ? outer->this_pointer : NULL;
    struct runtime *runtime = runtime_enter(outer->runtime, native);
    if (runtime == NULL && native != NULL) /* it may be of another runtime */
        runtime = runtime_enter(outer->runtime, NULL);
    if (runtime == NULL)
        return runtime_refuse(outer->runtime, self->name);
    int status = call_inside((const function *)(const void *)self, runtime, native, outer);
    glue_runtime_exit(runtime->glue);
    return status;
}

/* ---- asked by Go in the middle of a call ---- */

static int set_slot(const call *call, uint32_t slot, int argument)
{
    if (argument >= 0 && (size_t)argument < call->outer->argument_count)
        return engine_slot_set(call, slot, call->outer->arguments[argument]);
    zmqjs_data undefined = {.type = ZMQJS_UNDEFINED};
    zmqjs_value value;
    if (engine_value_new(call, &undefined, &value) != ZMQJS_OK)
        return ZMQJS_EXCEPTION;
    int status = engine_slot_set(call, slot, value);
    engine_value_free(call, value);
    return status;
}

int call_set_slot(call *call, uint32_t slot, int argument)
{
    const guest_mask *left = guest_leave_go();
    int status = set_slot(call, slot, argument);
    guest_return_to_go(left);
    return status;
}
