#include "operation.h"
#include "operations.h"

#include <string.h>

void (*glue_put_failure)(const zmqjs_function *function, zmqjs_frame *frame);

static const struct {
    const char *title;
    glue_operation *operation;
    glue_fast_operation *fast;
} operations[] = {
    {"proxy", op_proxy, NULL},
    {"Context.term", op_term, NULL},
    {"Context.[Symbol.dispose]", op_context_dispose, NULL},
    {"Context.fd", op_context_descriptor, NULL},
    {"Socket.send", op_send, op_send_fast},
    {"Socket.send_to", op_send_to, NULL},
    {"Socket.send_multipart", op_send_multipart, NULL},
    {"Socket.recv", op_receive_bytes, op_receive_bytes_fast},
    {"Socket.recv_uint8ffarray", op_receive_bytes, op_receive_bytes_fast},
    {"Socket.recv_str", op_receive_string, op_receive_string_fast},
    {"Socket.recv_int", op_receive_int, op_receive_int_fast},
    {"Socket.recv_bigint", op_receive_bigint, op_receive_bigint_fast},
    {"Socket.recv_into", op_receive_into, NULL},
    {"Socket.recv_multipart", op_receive_multipart, NULL},
    {"Socket.recv_message", op_receive_message, NULL},
    {"Socket.recv_event", op_receive_event, NULL},
    {"Socket.getsockopt_int", op_get_int, op_get_int_fast},
    {"Socket.closed", op_closed, NULL},
    {"Socket.type", op_type, NULL},
    {"Socket.fd", op_descriptor, NULL},
    {"Socket.events", op_events, NULL},
    {"Socket.messages_sent", op_messages_sent, NULL},
    {"Socket.bytes_sent", op_bytes_sent, NULL},
    {"Socket.messages_received", op_messages_received, NULL},
    {"Socket.bytes_received", op_bytes_received, NULL},
    {"Poller.size", op_poller_size, NULL},
    {"Poller.add", op_poller_add, NULL},
    {"Poller.modify", op_poller_modify, NULL},
    {"Poller.remove", op_poller_remove, NULL},
    {"Poller.wait", op_poller_wait, NULL},
    {"Poller.poll", op_poller_poll, NULL},
    {"Poller.wait_all", op_poller_wait_all, NULL},
    {"Poller.poll_all", op_poller_poll_all, NULL},
    {"Poller.[Symbol.dispose]", op_poller_clear, NULL},
    {"Poller.fd", op_poller_descriptor, NULL},
    {"Monitor.recv", op_monitor_receive, NULL},
    {"Monitor.next", op_monitor_next, NULL},
    {"Monitor.closed", op_monitor_closed, NULL},
    {"Monitor.fd", op_monitor_descriptor, NULL},
    {"Monitor.events", op_monitor_events, NULL},
    {"Monitor.dropped", op_monitor_dropped, NULL},
};

static size_t find(const char *title)
{
    size_t i = 0;
    while (i < sizeof operations / sizeof *operations && strcmp(operations[i].title, title) != 0)
        i++;
    return i;
}

glue_operation *glue_operation_of(const char *title)
{
    size_t i = find(title);
    return i < sizeof operations / sizeof *operations ? operations[i].operation : NULL;
}

glue_fast_operation *glue_fast_operation_of(const char *title)
{
    size_t i = find(title);
    return i < sizeof operations / sizeof *operations ? operations[i].fast : NULL;
}

glue_runtime *glue_frame_enter(const zmqjs_frame *frame)
{
    glue_runtime *runtime = glue_forked() ? NULL : handle_peek(&glue_runtime_handles, frame->runtime);
    /* A handle that has ended must not disturb the runtime that has its place now; one that ends before the runtime is
     * entered is noticed afterwards. */
    if (runtime == NULL || atomic_load(&runtime->handle) != frame->runtime || glue_runtime_enter(runtime) != 0)
        return NULL;
    if (atomic_load_explicit(&runtime->handle, memory_order_relaxed) == frame->runtime)
        return runtime;
    glue_runtime_exit(runtime);
    return NULL;
}

