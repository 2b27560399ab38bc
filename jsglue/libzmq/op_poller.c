/* The entries of a poller. */
#include "operations.h"
#include "poller.h"
#include "poller_operation.h"
#include "socket.h"

int op_poller_finish(const operation *op, int status)
{
    core_poller *poller = op->object;
    if (status == ZMQJS_EXCEPTION || poller->dropped == 0)
        return status;
    zmqjs_keep *keep = core_frame_allocate(op->frame, 2 * (size_t)poller->dropped * sizeof *keep);
    if (keep == NULL)
        return status; /* a later call drops them */
    op->frame->keep_count = core_poller_take_dropped(poller, keep);
    op->frame->keep = keep;
    return ZMQJS_HELD;
}

static int size(const operation *op)
{
    core_poller *poller = op->object;
    core_poller_leave_closed(poller);
    return op_poller_finish(op, op_return_integer(op, poller->used));
}

int op_poller_size(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, size);
}

/* A socket, or if that is NULL a descriptor. */
typedef struct pollable {
    core_socket *socket;
    zmq_fd_t descriptor;
} pollable;

/* Reads the number of a descriptor, which need not be open: 0, or -1 if it is not a valid one. */
static int read_descriptor(const zmqjs_data *data, zmq_fd_t *descriptor)
{
    static const double safe = 9007199254740991;
    int64_t number = data->as.int32;
    if (data->type == ZMQJS_DOUBLE && data->as.number >= -safe && data->as.number <= safe)
        number = (int64_t)data->as.number;
    else if (data->type != ZMQJS_INT32)
        return -1;
    *descriptor = (zmq_fd_t)number;
    return (int64_t)*descriptor == number && (data->type == ZMQJS_INT32 || (double)number == data->as.number) ? 0 : -1;
}

/* Reads the first argument: 0, or -1 if it is not valid. */
static int read_pollable(const operation *op, pollable *wanted)
{
    const zmqjs_data *data = op_argument(op, 0);
    wanted->socket = NULL;
    wanted->descriptor = CORE_NO_FD;
    if (data->type != ZMQJS_INSTANCE)
        return read_descriptor(data, &wanted->descriptor);
    const zmqjs_instance *instance = data->as.instance;
    if (instance->class_number != CORE_SOCKET && instance->class_number != CORE_MONITOR)
        return -1;
    if (instance == NULL || instance->home != op->frame->runtime)
        return -1;
    wanted->socket = instance->object;
    return 0;
}

/* Whether it can be in a poller: 0, or an errno. */
static int check(const pollable *wanted)
{
    if (wanted->socket != NULL)
        return wanted->socket->socket != NULL ? 0 : ENOTSOCK;
    return core_is_open(wanted->descriptor) ? 0 : EBADF;
}

enum { ALL_EVENTS = ZMQ_POLLIN | ZMQ_POLLOUT | ZMQ_POLLERR | ZMQ_POLLPRI };

static int add(const operation *op)
{
    core_poller *poller = op->object;
    core_frame *memory = core_frame_of(op->frame);
    pollable wanted;
    int events;
    if (read_pollable(op, &wanted) != 0 || core_read_integer(op_argument(op, 1), &events) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    core_poller_leave_closed(poller);
    int error = check(&wanted);
    if (error == 0 && core_poller_find(poller, wanted.socket, wanted.descriptor) >= 0)
        error = EEXIST; /* Go reports it as EINVAL, and ENOENT too */
    if (error == 0 && (events & ~ALL_EVENTS) != 0)
        error = EINVAL;
    if (error != 0)
        return op_fail_errno(op, error);
    int index = core_poller_find_free(poller);
    if (core_poller_add(poller, index, wanted.socket, wanted.descriptor, events) != 0)
        return op_fail_errno(op, errno);
    zmqjs_keep *keep = memory->as.keep;
    if (poller->dropped > 0) { /* the dropped values come first */
        keep = core_frame_allocate(op->frame, (2 * (size_t)poller->dropped + 2) * sizeof *keep);
        if (keep == NULL) {
            core_poller_remove(poller, index);
            return op_fail_errno(op, ENOMEM);
        }
    }
    size_t count = core_poller_take_dropped(poller, keep);
    keep[count++] = (zmqjs_keep){2 * (uint32_t)index, 0};
    keep[count++] = (zmqjs_keep){2 * (uint32_t)index + 1, op->frame->argument_count > 2 ? 2 : -1};
    core_poller_keep(poller, index);
    op_return_integer(op, 0);
    op->frame->keep = keep;
    op->frame->keep_count = count;
    return ZMQJS_HELD;
}

int op_poller_add(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, add);
}

/* Finds the entry of the first argument: 0, or the status of a failure. */
static int find(const operation *op, int *index)
{
    core_poller *poller = op->object;
    pollable wanted;
    if (read_pollable(op, &wanted) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    core_poller_leave_closed(poller);
    *index = core_poller_find(poller, wanted.socket, wanted.descriptor);
    if (*index >= 0)
        return ZMQJS_OK;
    int error = check(&wanted);
    return op_fail_errno(op, error != 0 ? error : ENOENT);
}

static int modify(const operation *op)
{
    int events, index = -1;
    if (core_read_integer(op_argument(op, 1), &events) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    int status = find(op, &index);
    if (status != ZMQJS_OK)
        return status;
    if ((events & ~ALL_EVENTS) != 0)
        return op_fail_errno(op, EINVAL);
    core_poller_modify(op->object, index, events);
    return op_poller_finish(op, op_return_integer(op, 0));
}

int op_poller_modify(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, modify);
}

static int remove_entry(const operation *op)
{
    int index = -1;
    int status = find(op, &index);
    if (status != ZMQJS_OK)
        return status;
    core_poller_remove(op->object, index);
    return op_poller_finish(op, op_return_integer(op, 0));
}

int op_poller_remove(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, remove_entry);
}

static int clear(const operation *op)
{
    core_poller *poller = op->object;
    for (int index; (index = core_poller_find_used(poller)) >= 0;)
        core_poller_remove(poller, index);
    return op_poller_finish(op, op_return(op, ZMQJS_UNDEFINED));
}

int op_poller_clear(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, clear);
}

static int descriptor(const operation *op)
{
    zmq_fd_t found = CORE_NO_FD;
    core_poller_leave_closed(op->object);
    int error = core_poller_descriptor(op->object, &found);
    return error == 0 ? op_poller_finish(op, op_return_integer(op, (int64_t)found)) : op_fail_errno(op, error);
}

int op_poller_descriptor(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, descriptor);
}
