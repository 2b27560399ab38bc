#include "content.h"
#include "operations.h"
#include "tracing.h"

/* A message that is to be sent: all parts or none. */
typedef struct outgoing {
    const glue_part *parts;
    size_t count;
    int64_t size; /* of all */
    int flags;
} outgoing;

static COLD void trace_sent(glue_socket *socket, const outgoing *message)
{
    for (size_t i = 0; i < message->count; i++)
        glue_trace(ZMQJS_TRACE_SEND, socket, message->parts[i].data, message->parts[i].size,
                   i + 1 < message->count ? ZMQ_SNDMORE : message->flags & ZMQ_SNDMORE);
}

/* Sends all parts without waiting: 0, or an errno. */
static int send_all(glue_socket *socket, const outgoing *message)
{
    int error = message->count == 1 ? glue_send(socket, message->parts->data, message->parts->size, message->flags)
                                    : glue_send_parts(socket, message->parts, message->count, message->flags);
    if (error == 0 && glue_is_tracing())
        trace_sent(socket, message);
    return error;
}

/* What follows a send that has failed: it waits until there is room, if it may. */
static COLD int send_failed(const operation *op, glue_socket *socket, const outgoing *message, int error)
{
    glue_wait wait;
    int timed_out = 0;
    if (error == EAGAIN && glue_is_tracing())
        glue_trace(ZMQJS_TRACE_FULL, socket, NULL, message->parts->size, message->flags);
    int status = op_wait_begin_socket(op, &wait, socket, ZMQ_SNDTIMEO, message->flags, error);
    if (status != OP_WAITS)
        return status;
    while (!timed_out) {
        status = op_wait(op, &wait, &timed_out);
        if (status != ZMQJS_OK)
            return status;
        glue_refresh(socket);
        error = send_all(socket, message);
        if (error == 0)
            return op_return_integer(op, message->size);
        if (error != EAGAIN)
            return op_fail_errno(op, error);
    }
    return op_return(op, ZMQJS_UNDEFINED);
}

/* Has a part show the bytes of content, which are converted into memory of the frame if they must be: 0, or
 * ENOMEM. */
static int make_part(const operation *op, const glue_content *content, glue_part *part)
{
    *part = (glue_part){content->data, content->size};
    if (content->text == NULL)
        return 0;
    void *converted = glue_frame_allocate(op->frame, content->size);
    if (converted == NULL)
        return ENOMEM;
    glue_content_write(content, converted);
    part->data = converted;
    return 0;
}

/* Sends a value that is not sent as it lies in memory, or while there is a trace. */
static COLD int send_converted(const operation *op)
{
    glue_content content;
    glue_part part;
    if (glue_content_of(op->data, &content) != 0)
        return op_fail(op, GLUE_FAILED_ARGUMENTS, 0);
    if (make_part(op, &content, &part) != 0)
        return op_fail_errno(op, ENOMEM);
    const outgoing message = {&part, 1, (int64_t)part.size, op->integer};
    int error = send_all(op->object, &message);
    int status = error == 0 ? op_return_integer(op, message.size) : send_failed(op, op->object, &message, error);
    if (status != ZMQJS_EXCEPTION)
        glue_frame_release(op->frame);
    return status;
}

ALWAYS_INLINE int send(const operation *op)
{
    glue_socket *socket = op->object;
    const void *bytes;
    size_t size;
    if (UNLIKELY(!glue_content_in_place(op->data, &bytes, &size) || glue_is_tracing())) {
        const operation copy = *op;
        return send_converted(&copy);
    }
    int error = glue_send(socket, bytes, size, op->integer);
    if (LIKELY(error == 0))
        return op_return_integer(op, (int64_t)size);
    const operation copy = *op;
    const glue_part part = {bytes, size};
    const outgoing message = {&part, 1, (int64_t)size, op->integer};
    return send_failed(&copy, socket, &message, error);
}

int op_send_fast(const zmqjs_function *function, zmqjs_frame *frame, const zmqjs_data *data, int32_t integer)
{
    return glue_run_fast(function, frame, GLUE_SOCKET, 2, data, integer, send);
}

int op_send(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_call_fast(function, frame, GLUE_SOCKET, GLUE_VALUE_AND_OPTIONAL_INTEGER, op_send_fast);
}

static int send_multipart(const operation *op)
{
    const zmqjs_data *list = op_argument(op, 0);
    glue_socket *socket = op->object;
    outgoing message = {.count = list->length};
    if (list->type != ZMQJS_ARRAY || list->length == 0 || list->length > ZMQJS_ELEMENT_MAXIMUM ||
        list->as.elements == NULL || op_read_flags(op, 1, &message.flags) != 0)
        return op_fail(op, GLUE_FAILED_ARGUMENTS, 0);
    glue_content *content = glue_frame_allocate(op->frame, message.count * sizeof *content);
    glue_part *parts = glue_frame_allocate(op->frame, message.count * sizeof *parts);
    if (content == NULL || parts == NULL)
        return op_fail_errno(op, ENOMEM);
    for (size_t i = 0; i < message.count; i++) {
        if (glue_content_of(&list->as.elements[i], &content[i]) != 0)
            return op_fail(op, GLUE_FAILED_ARGUMENTS, 0);
        if (make_part(op, &content[i], &parts[i]) != 0)
            return op_fail_errno(op, ENOMEM);
        message.size += (int64_t)parts[i].size;
    }
    message.parts = parts;
    int error = send_all(socket, &message);
    int status = error == 0 ? op_return_integer(op, message.size) : send_failed(op, socket, &message, error);
    if (status != ZMQJS_EXCEPTION)
        glue_frame_release(op->frame);
    return status;
}

int op_send_multipart(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, send_multipart);
}