COLD int glue_fail(const zmqjs_function *function, zmqjs_frame *frame, enum glue_failure_kind kind, int64_t number)
{
    glue_frame *memory = glue_frame_of(frame);
    glue_frame_release(frame);
    memory->as.failure = (glue_failure){kind, number};
    if (function != NULL)
        glue_put_failure(function, frame);
    return ZMQJS_EXCEPTION;
}

/* Why nobody gets into the runtime of a handle. */
static enum glue_failure_kind why_refused(const zmqjs_runtime *handle)
{
    enum glue_failure_kind kind = GLUE_FAILED_RUNTIME;
    glue_guard guard;
    glue_guard_begin(&guard);
    const glue_runtime *runtime = handle_acquire(&glue_runtime_handles, handle);
    if (runtime != NULL) {
        kind = atomic_load(&runtime->broken)       ? GLUE_FAILED_LEFT
               : atomic_load(&glue_process_ends) ? GLUE_FAILED_ENDING
                                                 : GLUE_FAILED_BUSY;
        handle_release(&glue_runtime_handles, handle);
    }
    glue_guard_end(&guard);
    return kind;
}

COLD int glue_refuse(const zmqjs_function *function, zmqjs_frame *frame)
{
    glue_frame_of(frame)->held = GLUE_HOLDS_NOTHING;
    return glue_fail(function, frame, glue_forked() ? GLUE_FAILED_CHILD : why_refused(frame->runtime), 0);
}

/* Has the frame of a fast call show its arguments. */
static void show_arguments(const operation *op)
{
    zmqjs_data *arguments = glue_frame_of(op->frame)->arguments;
    if (op->fast_count == 0)
        return;
    arguments[op->fast_count - 1] = (zmqjs_data){.type = ZMQJS_INT32, .as.int32 = op->integer};
    if (op->fast_count > 1)
        arguments[0] = *op->data;
    op->frame->arguments = arguments;
    op->frame->argument_count = op->fast_count;
}

COLD int glue_fail_operation(const operation *op, enum glue_failure_kind kind, int64_t number)
{
    show_arguments(op);
    return glue_fail(op->function, op->frame, kind, number);
}

COLD int glue_run_slowly(operation op, enum glue_class class_number, glue_body *body)
{
    int status;
    op.runtime = glue_frame_enter(op.frame);
    if (op.runtime == NULL) {
        show_arguments(&op);
        return glue_refuse(op.function, op.frame);
    }
    const zmqjs_instance *self = op.frame->self;
    glue_frame_of(op.frame)->held = GLUE_HOLDS_NOTHING;
    if (self != NULL && self->class_number == (uint32_t)class_number && self->home == op.frame->runtime) {
        op.object = self->object;
        status = body(&op);
    } else {
        status = op_fail(&op, GLUE_FAILED_THIS, 0);
    }
    glue_runtime_exit(op.runtime);
    return status;
}

static int refuse_arguments(const operation *op)
{
    return op_fail(op, GLUE_FAILED_ARGUMENTS, 0);
}

int glue_call_fast(const zmqjs_function *function, zmqjs_frame *frame, enum glue_class class_number,
                   enum glue_fast_arguments arguments, glue_fast_operation *fast)
{
    static const zmqjs_data undefined = {.type = ZMQJS_UNDEFINED};
    const size_t index = arguments == GLUE_VALUE_AND_OPTIONAL_INTEGER;
    if (frame == NULL)
        return ZMQJS_INVALID_ARGUMENT;
    const size_t count = frame->arguments != NULL ? frame->argument_count : 0;
    const zmqjs_data *integer_data = index < count ? &frame->arguments[index] : &undefined;
    int integer = 0;
    if (integer_data->type > ZMQJS_NULL || arguments == GLUE_INTEGER)
        if (glue_read_integer(integer_data, &integer) != 0)
            return glue_run(function, frame, class_number, refuse_arguments);
    const zmqjs_data *own = frame->arguments;
    const size_t own_count = frame->argument_count;
    int status = fast(function, frame, count > 0 ? own : &undefined, integer);
    frame->arguments = own;
    frame->argument_count = own_count;
    return status;
}
