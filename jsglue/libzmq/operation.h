/*
 * Operations: the functions of the module that are called often, or that wait. Each has the
 * signature of zmqjs_function.call, so that an adapter calls it directly; package gojazmq calls it
 * by one cgo call. An operation enters the frame's runtime, reads the arguments, does its work and
 * all its waiting, and stores a result, or a failure that Go explains.
 */
#ifndef OPERATION_H
#define OPERATION_H

#include "frame.h"
#include "handle_table.h"
#include "instance.h"
#include "runtime.h"
#include "socket.h"
#include "wait.h"

#include <string.h>

/* Cold path; kept out of line. */
#define COLD __attribute__((noinline, cold))
/* For code that only some calls need: out of line, so that others use fewer registers. */
#define APART __attribute__((noinline))

typedef int core_operation(const zmqjs_function *function, zmqjs_frame *frame);

/* The form for fast calls (zmqjs_function.fast_call). */
typedef int core_fast_operation(const zmqjs_function *function, zmqjs_frame *frame, const zmqjs_data *data,
                                int32_t integer);

/* The operation of a function of the module. */
typedef struct core_listed_operation {
    const char *title; /* of the function: "Socket.send", "proxy" */
    core_operation *operation;
    core_fast_operation *fast; /* NULL: it has none */
} core_listed_operation;

/* All operations. */
const core_listed_operation *core_operations(size_t *count);

/* Fail the call. They return ZMQJS_EXCEPTION. */
int core_fail(const zmqjs_function *function, zmqjs_frame *frame, enum core_failure_kind kind, int64_t number);
int core_refuse(const zmqjs_function *function, zmqjs_frame *frame);

/* Enters and returns the runtime of a frame; core_runtime_exit exits it. NULL if it cannot be
 * entered. */
core_runtime *core_frame_enter(const zmqjs_frame *frame);

/* For the bodies of the hottest operations: their state stays in registers. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* One call of an operation. */
typedef struct operation {
    const zmqjs_function *function;
    zmqjs_frame *frame;
    core_runtime *runtime;
    void *object;           /* of the instance */
    size_t fast_count;      /* of a fast call: the number of arguments; else 0 */
    const zmqjs_data *data; /* of a fast call */
    int integer;            /* of a fast call */
} operation;

/* The body of an operation. If the compiler inlines it, op stays in registers unless its address
 * escapes: functions that are seldom called get the address of a copy. */
typedef int core_body(const operation *op);

/* Runs a body if the thread cannot enter the runtime as its owner, or if self is not an instance
 * of the class. */
int core_run_slowly(operation op, enum core_class class_number, core_body *body);

/* Enters the runtime of an instance of a class as the runtime's owner: 1; or 0, also if self is
 * not such an instance. If the owner gets in, the runtime has not been freed since its handle
 * was read. In a forked child no runtime has a handle. */
static inline int core_enter_owned(const zmqjs_frame *frame, const zmqjs_instance *self, enum core_class class_number)
{
    return LIKELY(self != NULL) && LIKELY(self->class_number == (uint32_t)class_number) &&
           LIKELY(self->home == frame->runtime) &&
           LIKELY(atomic_load_explicit(&self->runtime->handle, memory_order_relaxed) == frame->runtime) &&
           LIKELY(core_runtime_enter_owned(self->runtime, core_thread()));
}

/* Runs the body of an operation on an instance of a class. */
ALWAYS_INLINE int core_run_body(operation op, enum core_class class_number, core_body *body)
{
    const zmqjs_instance *self = op.frame->self;
    if (UNLIKELY(!core_enter_owned(op.frame, self, class_number)))
        return core_run_slowly(op, class_number, body);
    op.runtime = self->runtime;
    op.object = self->object;
    core_frame_of(op.frame)->held = CORE_HOLDS_NOTHING;
    int status = body(&op);
    core_runtime_exit_owned(op.runtime);
    return status;
}

/* Makes a call by a frame. */
ALWAYS_INLINE int core_run(const zmqjs_function *function, zmqjs_frame *frame, enum core_class class_number,
                           core_body *body)
{
    if (UNLIKELY(frame == NULL))
        return ZMQJS_INVALID_ARGUMENT;
    if (UNLIKELY(frame->arguments == NULL))
        frame->argument_count = 0;
    return core_run_body((operation){.function = function, .frame = frame}, class_number, body);
}

/* Makes a fast call of a function with count arguments. */
ALWAYS_INLINE int core_run_fast(const zmqjs_function *function, zmqjs_frame *frame, enum core_class class_number,
                                size_t count, const zmqjs_data *data, int integer, core_body *body)
{
    if (UNLIKELY(frame == NULL))
        return ZMQJS_INVALID_ARGUMENT;
    return core_run_body((operation){.function = function, .frame = frame, .fast_count = count, .data = data,
                                     .integer = integer},
                         class_number, body);
}

