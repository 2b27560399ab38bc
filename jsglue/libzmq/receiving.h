/* Receiving message parts in an operation. */
#ifndef RECEIVING_H
#define RECEIVING_H

#include "operation.h"
#include "tracing.h"

/* What op_receive_part returns besides the status that ends the call. */
enum { OP_RECEIVED = 100 };

/* What follows a receive that has failed: it waits for a message, if it may. */
int op_receive_failed(const operation *op, glue_socket *socket, zmq_msg_t *message, int flags, int error,
                      size_t *length);

void op_trace_received(const glue_socket *socket, zmq_msg_t *message);

/* Receives a message part, and waits for it: OP_RECEIVED, its length, and the message is to be closed; or the status
 * that ends the call, perhaps with the result undefined. */
static inline int op_receive_part(const operation *op, glue_socket *socket, int flags, zmq_msg_t *message,
                                  size_t *length)
{
    zmq_msg_init(message);
    int error = glue_receive_size(socket, message, flags, length);
    if (__builtin_expect(error != 0, 0))
        return op_receive_failed(op, socket, message, flags, error, length);
    if (glue_is_tracing())
        op_trace_received(socket, message);
    return OP_RECEIVED;
}

/* The parts of a message that was received. */
typedef struct glue_parts {
    zmqjs_data *data; /* each as bytes; NULL before the first */
    size_t count, capacity;
} glue_parts;

/* Receives a message with all its parts into memory of the frame: OP_RECEIVED, or as op_receive_part. */
int op_receive_parts(const operation *op, glue_socket *socket, int flags, glue_parts *parts);

/* Describes a message's bytes; a large message that nobody shares may be adopted. */
static inline void glue_describe_bytes(zmq_msg_t *message, size_t length, zmqjs_data *data)
{
    data->type = ZMQJS_BYTES;
    data->flags = 0;
    data->as.data = zmq_msg_data(message);
    data->length = length;
    if (length >= GLUE_POOL_MINIMUM && !zmq_msg_get(message, ZMQ_SHARED))
        data->flags = ZMQJS_ADOPTABLE;
}

#endif
