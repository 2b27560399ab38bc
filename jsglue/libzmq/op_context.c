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

static int term(const operation *op)
{
    int status = terminate(op);
    return status == ZMQJS_OK ? op_return_integer(op, 0) : status;
}

int op_term(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_CONTEXT, term);
}

static int dispose(const operation *op)
{
    glue_socket closed;
    while (glue_context_close_socket(op->object, &closed)) {
        closed.endpoint = NULL; /* it may be gone */
        glue_trace_closed(&closed);
    }
    int status = terminate(op);
    return status == ZMQJS_OK ? op_return(op, ZMQJS_UNDEFINED) : status;
}

int op_context_dispose(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_CONTEXT, dispose);
}
