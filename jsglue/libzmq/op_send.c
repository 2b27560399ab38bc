#include "content.h"
#include "draft.h"
#include "message.h"
#include "operations.h"
#include "parts.h"
#include "pool.h"
#include "socket.h"
#include "tracing.h"
#include "zmq_draft.h"

/* A message to be sent: all parts or none. */
typedef struct outgoing {
    const core_part *parts;
    size_t count;
    int64_t size; /* of all parts */
    int flags;
    const core_destination *to; /* or NULL; with one part */
} outgoing;

static COLD void trace_sent(core_socket *socket, const outgoing *message)
{
    for (size_t i = 0; i < message->count; i++)
        core_trace(ZMQJS_TRACE_SEND, socket, message->parts[i].data, message->parts[i].size,
                   i + 1 < message->count ? ZMQ_SNDMORE : message->flags & ZMQ_SNDMORE);
}

static int send_one(core_socket *socket, const outgoing *message)
{
    const core_part *part = message->parts;
    if (message->to != NULL)
        return core_send_to(socket, part->data, part->size, message->to, message->flags);
    return part->lent != NULL ? core_send_slowly(socket, part, message->flags)
                              : core_send(socket, part->data, part->size, message->flags);
}

/* Sends all parts without waiting: 0, or an errno. */
static int send_all(core_socket *socket, const outgoing *message)
{
    int error = message->count == 1 ? send_one(socket, message)
                                    : core_send_parts(socket, message->parts, message->count, message->flags);
    if (error == 0 && core_is_tracing())
        trace_sent(socket, message);
    return error;
}

/* Continues after a send that has failed: waits until there is room, if the call may wait. */
static COLD int send_failed(const operation *op, core_socket *socket, const outgoing *message, int error)
{
    OP_WAITING(wait);
    int timed_out = 0;
    if (error == EAGAIN && core_is_tracing())
        core_trace(ZMQJS_TRACE_FULL, socket, NULL, message->parts->size, message->flags);
    int status = op_wait_begin_socket(op, &wait, socket, ZMQ_SNDTIMEO, message->flags, error);
    if (status != OP_WAITS)
        return status;
    while (!timed_out) {
        status = op_wait(op, &wait, &timed_out);
        if (status != ZMQJS_OK)
            return status;
        core_refresh(socket);
        error = send_all(socket, message);
        if (error == 0)
            return op_return_integer(op, message->size);
        if (error != EAGAIN)
            return op_fail_errno(op, error);
    }
    return op_return(op, ZMQJS_UNDEFINED);
}

/* Makes a part of the bytes of content, which are converted into memory of the frame if
 * necessary: 0, or ENOMEM. Lent bytes are copied over inproc, where the receiver would share and
 * keep them for any time, and in a shared context, which can outlive the runtime. */
static int make_part(const operation *op, const core_content *content, core_part *part)
{
    const core_socket *socket = op->object;
    int lends = content->lent != NULL && content->size >= CORE_POOL_MINIMUM && !socket->has_inproc &&
                socket->socket != NULL && (socket->context->shared == NULL || content->is_lasting);
    *part = (core_part){content->data, content->size, lends ? content->lent : NULL};
    if (content->text == NULL)
        return 0;
    void *converted = core_frame_allocate(op->frame, content->size);
    if (converted == NULL)
        return ENOMEM;
    core_content_write(content, converted);
    part->data = converted;
    return 0;
}

/* Sends content that has to be converted, or that has a destination. */
static APART int send_content(const operation *op, const core_content *content, const core_destination *to, int flags)
{
    core_part part;
    if (make_part(op, content, &part) != 0)
        return op_fail_errno(op, ENOMEM);
    const outgoing message = {&part, 1, (int64_t)part.size, flags, to};
    int error = send_all(op->object, &message);
    int status = error == 0 ? op_return_integer(op, message.size) : send_failed(op, op->object, &message, error);
    if (status != ZMQJS_EXCEPTION)
        core_frame_release(op->frame);
    return status;
}

