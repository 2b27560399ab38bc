#include "operation.h"
#include "guard.h"
#include "operations.h"
#include "runtime.h"

void (*core_put_failure)(const zmqjs_function *function, zmqjs_frame *frame);

static const core_listed_operation operations[] = {
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

const core_listed_operation *core_operations(size_t *count)
{
    *count = sizeof operations / sizeof *operations;
    return operations;
}

core_runtime *core_frame_enter(const zmqjs_frame *frame)
{
    core_runtime *runtime = core_forked() ? NULL : handle_peek(&core_runtime_handles, frame->runtime);
    /* If the handle has ended, the runtime that now has its place must not be disturbed; a
     * handle that ends before the runtime is entered is detected afterwards. */
    if (runtime == NULL || atomic_load(&runtime->handle) != frame->runtime || core_runtime_enter(runtime) != 0)
        return NULL;
    if (atomic_load_explicit(&runtime->handle, memory_order_relaxed) == frame->runtime)
        return runtime;
    core_runtime_exit(runtime);
    return NULL;
}

COLD int core_fail(const zmqjs_function *function, zmqjs_frame *frame, enum core_failure_kind kind, int64_t number)
{
    core_frame *memory = core_frame_of(frame);
    core_frame_release(frame);
    memory->as.failure = (core_failure){kind, number};
    if (function != NULL)
        core_put_failure(function, frame);
    return ZMQJS_EXCEPTION;
}

/* The reason why the runtime of a handle cannot be entered. */
static enum core_failure_kind why_refused(const zmqjs_runtime *handle)
{
    enum core_failure_kind kind = CORE_FAILED_RUNTIME;
    core_guard guard;
    core_guard_begin(&guard);
    const core_runtime *runtime = handle_acquire(&core_runtime_handles, handle);
    if (runtime != NULL) {
        kind = atomic_load(&runtime->broken)       ? CORE_FAILED_LEFT
               : atomic_load(&core_process_ends) ? CORE_FAILED_ENDING
                                                 : CORE_FAILED_BUSY;
        handle_release(&core_runtime_handles, handle);
    }
    core_guard_end(&guard);
    return kind;
}

COLD int core_refuse(const zmqjs_function *function, zmqjs_frame *frame)
{
    core_frame_of(frame)->held = CORE_HOLDS_NOTHING;
    return core_fail(function, frame, core_forked() ? CORE_FAILED_CHILD : why_refused(frame->runtime), 0);
}

/* Makes the arguments of a fast call available in the frame. */
static void show_arguments(const operation *op)
{
    zmqjs_data *arguments = core_frame_of(op->frame)->arguments;
    if (op->fast_count == 0)
        return;
    arguments[op->fast_count - 1] = (zmqjs_data){.type = ZMQJS_INT32, .as.int32 = op->integer};
    if (op->fast_count > 1)
        arguments[0] = *op->data;
    op->frame->arguments = arguments;
    op->frame->argument_count = op->fast_count;
}

COLD int core_fail_operation(const operation *op, enum core_failure_kind kind, int64_t number)
{
    show_arguments(op);
    return core_fail(op->function, op->frame, kind, number);
}

COLD int core_run_slowly(operation op, enum core_class class_number, core_body *body)
{
    int status;
    op.runtime = core_frame_enter(op.frame);
    if (op.runtime == NULL) {
        show_arguments(&op);
        return core_refuse(op.function, op.frame);
    }
    const zmqjs_instance *self = op.frame->self;
    core_frame_of(op.frame)->held = CORE_HOLDS_NOTHING;
    if (self != NULL && self->class_number == (uint32_t)class_number && self->home == op.frame->runtime) {
        op.object = self->object;
        status = body(&op);
    } else {
        status = op_fail(&op, CORE_FAILED_THIS, 0);
    }
    core_runtime_exit(op.runtime);
    return status;
}

static int refuse_arguments(const operation *op)
{
    return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
}

int core_call_fast(const zmqjs_function *function, zmqjs_frame *frame, enum core_class class_number,
                   enum core_fast_arguments arguments, core_fast_operation *fast)
{
    static const zmqjs_data undefined = {.type = ZMQJS_UNDEFINED};
    const size_t index = arguments == CORE_VALUE_AND_OPTIONAL_INTEGER;
    if (frame == NULL)
        return ZMQJS_INVALID_ARGUMENT;
    const size_t count = frame->arguments != NULL ? frame->argument_count : 0;
    const zmqjs_data *integer_data = index < count ? &frame->arguments[index] : &undefined;
    int integer = 0;
    if (integer_data->type > ZMQJS_NULL || arguments == CORE_INTEGER)
        if (core_read_integer(integer_data, &integer) != 0)
            return core_run(function, frame, class_number, refuse_arguments);
    const zmqjs_data *own = frame->arguments;
    const size_t own_count = frame->argument_count;
    int status = fast(function, frame, count > 0 ? own : &undefined, integer);
    frame->arguments = own;
    frame->argument_count = own_count;
    return status;
}
