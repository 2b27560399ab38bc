#include "message.h"
#include "operations.h"
#include "pool.h"
#include "receiving.h"
#include "socket.h"
#include "utf8.h"

#include <string.h>

void op_trace_received(const core_socket *socket, zmq_msg_t *message)
{
    core_trace(ZMQJS_TRACE_RECEIVE, socket, zmq_msg_data(message), zmq_msg_size(message),
               zmq_msg_more(message) ? ZMQ_MORE : 0);
}

COLD int op_receive_failed(const operation *op, core_socket *socket, zmq_msg_t *message, int flags, int error,
                           size_t *length)
{
    OP_WAITING(wait);
    int timed_out = 0;
    int status = op_wait_begin_socket(op, &wait, socket, ZMQ_RCVTIMEO, flags, error);
    if (status != OP_WAITS)
        return status;
    while (!timed_out) {
        status = op_wait(op, &wait, &timed_out);
        if (status != ZMQJS_OK)
            return status;
        core_expect(socket);
        error = core_receive_size(socket, message, flags, length);
        if (error == 0) {
            if (core_is_tracing())
                op_trace_received(socket, message);
            return OP_RECEIVED;
        }
        if (error != EAGAIN)
            return op_fail_errno(op, error);
    }
    return op_return(op, ZMQJS_UNDEFINED);
}

/* A message part that was received. */
typedef struct received {
    zmq_msg_t *message; /* the runtime's, or the frame's */
    unsigned char *data;
    size_t length;
} received;

/* Whether a message contains its bytes, so that no other memory stays allocated with it. */
static inline int lies_inside(const zmq_msg_t *message, const void *data)
{
    return (uintptr_t)data - (uintptr_t)message < sizeof *message;
}

static inline zmq_msg_t *own_message(const operation *op)
{
    return &core_frame_of(op->frame)->as.received.message;
}

/* Receives a part, into the frame's message if it is probably a large one. */
ALWAYS_INLINE int receive(const operation *op, int flags, received *part)
{
    core_socket *socket = op->object;
    part->message = &op->runtime->message;
    if (socket->receives_large) {
        part->message = own_message(op);
        zmq_msg_init(part->message);
    }
    int status = op_receive_part(op, socket, flags, part->message, &part->length);
    if (status != OP_RECEIVED)
        return status;
    if (UNLIKELY(zmq_msg_more(part->message)))
        core_prefetch_rest(socket);
    part->data = zmq_msg_data(part->message);
    return OP_RECEIVED;
}

/* Whether the message may stay in the runtime until the next one arrives. */
static inline int may_stay(const operation *op, const received *part)
{
    return part->message == &op->runtime->message && lies_inside(part->message, part->data);
}

/* Moves a message that may not stay into the frame's message, and notes the expected size of the
 * next one. */
static void take_over(const operation *op, received *part)
{
    core_socket *socket = op->object;
    if (part->message == own_message(op)) {
        socket->receives_large = !lies_inside(part->message, part->data);
        return;
    }
    socket->receives_large = 1;
    zmq_msg_init(own_message(op));
    zmq_msg_move(own_message(op), part->message);
    part->message = own_message(op);
    part->data = zmq_msg_data(part->message);
}

static inline void finish(const operation *op, received *part)
{
    if (LIKELY(may_stay(op, part)))
        return;
    received moved = *part;
    take_over(op, &moved);
    zmq_msg_close(moved.message);
}

/* Copies at most CORE_SMALL bytes. */
static inline void copy_small(unsigned char *to, const unsigned char *from, size_t length)
{
    uint64_t first, last;
    uint32_t first_half, last_half;
    if (length >= sizeof first) {
        memcpy(&last, from + length - sizeof last, sizeof last);
        for (size_t i = 0; i + sizeof first < length; i += sizeof first) {
            memcpy(&first, from + i, sizeof first);
            memcpy(to + i, &first, sizeof first);
        }
        memcpy(to + length - sizeof last, &last, sizeof last);
    } else if (length >= sizeof first_half) {
        memcpy(&first_half, from, sizeof first_half);
        memcpy(&last_half, from + length - sizeof last_half, sizeof last_half);
        memcpy(to, &first_half, sizeof first_half);
        memcpy(to + length - sizeof last_half, &last_half, sizeof last_half);
    } else {
        while (length-- > 0)
            to[length] = from[length];
    }
}

/* Returns the part's bytes as the result: those of a small one are copied; a large one stays in
 * the frame. */
ALWAYS_INLINE int give(const operation *op, const received *part, enum zmqjs_type type)
{
    zmqjs_data *result = &op->frame->result;
    core_frame *memory = core_frame_of(op->frame);
    result->type = type;
    result->flags = 0;
    result->length = part->length;
    if (LIKELY(may_stay(op, part))) {
        result->as.data = memory->as.received.small;
        copy_small(memory->as.received.small, part->data, part->length);
        return ZMQJS_OK;
    }
    received moved = *part;
    take_over(op, &moved);
    if (moved.length > CORE_SMALL) {
        result->as.data = moved.data;
        memory->held = CORE_HOLDS_MESSAGE;
        return op_return_held(op);
    }
    result->as.data = memory->as.received.small;
    copy_small(memory->as.received.small, moved.data, moved.length);
    zmq_msg_close(moved.message);
    return ZMQJS_OK;
}

