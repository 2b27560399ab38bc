/* Ending a context, which waits until its sockets are closed and have sent their messages. */
#include "operations.h"
#include "tracing.h"

#include <stdlib.h>

/* After how many milliseconds term() tells what it waits for; 0: never. */
static int report_after(void)
{
    return (int)glue_environment("ZMQJS_TERM_REPORT", 1000000000, 5000);
}

static void report(glue_context *context)
{
    char *line = glue_context_waits_for(context);
    if (line != NULL)
        glue_report_line("%s", line);
    free(line);
}

/* Terminates the context: ZMQJS_OK, or the status of a failure. */
static int terminate(const operation *op)
{
    glue_context *context = op->object;
    OP_WAITING(wait);
    zmq_fd_t event;
    int timed_out = 1, milliseconds = report_after();
    if (glue_context_terminate(context, &event) != 0)
        return op_fail_errno(op, errno);
    if (event == GLUE_NO_FD)
        return ZMQJS_OK;
    op_wait_begin(op, &wait, event, NULL, milliseconds > 0 ? glue_deadline(milliseconds) : -1);
    for (;;) {
        int status = op_wait(op, &wait, &timed_out);
        if (status != ZMQJS_OK || !timed_out)
            return status;
        report(context);
        wait.wait.deadline = -1;
    }
}

/* Begins to terminate the context, and tells in *ended whether that is done: ZMQJS_OK, or the status of a failure. */
static int begin_to_terminate(const operation *op, int *ended)
{
    zmq_fd_t event;
    if (glue_context_terminate(op->object, &event) != 0)
        return op_fail_errno(op, errno);
    *ended = event == GLUE_NO_FD;
    return ZMQJS_OK;
}

static int term(const operation *op)
{
    int flags, ended = 1;
    if (op_read_flags(op, 0, &flags) != 0)
        return op_fail(op, GLUE_FAILED_ARGUMENTS, 0);
    int status = flags & ZMQ_DONTWAIT ? begin_to_terminate(op, &ended) : terminate(op);
    if (status != ZMQJS_OK)
        return status;
    return ended ? op_return_integer(op, 0) : op_return(op, ZMQJS_UNDEFINED);
}

int op_term(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_CONTEXT, term);
}

static int dispose(const operation *op)
{
    glue_socket closed;
    int flags, ended;
    if (op_read_flags(op, 0, &flags) != 0)
        return op_fail(op, GLUE_FAILED_ARGUMENTS, 0);
    while (glue_context_close_socket(op->object, &closed)) {
        closed.endpoint = NULL; /* it may be gone */
        glue_trace_closed(&closed);
    }
    int status = flags & ZMQ_DONTWAIT ? begin_to_terminate(op, &ended) : terminate(op);
    return status == ZMQJS_OK ? op_return(op, ZMQJS_UNDEFINED) : status;
}

int op_context_dispose(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_CONTEXT, dispose);
}

static int descriptor(const operation *op)
{
    zmq_fd_t event = glue_context_event(op->object);
    return op_return_integer(op, event != GLUE_NO_FD ? (int64_t)event : -1);
}

int op_context_descriptor(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_CONTEXT, descriptor);
}