/* Sends a value that has to be converted, or that is traced. */
static APART int send_converted(const operation *op)
{
    core_content content;
    if (core_content_of(op->data, &content) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    return send_content(op, &content, NULL, op->integer);
}

ALWAYS_INLINE int send(const operation *op)
{
    core_socket *socket = op->object;
    const void *bytes;
    size_t size;
    if (UNLIKELY(!core_content_in_place(op->data, &bytes, &size) || core_is_tracing())) {
        const operation copy = *op;
        return send_converted(&copy);
    }
    int error = core_send(socket, bytes, size, op->integer);
    if (LIKELY(error == 0))
        return op_return_integer(op, (int64_t)size);
    const operation copy = *op;
    const core_part part = {bytes, size, NULL};
    const outgoing message = {&part, 1, (int64_t)size, op->integer, NULL};
    return send_failed(&copy, socket, &message, error);
}

int op_send_fast(const zmqjs_function *function, zmqjs_frame *frame, const zmqjs_data *data, int32_t integer)
{
    return core_run_fast(function, frame, CORE_SOCKET, 2, data, integer, send);
}

int op_send(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_call_fast(function, frame, CORE_SOCKET, CORE_VALUE_AND_OPTIONAL_INTEGER, op_send_fast);
}

/* Reads a routing id, or a group into text with room for it and a NUL: 0, or -1 if it is not
 * valid. */
static int read_destination(const zmqjs_data *data, char *text, core_destination *to)
{
    double number = data->type == ZMQJS_INT32 ? data->as.int32 : data->as.number;
    core_content group;
    *to = (core_destination){0, NULL};
    if (data->type == ZMQJS_INT32 || data->type == ZMQJS_DOUBLE) {
        if (!(number >= 1 && number <= UINT32_MAX))
            return -1;
        to->routing_id = (uint32_t)number;
        return to->routing_id == number ? 0 : -1;
    }
    if ((data->type != ZMQJS_STRING && data->type != ZMQJS_BYTES) || core_content_of(data, &group) != 0 || group.size > CORE_GROUP)
        return -1;
    core_content_write(&group, text);
    text[group.size] = '\0';
    to->group = text;
    return memchr(text, 0, group.size) == NULL ? 0 : -1;
}

/* Whether a socket of a type sends to such a destination; an errno if it has no destinations. */
static int takes_destination(int type, const core_destination *to)
{
    if (type == ZMQ_RADIO)
        return to->group != NULL ? 0 : -1;
    if (type != ZMQ_SERVER && type != ZMQ_PEER)
        return ENOTSUP;
    return to->group == NULL ? 0 : -1;
}

static int send_to(const operation *op)
{
    core_socket *socket = op->object;
    char group[CORE_GROUP + 1];
    core_destination to;
    core_content content;
    int flags;
    if (op->frame->argument_count < 2 || read_destination(&op->frame->arguments[0], group, &to) != 0 ||
        core_content_of(&op->frame->arguments[1], &content) != 0 || op_read_flags(op, 2, &flags) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    int error = takes_destination(socket->type, &to);
    if (error != 0)
        return error > 0 ? op_fail_errno(op, error) : op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    return send_content(op, &content, &to, flags);
}

int op_send_to(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, send_to);
}

static int send_multipart(const operation *op)
{
    const zmqjs_data *list = op_argument(op, 0);
    core_socket *socket = op->object;
    outgoing message = {.count = list->length};
    if (list->type != ZMQJS_ARRAY || list->length == 0 || list->length > ZMQJS_ELEMENT_MAXIMUM ||
        list->as.elements == NULL || op_read_flags(op, 1, &message.flags) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    core_content *content = core_frame_allocate(op->frame, message.count * sizeof *content);
    core_part *parts = core_frame_allocate(op->frame, message.count * sizeof *parts);
    if (content == NULL || parts == NULL)
        return op_fail_errno(op, ENOMEM);
    for (size_t i = 0; i < message.count; i++) {
        if (core_content_of(&list->as.elements[i], &content[i]) != 0)
            return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
        if (make_part(op, &content[i], &parts[i]) != 0)
            return op_fail_errno(op, ENOMEM);
        message.size += (int64_t)parts[i].size;
    }
    message.parts = parts;
    int error = send_all(socket, &message);
    int status = error == 0 ? op_return_integer(op, message.size) : send_failed(op, socket, &message, error);
    if (status != ZMQJS_EXCEPTION)
        core_frame_release(op->frame);
    return status;
}

int op_send_multipart(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, send_multipart);
}
