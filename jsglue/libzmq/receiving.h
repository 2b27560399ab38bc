/* Receiving message parts in an operation. */
#ifndef RECEIVING_H
#define RECEIVING_H

#include "message.h"
#include "operation.h"
#include "pool.h"
#include "socket.h"
#include "tracing.h"

/* A result of op_receive_part besides the status that ends the call. */
enum { OP_RECEIVED = 100 };

/* Continues after a receive that has failed: waits for a message, if the call may wait. */
int op_receive_failed(const operation *op, core_socket *socket, zmq_msg_t *message, int flags, int error,
                      size_t *length);

void op_trace_received(const core_socket *socket, zmq_msg_t *message);

/* Receives a part into a message that is initialised, and waits for it: OP_RECEIVED and its
 * length; or the status that ends the call, perhaps with the result undefined, and then the
 * message is empty. */
static inline int op_receive_part(const operation *op, core_socket *socket, int flags, zmq_msg_t *message,
                                  size_t *length)
{
    size_t size;
    int error = core_receive_size(socket, message, flags, &size);
    if (UNLIKELY(error != 0)) {
        const operation copy = *op;
        size_t late = 0;
        int status = op_receive_failed(&copy, socket, message, flags, error, &late);
        *length = late;
        return status;
    }
    *length = size;
    if (core_is_tracing())
        op_trace_received(socket, message);
    return OP_RECEIVED;
}

/* The parts of a message that was received. */
typedef struct core_parts {
    zmqjs_data *data; /* each as bytes; NULL before the first */
    size_t count, capacity;
} core_parts;

/* Receives a message with all its parts into memory of the frame: OP_RECEIVED, or as op_receive_part. */
int op_receive_parts(const operation *op, core_socket *socket, int flags, core_parts *parts);

/* The flags of a message's bytes: a large message that is not shared may be adopted. */
static inline uint32_t core_message_flags(zmq_msg_t *message, size_t length)
{
    return length >= CORE_POOL_MINIMUM && !zmq_msg_get(message, ZMQ_SHARED) ? ZMQJS_ADOPTABLE : 0;
}

static inline void core_describe_bytes(zmq_msg_t *message, size_t length, zmqjs_data *data)
{
    data->type = ZMQJS_BYTES;
    data->flags = core_message_flags(message, length);
    data->as.data = zmq_msg_data(message);
    data->length = length;
}

#endif
