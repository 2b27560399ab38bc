/* Properties of sockets and monitors, and options of 32 bits. */
#include "draft.h"
#include "monitor.h"
#include "operations.h"
#include "prefetched.h"
#include "socket.h"

static inline int read_int(core_socket *socket, int option, int *value, size_t *size)
{
    *size = sizeof *value;
    socket->uses += option == ZMQ_EVENTS;
    if (__builtin_expect(socket->own_poller != NULL, 0)) {
        if (option == ZMQ_EVENTS)
            return core_own_poller_events(socket, value);
        if (option == ZMQ_FD) {
            *value = (int)socket->descriptor;
            return 0;
        }
    }
    if (option == ZMQ_EVENTS)
        return core_read_events(socket, value);
    if (sizeof(zmq_fd_t) != sizeof *value && option == ZMQ_FD) { /* only 32 bits of a socket's handle are used */
        zmq_fd_t descriptor;
        *size = sizeof descriptor;
        if (CORE_RETRY(zmq_getsockopt(socket->socket, option, &descriptor, size)) != 0)
            return zmq_errno();
        *value = (int)descriptor;
        *size = sizeof *value;
        return 0;
    }
    if (CORE_RETRY(zmq_getsockopt(socket->socket, option, value, size)) != 0)
        return zmq_errno();
    if (UNLIKELY(option == ZMQ_RCVMORE) && core_has_prefetched(socket))
        *value = socket->prefetched_more;
    return *size == sizeof *value ? 0 : -1;
}

int core_get_int(core_socket *socket, int option, int *value, size_t *size)
{
    return read_int(socket, option, value, size);
}

ALWAYS_INLINE int get(const operation *op, int option, int mask)
{
    int value;
    size_t size;
    int error = read_int(op->object, option, &value, &size);
    if (UNLIKELY(error != 0))
        return error < 0 ? op_fail(op, CORE_FAILED_OPTION, (int64_t)size) : op_fail_errno(op, error);
    return op_return_int32(op, value & mask);
}

unsigned char core_other_options[CORE_OPTIONS];

ALWAYS_INLINE int get_int(const operation *op)
{
    if (UNLIKELY((unsigned)op->integer < CORE_OPTIONS && core_other_options[op->integer]))
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    return get(op, op->integer, -1);
}

int op_get_int_fast(const zmqjs_function *function, zmqjs_frame *frame, const zmqjs_data *data, int32_t integer)
{
    return core_run_fast(function, frame, CORE_SOCKET, 1, data, integer, get_int);
}

int op_get_int(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_call_fast(function, frame, CORE_SOCKET, CORE_INTEGER, op_get_int_fast);
}

static int events(const operation *op)
{
    return get(op, ZMQ_EVENTS, -1);
}

int op_events(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, events);
}

static int readable(const operation *op)
{
    return get(op, ZMQ_EVENTS, ZMQ_POLLIN);
}

int op_monitor_events(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_MONITOR, readable);
}

static int descriptor(const operation *op)
{
    core_socket *socket = op->object;
    zmq_fd_t value = CORE_NO_FD;
    size_t size = sizeof value;
    if (socket->socket == NULL)
        return op_fail_errno(op, ENOTSOCK);
    if (socket->own_poller != NULL)
        return op_return_integer(op, (int64_t)socket->descriptor);
    if (CORE_RETRY(zmq_getsockopt(socket->socket, ZMQ_FD, &value, &size)) != 0)
        return op_fail_errno(op, zmq_errno());
    return op_return_integer(op, (int64_t)value);
}

int op_descriptor(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, descriptor);
}

int op_monitor_descriptor(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_MONITOR, descriptor);
}

static int type(const operation *op)
{
    return op_return_integer(op, ((const core_socket *)op->object)->type);
}

int op_type(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, type);
}

static int closed(const operation *op)
{
    return op_return_boolean(op, ((const core_socket *)op->object)->socket == NULL);
}

int op_closed(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, closed);
}

int op_monitor_closed(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_MONITOR, closed);
}

static int dropped(const operation *op)
{
    return op_return_integer(op, (int64_t)core_monitor_dropped(op->object));
}

int op_monitor_dropped(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_MONITOR, dropped);
}

static int messages_sent(const operation *op)
{
    return op_return_integer(op, (int64_t)((const core_socket *)op->object)->sent.messages);
}

int op_messages_sent(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, messages_sent);
}

static int bytes_sent(const operation *op)
{
    return op_return_integer(op, (int64_t)((const core_socket *)op->object)->sent.bytes);
}

int op_bytes_sent(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, bytes_sent);
}

static int messages_received(const operation *op)
{
    return op_return_integer(op, (int64_t)((const core_socket *)op->object)->received.messages);
}

int op_messages_received(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, messages_received);
}

static int bytes_received(const operation *op)
{
    return op_return_integer(op, (int64_t)((const core_socket *)op->object)->received.bytes);
}

int op_bytes_received(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, bytes_received);
}
