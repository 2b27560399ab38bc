#include "operations.h"
#include "receiving.h"
#include "utf8.h"

#include <string.h>

void op_trace_received(const glue_socket *socket, zmq_msg_t *message)
{
    glue_trace(ZMQJS_TRACE_RECEIVE, socket, zmq_msg_data(message), zmq_msg_size(message),
               zmq_msg_more(message) ? ZMQ_MORE : 0);
}

COLD int op_receive_failed(const operation *op, glue_socket *socket, zmq_msg_t *message, int flags, int error,
                           size_t *length)
{
    glue_wait wait;
    int timed_out = 0;
    int status = op_wait_begin_socket(op, &wait, socket, ZMQ_RCVTIMEO, flags, error);
    if (status != OP_WAITS)
        return status;
    while (!timed_out) {
        status = op_wait(op, &wait, &timed_out);
        if (status != ZMQJS_OK)
            return status;
        glue_expect(socket);
        error = glue_receive_size(socket, message, flags, length);
        if (error == 0) {
            if (glue_is_tracing())
                op_trace_received(socket, message);
            return OP_RECEIVED;
        }
        if (error != EAGAIN)
            return op_fail_errno(op, error);
    }
    return op_return(op, ZMQJS_UNDEFINED);
}

/* Receives a message part into the frame, for a call whose argument number index are its flags. */
static inline int receive(const operation *op, size_t index, zmq_msg_t **message, size_t *length)
{
    int flags;
    *message = &glue_frame_of(op->frame)->as.received.message;
    if (op_read_flags(op, index, &flags) != 0)
        return op_fail(op, GLUE_FAILED_ARGUMENTS, 0);
    return op_receive_part(op, op->object, flags, *message, length);
}

/* Gives the result, which shows the message: a small one is copied and closed, another one stays in the
 * frame. */
static inline int give(const operation *op, zmq_msg_t *message)
{
    zmqjs_data *result = &op->frame->result;
    glue_frame *memory = glue_frame_of(op->frame);
    if (result->length > GLUE_SMALL) {
        memory->held = GLUE_HOLDS_MESSAGE;
        return op_return_held(op);
    }
    memcpy(memory->as.received.small, result->as.data, result->length);
    result->as.data = memory->as.received.small;
    zmq_msg_close(message);
    return ZMQJS_OK;
}

static inline int receive_bytes(operation *op)
{
    zmq_msg_t *message;
    size_t length = 0;
    int status = receive(op, 0, &message, &length);
    if (status != OP_RECEIVED)
        return status;
    glue_describe_bytes(message, length, &op->frame->result);
    return give(op, message);
}

int op_receive_bytes(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, receive_bytes);
}

/* Gives a text that is not well-formed, after it was made so. */
static COLD int give_repaired(const operation *op, zmq_msg_t *message, size_t length)
{
    const char *text = zmq_msg_data(message);
    size_t size = utf8_repair(UTF8_OF_MESSAGE, text, length, NULL);
    zmq_msg_t moved;
    zmq_msg_init(&moved);
    zmq_msg_move(&moved, message); /* blocks take the place of the message in the frame */
    char *made = glue_frame_allocate(op->frame, size);
    if (made != NULL)
        utf8_repair(UTF8_OF_MESSAGE, zmq_msg_data(&moved), length, made);
    zmq_msg_close(&moved);
    if (made == NULL)
        return op_fail_errno(op, ENOMEM);
    op->frame->result = (zmqjs_data){.type = ZMQJS_STRING, .as.data = made, .length = size};
    return op_return_held(op);
}

static inline int receive_string(operation *op)
{
    zmq_msg_t *message;
    size_t length = 0;
    int status = receive(op, 0, &message, &length);
    if (status != OP_RECEIVED)
        return status;
    char *text = zmq_msg_data(message);
    /* Not the NUL that ends a C string. */
    if (length > 0 && text[length - 1] == '\0' && memchr(text, '\0', length) == text + length - 1)
        length--;
    if (!utf8_is_short_ascii(text, length) && !utf8_is_valid(text, length))
        return give_repaired(op, message, length);
    zmqjs_data *result = &op->frame->result;
    result->type = ZMQJS_STRING;
    result->flags = 0;
    result->as.data = text;
    result->length = length;
    return give(op, message);
}

int op_receive_string(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, receive_string);
}

/* Receives an integer of a certain size. */
static inline int receive_integer(const operation *op, void *integer, size_t size)
{
    zmq_msg_t *message;
    size_t length = 0;
    int status = receive(op, 0, &message, &length);
    if (status != OP_RECEIVED)
        return status;
    if (length == size)
        memcpy(integer, zmq_msg_data(message), size);
    zmq_msg_close(message);
    return length == size ? OP_RECEIVED : op_fail(op, GLUE_FAILED_SIZE, (int64_t)length);
}

static inline int receive_int(operation *op)
{
    int32_t integer = 0;
    int status = receive_integer(op, &integer, sizeof integer);
    return status == OP_RECEIVED ? op_return_integer(op, integer) : status;
}

int op_receive_int(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, receive_int);
}

static inline int receive_bigint(operation *op)
{
    int status = receive_integer(op, &op->frame->result.as.bigint, sizeof op->frame->result.as.bigint);
    if (status != OP_RECEIVED)
        return status;
    op->frame->result.flags = 0;
    return op_return(op, ZMQJS_BIGINT);
}

int op_receive_bigint(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, receive_bigint);
}

/* Reads an optional argument that is an offset into bytes: 0, or -1 if it is none. */
static int read_offset(const zmqjs_data *data, size_t length, size_t *offset)
{
    double number = data->type == ZMQJS_INT32 ? data->as.int32 : data->as.number;
    *offset = 0;
    if (data->type <= ZMQJS_NULL)
        return 0;
    if ((data->type != ZMQJS_INT32 && data->type != ZMQJS_DOUBLE) || !(number >= 0 && number <= (double)length))
        return -1;
    *offset = (size_t)number;
    return (double)*offset == number ? 0 : -1;
}

static int receive_into(operation *op)
{
    zmq_msg_t *message;
    size_t offset;
    const zmqjs_data *buffer = op_argument(op, 0);
    if (buffer->type != ZMQJS_BYTES || read_offset(op_argument(op, 1), buffer->length, &offset) != 0)
        return op_fail(op, GLUE_FAILED_ARGUMENTS, 0);
    size_t size = 0;
    int status = receive(op, 2, &message, &size);
    if (status != OP_RECEIVED)
        return status;
    size_t room = buffer->length - offset;
    if (size > 0 && room > 0)
        memcpy((char *)buffer->as.data + offset, zmq_msg_data(message), size < room ? size : room);
    zmq_msg_close(message);
    return op_return_integer(op, (int64_t)size);
}

int op_receive_into(const zmqjs_function *function, zmqjs_frame *frame)
{
    return glue_run(function, frame, GLUE_SOCKET, receive_into);
}