/* Makes a call by a frame of an operation that has a form for fast calls: with a value or none,
 * and an integer, which may be optional. */
enum core_fast_arguments { CORE_INTEGER, CORE_OPTIONAL_INTEGER, CORE_VALUE_AND_OPTIONAL_INTEGER };
int core_call_fast(const zmqjs_function *function, zmqjs_frame *frame, enum core_class class_number,
                   enum core_fast_arguments arguments, core_fast_operation *fast);

/* The same for a call that is under way. */
int core_fail_operation(const operation *op, enum core_failure_kind kind, int64_t number);

static inline int op_fail(const operation *op, enum core_failure_kind kind, int64_t number)
{
    const operation copy = *op;
    return core_fail_operation(&copy, kind, number);
}

static inline int op_fail_errno(const operation *op, int error)
{
    return op_fail(op, CORE_FAILED_ERRNO, error);
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

static inline zmqjs_data core_integer(int64_t value)
{
    int32_t narrow = (int32_t)value;
    if (value == narrow)
        return (zmqjs_data){.type = ZMQJS_INT32, .as.int32 = narrow};
    return (zmqjs_data){.type = ZMQJS_DOUBLE, .as.number = (double)value};
}

static inline int op_return_int32(const operation *op, int32_t value)
{
    op->frame->result.as.int32 = value;
    return op_return(op, ZMQJS_INT32);
}

static inline int op_return_integer(const operation *op, int64_t value)
{
    int32_t narrow = (int32_t)value;
    if (LIKELY(value == narrow))
        return op_return_int32(op, narrow);
    op->frame->result.as.number = (double)value;
    return op_return(op, ZMQJS_DOUBLE);
}

/* Returns a result with memory that the frame holds. */
static inline int op_return_held(const operation *op)
{
    op->frame->keep_count = 0;
    return ZMQJS_HELD;
}

/* A text that stays valid as long as the result. */
static inline zmqjs_data core_text(const char *text)
{
    return (zmqjs_data){.type = ZMQJS_STRING, .as.data = (void *)text, .length = strlen(text)};
}

/* Arguments. Absent ones are undefined. */

static inline const zmqjs_data *op_argument(const operation *op, size_t index)
{
    static const zmqjs_data undefined = {.type = ZMQJS_UNDEFINED};
    return index < op->frame->argument_count ? &op->frame->arguments[index] : &undefined;
}

/* Reads a 32-bit integer, however the engine stores it: 0, or -1 if it is not one. */
static inline int core_read_integer(const zmqjs_data *data, int *value)
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

/* The same for an optional parameter: 0 if it is absent. */
static inline int op_read_flags(const operation *op, size_t index, int *flags)
{
    *flags = 0;
    if (index >= op->frame->argument_count || op->frame->arguments[index].type <= ZMQJS_NULL)
        return 0;
    return core_read_integer(&op->frame->arguments[index], flags);
}

/* ---- waiting: waiting.c ---- */

/* A wait of a call, until it goes out of scope. Once it has begun, the thread can be cancelled
 * only in op_wait(), which ends the call. */
typedef struct op_waiting {
    core_wait wait;
    const operation *op; /* NULL before it has begun */
} op_waiting;
void op_wait_end(const op_waiting *waiting);
#define OP_WAITING(name) __attribute__((cleanup(op_wait_end))) op_waiting name = {.op = NULL}

/* Begins a wait for a descriptor, or for a poller if that is CORE_NO_FD. It can be called again
 * for another one. */
void op_wait_begin(const operation *op, op_waiting *waiting, zmq_fd_t descriptor, core_poller *poller, int64_t deadline);

/* Waits: ZMQJS_OK, and in *timed_out whether the time is up, so that the next try is the last;
 * or the status of a failure. */
int op_wait(const operation *op, const op_waiting *waiting, int *timed_out);

/* Called after a send or receive with flags has failed with an errno. Begins to wait on the
 * socket for the time of an option (ZMQ_RCVTIMEO or ZMQ_SNDTIMEO) and returns OP_WAITS; or
 * returns the status that ends the call, with the result undefined if it must not wait. */
enum { OP_WAITS = 101 };
int op_wait_begin_socket(const operation *op, op_waiting *waiting, core_socket *socket, int timeout_option, int flags,
                         int error);

/* ---- options: op_socket.c ---- */

/* Reads an option of 32 bits (zmq_getsockopt): 0; an errno; or -1, and in *size another size of
 * the option. */
int core_get_int(core_socket *socket, int option, int *value, size_t *size);

/* The socket options that do not have 32 bits, by number. Go sets them. */
enum { CORE_OPTIONS = 256 };
extern CORE_HIDDEN unsigned char core_other_options[CORE_OPTIONS];

#endif
