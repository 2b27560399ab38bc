/* Properties of sockets and monitors, and options of 32 bits. */
#include "operations.h"

static inline int read_int(glue_socket *socket, int option, int *value, size_t *size)
{
    *size = sizeof *value;
    socket->uses += option == ZMQ_EVENTS;
    if (__builtin_expect(socket->own_poller != NULL, 0)) {
        if (option == ZMQ_EVENTS)
            return glue_own_poller_events(socket, value);
        if (option == ZMQ_FD) {
            *value = (int)socket->descriptor;
            return 0;
        }
    }
    if (GLUE_RETRY(zmq_getsockopt(socket->socket, option, value, size)) != 0)
        return zmq_errno();
    return *size == sizeof *value ? 0 : -1;
}

int glue_get_int(glue_socket *socket, int option, int *value, size_t *size)
{
    return read_int(socket, option, value, size);
}

ALWAYS_INLINE int get(const operation *op, int option, int mask)
{
    int value;
    size_t size;
    int error = read_int(op->object, option, &value, &size);
    if (UNLIKELY(error != 0))
        return error < 0 ? op_fail(op, GLUE_FAILED_OPTION, (int64_t)size) : op_fail_errno(op, error);
    return op_return_int32(op, value & mask);
}

unsigned char glue_other_options[GLUE_OPTIONS];

ALWAYS_INLINE int get_int(const operation *op)
{
    if (UNLIKELY((unsigned)op->integer < GLUE_OPTIONS && glue_other_options[op->integer]))
        return op_fail(op, GLUE_FAILED_ARGUMENTS, 0);
    return get(op, op->integer, -1);
}

int op_get_int_fast(const zmqjs_function *function, zmqjs_frame *frame, const zmqjs_data *data, int32_t integer)
{
    return glue_run_fast(function, frame, GLUE_SOCKET, 1, data, integer, get_int);
}

int op_get_int(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_call_fast(function, frame, GLUE_SOCKET, GLUE_INTEGER, op_get_int_fast);
}

static int events(const operation *op)
{
    return get(op, ZMQ_EVENTS, -1);
}

int op_events(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, events);
}

static int readable(const operation *op)
{
    return get(op, ZMQ_EVENTS, ZMQ_POLLIN);
}

int op_monitor_events(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_MONITOR, readable);
}

static int descriptor(const operation *op)
{
    glue_socket *socket = op->object;
    zmq_fd_t value = GLUE_NO_FD;
    size_t size = sizeof value;
    if (socket->socket == NULL)
        return op_fail_errno(op, ENOTSOCK);
    if (socket->own_poller != NULL)
        return op_return_integer(op, (int64_t)socket->descriptor);
    if (GLUE_RETRY(zmq_getsockopt(socket->socket, ZMQ_FD, &value, &size)) != 0)
        return op_fail_errno(op, zmq_errno());
    return op_return_integer(op, (int64_t)value);
}

int op_descriptor(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, descriptor);
}

int op_monitor_descriptor(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_MONITOR, descriptor);
}

static int type(const operation *op)
{
    return op_return_integer(op, ((const glue_socket *)op->object)->type);
}

int op_type(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, type);
}

static int closed(const operation *op)
{
    return op_return_boolean(op, ((const glue_socket *)op->object)->socket == NULL);
}

int op_closed(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, closed);
}

int op_monitor_closed(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_MONITOR, closed);
}

static int dropped(const operation *op)
{
    return op_return_integer(op, (int64_t)glue_monitor_dropped(op->object));
}

int op_monitor_dropped(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_MONITOR, dropped);
}

static int messages_sent(const operation *op)
{
    return op_return_integer(op, (int64_t)((const glue_socket *)op->object)->sent.messages);
}

int op_messages_sent(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, messages_sent);
}

static int bytes_sent(const operation *op)
{
    return op_return_integer(op, (int64_t)((const glue_socket *)op->object)->sent.bytes);
}

int op_bytes_sent(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, bytes_sent);
}

static int messages_received(const operation *op)
{
    return op_return_integer(op, (int64_t)((const glue_socket *)op->object)->received.messages);
}

int op_messages_received(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, messages_received);
}

static int bytes_received(const operation *op)
{
    return op_return_integer(op, (int64_t)((const glue_socket *)op->object)->received.bytes);
}

int op_bytes_received(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, bytes_received);
}
