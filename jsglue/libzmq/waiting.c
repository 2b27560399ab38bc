#include "left.h"
#include "operation.h"
#include "runtime.h"
#include "socket.h"
#include "wait.h"

#include <errno.h>

static int ask_engine(void *argument)
{
    const operation *op = argument;
    return op->runtime->engine.interrupted(op->runtime->payload, op->frame->context);
}

void op_wait_begin(const operation *op, op_waiting *waiting, zmq_fd_t descriptor, core_poller *poller, int64_t deadline)
{
    core_wait *wait = &waiting->wait;
    if (waiting->op == NULL)
        core_cancel_disable(op->runtime);
    waiting->op = op;
    *wait = (core_wait){.descriptor = descriptor, .poller = poller, .deadline = deadline};
    if (op->runtime->engine.interrupted != NULL) {
        wait->interrupted = ask_engine;
        wait->argument = (void *)op;
    }
}

void op_wait_end(const op_waiting *waiting)
{
    if (waiting->op == NULL)
        return;
    core_runtime *runtime = waiting->op->runtime;
    if (atomic_load_explicit(&runtime->waits_at, memory_order_relaxed) == 0)
        core_cancel_restore(runtime);
    else
        core_wait_left(runtime, waiting->op->frame);
}

int op_wait(const operation *op, const op_waiting *waiting, int *timed_out)
{
    enum core_wait_result result = core_wait_for(op->runtime, &waiting->wait);
    *timed_out = result == CORE_WAIT_TIMEOUT;
    switch (result) {
    case CORE_WAIT_READY:
    case CORE_WAIT_TIMEOUT:
        return ZMQJS_OK;
    case CORE_WAIT_FAILED:
        return op_fail_errno(op, errno);
    default:
        return op_fail(op, CORE_FAILED_INTERRUPTED, 0);
    }
}

int op_wait_begin_socket(const operation *op, op_waiting *waiting, core_socket *socket, int timeout_option, int flags,
                         int error)
{
    int timeout = -1;
    size_t size = sizeof timeout;
    if (error != EAGAIN)
        return op_fail_errno(op, error);
    if (flags & ZMQ_DONTWAIT)
        return op_return(op, ZMQJS_UNDEFINED);
    if (CORE_RETRY(zmq_getsockopt(socket->socket, timeout_option, &timeout, &size)) != 0)
        return op_fail_errno(op, zmq_errno());
    if (timeout == 0)
        return op_return(op, ZMQJS_UNDEFINED);
    op_wait_begin(op, waiting, socket->descriptor, NULL, core_deadline(timeout));
    return OP_WAITS;
}