ALWAYS_INLINE int receive_bytes(const operation *op)
{
    received part;
    int status = receive(op, op->integer, &part);
    if (status != OP_RECEIVED)
        return status;
    status = give(op, &part, ZMQJS_BYTES);
    if (part.length >= CORE_POOL_MINIMUM)
        op->frame->result.flags = core_message_flags(own_message(op), part.length);
    return status;
}

int op_receive_bytes_fast(const zmqjs_function *function, zmqjs_frame *frame, const zmqjs_data *data, int32_t integer)
{
    return core_run_fast(function, frame, CORE_SOCKET, 1, data, integer, receive_bytes);
}

int op_receive_bytes(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_call_fast(function, frame, CORE_SOCKET, CORE_OPTIONAL_INTEGER, op_receive_bytes_fast);
}

/* Returns a text that is not well-formed, after repair. */
static COLD int give_repaired(const operation *op, const received *part)
{
    size_t size = utf8_repair(UTF8_OF_MESSAGE, (const char *)part->data, part->length, NULL);
    zmq_msg_t moved;
    zmq_msg_init(&moved);
    zmq_msg_move(&moved, part->message); /* blocks replace the message in the frame */
    char *made = core_frame_allocate(op->frame, size);
    if (made != NULL)
        utf8_repair(UTF8_OF_MESSAGE, zmq_msg_data(&moved), part->length, made);
    zmq_msg_close(&moved);
    if (made == NULL)
        return op_fail_errno(op, ENOMEM);
    op->frame->result = (zmqjs_data){.type = ZMQJS_STRING, .as.data = made, .length = size};
    return op_return_held(op);
}

ALWAYS_INLINE int receive_string(const operation *op)
{
    received part;
    int status = receive(op, op->integer, &part);
    if (status != OP_RECEIVED)
        return status;
    const char *text = (const char *)part.data;
    /* Without the NUL that ends a C string. */
    if (part.length > 0 && text[part.length - 1] == '\0' &&
        memchr(text, '\0', part.length) == text + part.length - 1)
        part.length--;
    if (UNLIKELY(!utf8_is_short_ascii(text, part.length)) && !utf8_is_valid(text, part.length)) {
        const operation copy = *op;
        const received ill_formed = part;
        return give_repaired(&copy, &ill_formed);
    }
    return give(op, &part, ZMQJS_STRING);
}

int op_receive_string_fast(const zmqjs_function *function, zmqjs_frame *frame, const zmqjs_data *data, int32_t integer)
{
    return core_run_fast(function, frame, CORE_SOCKET, 1, data, integer, receive_string);
}

int op_receive_string(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_call_fast(function, frame, CORE_SOCKET, CORE_OPTIONAL_INTEGER, op_receive_string_fast);
}

/* Receives an integer of size bytes. */
ALWAYS_INLINE int receive_integer(const operation *op, void *integer, size_t size)
{
    received part;
    int status = receive(op, op->integer, &part);
    if (status != OP_RECEIVED)
        return status;
    int fits = part.length == size;
    if (LIKELY(fits))
        memcpy(integer, part.data, size);
    finish(op, &part);
    return LIKELY(fits) ? OP_RECEIVED : op_fail(op, CORE_FAILED_SIZE, (int64_t)part.length);
}

ALWAYS_INLINE int receive_int(const operation *op)
{
    int32_t integer = 0;
    int status = receive_integer(op, &integer, sizeof integer);
    return status == OP_RECEIVED ? op_return_int32(op, integer) : status;
}

int op_receive_int_fast(const zmqjs_function *function, zmqjs_frame *frame, const zmqjs_data *data, int32_t integer)
{
    return core_run_fast(function, frame, CORE_SOCKET, 1, data, integer, receive_int);
}

int op_receive_int(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_call_fast(function, frame, CORE_SOCKET, CORE_OPTIONAL_INTEGER, op_receive_int_fast);
}

ALWAYS_INLINE int receive_bigint(const operation *op)
{
    int status = receive_integer(op, &op->frame->result.as.bigint, sizeof op->frame->result.as.bigint);
    if (status != OP_RECEIVED)
        return status;
    op->frame->result.flags = 0;
    return op_return(op, ZMQJS_BIGINT);
}

int op_receive_bigint_fast(const zmqjs_function *function, zmqjs_frame *frame, const zmqjs_data *data, int32_t integer)
{
    return core_run_fast(function, frame, CORE_SOCKET, 1, data, integer, receive_bigint);
}

int op_receive_bigint(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_call_fast(function, frame, CORE_SOCKET, CORE_OPTIONAL_INTEGER, op_receive_bigint_fast);
}

/* Reads an optional argument that is an offset into bytes: 0, or -1 if it is not valid. */
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

static int receive_into(const operation *op)
{
    received part;
    size_t offset;
    int flags;
    const zmqjs_data *buffer = op_argument(op, 0);
    if (buffer->type != ZMQJS_BYTES || read_offset(op_argument(op, 1), buffer->length, &offset) != 0 ||
        op_read_flags(op, 2, &flags) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    int status = receive(op, flags, &part);
    if (status != OP_RECEIVED)
        return status;
    size_t room = buffer->length - offset;
    if (part.length > 0 && room > 0)
        memcpy((char *)buffer->as.data + offset, part.data, part.length < room ? part.length : room);
    finish(op, &part);
    return op_return_integer(op, (int64_t)part.length);
}

int op_receive_into(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, receive_into);
}
