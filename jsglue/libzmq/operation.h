/*
 * Operations: the functions of the module that are called often, or that wait. Each has the
 * signature of zmqjs_function.call, so that an adapter's call leads to it directly; package
 * gojazmq calls it by one cgo call. An operation enters the frame's runtime, reads the
 * arguments, does its work and all its waiting, and leaves a result, or a failure that Go puts
 * into words.
 */
#ifndef OPERATION_H
#define OPERATION_H

#include "frame.h"
#include "handle_table.h"
#include "instance.h"

#include <string.h>

/* For what a call seldom comes to: kept out of line. */
#define COLD __attribute__((noinline, cold))

/* The operation of a function ("Socket.send", "proxy"), or NULL. */
typedef int glue_operation(const zmqjs_function *function, zmqjs_frame *frame);
glue_operation *glue_operation_of(const char *title);

/* Fail the call. They return ZMQJS_EXCEPTION. */
int glue_fail(const zmqjs_function *function, zmqjs_frame *frame, enum glue_failure_kind kind, int64_t number);
int glue_refuse(const zmqjs_function *function, zmqjs_frame *frame);

/* The runtime of a frame, entered: glue_runtime_exit leaves it. NULL if that cannot be. */
glue_runtime *glue_frame_enter(const zmqjs_frame *frame);

/* The same for an instance of nearly always that runtime. Where its owner gets in at once, the runtime cannot have been
 * freed since its handle was looked at. In a forked child no runtime has a handle. */
static inline glue_runtime *glue_frame_enter_of(const zmqjs_frame *frame, const zmqjs_instance *self)
{
    if (__builtin_expect(self != NULL, 1)) {
        glue_runtime *runtime = self->runtime;
        if (__builtin_expect(atomic_load_explicit(&runtime->handle, memory_order_relaxed) == frame->runtime, 1) &&
            __builtin_expect(glue_runtime_enter_owned(runtime, glue_thread()), 1))
            return runtime;
    }
    return glue_frame_enter(frame);
}

/* One call of an operation. */
typedef struct operation {
    const zmqjs_function *function;
    zmqjs_frame *frame;
    glue_runtime *runtime;
    void *object; /* of this */
} operation;

/* Runs the body of an operation on an instance of a class. */
static inline __attribute__((always_inline)) int glue_run(const zmqjs_function *function, zmqjs_frame *frame,
                                                          enum glue_class class_number, int (*body)(operation *))
{
    if (__builtin_expect(frame == NULL, 0))
        return ZMQJS_INVALID_ARGUMENT;
    const zmqjs_instance *self = frame->self;
    operation operation = {function, frame, glue_frame_enter_of(frame, self), NULL};
    if (__builtin_expect(operation.runtime == NULL, 0))
        return glue_refuse(function, frame);
    glue_frame_of(frame)->held = GLUE_HOLDS_NOTHING;
    if (__builtin_expect(frame->arguments == NULL, 0))
        frame->argument_count = 0;
    int status;
    if (self != NULL && self->class_number == (uint32_t)class_number && self->home == frame->runtime) {
        operation.object = self->object;
        status = body(&operation);
    } else {
        status = glue_fail(function, frame, GLUE_FAILED_THIS, 0);
    }
    glue_runtime_exit(operation.runtime);
    return status;
}

static inline int op_fail(const operation *op, enum glue_failure_kind kind, int64_t number)
{
    return glue_fail(op->function, op->frame, kind, number);
}

static inline int op_fail_errno(const operation *op, int error)
{
    return glue_fail(op->function, op->frame, GLUE_FAILED_ERRNO, error);
}

/* Results. */

static inline int op_return(const operation *op, enum zmqjs_type type)
{
    op->frame->result.type = type;
    return ZMQJS_OK;
}

static inline int op_return_boolean(const operation *op, int value)
{
    op->frame->result.as.boolean = value;
    return op_return(op, ZMQJS_BOOLEAN);
}

static inline zmqjs_data glue_integer(int64_t value)
{
    int32_t narrow = (int32_t)value;
    if (value == narrow)
        return (zmqjs_data){.type = ZMQJS_INT32, .as.int32 = narrow};
    return (zmqjs_data){.type = ZMQJS_DOUBLE, .as.number = (double)value};
}

static inline int op_return_integer(const operation *op, int64_t value)
{
    int32_t narrow = (int32_t)value;
    if (value == narrow) {
        op->frame->result.as.int32 = narrow;
        return op_return(op, ZMQJS_INT32);
    }
    op->frame->result.as.number = (double)value;
    return op_return(op, ZMQJS_DOUBLE);
}

/* A result that the frame holds memory of. */
static inline int op_return_held(const operation *op)
{
    op->frame->keep_count = 0;
    return ZMQJS_HELD;
}

/* A text that stays as long as the result. */
static inline zmqjs_data glue_text(const char *text)
{
    return (zmqjs_data){.type = ZMQJS_STRING, .as.data = (void *)text, .length = strlen(text)};
}

/* Arguments. Those that were not passed are undefined. */

static inline const zmqjs_data *op_argument(const operation *op, size_t index)
{
    static const zmqjs_data undefined = {.type = ZMQJS_UNDEFINED};
    return index < op->frame->argument_count ? &op->frame->arguments[index] : &undefined;
}

/* Reads a 32-bit integer however the engine stores it: 0, or -1 if it is none. */
static inline int glue_read_integer(const zmqjs_data *data, int *value)
{
    if (data->type == ZMQJS_INT32) {
        *value = data->as.int32;
        return 0;
    }
    if (data->type != ZMQJS_DOUBLE || !(data->as.number >= INT32_MIN && data->as.number <= INT32_MAX))
        return -1;
    *value = (int)data->as.number;
    return *value == data->as.number ? 0 : -1;
}

/* The same for a parameter that is optional: 0 where it is absent. */
static inline int op_read_flags(const operation *op, size_t index, int *flags)
{
    *flags = 0;
    if (index >= op->frame->argument_count || op->frame->arguments[index].type <= ZMQJS_NULL)
        return 0;
    return glue_read_integer(&op->frame->arguments[index], flags);
}

/* ---- waiting: waiting.c ---- */

/* A wait of a call: for a descriptor, or if that is GLUE_NO_FD for a poller. */
void op_wait_begin(const operation *op, glue_wait *wait, zmq_fd_t descriptor, glue_poller *poller, int64_t deadline);

/* Waits: ZMQJS_OK, and in *timed_out whether the time was up, so that the next try is the last;
 * or the status of a failure. */
int op_wait(const operation *op, const glue_wait *wait, int *timed_out);

/* After a send or receive with certain flags has failed with an errno: begins to wait on the socket for as long as an
 * option says (ZMQ_RCVTIMEO or ZMQ_SNDTIMEO), and returns OP_WAITS; or the status that ends the call, with the
 * result undefined where it must not wait. */
enum { OP_WAITS = 101 };
int op_wait_begin_socket(const operation *op, glue_wait *wait, glue_socket *socket, int timeout_option, int flags,
                         int error);

/* ---- options: op_socket.c ---- */

/* Reads an option of 32 bits (zmq_getsockopt): 0; an errno; or -1, and in *size the other size that it
 * has. */
int glue_get_int(glue_socket *socket, int option, int *value, size_t *size);

/* The options of sockets that are known not to have 32 bits, by number. Go fills it in. */
enum { GLUE_OPTIONS = 256 };
extern unsigned char glue_other_options[GLUE_OPTIONS];

#endif
