/* Terminating a context, which waits until its sockets are closed and have sent their messages. */
#include "environment.h"
#include "operations.h"
#include "socket.h"
#include "tracing.h"
#include "unsent_report.h"
#include "wait.h"

#include <stdlib.h>

/* The time in milliseconds after which term() reports what it waits for; 0: never. */
static int report_after(void)
{
    return (int)core_environment("ZMQJS_TERM_REPORT", 1000000000, 5000);
}

static void report(core_context *context)
{
    char *line = core_context_waits_for(context);
    if (line != NULL)
        core_report_line("%s", line);
    free(line);
}

/* Terminates the context: ZMQJS_OK, or the status of a failure. */
static int terminate(const operation *op)
{
    core_context *context = op->object;
    OP_WAITING(wait);
    zmq_fd_t event;
    int timed_out = 1, milliseconds = report_after();
    if (core_context_terminate(context, &event) != 0)
        return op_fail_errno(op, errno);
    if (event == CORE_NO_FD)
        return ZMQJS_OK;
    op_wait_begin(op, &wait, event, NULL, milliseconds > 0 ? core_deadline(milliseconds) : -1);
    for (;;) {
        int status = op_wait(op, &wait, &timed_out);
        if (status != ZMQJS_OK || !timed_out)
            return status;
        report(context);
        wait.wait.deadline = -1;
    }
}

/* Begins to terminate the context and stores in *ended whether it has terminated: ZMQJS_OK, or
 * the status of a failure. */
static int begin_to_terminate(const operation *op, int *ended)
{
    zmq_fd_t event;
    if (core_context_terminate(op->object, &event) != 0)
        return op_fail_errno(op, errno);
    *ended = event == CORE_NO_FD;
    return ZMQJS_OK;
}

static int term(const operation *op)
{
    int flags, ended = 1;
    if (op_read_flags(op, 0, &flags) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    int status = flags & ZMQ_DONTWAIT ? begin_to_terminate(op, &ended) : terminate(op);
    if (status != ZMQJS_OK)
        return status;
    return ended ? op_return_integer(op, 0) : op_return(op, ZMQJS_UNDEFINED);
}

int op_term(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_CONTEXT, term);
}

static int dispose(const operation *op)
{
    core_socket closed;
    int flags, ended;
    if (op_read_flags(op, 0, &flags) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    while (core_context_close_socket(op->object, &closed)) {
        closed.endpoint = NULL; /* it may have been freed */
        core_trace_closed(&closed);
    }
    int status = flags & ZMQ_DONTWAIT ? begin_to_terminate(op, &ended) : terminate(op);
    return status == ZMQJS_OK ? op_return(op, ZMQJS_UNDEFINED) : status;
}

int op_context_dispose(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_CONTEXT, dispose);
}

static int descriptor(const operation *op)
{
    zmq_fd_t event = core_context_event(op->object);
    return op_return_integer(op, event != CORE_NO_FD ? (int64_t)event : -1);
}

int op_context_descriptor(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_CONTEXT, descriptor);
}
