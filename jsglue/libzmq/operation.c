#include "operation.h"
#include "operations.h"

#include <string.h>

void (*glue_put_failure)(const zmqjs_function *function, zmqjs_frame *frame);

static const struct {
    const char *title;
    glue_operation *operation;
} operations[] = {
    {"proxy", op_proxy},
    {"Context.term", op_term},
    {"Context.[Symbol.dispose]", op_context_dispose},
    {"Socket.send", op_send},
    {"Socket.send_multipart", op_send_multipart},
    {"Socket.recv", op_receive_bytes},
    {"Socket.recv_uint8ffarray", op_receive_bytes},
    {"Socket.recv_str", op_receive_string},
    {"Socket.recv_int", op_receive_int},
    {"Socket.recv_bigint", op_receive_bigint},
    {"Socket.recv_into", op_receive_into},
    {"Socket.recv_multipart", op_receive_multipart},
    {"Socket.recv_message", op_receive_message},
    {"Socket.recv_event", op_receive_event},
    {"Socket.getsockopt_int", op_get_int},
    {"Socket.closed", op_closed},
    {"Socket.type", op_type},
    {"Socket.fd", op_descriptor},
    {"Socket.events", op_events},
    {"Socket.messages_sent", op_messages_sent},
    {"Socket.bytes_sent", op_bytes_sent},
    {"Socket.messages_received", op_messages_received},
    {"Socket.bytes_received", op_bytes_received},
    {"Poller.size", op_poller_size},
    {"Poller.add", op_poller_add},
    {"Poller.modify", op_poller_modify},
    {"Poller.remove", op_poller_remove},
    {"Poller.wait", op_poller_wait},
    {"Poller.poll", op_poller_poll},
    {"Poller.wait_all", op_poller_wait_all},
    {"Poller.poll_all", op_poller_poll_all},
    {"Poller.[Symbol.dispose]", op_poller_clear},
    {"Monitor.recv", op_monitor_receive},
    {"Monitor.next", op_monitor_next},
    {"Monitor.closed", op_monitor_closed},
    {"Monitor.fd", op_monitor_descriptor},
    {"Monitor.events", op_monitor_events},
    {"Monitor.dropped", op_monitor_dropped},
};

glue_operation *glue_operation_of(const char *title)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (strcmp(operations[i].title, title) == 0)
            return operations[i].operation;
    return NULL;
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

COLD int glue_refuse(const zmqjs_function *function, zmqjs_frame *frame)
{
    enum glue_failure_kind kind = GLUE_FAILED_CHILD;
    glue_frame_of(frame)->held = GLUE_HOLDS_NOTHING;
    if (!glue_forked()) {
        kind = GLUE_FAILED_RUNTIME;
        if (handle_acquire(&glue_runtime_handles, frame->runtime) != NULL) {
            handle_release(&glue_runtime_handles, frame->runtime);
            kind = GLUE_FAILED_BUSY;
        }
    }
    return glue_fail(function, frame, kind, 0);
}
